using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Members;

/// <summary>Members at the end of each month, by the definition of the day.</summary>
public static class ShowGrowth
{
    /// <summary>Since the policy of this day a subscriber of the newsletter is a member; before, the same people were counted as subscribers.</summary>
    public static readonly DateOnly SeriesBreak = new(2022, 8, 4);

    public static void Map(IEndpointRouteBuilder pages) =>
        pages.MapGet("/admin/members/growth", Get).Requires(MembersPermissions.See);

    public sealed record Month(DateOnly End, int Members, int Joined, int Left);

    static async Task<IResult> Get(PlatformDb db, CancellationToken cancel) =>
        ShowGrowthPage.View(await Read(db, cancel));

    /// <returns>Every month since the first member, the newest first.</returns>
    internal static async Task<IReadOnlyList<Month>> Read(PlatformDb db, CancellationToken cancel)
    {
        var started = await ByMonth(db.Set<MemberPeriod>().Select(p => p.StartedAt), cancel);
        var ended = await ByMonth(
            db.Set<MemberPeriod>().Where(p => p.EndedAt != null).Select(p => p.EndedAt!.Value),
            cancel
        );
        var months = new List<Month>();
        if (started.Count == 0)
            return months;
        var (count, today) = (0, DateOnly.FromDateTime(db.Now));
        for (var first = started.Keys.Min(); first <= today; first = first.AddMonths(1))
        {
            var (joined, left) = (started.GetValueOrDefault(first), ended.GetValueOrDefault(first));
            count += joined - left;
            months.Add(new(first.AddMonths(1).AddDays(-1), count, joined, left));
        }
        months.Reverse();
        return months;
    }

    /// <summary>By the first day of the month.</summary>
    private static async Task<Dictionary<DateOnly, int>> ByMonth(
        IQueryable<DateTime> instants,
        CancellationToken cancel
    ) =>
        (
            await instants
                .GroupBy(at => new { at.Year, at.Month })
                .Select(g => new
                {
                    g.Key.Year,
                    g.Key.Month,
                    Count = g.Count(),
                })
                .ToListAsync(cancel)
        ).ToDictionary(g => new DateOnly(g.Year, g.Month, 1), g => g.Count);

    /// <summary>Members at the end of a day in UTC.</summary>
    internal static Task<int> On(PlatformDb db, DateOnly day, CancellationToken cancel)
    {
        var end = day.AddDays(1).ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);
        return db.Set<MemberPeriod>()
            .CountAsync(p => p.StartedAt < end && (p.EndedAt == null || p.EndedAt >= end), cancel);
    }
}
