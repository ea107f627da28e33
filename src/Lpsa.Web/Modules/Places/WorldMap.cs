namespace Lpsa.Places;

/// <summary>
/// The world in Equal Earth projection, as paths ready to draw (see Data/SOURCES.md for projection, source and limits).
/// </summary>
/// <param name="Note">The sentence on boundaries, by language; printed under every map.</param>
/// <param name="ViewHeight">Height to show; what lies below is Antarctica.</param>
/// <param name="Countries">By alpha-3 code; every place has at least a point.</param>
/// <param name="DisputedAreas">To be hatched over the fill.</param>
/// <param name="DisputedLines">To be drawn broken.</param>
public sealed record WorldMap(
    IReadOnlyDictionary<string, string> Note,
    int Width,
    int Height,
    int ViewHeight,
    IReadOnlyDictionary<string, MapShape> Countries,
    IReadOnlyList<DisputedArea> DisputedAreas,
    IReadOnlyList<DisputedLine> DisputedLines
)
{
    private static readonly Lazy<WorldMap> Loaded = new(() => ShippedFile.Read<WorldMap>("geometry.json"));

    public static WorldMap Shipped => Loaded.Value;
}

/// <param name="X">Anchor for a label or a mark.</param>
/// <param name="Path">SVG path data; null where the place is a point only.</param>
/// <param name="Point">Too small to see or touch as an area: draw a mark.</param>
public sealed record MapShape(int X, int Y, string? Path, bool Point);

/// <param name="DrawnWith">Alpha-3 code of the place whose fill it takes; null: none.</param>
public sealed record DisputedArea(string Name, string? DrawnWith, string Path);

public sealed record DisputedLine(string Name, string Path);
