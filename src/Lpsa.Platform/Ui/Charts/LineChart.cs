namespace Lpsa.Platform;

public sealed record LinePoint(DateOnly Day, ChartValue Value)
{
    public static LinePoint Year(int year, ChartValue value) => new(new DateOnly(year, 1, 1), value);
}

/// <summary>A change of method: values before and after are not comparable, so no line joins them.</summary>
/// <param name="Day">The first day of the new method.</param>
public sealed record SeriesBreak(DateOnly Day, string Reason);

public sealed record LineSeries(string Name, IReadOnlyList<LinePoint> Points)
{
    public IReadOnlyList<SeriesBreak> Breaks { get; init; } = [];

    /// <summary>The series the page is about: drawn thicker, its label bold.</summary>
    public bool Highlighted { get; init; }

    internal IEnumerable<(DateOnly Day, double Value)> Known =>
        Points.Where(p => p.Value.Drawn is not null).OrderBy(p => p.Day).Select(p => (p.Day, p.Value.Drawn!.Value));
}

/// <summary>
/// Series over time. A missing value is a gap, never a line drawn across it; names stand at the ends of the lines.
/// Eight series have a colour and a name, the others stay grey behind them and are named in the table.
/// </summary>
public sealed record LineChart : Chart
{
    public const int NamedSeries = Marker.Kinds;

    public required IReadOnlyList<LineSeries> Series { get; init; }
    public Measure Measure { get; init; } = new();

    /// <summary>Each step up is a multiplication; values of zero or less cannot be shown and are named in a note.</summary>
    public bool Logarithmic { get; init; }

    public override string Sentence(Words words)
    {
        var known = Named().Where(series => series.Known.Any()).ToList();
        if (known.Count == 0)
            return words.L("There are no data for this figure.");
        var said = known.Take(3).Select(series => Told(series, words)).ToList();
        if (Series.Count(series => series.Known.Any()) - said.Count is > 0 and var more)
            said.Add(words.N("{0} more series are in the table.", more));
        return string.Join(' ', said);
    }

    private string Told(LineSeries series, Words words)
    {
        var (first, last) = (series.Known.First(), series.Known.Last());
        return first == last
            ? words.L("{0}: {1} in {2}.", series.Name, words.Number(last.Value, Measure), Day(last.Day, words))
            : words.L(
                "{0}: from {1} in {2} to {3} in {4}.",
                series.Name,
                words.Number(first.Value, Measure),
                Day(first.Day, words),
                words.Number(last.Value, Measure),
                Day(last.Day, words)
            );
    }

    public override ChartTable Table(Words words)
    {
        var lookups = Series
            .Select(s => s.Points.GroupBy(p => p.Day).ToDictionary(g => g.Key, g => g.Last().Value))
            .ToList();
        var days = Days();
        return new(
            [new(words.L("Time")), .. Series.Select(series => new ChartColumn(series.Name, Numeric: true))],
            [
                .. days.Select(day =>
                    (IReadOnlyList<ChartCell>)
                        [
                            new ChartCell(Day(day, words)),
                            .. lookups.Select(at => ChartCell.Of(at.GetValueOrDefault(day), Measure, words)),
                        ]
                ),
            ],
            Notes(words)
        );
    }

    internal override void Draw(Sheet sheet, Words words) => new LineDrawing(this, sheet, words).Draw();

    /// <summary>The series with a colour: highlighted ones first, otherwise in the order given.</summary>
    internal IReadOnlyList<LineSeries> Named() =>
        [.. Series.OrderByDescending(series => series.Highlighted).Take(NamedSeries)];

    internal IReadOnlyList<DateOnly> Days() =>
        [.. Series.SelectMany(series => series.Points).Select(point => point.Day).Distinct().Order()];

    /// <summary>Breaks in the order of time, numbered as in the picture.</summary>
    internal IReadOnlyList<(LineSeries Series, SeriesBreak Break)> Breaks() =>
        [.. Series.SelectMany(series => series.Breaks.Select(b => (series, b))).OrderBy(pair => pair.b.Day)];

    internal IReadOnlyList<string> Notes(Words words)
    {
        var notes = new List<string>();
        var number = 0;
        foreach (var (series, change) in Breaks())
            notes.Add(
                words.L(
                    "{0}. Break in “{1}” from {2}: {3}",
                    words.Number(++number),
                    series.Name,
                    Day(change.Day, words),
                    change.Reason
                )
            );
        if (Logarithmic && Series.Sum(series => series.Known.Count(p => p.Value <= 0)) is > 0 and var hidden)
            notes.Add(words.N("{0} values of zero or less cannot be shown on this scale.", hidden));
        if (Series.Count > NamedSeries)
            notes.Add(words.N("{0} more series are drawn in grey; the table names them.", Series.Count - NamedSeries));
        return notes;
    }

    /// <summary>Data by year say the year only.</summary>
    internal string Day(DateOnly day, Words words) =>
        Series.All(series => series.Points.All(p => p.Day is { Month: 1, Day: 1 }))
            ? day.Year.ToString(words.Culture)
            : day.ToString("MMM yyyy", words.Culture);
}
