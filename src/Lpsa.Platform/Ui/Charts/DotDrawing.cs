namespace Lpsa.Platform;

/// <summary>Layout of a dot plot. The two values differ in colour, in shape and by the names above them.</summary>
internal sealed class DotDrawing(DotChart chart, Sheet sheet, Words words)
{
    private const double Mark = 5;
    private readonly double size = sheet.Narrow ? 12 : 13;
    private bool brief;
    private double plotStart;
    private double plotEnd;

    public void Draw()
    {
        var labels = RowLabels.Fit([.. chart.Rows.Select(row => (row.Label, row.Highlighted))], sheet, size);
        var known = Values().Where(v => v.Drawn is not null).ToList();
        var reach = known
            .SelectMany(v =>
                new[] { v.Drawn!.Value, v.Interval?.Low ?? v.Drawn.Value, v.Interval?.High ?? v.Drawn.Value }
            )
            .ToList();
        var room = Room(known);
        if (sheet.Width - labels.Width - 2 * room < sheet.Width * 0.25)
        {
            brief = true;
            room = Room(known);
        }
        plotStart = labels.Width + 6 + (chart.SecondName is null ? Mark + 6 : room);
        plotEnd = Math.Max(plotStart + 20, sheet.Width - room);
        var (low, high) = reach.Count == 0 ? (0, 1) : (reach.Min(), reach.Max());
        // From zero where that costs little room: distances from zero are what most readers compare.
        if (low > 0 && low < high * 0.6)
            low = 0;
        var scale = new LinearScale(low, high, plotStart, plotEnd, sheet.Narrow ? 3 : 5);

        var top = chart.SecondName is null ? 4 : 24;
        var band = new BandScale(top, labels.Heights(sheet.Narrow ? 26 : 28));
        var bottom = band.End;
        DrawAxis(scale, top, bottom, reach.Count > 0);
        if (chart.SecondName is { } second)
            DrawNames(second, scale, top);
        for (var i = 0; i < chart.Rows.Count; i++)
        {
            labels.Draw(sheet, i, band.Middle(i), size);
            DrawRow(chart.Rows[i], band.Middle(i), scale);
        }
        sheet.Height = bottom + (reach.Count > 0 ? 22 : 4);
    }

    private double Room(List<ChartValue> known) =>
        known.Select(v => TextWidth.Of(Shown(v), 12, bold: true)).DefaultIfEmpty(0).Max() + Mark + 6;

    private IEnumerable<ChartValue> Values() =>
        chart.Rows.SelectMany(row =>
            chart.SecondName is null ? new[] { row.First } : [row.First, row.Second ?? default]
        );

    private string Shown(ChartValue value) => words.Number(value.Drawn!.Value, chart.Measure, brief);

    private void DrawAxis(LinearScale scale, double top, double bottom, bool labelled)
    {
        if (!labelled)
            return;
        var measure = chart.Measure with { Decimals = scale.Decimals };
        var lastEnd = double.NegativeInfinity;
        foreach (var tick in scale.Ticks())
        {
            var (x, text) = (scale.At(tick), words.Number(tick, measure, brief));
            sheet.Line(x, top, x, bottom, tick == 0 ? "axis" : "grid");
            var half = TextWidth.Of(text, 11) / 2;
            var middle = Math.Min(x, sheet.Width - half);
            if (middle - half < lastEnd + 6)
                continue;
            sheet.Text(middle, bottom + 15, text, "muted", Anchor.Middle, 11);
            lastEnd = middle + half;
        }
    }

