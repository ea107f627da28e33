using Lpsa.Places;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Publishing;

/// <summary>Posts for programs: <c>/api/v1/posts</c> page by page, <c>/api/v1/posts/{slug}</c> with its text.</summary>
public static class PostsApi
{
    private const int PageSize = 100;

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/posts", List);
        api.MapGet("/posts/{slug}", Show);
    }

    static async Task<IResult> List(
        HttpContext http,
        PostCatalogue catalogue,
        IVocabulary vocabulary,
        SiteAddress site,
        CancellationToken cancel
    )
    {
        var shelf = await catalogue.Get(cancel);
        var query = ListPosts.Canonical(PostQuery.From(http.Request.Query), vocabulary, out _);
        var selection = shelf.Select(query.Chosen);
        return DataFile
            .Json(
                new
                {
                    selection.Total,
                    query.Page,
                    PageSize,
                    Posts = selection.Page(query.Page, PageSize).Select(p => ListedPost.Of(p, shelf, site)),
                }
            )
            .Tagged("posts", "terms");
    }

    static async Task<IResult> Show(
        string slug,
        PostCatalogue catalogue,
        PlatformDb db,
        SiteAddress site,
        SiteSettings settings,
        CancellationToken cancel
    )
    {
        var shelf = await catalogue.Get(cancel);
        var text = await db.Set<Post>()
            .AsNoTracking()
            .Where(p => p.Slug == slug && p.State == PostState.Published)
            .Select(p => new
            {
                p.Body,
                p.Licence,
                p.SourceAddress,
                p.CheckedOn,
                Translations = p.Translations.Select(t => new
                {
                    t.Language,
                    t.Title,
                    t.Summary,
                    t.Body,
                    t.State,
                }),
            })
            .SingleOrDefaultAsync(cancel);
        if (text is null || shelf.Find(slug) is not { } post)
            return Results.Problem(
                statusCode: 404,
                title: "No such post",
                detail: $"No public post has the address “{slug}”."
            );
        return DataFile
            .Json(
                new
                {
                    Post = ListedPost.Of(post, shelf, site),
                    Markdown = text.Body,
                    Licence = PostLicence.Of(text.Licence, text.SourceAddress, settings),
                    text.SourceAddress,
                    text.CheckedOn,
                    Translations = text.Translations.Select(t => new
                    {
                        t.Language,
                        Quality = t.State.ToString().ToLowerInvariant(),
                        t.Title,
                        t.Summary,
                        Markdown = t.Body,
                    }),
                }
            )
            .Tagged("posts", "terms");
    }
}
