namespace Lpsa.Platform;

/// <summary>Layout of a line chart: axis at the start, names at the end, notes beneath.</summary>
internal sealed class LineDrawing(LineChart chart, Sheet sheet, Words words)
{
    private const double Top = 16;
    private readonly double bottom = Top + (sheet.Narrow ? 230 : 300);
    private readonly IReadOnlyList<LineSeries> named = chart.Named();
    private double start;
    private double end;

    public void Draw()
    {
        var days = chart.Days();
        var values = Shown(chart.Series).ToList();
        var y = VerticalScale(values);
        start = y.Ticks.Select(t => TextWidth.Of(t.Label, 11)).DefaultIfEmpty(0).Max() + 8;
        var names = new LineNames(sheet.Narrow ? sheet.Width * 0.3 : 150, named);
        end = sheet.Width - names.Width - 14;
        foreach (var (value, label) in y.Ticks)
        {
            var at = y.At(value);
            sheet.Line(start, at, end, at, value == 0 ? "axis" : "grid");
            sheet.Text(start - 6, at + 4, label, "muted", Anchor.End, 11);
        }

        if (days.Count > 0)
        {
            var x = new TimeScale(days[0], days[^1], start + 6, end);
            DrawTimes(x);
            DrawSeries(x, y.At, names);
        }
        if (values.Count == 0)
            sheet.Text(start + 8, (Top + bottom) / 2, words.L("No data"), "muted");

        sheet.Height = DrawNotes(bottom + 24);
    }

    private IEnumerable<double> Shown(IEnumerable<LineSeries> series) =>
        series
            .SelectMany(s => s.Points)
            .SelectMany(p =>
                p.Value.Interval is var (low, high) ? [low, high, p.Value.Drawn!.Value]
                : p.Value.Drawn is { } v ? new[] { v }
                : []
            )
            .Where(v => !chart.Logarithmic || v > 0);

    private (Func<double, double> At, List<(double Value, string Label)> Ticks) VerticalScale(List<double> values)
    {
        if (values.Count == 0)
            return (_ => bottom, []);
        var (low, high) = (values.Min(), values.Max());
        if (chart.Logarithmic)
        {
            var log = new LogScale(low, high, bottom, Top);
            return (
                log.At,
                [.. log.Ticks().Select(t => (t, words.Number(t, chart.Measure with { Decimals = Decimals(t) })))]
            );
        }

        // From zero unless the values sit far above it, where a line would show as flat.
        if (low > 0 && low < high * 0.6)
            low = 0;
        var linear = new LinearScale(low, high, bottom, Top, sheet.Narrow ? 4 : 5);
        var measure = chart.Measure with { Decimals = linear.Decimals };
        return (linear.At, [.. linear.Ticks().Select(t => (t, words.Number(t, measure)))]);

        static int Decimals(double tick) => tick >= 1 ? 0 : Math.Min(6, (int)-Math.Floor(Math.Log10(tick)));
    }

    private void DrawTimes(TimeScale x)
    {
        sheet.Line(start, bottom, end, bottom, "axis");
        var widest = TextWidth.Of(x.ByMonth ? "MMM 2000" : "2000", 11) + 18;
        var lastEnd = double.NegativeInfinity;
        foreach (var tick in x.Ticks((int)((end - start) / widest)))
        {
            var label = x.ByMonth ? tick.ToString("MMM yyyy", words.Culture) : tick.Year.ToString(words.Culture);
            var half = TextWidth.Of(label, 11) / 2;
            var middle = Math.Max(half, Math.Min(x.At(tick), sheet.Width - half));
            sheet.Line(x.At(tick), bottom, x.At(tick), bottom + 4, "axis");
            if (middle - half < lastEnd + 6)
                continue;
            sheet.Text(middle, bottom + 17, label, "muted", Anchor.Middle, 11);
            lastEnd = middle + half;
        }
    }

    private void DrawSeries(TimeScale x, Func<double, double> y, LineNames names)
    {
        foreach (var series in chart.Series.Except(named))
            sheet.Group(series.Name, () => sheet.Path(Runs(series, x, y), "line grey"));
        DrawBreaks(x);
        for (var i = named.Count - 1; i >= 0; i--)
        {
            var (series, index) = (named[i], i);
            sheet.Group(series.Name, () => DrawNamed(series, index, x, y));
        }
        names.Draw(sheet, named, Ends(x, y), end + 14, Top, bottom);
    }

    private List<(double X, double Y)?> Ends(TimeScale x, Func<double, double> y) =>
        [
            .. named.Select(series =>
                Drawable(series).Select(p => ((double, double)?)(x.At(p.Day), y(p.Value.Drawn!.Value))).LastOrDefault()
            ),
        ];

