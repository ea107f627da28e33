using System.Globalization;

namespace Lpsa.Publishing;

/// <summary>Something that came along.</summary>
/// <param name="What">"post", "page", "comment", "file".</param>
/// <param name="Path">Where it is now.</param>
sealed record WordPressTaken(string What, string Title, string Path, string OldAddress);

/// <summary>What an import did, in three lists: taken, changed, left.</summary>
/// <param name="Known">Items that were here already and were not touched.</param>
/// <param name="IsDone">False: nothing was written.</param>
/// <param name="IsTrial">A dry run: everything was tried and taken back.</param>
sealed record WordPressReport(
    IReadOnlyList<WordPressTaken> Taken,
    int Known,
    int Redirects,
    IReadOnlyList<Finding> Findings,
    bool IsDone,
    bool IsTrial
)
{
    public IEnumerable<Finding> Changed => Of(FindingSeverity.Changed);
    public IEnumerable<Finding> Left => Of(FindingSeverity.Left);
    public IEnumerable<Finding> Rejected => Of(FindingSeverity.Rejected);
    public IEnumerable<Finding> Fatal => Of(FindingSeverity.Fatal);

    /// <summary>0 done, 1 done with rejected rows, 2 not done.</summary>
    public int ExitCode =>
        !IsDone && !IsTrial ? 2
        : Rejected.Any() ? 1
        : 0;

    private IEnumerable<Finding> Of(FindingSeverity severity) => Findings.Where(f => f.Severity == severity);

    /// <summary>For a terminal; the last line sums up.</summary>
    public IEnumerable<string> Lines()
    {
        yield return $"Taken ({Count(Taken.Count)}):";
        foreach (var taken in Taken.Where(t => t.What != "comment"))
            yield return $"  {taken.What} “{taken.Title}” → {taken.Path}";
        foreach (
            var (name, list) in new[] { ("Changed", Changed), ("Left", Left), ("Rejected", Rejected), ("Fatal", Fatal) }
        )
        {
            var lines = list.ToList();
            if (lines.Count == 0)
                continue;
            yield return $"{name} ({Count(lines.Count)}):";
            foreach (var line in lines)
                yield return "  " + line;
        }
        yield return Summary;
    }

    public string Summary
    {
        get
        {
            if (!IsDone && !IsTrial)
                return Fatal.Any()
                    ? "Nothing was changed: the file cannot be used."
                    : $"Nothing was changed: {Count(Rejected.Count())} items are faulty. Mend the file, or take the rest with --keep-going.";
            if (Taken.Count == 0)
                return $"Nothing to change: all {Count(Known)} items are here already.";
            var comments = Taken.Count(t => t.What == "comment");
            var files = Taken.Count(t => t.What == "file");
            var summary =
                $"{Count(Taken.Count - comments - files)} items, {Count(comments)} comments and {Count(files)} files taken, {Count(Redirects)} old addresses redirected, "
                + $"{Count(Known)} here already, {Count(Changed.Count())} changed, {Count(Left.Count())} left, {Count(Rejected.Count())} rejected.";
            return IsTrial ? "Trial, nothing was changed: " + summary : summary;
        }
    }

    private static string Count(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
