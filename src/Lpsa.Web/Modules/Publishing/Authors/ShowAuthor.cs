using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Publishing;

/// <summary>Who wrote here, and what.</summary>
public static class ShowAuthor
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/authors", List);
        pages.MapGet("/authors/{slug}", Get);
    }

    public sealed record ListModel(IReadOnlyList<(AuthorEntry Author, int Posts)> Authors);

    public sealed record Model(
        Author Author,
        IReadOnlyList<PostEntry> Posts,
        IReadOnlyDictionary<Guid, CreditRole> Roles
    );

    static async Task<PageResult> List(PostCatalogue catalogue, HttpContext http, CancellationToken cancel)
    {
        var shelf = await catalogue.Get(cancel);
        var authors = shelf
            .All.SelectMany(p => p.Authors.DistinctBy(a => a.Id))
            .GroupBy(a => a.Id)
            .Select(g => (g.First(), g.Count()))
            .OrderBy(a => a.Item1.Name, StringComparer.Create(http.Texts().Culture, ignoreCase: true))
            .ToList();
        return ListAuthorsPage.View(new ListModel(authors)).Tagged("posts");
    }

    static async Task<IResult> Get(string slug, PlatformDb db, PostCatalogue catalogue, CancellationToken cancel)
    {
        if (await db.Set<Author>().AsNoTracking().SingleOrDefaultAsync(a => a.Slug == slug, cancel) is not { } author)
            return Results.NotFound();
        var posts = (await catalogue.Get(cancel)).Select(PostQuery.Of(PostAxes.Author, slug).Chosen).Posts.ToList();
        // Somebody all of whose posts are drafts is not public either.
        if (posts.Count == 0)
            return Results.NotFound();
        var roles = posts.ToDictionary(p => p.Id, p => p.Authors.First(a => a.Id == author.Id).Role);
        return ShowAuthorPage.View(new Model(author, posts, roles)).Tagged("posts");
    }
}