    private void DrawNamed(LineSeries series, int index, TimeScale x, Func<double, double> y)
    {
        var style = $"line-{index + 1}";
        var bands = Bands(series, x, y).ToList();
        if (bands.Count > 0)
            sheet.Path(bands, $"band series-{index + 1}", closed: true);
        sheet
            .Path(Runs(series, x, y), "line " + style)
            .With("stroke-width", series.Highlighted ? "3.5" : null)
            .With("stroke-dasharray", Marker.Dash(index));
        var points = Drawable(series).ToList();
        // Many markers melt into a thick line; then only single points keep theirs, or they would not show at all.
        var all = points.Count <= (sheet.Narrow ? 14 : 30);
        var single = Runs(series, x, y).Where(run => run.Count == 1).Select(run => run[0]).ToHashSet();
        foreach (var point in points)
        {
            var at = (x.At(point.Day), y(point.Value.Drawn!.Value));
            if (all || single.Contains(at) || point == points[^1])
                Marker.Draw(sheet, index, at.Item1, at.Item2, $"series-{index + 1}", 3.2);
        }
    }

    private IEnumerable<LinePoint> Drawable(LineSeries series) =>
        series.Points.Where(p => p.Value.Drawn is { } v && (!chart.Logarithmic || v > 0)).OrderBy(p => p.Day);

    /// <summary>The points in stretches that a line may join: a missing value or a break in the series ends a stretch.</summary>
    private List<List<LinePoint>> Stretches(LineSeries series)
    {
        var stretches = new List<List<LinePoint>> { new() };
        DateOnly? before = null;
        foreach (var point in series.Points.OrderBy(p => p.Day))
        {
            var drawable = point.Value.Drawn is { } v && (!chart.Logarithmic || v > 0);
            var broken = before is { } day && series.Breaks.Any(b => b.Day > day && b.Day <= point.Day);
            if ((!drawable || broken) && stretches[^1].Count > 0)
                stretches.Add([]);
            if (drawable)
                stretches[^1].Add(point);
            before = point.Day;
        }
        stretches.RemoveAll(stretch => stretch.Count == 0);
        return stretches;
    }

    private IEnumerable<List<(double X, double Y)>> Runs(LineSeries series, TimeScale x, Func<double, double> y) =>
        Stretches(series).Select(run => run.Select(p => (x.At(p.Day), y(p.Value.Drawn!.Value))).ToList());

    private IEnumerable<List<(double X, double Y)>> Bands(LineSeries series, TimeScale x, Func<double, double> y) =>
        Stretches(series)
            .Select(run =>
                run.Where(p => p.Value.Interval is { Low: var low } && (!chart.Logarithmic || low > 0)).ToList()
            )
            .Where(run => run.Count > 1)
            .Select(run =>
                run.Select(p => (x.At(p.Day), y(p.Value.Interval!.Value.High)))
                    .Concat(run.AsEnumerable().Reverse().Select(p => (x.At(p.Day), y(p.Value.Interval!.Value.Low))))
                    .ToList()
            );

    /// <summary>Breaks carry the number of their note; breaks of the same day share one mark.</summary>
    private void DrawBreaks(TimeScale x)
    {
        var days = chart.Days();
        var lastEnd = double.NegativeInfinity;
        var numbered = chart.Breaks().Select((pair, i) => (pair.Break.Day, Number: words.Number(i + 1)));
        foreach (var group in numbered.GroupBy(b => b.Day).Where(g => g.Key >= days[0] && g.Key <= days[^1]))
        {
            // The mark stands just before the first new value, where the old method ends.
            var at = Math.Max(start, x.At(group.Key) - 5);
            sheet.Line(at, Top, at, bottom, "break").With("stroke-dasharray", "2 3");
            var label = string.Join(", ", group.Select(b => b.Number));
            var half = TextWidth.Of(label, 10) / 2;
            if (at - half < lastEnd + 2)
                continue;
            sheet.Text(at, Top - 5, label, "muted", Anchor.Middle, 10);
            lastEnd = at + half;
        }
    }

    private double DrawNotes(double y)
    {
        var empty = named.Where(series => !Drawable(series).Any() && Shown(chart.Series).Any()).ToList();
        var notes = chart.Notes(words).ToList();
        notes.AddRange(
            empty.Select(series =>
                words.L("{0}: {1}", series.Name, words.Missing(series.Points.FirstOrDefault()?.Value ?? default))
            )
        );
        foreach (var note in notes)
        {
            var lines = TextWidth.Wrap(note, sheet.Width, 11, 4, out _);
            y = sheet.Lines(lines, 0, y + 12, "muted", 11) + 5;
        }
        return y;
    }
}
