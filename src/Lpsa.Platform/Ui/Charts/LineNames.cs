namespace Lpsa.Platform;

/// <summary>Names at the ends of the lines: each as near to its line as the others allow, in the order of the lines.</summary>
internal sealed class LineNames
{
    private const double Size = 12;
    private const double LineHeight = 14;
    private readonly List<(List<string> Lines, string? Full, bool Bold)> names = [];

    public LineNames(double room, IReadOnlyList<LineSeries> series)
    {
        foreach (var one in series)
        {
            var lines = TextWidth.Wrap(one.Name, room, Size, 2, out var whole, one.Highlighted);
            names.Add((lines, whole ? null : one.Name, one.Highlighted));
            if (one.Known.Any())
                Width = Math.Max(Width, lines.Max(line => TextWidth.Of(line, Size, one.Highlighted)));
        }
    }

    public double Width { get; }

    /// <param name="ends">Last point of each line; null where nothing is drawn.</param>
    public void Draw(
        Sheet sheet,
        IReadOnlyList<LineSeries> series,
        IReadOnlyList<(double X, double Y)?> ends,
        double x,
        double top,
        double bottom
    )
    {
        var shown = Enumerable
            .Range(0, series.Count)
            .Where(i => ends[i] is not null)
            .OrderBy(i => ends[i]!.Value.Y)
            .ToList();
        var middles = Spread(
            [.. shown.Select(i => ends[i]!.Value.Y)],
            [.. shown.Select(i => names[i].Lines.Count * LineHeight + 3)],
            top,
            bottom
        );
        for (var at = 0; at < shown.Count; at++)
        {
            var (i, middle) = (shown[at], middles[at]);
            var (lines, full, bold) = names[i];
            var from = ends[i]!.Value;
            if (Math.Abs(from.Y - middle) > 4 || from.X < x - 20)
                // Dotted where it runs through the plot: a whole line would be read as data that go on.
                sheet
                    .Line(from.X + 5, from.Y, x - 3, middle, "leader")
                    .With("stroke-dasharray", from.X < x - 20 ? "1 4" : null);
            var y = middle + 4 - (lines.Count - 1) * LineHeight / 2;
            foreach (var line in lines)
            {
                sheet.Text(x, y, line, $"series-{i + 1}-text", size: Size, bold: bold, full: full);
                y += LineHeight;
            }
        }
    }

    /// <summary>
    /// Moves middles apart until no two boxes meet: pushed down one after another, then up from the bottom edge. The
    /// order stays, so leaders never cross.
    /// </summary>
    internal static double[] Spread(double[] wanted, double[] heights, double top, double bottom)
    {
        var middles = (double[])wanted.Clone();
        var edge = top;
        for (var i = 0; i < middles.Length; i++)
        {
            middles[i] = Math.Max(middles[i], edge + heights[i] / 2);
            edge = middles[i] + heights[i] / 2;
        }
        edge = bottom;
        for (var i = middles.Length - 1; i >= 0; i--)
        {
            middles[i] = Math.Min(middles[i], edge - heights[i] / 2);
            edge = middles[i] - heights[i] / 2;
        }
        return middles;
    }
}
