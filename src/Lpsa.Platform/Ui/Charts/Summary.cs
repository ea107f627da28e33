namespace Lpsa.Platform;

/// <summary>Sentences about a list of named values, for the reader who does not see the picture or has no time for it.</summary>
internal static class Summary
{
    public static string Of(IReadOnlyList<(string Label, ChartValue Value)> rows, Measure measure, Words words)
    {
        var known = rows.Where(row => row.Value.Drawn is not null).OrderBy(row => row.Value.Drawn).ToList();
        var missing = rows.Count - known.Count;
        var said = known.Count switch
        {
            0 => words.L("There are no data for this figure."),
            1 => words.L("{0} has {1}.", known[0].Label, Shown(known[0].Value)),
            _ when known[0].Value.Drawn.Equals(known[^1].Value.Drawn) => words.N(
                "All {0} values are the same: {1}.",
                known.Count,
                Shown(known[0].Value)
            ),
            2 => words.L(
                "{0} is highest with {1}; {2} is lowest with {3}.",
                known[1].Label,
                Shown(known[1].Value),
                known[0].Label,
                Shown(known[0].Value)
            ),
            _ => words.L(
                "{0} is highest with {1}; {2} is lowest with {3}; the middle value is {4}.",
                known[^1].Label,
                Shown(known[^1].Value),
                known[0].Label,
                Shown(known[0].Value),
                words.Number(Median([.. known.Select(row => row.Value.Drawn!.Value)]), measure)
            ),
        };
        return missing > 0 && known.Count > 0 ? said + " " + words.N("{0} have no data.", missing) : said;

        string Shown(ChartValue value) => words.Number(value.Drawn!.Value, measure);
    }

    private static double Median(double[] sorted) =>
        sorted.Length % 2 == 1
            ? sorted[sorted.Length / 2]
            : sorted[sorted.Length / 2 - 1] / 2 + sorted[sorted.Length / 2] / 2;
}
