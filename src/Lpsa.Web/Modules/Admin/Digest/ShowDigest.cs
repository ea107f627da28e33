using Lpsa.Platform;

namespace Lpsa.Admin;

/// <summary>What happened since a day, over all modules: the raw material of newsletters and weekly meetings.</summary>
public static class ShowDigest
{
    private const int MostDays = 366;
    private const int MostItems = 500;

    public static void Map(IEndpointRouteBuilder pages) =>
        pages.MapGet("/admin/digest", Get).Requires(AdminPermissions.Overview);

    public sealed record Model(DateOnly Since, bool IsCut, IReadOnlyList<IGrouping<string, DigestItem>> Groups);

    static async Task<PageResult> Get(string? since, PlatformDb db, ModuleRegistry modules, CancellationToken cancel)
    {
        var today = DateOnly.FromDateTime(db.Now);
        var from = DateOnly.TryParseExact(since, "yyyy-MM-dd", out var day) ? day : today.AddDays(-7);
        from =
            from > today ? today
            : from < today.AddDays(-MostDays) ? today.AddDays(-MostDays)
            : from;
        var items = new List<DigestItem>();
        foreach (var list in modules.Digests)
        await foreach (
            var item in list(db, from.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc)).WithCancellation(cancel)
        )
            items.Add(item);
        var shown = items.OrderByDescending(i => i.At).Take(MostItems).GroupBy(i => i.Kind);
        return ShowDigestPage.View(
            new Model(from, items.Count > MostItems, [.. shown.OrderBy(g => g.Key, StringComparer.Ordinal)])
        );
    }
}
