using Lpsa.Places;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Publishing;

/// <summary>One post, in the reader's language where it exists, otherwise in its own with a word about it.</summary>
public static class ShowPost
{
    private const int RelatedShown = 4;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/posts/{slug}", Get);
        pages.MapGet("/posts/preview/{token}", Preview);
        pages.MapGet("/{year:int:range(1990,2100)}/{month:int:range(1,12)}/{slug}", FromWordPress);
    }

    public sealed record Model(
        PostEntry Post,
        string Title,
        string Summary,
        string Body,
        string Language,
        TranslationQuality? Translated,
        bool IsBehind,
        string? Licence,
        string? PictureText,
        string? SourceAddress,
        string? SourceNote,
        bool IsOld,
        IReadOnlyList<VocabularyEntry> Terms,
        IReadOnlyList<string> Tags,
        IReadOnlyList<(PostEntry Post, string Reason)> Related,
        bool IsPreview,
        bool HasCard
    )
    {
        /// <summary>Local path of the share card; null where none can be drawn.</summary>
        public string? Card => HasCard && !IsPreview ? Post.Path + "/card.png" : null;

        /// <summary>Brought along from the site where it first appeared.</summary>
        public IReadOnlyList<ShownComment> Comments { get; init; } = [];
        public int Minutes => Prose.ReadingMinutes(Body, Language);
        public IEnumerable<string> Languages => Post.Translations.Select(t => t.Language).Prepend(Post.Language);
    }

    static async Task<IResult> Get(
        string slug,
        HttpContext http,
        PlatformDb db,
        PostCatalogue catalogue,
        IVocabulary vocabulary,
        SiteSettings settings,
        CancellationToken cancel
    )
    {
        var shelf = await catalogue.Get(cancel);
        if (
            shelf.Find(slug) is not { } post
            || await Read(db, p => p.Slug == slug && p.State == PostState.Published, http.Texts().Language.Code, cancel)
                is not { } stored
        )
            return Results.NotFound();
        var related = shelf
            .Related(post, RelatedShown)
            .Select(r => (r.Post, Reason(r.Shared, vocabulary, http.Texts())))
            .ToList();
        var model = Make(post, [.. shelf.FacetsOf(post)], stored, related, false, http, vocabulary, settings);
        var comments = await ShownComment.Read(db, post.Id, cancel);
        return ShowPostPage.View(model with { Comments = comments }).Tagged("posts", "terms");
    }

    /// <summary>A draft for somebody without an account, who has the secret address.</summary>
    static async Task<IResult> Preview(
        string token,
        HttpContext http,
        PlatformDb db,
        IVocabulary vocabulary,
        SiteSettings settings,
        CancellationToken cancel
    )
    {
        if (await Read(db, p => p.PreviewToken == token, http.Texts().Language.Code, cancel) is not { } stored)
            return Results.NotFound();
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        http.Response.Headers.CacheControl = "no-store";
        return await View(stored, http, db, vocabulary, settings, cancel);
    }

    /// <summary>A preview, also of what is already public: its row is read here because the catalogue may not have it.</summary>
    internal static async Task<PageResult> View(
        Stored stored,
        HttpContext http,
        PlatformDb db,
        IVocabulary vocabulary,
        SiteSettings settings,
        CancellationToken cancel
    )
    {
        var table = new FacetTable();
        var post = (await PostRows.ReadOne(db, stored.Id, cancel)).Entry(table);
        return ShowPostPage.View(
            Make(post, [.. post.Facets.Select(f => table[f])], stored, [], true, http, vocabulary, settings)
        );
    }

    static async Task<IResult> FromWordPress(
        int year,
        int month,
        string slug,
        HttpContext http,
        PostCatalogue catalogue,
        PlatformDb db,
        CancellationToken cancel
    )
    {
        var path = OldAddress.Normal($"/{year:0000}/{month:00}/{slug}");
        var target =
            await db.Set<OldAddress>()
                .AsNoTracking()
                .Where(r => r.Path == path)
                .Select(r => r.Target)
                .FirstOrDefaultAsync(cancel)
            ?? (await catalogue.Get(cancel)).Find(slug.ToLowerInvariant())?.Path;
        return target is null
            ? Results.NotFound()
            : Results.Redirect(PageContext.In(http.Texts().Language, target), permanent: true);
    }

    /// <summary>What the page needs beyond the catalogue.</summary>
    internal sealed record Stored(
        Guid Id,
        string Body,
        string? Licence,
        string? PictureText,
        string? SourceAddress,
        string? SourceNote,
        StoredTranslation? Translation
    );

    internal sealed record StoredTranslation(
        string Language,
        string Title,
        string Summary,
        string Body,
        int SourceVersion,
        TranslationQuality State
    );

    internal static async Task<Stored?> Read(
        PlatformDb db,
        System.Linq.Expressions.Expression<Func<Post, bool>> which,
        string language,
        CancellationToken cancel
    )
    {
        var found = await db.Set<Post>()
            .AsNoTracking()
            .Where(which)
            .Select(p => new
            {
                p.Id,
                p.Body,
                p.Licence,
                p.PictureText,
                p.SourceAddress,
                p.SourceNote,
                Translation = p
                    .Translations.Where(t => t.Language == language)
                    .Select(t => new StoredTranslation(
                        t.Language,
                        t.Title,
                        t.Summary,
                        t.Body,
                        t.SourceVersion,
                        t.State
                    ))
                    .FirstOrDefault(),
            })
            .SingleOrDefaultAsync(cancel);
        if (found is null)
            return null;
        return new Stored(
            found.Id,
            found.Body,
            found.Licence,
            found.PictureText,
            found.SourceAddress,
            found.SourceNote,
            found.Translation
        );
    }

    private static Model Make(
        PostEntry post,
        IReadOnlyList<(string Axis, string Code)> facets,
        Stored stored,
        IReadOnlyList<(PostEntry, string)> related,
        bool preview,
        HttpContext http,
        IVocabulary vocabulary,
        SiteSettings settings
    )
    {
        var language = http.Texts().Language.Code;
        var shown = stored.Translation;
        var today = DateOnly.FromDateTime(http.PageContext().Now);
        var months = settings.Number("publishing.check-months");
        return new Model(
            post,
            shown?.Title ?? post.Title,
            shown?.Summary ?? post.Summary,
            shown?.Body ?? stored.Body,
            shown?.Language ?? post.Language,
            shown?.State,
            post.Translations.FirstOrDefault(t => t.Language == shown?.Language)?.IsBehind ?? false,
            PostLicence.Of(stored.Licence, stored.SourceAddress, settings),
            stored.PictureText,
            stored.SourceAddress,
            stored.SourceNote,
            (post.CheckedOn ?? post.Date) is { } seen && seen.AddMonths(months) < today,
            [.. facets.Select(f => vocabulary.Get(f.Axis, f.Code, language)).OfType<VocabularyEntry>()],
            [.. facets.Where(f => f.Axis == PostAxes.Tag).Select(f => f.Code)],
            related,
            preview,
            http.RequestServices.GetRequiredService<PngWriter>().Available
        );
    }

    /// <summary>Why a post is suggested, in words: the rarest two things both are about.</summary>
    private static string Reason(IReadOnlyList<(string Axis, string Code)> shared, IVocabulary vocabulary, Texts texts)
    {
        var labels = shared.Take(2).Select(f => vocabulary.Label(texts, f.Axis, f.Code)).ToList();
        return labels.Count == 2
            ? texts.Say("Also about {0} and {1}", labels[0], labels[1])
            : texts.Say("Also about {0}", labels.FirstOrDefault());
    }
}

/// <summary>Our own posts stand under the licence of the site; what was taken from elsewhere under its own or none we know.</summary>
internal static class PostLicence
{
    public const string Setting = "publishing.licence";

    public static string? Of(string? own, string? sourceAddress, SiteSettings settings) =>
        own ?? (sourceAddress is null ? settings[Setting] : null);
}
