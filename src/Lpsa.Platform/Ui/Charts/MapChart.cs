namespace Lpsa.Platform;

/// <param name="Code">The code of the shape in the geometry.</param>
/// <param name="Name">Name in the language of the page; with the value it names the link.</param>
public sealed record MapArea(string Code, string Name, ChartValue Value, string? Href = null);

/// <summary>
/// A world map with countries coloured by class. Missing values are hatched, disputed areas hatched and dashed, small
/// states are dots, and the note on boundaries is part of the picture.
/// </summary>
public sealed record MapChart : Chart
{
    public required WorldGeometry Geometry { get; init; }

    /// <summary>In the order in which someone who walks the links with the keyboard should meet them: by name.</summary>
    public required IReadOnlyList<MapArea> Areas { get; init; }
    public Measure Measure { get; init; } = new();
    public string RowName { get; init; } = "";

    /// <summary>Limits between the classes; null makes <see cref="ClassCount"/> classes of equal membership.</summary>
    public IReadOnlyList<double>? Limits { get; init; }
    public int ClassCount { get; init; } = 5;

    /// <summary>Replaces the usual note on boundaries.</summary>
    public string? BoundaryNote { get; init; }

    internal override bool HasLinks => Areas.Any(area => area.Href is not null);
    internal override bool DrawnOnce => true;

    public MapClasses Classes()
    {
        var values = Areas.Where(area => area.Value.Drawn is not null).Select(area => area.Value.Drawn!.Value);
        return Limits is null
            ? MapClasses.Quantiles(values, ClassCount, Measure.Decimals)
            : MapClasses.At(Limits, values);
    }

    public override string Sentence(Words words) =>
        Summary.Of([.. Areas.Select(area => (area.Name, area.Value))], Measure, words);

    public override ChartTable Table(Words words) =>
        new(
            [new(RowName), new(words.L("Code")), new(Frame.Subtitle(words), Numeric: true)],
            [
                .. Areas
                    .OrderByDescending(area => area.Value.Drawn ?? double.NegativeInfinity)
                    .Select(area =>
                        new[]
                        {
                            new ChartCell(area.Name, Href: area.Href),
                            new ChartCell(area.Code),
                            ChartCell.Of(area.Value, Measure, words),
                        }
                    ),
            ],
            [Boundaries(words)]
        );

    internal string Boundaries(Words words) =>
        BoundaryNote
        ?? words.L("Boundaries and names on this map imply no judgement on the legal status of any territory.");

    internal override void Draw(Sheet sheet, Words words) => new MapDrawing(this, sheet, words).Draw();

    internal override void DrawKey(Sheet sheet, Words words) => new MapKey(this, sheet, words).Draw(4);
}
