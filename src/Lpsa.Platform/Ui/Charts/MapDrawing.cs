using System.Globalization;

namespace Lpsa.Platform;

/// <summary>
/// Draws the areas. In a page the picture ends there and the key is a drawing of its own; in a file the areas are scaled
/// to the sheet and the key follows beneath.
/// </summary>
internal sealed class MapDrawing(MapChart chart, Sheet sheet, Words words)
{
    public void Draw()
    {
        var scale = sheet.Width / chart.Geometry.Width;
        sheet.Mirrored = false;
        sheet.Group(null, DrawAreas, "map");
        if (sheet.Standalone)
            sheet.Marks[^1].With("transform", "scale(" + scale.ToString("0.####", CultureInfo.InvariantCulture) + ")");
        sheet.Mirrored = sheet.RightToLeft;
        sheet.Height = chart.Geometry.Height * scale;
        if (sheet.Standalone)
            new MapKey(chart, sheet, words).Draw(sheet.Height + 12);
    }

    private void DrawAreas()
    {
        var classes = chart.Classes();
        var areas = chart.Areas.GroupBy(area => area.Code).ToDictionary(g => g.Key, g => g.Last());
        // By name, so that someone who walks the links with the keyboard meets them in an order; dots last, on top.
        var shapes = chart
            .Geometry.Shapes.Select(shape => (Shape: shape, Area: areas.GetValueOrDefault(shape.Code)))
            .OrderBy(pair => pair.Shape.Disputed)
            .ThenBy(pair => pair.Shape.Point is not null)
            .ThenBy(pair => pair.Area?.Name ?? "", StringComparer.Create(words.Culture, ignoreCase: true));
        foreach (var (shape, area) in shapes)
            if (area is null)
                DrawShape(shape, null, classes);
            else
                sheet.Link(area.Href, Title(area), () => DrawShape(shape, area, classes));
        foreach (var line in chart.Geometry.DisputedLines)
            Outline(line, "disputed").With("fill", "none");
    }

    private string Title(MapArea area) => words.L("{0}: {1}", area.Name, words.Value(area.Value, chart.Measure));

    private void DrawShape(WorldShape shape, MapArea? area, MapClasses classes)
    {
        var tone = area?.Value.Drawn is { } value ? $"tone-{classes.Tone(value) + 1}" : null;
        if (shape.Path.Length > 0)
        {
            if (!shape.Disputed || tone is not null)
                Outline(shape.Path, tone).With("fill", tone is null ? sheet.Hatch("missing", "hatch", 8) : null);
            if (shape.Disputed)
                Outline(shape.Path, "disputed").With("fill", sheet.Hatch("disputed", "hatch-strong", 5, -45));
        }

        if (shape.Point is not var (x, y))
            return;
        // The wide ring takes the finger, the small dot shows the value.
        if (area?.Href is not null && !sheet.Standalone)
            sheet.Circle(x, y, 12, "touch");
        sheet
            .Circle(x, y, 5, tone is null ? "dot" : "dot " + tone)
            .With("fill", tone is null ? sheet.Hatch("missing", "hatch", 8) : null)
            .With("stroke-dasharray", shape.Disputed ? "2 2" : null);
    }

    private SvgNode Outline(string path, string? style)
    {
        var node = sheet.Path([], style!);
        node.Attributes.RemoveAll(attribute => attribute.Name == "d");
        return node.With("d", path);
    }
}
