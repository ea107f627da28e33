namespace Lpsa.Platform;

/// <summary>The labels of a chart with one row per name: as wide as needed, at most three lines each.</summary>
internal sealed class RowLabels
{
    private readonly List<(List<string> Lines, string? Full, bool Bold)> rows = [];

    public double Width { get; private set; }

    public static RowLabels Fit(IReadOnlyList<(string Text, bool Bold)> labels, Sheet sheet, double size)
    {
        var fitted = new RowLabels();
        var room = sheet.Width * (sheet.Narrow ? 0.38 : 0.32);
        foreach (var (text, bold) in labels)
        {
            var lines = TextWidth.Wrap(text, room, size, 3, out var whole, bold);
            fitted.rows.Add((lines, whole ? null : text, bold));
            foreach (var line in lines)
                fitted.Width = Math.Max(fitted.Width, TextWidth.Of(line, size, bold));
        }
        return fitted;
    }

    /// <summary>One long name makes its own row higher, not the whole list.</summary>
    public IEnumerable<double> Heights(double single) => rows.Select(row => single + 14 * (row.Lines.Count - 1));

    /// <summary>Labels end at the plot, so that the eye has a short way to the mark.</summary>
    public void Draw(Sheet sheet, int row, double middle, double size)
    {
        var (lines, full, bold) = rows[row];
        var y = middle + size * 0.36 - (lines.Count - 1) * size * 0.6;
        foreach (var line in lines)
        {
            sheet.Text(Width, y, line, "label", Anchor.End, size, bold, full);
            y += size * 1.2;
        }
    }
}