    /// <summary>
    /// The names stand above the first pair, each on its own side, with its mark. Where they would not fit side by side
    /// they become one line from the start of the picture.
    /// </summary>
    private void DrawNames(string second, LinearScale scale, double top)
    {
        var y = top - 10;
        var (first, other) = (Name(chart.FirstName), Name(second));
        var (firstWidth, otherWidth) = (TextWidth.Of(first, 12, true) + 16, TextWidth.Of(other, 12, true) + 16);
        var pair = chart.Rows.FirstOrDefault(row => row.First.Drawn is not null && row.Second?.Drawn is not null);
        var firstAt = 0.0;
        var otherAt = firstWidth + 16;
        if (pair is not null)
        {
            var (a, b) = (scale.At(pair.First.Drawn!.Value), scale.At(pair.Second!.Value.Drawn!.Value));
            var (left, right) = a <= b ? (a - firstWidth + 10, b - 6) : (a - 6, b - otherWidth + 10);
            var (f, o) = a <= b ? (left, right) : (left, right);
            f = Math.Clamp(f, 0, Math.Max(0, sheet.Width - firstWidth));
            o = Math.Clamp(o, 0, Math.Max(0, sheet.Width - otherWidth));
            if (f + firstWidth + 8 <= o || o + otherWidth + 8 <= f)
                (firstAt, otherAt) = (f, o);
        }

        Key(0, firstAt, first, chart.FirstName, "series-1");
        Key(1, otherAt, other, second, "series-2");

        string Name(string name) => TextWidth.Shorten(name, sheet.Width / 2 - 26, 12, bold: true);

        void Key(int series, double x, string name, string full, string style)
        {
            Marker.Draw(sheet, series, x + 6, y - 4, style);
            sheet.Text(x + 15, y, name, style + "-text", bold: true, full: full);
        }
    }

    private void DrawRow(DotRow row, double middle, LinearScale scale)
    {
        sheet.Line(plotStart, middle, plotEnd, middle, "grid");
        ChartValue? second = chart.SecondName is null ? null : row.Second ?? default(ChartValue);
        double? a = row.First.Drawn is { } f ? scale.At(f) : null;
        double? b = second?.Drawn is { } s ? scale.At(s) : null;
        DrawInterval(row.First, middle, scale);
        if (second is { } other)
            DrawInterval(other, middle, scale);
        if (a is { } from && b is { } to)
            sheet.Line(from, middle, to, middle, "gap");
        // The second mark is larger and drawn first, so that equal values show as one mark inside the other.
        if (b is { } at)
            Marker.Draw(sheet, 1, at, middle, "series-2", Mark * 1.15);
        if (a is { } firstAt)
            Marker.Draw(sheet, 0, firstAt, middle, "series-1", Mark * 0.9);

        Label(row.First, a, before: b is not null && a < b);
        if (second is { } value && !(a is not null && b is not null && Shown(row.First) == Shown(value)))
            Label(value, b, before: a is not null && (b < a || b.Equals(a)));
        if (a is null || (second is not null && b is null))
            DrawMissing(row, second, middle, a, b);

        void Label(ChartValue v, double? x, bool before)
        {
            if (x is not { } position)
                return;
            if (v.Interval is var (low, high))
                position = scale.At(before ? low : high);
            sheet.Text(
                before ? position - Mark - 4 : position + Mark + 4,
                middle + 4.3,
                Shown(v),
                "value halo",
                before ? Anchor.End : Anchor.Start,
                bold: row.Highlighted
            );
        }
    }

    private void DrawInterval(ChartValue value, double middle, LinearScale scale)
    {
        if (value.Interval is var (low, high))
            sheet.Line(scale.At(low), middle, scale.At(high), middle, "whisker");
    }

    /// <summary>Says which value is missing, on the wider side of the value that is there.</summary>
    private void DrawMissing(DotRow row, ChartValue? second, double middle, double? a, double? b)
    {
        var full =
            a is null && (second is null || b is null) ? words.Missing(row.First)
            : a is null ? words.L("{0}: {1}", chart.FirstName, words.Missing(row.First))
            : words.L("{0}: {1}", chart.SecondName, words.Missing(second!.Value));
        var from = plotStart + 6;
        var to = sheet.Width;
        if ((a ?? b) is { } mark)
        {
            var label = TextWidth.Of(Shown(a is null ? second!.Value : row.First), 12, bold: true) + Mark + 12;
            if (sheet.Width - mark - label >= mark - plotStart - Mark - 4)
                from = mark + label;
            else
                to = mark - Mark - 6;
        }
        // On a phone nothing hovers: better the short words in full than the long ones cut off.
        var shown = TextWidth.Of(full, 11) <= to - from ? full : words.L("No data");
        if (TextWidth.Of(shown, 11) <= to - from)
            sheet.Text(from, middle + 4, shown, "muted halo", size: 11, full: full);
    }
}
