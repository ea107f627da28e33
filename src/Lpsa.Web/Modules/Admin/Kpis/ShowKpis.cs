using Lpsa.Platform;

namespace Lpsa.Admin;

/// <summary>The organisation's book of figures for one year, by quarter: every figure with its definition.</summary>
public static class ShowKpis
{
    private const int FirstYear = 2010;

    public static void Map(IEndpointRouteBuilder pages) =>
        pages.MapGet("/admin/kpis", Get).Requires(AdminPermissions.Overview);

    /// <param name="Quarters">Four values; null for a quarter that has not begun.</param>
    public sealed record Row(Kpi Kpi, IReadOnlyList<double?> Quarters, double Year);

    public sealed record Model(int Year, bool HasNext, bool HasPrevious, IReadOnlyList<Row> Rows);

    static async Task<PageResult> Get(int? year, PlatformDb db, ModuleRegistry modules, CancellationToken cancel)
    {
        var today = DateOnly.FromDateTime(db.Now);
        var chosen = Math.Clamp(year ?? today.Year, FirstYear, today.Year);
        var rows = new List<Row>();
        foreach (var kpi in modules.Kpis.OrderBy(k => k.Code, StringComparer.Ordinal))
        {
            var quarters = new List<double?>();
            for (var quarter = 0; quarter < 4; quarter++)
            {
                var first = new DateOnly(chosen, 1 + 3 * quarter, 1);
                quarters.Add(first > today ? null : await kpi.Count(db, first, first.AddMonths(3).AddDays(-1), cancel));
            }
            var whole = await kpi.Count(db, new DateOnly(chosen, 1, 1), new DateOnly(chosen, 12, 31), cancel);
            rows.Add(new Row(kpi, quarters, whole));
        }
        return ShowKpisPage.View(new Model(chosen, chosen < today.Year, chosen > FirstYear, rows));
    }
}
