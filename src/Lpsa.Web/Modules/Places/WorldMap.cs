using Lpsa.Platform;

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

    private static readonly Lazy<WorldGeometry> Drawn = new(() => Loaded.Value.ToGeometry());

    public static WorldMap Shipped => Loaded.Value;

    /// <summary>The same for the map of the platform; disputed areas take the code of the place they are drawn with.</summary>
    public static WorldGeometry Outlines => Drawn.Value;

    private WorldGeometry ToGeometry() =>
        new(
            [
                .. Countries
                    .Where(c => c.Value.Y <= ViewHeight)
                    .Select(c => new WorldShape(
                        c.Key,
                        c.Value.Path ?? "",
                        c.Value.Point ? new MapPoint(c.Value.X, c.Value.Y) : null
                    )),
                .. DisputedAreas.Select(a => new WorldShape(
                    a.DrawnWith ?? "",
                    a.Path,
                    Disputed: true,
                    Name: a.DrawnWith is null ? a.Name : null
                )),
            ],
            Width,
            ViewHeight
        )
        {
            DisputedLines = [.. DisputedLines.Select(l => l.Path)],
        };
}

/// <param name="X">Anchor for a label or a mark.</param>
/// <param name="Path">SVG path data; null where the place is a point only.</param>
/// <param name="Point">Too small to see or touch as an area: draw a mark.</param>
public sealed record MapShape(int X, int Y, string? Path, bool Point);

/// <param name="DrawnWith">Alpha-3 code of the place whose fill it takes; null: none.</param>
public sealed record DisputedArea(string Name, string? DrawnWith, string Path);

public sealed record DisputedLine(string Name, string Path);
