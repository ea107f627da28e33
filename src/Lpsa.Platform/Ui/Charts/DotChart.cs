namespace Lpsa.Platform;

/// <summary>A row with one or two values: law and practice, then and now, one level and another.</summary>
public sealed record DotRow(
    string Label,
    ChartValue First,
    ChartValue? Second = null,
    string? Href = null,
    bool Highlighted = false
);

/// <summary>Dots on a shared axis; with two values per row the gap between them is drawn (a dumbbell).</summary>
public sealed record DotChart : Chart
{
    public required IReadOnlyList<DotRow> Rows { get; init; }

    /// <summary>What the first value is: "In law".</summary>
    public required string FirstName { get; init; }

    /// <summary>What the second value is: "In practice"; null where rows have one value.</summary>
    public string? SecondName { get; init; }
    public string RowName { get; init; } = "";
    public Measure Measure { get; init; } = new();

    public override string Sentence(Words words)
    {
        if (SecondName is null)
            return Summary.Of([.. Rows.Select(row => (row.Label, row.First))], Measure, words);
        var pairs = Rows.Where(row => row.First.Drawn is not null && row.Second?.Drawn is not null).ToList();
        if (pairs.Count == 0)
            return words.L("No row has both values.");
        var higher = pairs.Count(row => row.First.Drawn > row.Second!.Value.Drawn);
        var widest = pairs.MaxBy(row => Math.Abs(row.First.Drawn!.Value - row.Second!.Value.Drawn!.Value))!;
        return words.N(
                "“{1}” is higher than “{2}” in {0} of {3} rows.",
                higher,
                FirstName,
                SecondName,
                words.Number(pairs.Count)
            )
            + " "
            + words.L(
                "The widest gap is in {0}: {1} against {2}.",
                widest.Label,
                words.Number(widest.First.Drawn!.Value, Measure),
                words.Number(widest.Second!.Value.Drawn!.Value, Measure)
            );
    }

    public override ChartTable Table(Words words)
    {
        List<ChartColumn> columns = [new(RowName), new(FirstName, Numeric: true)];
        if (SecondName is not null)
            columns.Add(new(SecondName, Numeric: true));
        return new(columns, [.. Rows.Select(Cells)], []);

        IReadOnlyList<ChartCell> Cells(DotRow row)
        {
            var label = new ChartCell(row.Label, Href: row.Href);
            var first = ChartCell.Of(row.First, Measure, words);
            return SecondName is null
                ? [label, first]
                : [label, first, ChartCell.Of(row.Second ?? default, Measure, words)];
        }
    }

    internal override void Draw(Sheet sheet, Words words) => new DotDrawing(this, sheet, words).Draw();
}
