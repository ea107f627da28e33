namespace Lpsa.Platform;

/// <summary>Layout of a bar chart: labels, one zero line, bars, values at their outer ends.</summary>
internal sealed class BarDrawing(BarChart chart, Sheet sheet, Words words)
{
    private const double Gap = 10;
    private readonly double size = sheet.Narrow ? 12 : 13;
    private bool brief;

    /// <summary>Where bars may be: tests hold every bar against it.</summary>
    public (double Start, double End) Plot { get; private set; }

    public void Draw()
    {
        var rows = chart.Ordered();
        var labels = RowLabels.Fit([.. rows.Select(row => (row.Label, row.Highlighted))], sheet, size);
        var known = rows.Where(row => row.Value.Drawn is not null).Select(row => row.Value).ToList();
        double? reference = chart.DrawnReference?.Value;
        var low = Math.Min(0, known.Select(v => v.Interval?.Low ?? v.Drawn!.Value).Append(reference ?? 0).Min());
        var high = Math.Max(0, known.Select(v => v.Interval?.High ?? v.Drawn!.Value).Append(reference ?? 0).Max());

        var (start, end) = Room(labels, known);
        if (end - start < sheet.Width * 0.15)
        {
            brief = true;
            (start, end) = Room(labels, known);
        }
        Plot = (start, Math.Max(end, start + 20));
        var scale = new LinearScale(low, high, Plot.Start, Plot.End, nice: false);
        var zero = scale.At(0);

        var top = DrawReference(scale, out var referenceAt);
        var band = new BandScale(top, labels.Heights(sheet.Narrow ? 24 : 26));
        var bottom = band.End;
        if (referenceAt is { } at)
            sheet.Line(at, top - 4, at, bottom, "reference").With("stroke-dasharray", "4 3");
        var anyHighlighted = rows.Any(row => row.Highlighted);
        for (var i = 0; i < rows.Count; i++)
        {
            labels.Draw(sheet, i, band.Middle(i), size);
            DrawRow(
                rows[i],
                band.Middle(i),
                scale,
                zero,
                anyHighlighted && !rows[i].Highlighted ? "quiet" : "series-1"
            );
        }
        sheet.Line(zero, top, zero, bottom, "axis");
        sheet.Height = bottom + 2;
    }

    private (double Start, double End) Room(RowLabels labels, List<ChartValue> known) =>
        (
            labels.Width + Gap + ValueRoom(known.Where(v => v.Drawn < 0)),
            sheet.Width - ValueRoom(known.Where(v => v.Drawn >= 0))
        );

    private string Shown(double value) => words.Number(value, chart.Measure, brief);

    private double ValueRoom(IEnumerable<ChartValue> values) =>
        values.Select(v => TextWidth.Of(Shown(v.Drawn!.Value), size, bold: true) + 7).DefaultIfEmpty(2).Max();

    private void DrawRow(BarRow row, double middle, LinearScale scale, double zero, string style)
    {
        if (row.Value.Drawn is not { } value)
        {
            DrawMissing(row.Value, middle, zero);
            return;
        }

        const double thick = 14;
        var tip = scale.At(value);
        sheet.Rect(Math.Min(zero, tip), middle - thick / 2, Math.Abs(tip - zero), thick, style);
        var outer = tip;
        if (row.Value.Interval is var (low, high))
        {
            var (from, to) = (scale.At(low), scale.At(high));
            sheet.Line(from, middle, to, middle, "whisker");
            sheet.Line(from, middle - 4, from, middle + 4, "whisker");
            sheet.Line(to, middle - 4, to, middle + 4, "whisker");
            outer = value < 0 ? from : to;
        }

        var shown = Shown(value);
        var (x, anchor) = value < 0 ? (outer - 5, Anchor.End) : (outer + 5, Anchor.Start);
        sheet.Text(x, middle + size * 0.36, shown, "value halo", anchor, size, row.Highlighted);
    }

    /// <summary>The reason stands where the bar would begin; where the zero line leaves no room there, at the start.</summary>
    private void DrawMissing(ChartValue value, double middle, double zero)
    {
        var full = words.Missing(value);
        var from = sheet.Width - zero > (sheet.Width - Plot.Start) * 0.4 ? zero : Plot.Start;
        var shown = TextWidth.Shorten(full, sheet.Width - from - 6, size - 1);
        sheet.Text(from + 6, middle + size * 0.36, shown, "muted halo", size: size - 1, full: full);
    }

    private double DrawReference(LinearScale scale, out double? at)
    {
        at = null;
        if (chart.DrawnReference is not var (label, value))
            return 2;
        at = scale.At(value);
        var full = $"{label} {words.Number(value, chart.Measure)}";
        var shown = TextWidth.Shorten(full, sheet.Width, 12);
        var half = TextWidth.Of(shown, 12) / 2;
        var middle = Math.Clamp(at.Value, half, Math.Max(half, sheet.Width - half));
        sheet.Text(middle, 12, shown, "muted", Anchor.Middle, full: full);
        return 22;
    }
}
