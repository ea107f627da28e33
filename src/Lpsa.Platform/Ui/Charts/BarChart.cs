namespace Lpsa.Platform;

/// <param name="Highlighted">The row the page is about: drawn stronger, its label bold.</param>
public sealed record BarRow(string Label, ChartValue Value, string? Href = null, bool Highlighted = false);

/// <summary>Horizontal bars, ranked, each with its value written beside it; missing values stay in the list and say why.</summary>
public sealed record BarChart : Chart
{
    public required IReadOnlyList<BarRow> Rows { get; init; }
    public Measure Measure { get; init; } = new();

    /// <summary>What a row is: "Country".</summary>
    public string RowName { get; init; } = "";

    /// <summary>Largest first and missing last; false keeps the order given.</summary>
    public bool Ranked { get; init; } = true;

    /// <summary>A value to compare with, such as the mean of a region.</summary>
    public (string Label, double Value)? Reference { get; init; }

    public override string Sentence(Words words) =>
        Summary.Of([.. Rows.Select(row => (row.Label, row.Value))], Measure, words);

    public override ChartTable Table(Words words) =>
        new(
            [new(RowName), new(Frame.Subtitle(words), Numeric: true)],
            [
                .. Ordered()
                    .Select(row =>
                        new[] { new ChartCell(row.Label, Href: row.Href), ChartCell.Of(row.Value, Measure, words) }
                    ),
            ],
            DrawnReference is var (label, value)
                ? [words.L("Dashed line: {0}, {1}.", label, words.Number(value, Measure))]
                : []
        );

    internal override void Draw(Sheet sheet, Words words) => new BarDrawing(this, sheet, words).Draw();

    internal (string Label, double Value)? DrawnReference =>
        Reference is var (label, value) && new ChartValue(value).Drawn is not null ? (label, value) : null;

    /// <summary>Rows as drawn; rows with the same value keep the order given.</summary>
    internal IReadOnlyList<BarRow> Ordered() =>
        Ranked ? [.. Rows.OrderByDescending(row => row.Value.Drawn ?? double.NegativeInfinity)] : Rows;
}
