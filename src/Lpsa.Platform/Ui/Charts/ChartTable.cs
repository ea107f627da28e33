namespace Lpsa.Platform;

/// <summary>The values of a picture as a table: first column names the row.</summary>
/// <param name="Notes">What the picture says beside its values: breaks in a series, values it cannot show.</param>
public sealed record ChartTable(
    IReadOnlyList<ChartColumn> Columns,
    IReadOnlyList<IReadOnlyList<ChartCell>> Rows,
    IReadOnlyList<string> Notes
);

/// <param name="Numeric">Set at the end of the column with figures of one width.</param>
public sealed record ChartColumn(string Name, bool Numeric = false);

/// <summary>One cell: what a person reads, and the bare value for machines.</summary>
/// <param name="Value">The number as observed; null for text and for missing values.</param>
/// <param name="Interval">Where the true value lies, as observed; null where not known.</param>
public sealed record ChartCell(
    string Shown,
    double? Value = null,
    string? Href = null,
    bool IsMissing = false,
    (double Low, double High)? Interval = null
)
{
    public static ChartCell Of(ChartValue value, Measure measure, Words words) =>
        new(words.Value(value, measure), value.Drawn, IsMissing: value.Drawn is null, Interval: value.Interval);
}
