namespace Lpsa.Platform;

/// <summary>Key of a map: tones with the limits between them, what the hatches mean, and the note on boundaries.</summary>
internal sealed class MapKey(MapChart chart, Sheet sheet, Words words)
{
    private const double Swatch = 12;
    private const double Size = 11.5;

    public void Draw(double y)
    {
        var classes = chart.Classes();
        var any = chart.Areas.Any(area => area.Value.Drawn is not null);
        if (any)
            y = DrawClasses(classes, y);
        y = DrawSigns(y + (any ? 10 : 0));
        var note = TextWidth.Wrap(chart.Boundaries(words), sheet.Width, Size, 5, out _);
        sheet.Height = sheet.Lines(note, 0, y + 14, "muted", Size) + 6;
    }

    private string Shown(double value) => words.Number(value, chart.Measure);

    /// <summary>A strip with the limits beneath its joints; where the numbers are too long, a list.</summary>
    private double DrawClasses(MapClasses classes, double y)
    {
        var cell = Math.Min(96, sheet.Width / classes.Count);
        var widest = classes.Limits.Append(classes.Low).Append(classes.High).Max(v => TextWidth.Of(Shown(v), Size));
        if (classes.Count == 1 || widest + 8 > cell)
            return DrawList(classes, y);

        for (var i = 0; i < classes.Count; i++)
        {
            sheet.Rect(i * cell, y, cell - 1, Swatch, $"tone-{classes.ToneOf(i) + 1} swatch");
            if (i > 0)
                sheet.Text(i * cell - 0.5, y + Swatch + 15, Shown(classes.Limits[i - 1]), "muted", Anchor.Middle, Size);
        }
        // The ends of the strip are the lowest and highest value, set flush so that they stay inside the picture.
        var room = cell - widest / 2 - 6;
        if (TextWidth.Of(Shown(classes.Low), Size) <= room && classes.Low < classes.Limits[0])
            sheet.Text(0, y + Swatch + 15, Shown(classes.Low), "muted", size: Size);
        if (TextWidth.Of(Shown(classes.High), Size) <= room && classes.High > classes.Limits[^1])
            sheet.Text(classes.Count * cell - 1, y + Swatch + 15, Shown(classes.High), "muted", Anchor.End, Size);
        return y + Swatch + 18;
    }

    private double DrawList(MapClasses classes, double y)
    {
        for (var i = 0; i < classes.Count; i++)
        {
            var text =
                classes.Count == 1
                    ? classes.Low.Equals(classes.High)
                        ? Shown(classes.Low)
                        : words.L("{0} to {1}", Shown(classes.Low), Shown(classes.High))
                    : i == 0
                        ? words.L("under {0}", Shown(classes.Limits[0]))
                        : i == classes.Count - 1
                            ? words.L("{0} and over", Shown(classes.Limits[^1]))
                            : words.L("{0} to {1}", Shown(classes.Limits[i - 1]), Shown(classes.Limits[i]));
            sheet.Rect(0, y, 28, Swatch, $"tone-{classes.ToneOf(i) + 1} swatch");
            sheet.Text(36, y + 10.5, TextWidth.Shorten(text, sheet.Width - 36, Size), "muted", size: Size, full: text);
            y += 19;
        }
        return y;
    }

    private double DrawSigns(double y)
    {
        var shapes = chart.Geometry.Shapes;
        var known = chart.Areas.Where(area => area.Value.Drawn is not null).Select(area => area.Code).ToHashSet();
        var signs = new List<(string Text, string Fill, string Style)>();
        if (shapes.Any(shape => shape.Code.Length > 0 && !known.Contains(shape.Code)))
            signs.Add((words.L("No data"), sheet.Hatch("missing-key", "hatch", 6), "swatch"));
        if (shapes.Any(shape => shape.Disputed) || chart.Geometry.DisputedLines.Count > 0)
            signs.Add((words.L("Disputed"), sheet.Hatch("disputed-key", "hatch-strong", 4, -45), "disputed"));
        var x = 0.0;
        foreach (var (text, fill, style) in signs)
        {
            var width = 36 + TextWidth.Of(text, Size);
            if (x > 0 && x + width > sheet.Width)
                (x, y) = (0, y + 19);
            sheet.Rect(x, y, 28, Swatch, style).With("fill", fill);
            sheet.Text(x + 36, y + 10.5, text, "muted", size: Size);
            x += width + 24;
        }
        return signs.Count > 0 ? y + Swatch + 4 : y;
    }
}
