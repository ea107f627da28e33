namespace Lpsa.Platform;

/// <summary>Outlines already projected to a picture of the given size; a data file makes them, the map only colours them.</summary>
/// <param name="Height">What lies below is cut off.</param>
public sealed record WorldGeometry(IReadOnlyList<WorldShape> Shapes, int Width, int Height)
{
    /// <summary>Boundaries without an agreed course, as SVG path data: drawn broken, over everything else.</summary>
    public IReadOnlyList<string> DisputedLines { get; init; } = [];
}

/// <param name="Code">ISO 3166-1 alpha-3; empty for an area that is drawn and never coloured.</param>
/// <param name="Path">SVG path data in the picture's coordinates; empty where the area is too small to have an outline.</param>
/// <param name="Point">Where a dot stands for an area that would be too small to see.</param>
/// <param name="Disputed">Hatched with a broken outline: over its own colour, or over that of the shapes beneath.</param>
/// <param name="Name">Shown on hovering where the figure itself does not name the area.</param>
public sealed record WorldShape(
    string Code,
    string Path,
    MapPoint? Point = null,
    bool Disputed = false,
    string? Name = null
);

public readonly record struct MapPoint(double X, double Y);
