using Lpsa.Places;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Members;

/// <summary>How many people a selection has, and how many of them by each filter.</summary>
sealed record PeopleCounts(int Total, IReadOnlyDictionary<string, IReadOnlyList<(string Code, int Count)>> ByKey)
{
    public static async Task<PeopleCounts> Of(IQueryable<Listing> people, PlatformDb db, CancellationToken cancel)
    {
        var sums = await people
            .GroupBy(_ => 1)
            .Select(g => new
            {
                Total = g.Count(),
                Advice = g.Count(l => l.Advice),
                Speaking = g.Count(l => l.Speaking),
                Reviewing = g.Count(l => l.Reviewing),
                Mentoring = g.Count(l => l.Mentoring),
            })
            .SingleOrDefaultAsync(cancel);
        if (sums is null)
            return new(0, new Dictionary<string, IReadOnlyList<(string, int)>>());
        var countries = await people
            .Where(l => l.Country != null)
            .GroupBy(l => l.Country!)
            .Select(g => new { Code = g.Key, Count = g.Count() })
            .ToListAsync(cancel);
        var stakeholders = await people
            .Where(l => l.Stakeholder != null)
            .GroupBy(l => l.Stakeholder!)
            .Select(g => new { Code = g.Key, Count = g.Count() })
            .ToListAsync(cancel);
        var interests = await db.InterestsOf(people)
            .GroupBy(i => new { i.Axis, i.Code })
            .Select(g => new
            {
                g.Key.Axis,
                g.Key.Code,
                Count = g.Count(),
            })
            .ToListAsync(cancel);
        var byKey = new Dictionary<string, IReadOnlyList<(string, int)>>
        {
            [PeopleQuery.AvailabilityKey] =
            [
                .. new[]
                {
                    (Availability.Advice, sums.Advice),
                    (Availability.Speaking, sums.Speaking),
                    (Availability.Reviewing, sums.Reviewing),
                    (Availability.Mentoring, sums.Mentoring),
                }
                    .Where(o => o.Item2 > 0)
                    .Select(o => (o.Item1.ToString().ToLowerInvariant(), o.Item2)),
            ],
            [Axes.Country] = Sorted(countries.Select(c => (c.Code, c.Count))),
            [Axes.Stakeholder] = Sorted(stakeholders.Select(c => (c.Code, c.Count))),
        };
        foreach (var axis in interests.GroupBy(i => i.Axis))
            byKey[axis.Key] = Sorted(axis.Select(i => (i.Code, i.Count)));
        return new(sums.Total, byKey);
    }

    private static IReadOnlyList<(string, int)> Sorted(IEnumerable<(string Code, int Count)> counts) =>
        [.. counts.OrderByDescending(c => c.Count).ThenBy(c => c.Code, StringComparer.Ordinal)];
}
