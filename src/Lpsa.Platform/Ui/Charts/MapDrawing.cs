using System.Globalization;

namespace Lpsa.Platform;

/// <summary>
/// Draws the areas. In a page the picture ends there and the key is a drawing of its own; in a file the areas are scaled
/// to the sheet and the key follows beneath.
/// </summary>
internal sealed class MapDrawing(MapChart chart, Sheet sheet, Words words)
{
    // Sizes follow the geometry, so that every geometry gives the same picture at the same width on a screen.
    private readonly double dot = chart.Geometry.Width / 220.0;
    private readonly double touch = chart.Geometry.Width / 70.0;
    private readonly MapClasses classes = chart.Classes();
    private readonly List<MapPoint> points =
    [
        .. chart.Geometry.Shapes.Where(shape => shape.Point is not null).Select(shape => shape.Point!.Value),
    ];

    private string Missing => sheet.Hatch("missing", "hatch", chart.Geometry.Width / 125);
    private string Disputed => sheet.Hatch("disputed", "hatch-strong", chart.Geometry.Width / 200, -45);

    public void Draw()
    {
        var scale = sheet.Width / chart.Geometry.Width;
        sheet.Mirrored = false;
        sheet.Group(null, DrawAreas, "map");
        sheet.Marks[^1].With("clip-path", sheet.Clip(chart.Geometry.Width, chart.Geometry.Height));
        if (sheet.Standalone)
            sheet.Marks[^1].With("transform", "scale(" + scale.ToString("0.####", CultureInfo.InvariantCulture) + ")");
        sheet.Mirrored = sheet.RightToLeft;
        sheet.Height = chart.Geometry.Height * scale;
        if (sheet.Standalone)
            new MapKey(chart, sheet, words).Draw(sheet.Height + 12);
    }

    private void DrawAreas()
    {
        var areas = new Dictionary<string, (MapArea? Area, int Order)>(StringComparer.Ordinal);
        for (var i = 0; i < chart.Areas.Count; i++)
            areas[chart.Areas[i].Code] = (chart.Areas[i], i);
        var shapes = chart
            .Geometry.Shapes.Select(shape => (Shape: shape, Found: areas.GetValueOrDefault(shape.Code)))
            .OrderBy(pair => pair.Shape.Disputed)
            .ThenBy(pair => pair.Found.Order)
            .Select(pair => (pair.Shape, pair.Found.Area))
            .ToList();
        foreach (var (shape, area) in shapes.Where(pair => pair.Shape.Point is null))
            DrawNamed(shape, area);
        foreach (var line in chart.Geometry.DisputedLines)
            Outline(line, "disputed").With("fill", "none");
        foreach (var (shape, area) in shapes.Where(pair => pair.Shape.Point is not null))
            DrawNamed(shape, area);
    }

    private void DrawNamed(WorldShape shape, MapArea? area)
    {
        if (area is not null)
            sheet.Link(area.Href, Title(area), () => DrawShape(shape, area));
        else if (shape.Name is { } name)
            sheet.Group(name, () => DrawShape(shape, null));
        else
            DrawShape(shape, null);
    }

    private string Title(MapArea area) => words.L("{0}: {1}", area.Name, words.Value(area.Value, chart.Measure));

    private void DrawShape(WorldShape shape, MapArea? area)
    {
        var tone = area?.Value.Drawn is { } value ? $"tone-{classes.Tone(value) + 1}" : null;
        if (shape.Path.Length > 0)
        {
            if (!shape.Disputed || tone is not null)
                Outline(shape.Path, tone ?? "none").With("fill", tone is null ? Missing : null);
            if (shape.Disputed)
                Outline(shape.Path, "disputed").With("fill", Disputed);
        }

        if (shape.Point is not var (x, y))
            return;
        // The wide ring takes the finger, the small dot shows the value.
        if (area?.Href is not null && !sheet.Standalone)
            sheet.Circle(x, y, Reach(x, y), "touch");
        sheet
            .Circle(x, y, dot, tone is null ? "dot" : "dot " + tone)
            .With("fill", tone is null ? Missing : null)
            .With("stroke-dasharray", shape.Disputed ? "2 2" : null);
    }

    /// <summary>Rings of neighbours do not overlap, or the upper would take the touch meant for the lower one's dot.</summary>
    private double Reach(double x, double y)
    {
        var nearest = points
            .Select(other => Math.Sqrt(Math.Pow(other.X - x, 2) + Math.Pow(other.Y - y, 2)))
            .Where(distance => distance > 0)
            .DefaultIfEmpty(double.MaxValue)
            .Min();
        return Math.Clamp(nearest / 2, dot, touch);
    }

    private SvgNode Outline(string path, string? style)
    {
        var node = new SvgNode("path").With("class", style).With("d", path);
        sheet.Put(node);
        return node;
    }
}
