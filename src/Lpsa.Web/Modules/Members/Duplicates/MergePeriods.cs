namespace Lpsa.Members;

/// <summary>One person is a member once, however many records said so at the same time.</summary>
static class MergePeriods
{
    /// <returns>The stretches of both without overlaps, as new rows of the survivor.</returns>
    public static IReadOnlyList<MemberPeriod> Of(Member survivor, Member merged)
    {
        var all = survivor.Periods.Concat(merged.Periods).OrderBy(p => p.StartedAt).ToList();
        var joined = new List<(DateTime Start, DateTime? End)>();
        foreach (var period in all)
            if (joined.Count > 0 && (joined[^1].End is null || period.StartedAt <= joined[^1].End))
                joined[^1] = (
                    joined[^1].Start,
                    joined[^1].End is { } end && period.EndedAt is { } other ? Later(end, other) : null
                );
            else
                joined.Add((period.StartedAt, period.EndedAt));
        // A member who had left stays so; the stretch of the other record ends where the records become one.
        var left = survivor.State == MemberState.Left ? survivor.LeftAt : null;
        return
        [
            .. joined.Select(p =>
                MemberPeriod.Of(survivor.Id, p.Start, p.End ?? (left is { } at ? Later(at, p.Start) : null))
            ),
        ];
    }

    private static DateTime Later(DateTime one, DateTime other) => one > other ? one : other;
}
