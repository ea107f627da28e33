namespace Lpsa.Platform;

/// <summary>Outlines already projected to a picture of the given size; a data file makes them, the map only colours them.</summary>
public sealed record WorldGeometry(IReadOnlyList<WorldShape> Shapes, int Width, int Height)
{
    /// <summary>Borders in dispute as open paths, drawn broken over the areas.</summary>
    public IReadOnlyList<string> DisputedLines { get; init; } = [];
}

/// <param name="Code">ISO 3166-1 alpha-3, or the geometry's own code for an area without one.</param>
/// <param name="Path">SVG path data in the picture's coordinates; empty where the area is too small to have an outline.</param>
/// <param name="Point">Where a dot stands for an area that would be too small to see.</param>
/// <param name="Disputed">Hatched with a dashed outline, whatever its value.</param>
public sealed record WorldShape(string Code, string Path, MapPoint? Point = null, bool Disputed = false);

public readonly record struct MapPoint(double X, double Y);
