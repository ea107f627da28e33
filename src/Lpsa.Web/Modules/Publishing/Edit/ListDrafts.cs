using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Publishing;

/// <summary>The desk of writers and editors: every post with its state.</summary>
public static class ListDrafts
{
    private const int PageSize = 50;

    public static void Map(IEndpointRouteBuilder pages) =>
        pages.MapGet("/admin/posts", Get).Requires(PublishingPermissions.Write);

    public sealed record Model(
        IReadOnlyList<Row> Posts,
        IReadOnlyDictionary<PostState, int> Counts,
        PostState? State,
        string Words,
        int Page,
        int Pages
    );

    public sealed record Row(
        Guid Id,
        string Title,
        PostKind Kind,
        PostState State,
        string Language,
        DateTime ChangedAt,
        DateTime? DueAt,
        int Translations,
        bool IsBehind
    );

    static async Task<PageResult> Get(
        HttpContext http,
        PlatformDb db,
        PostState? state,
        string? q,
        int? page,
        CancellationToken cancel
    )
    {
        var mine = db.Set<Post>().AsNoTracking().EditableBy(http.Viewer());
        var counts = await mine.GroupBy(p => p.State)
            .Select(g => new { g.Key, Count = g.Count() })
            .ToDictionaryAsync(c => c.Key, c => c.Count, cancel);
        var words = (q ?? "").Trim();
        var chosen = mine.Where(p => state == null || p.State == state);
        if (words.Length > 0)
            chosen = chosen.Where(p => p.Title.ToLower().Contains(words.ToLower()) || p.Slug.Contains(words.ToLower()));
        var total = await chosen.CountAsync(cancel);
        var number = Math.Max(1, page ?? 1);
        var rows = await chosen
            .OrderByDescending(p => p.ChangedAt)
            .ThenBy(p => p.Id)
            .Skip((number - 1) * PageSize)
            .Take(PageSize)
            .Select(p => new Row(
                p.Id,
                p.Title,
                p.Kind,
                p.State,
                p.Language,
                p.ChangedAt,
                p.DueAt,
                p.Translations.Count,
                p.Translations.Any(t => t.SourceVersion < p.ContentVersion)
            ))
            .ToListAsync(cancel);
        return ListDraftsPage.View(
            new Model(rows, counts, state, words, number, Math.Max(1, (total + PageSize - 1) / PageSize))
        );
    }
}

internal static class PostsOfViewer
{
    /// <summary>Editors edit everything; contributors what they began, until it is published.</summary>
    public static IQueryable<Post> EditableBy(this IQueryable<Post> posts, Viewer viewer)
    {
        if (viewer.May(PublishingPermissions.Edit))
            return posts;
        var id = viewer.AccountId;
        return posts.Where(p =>
            p.CreatedBy == id && id != null && (p.State == PostState.Draft || p.State == PostState.Submitted)
        );
    }
}
