using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Lpsa.Platform;

namespace Lpsa.Tests;

public sealed class ChartLayoutTests
{
    public static TheoryData<string> Names => [.. Samples.All().Select(sample => sample.Name)];

    private static Chart Named(string name) => Samples.All().Single(sample => sample.Name == name).Chart;

    [Theory]
    [MemberData(nameof(Names))]
    public void No_text_covers_another_or_leaves_the_picture(string name)
    {
        foreach (var texts in new[] { Samples.English, Samples.Arabic })
        foreach (var width in new[] { 328.0, 720 })
        {
            var sheet = Samples.Draw(Named(name), width, texts, standalone: true);
            Assert.True(sheet.Height is > 0 and < 12000, $"height {sheet.Height}");
            foreach (var box in sheet.Texts)
            {
                Assert.True(
                    box.X >= -0.5 && box.X + box.Width <= width + 0.5,
                    $"“{box.Text}” leaves the picture at {width}: {box}"
                );
                Assert.True(
                    box.Y >= -4 && box.Y + box.Height <= sheet.Height + 4,
                    $"“{box.Text}” is cut off: {box}, height {sheet.Height}"
                );
            }
            foreach (var (first, second) in Pairs(sheet.Texts))
                Assert.False(
                    first.Overlaps(second),
                    $"“{first.Text}” covers “{second.Text}” at {width}: {first} {second}"
                );
        }
    }

    private static IEnumerable<(TextBox, TextBox)> Pairs(List<TextBox> boxes) =>
        boxes.SelectMany((first, i) => boxes.Skip(i + 1).Take(60).Select(second => (first, second)));

    [Fact]
    public void Every_bar_stays_inside_the_plot_and_every_number_is_a_number()
    {
        Prop.ForAll<NonEmptyArray<(string?, double?, bool)>, bool>(
                (rows, arabic) =>
                {
                    var chart = Samples.Bars([
                        .. rows.Get.Select(row => new BarRow(
                            row.Item1 ?? "",
                            new ChartValue(row.Item2),
                            Highlighted: row.Item3
                        )),
                    ]);
                    var words = new Words(arabic ? Samples.Arabic : Samples.English);
                    var sheet = new Sheet("figure", 328, words.RightToLeft);
                    var drawing = new BarDrawing(chart, sheet, words);
                    drawing.Draw();
                    var (start, end) = arabic ? (328 - drawing.Plot.End, 328 - drawing.Plot.Start) : drawing.Plot;
                    return Flat(sheet)
                        .Where(node => node.Name == "rect")
                        .All(bar => At(bar, "x") >= start - 0.2 && At(bar, "x") + At(bar, "width") <= end + 0.2);
                }
            )
            .Check(Steady.Config());
    }

    [Fact]
    public void Lines_and_dots_can_be_drawn_from_any_values()
    {
        Prop.ForAll<NonNull<double?[]>, NonNull<double?[]>, bool>(
                (first, second, logarithmic) =>
                {
                    var lines = Samples.Lines(
                        Samples.Series("First", first.Get),
                        Samples.Series("Second", second.Get)
                    ) with
                    {
                        Logarithmic = logarithmic,
                    };
                    var dots = Samples.Dots([
                        .. first.Get.Zip(second.Get).Select(p => new DotRow("Row", new(p.First), new(p.Second))),
                    ]);
                    var map = Samples.Map() with
                    {
                        Areas =
                        [
                            .. first
                                .Get.Take(6)
                                .Select((v, i) => new MapArea(new string((char)('A' + i), 3), "Area", new(v))),
                        ],
                    };
                    // Sheet refuses a coordinate that is not a number, so drawing at all is the proof.
                    return new Chart[] { lines, dots, map }.All(chart =>
                        Samples.Draw(chart, 328, standalone: true).Height > 0
                        && chart.Sentence(new Words(Samples.English)).Length > 0
                    );
                }
            )
            .Check(Steady.Config());
    }

    [Fact]
    public void A_missing_value_is_a_gap_and_never_a_zero()
    {
        var sheet = Samples.Draw(Samples.Lines(Samples.Series("Kenya", 12, 13, null, 17, 19)), 720);

        var line = Assert.Single(Flat(sheet), node => Style(node) == "line line-1");
        Assert.Equal(2, line.Attributes.Single(a => a.Name == "d").Value.Count(c => c == 'M'));
    }

    [Fact]
    public void A_break_in_the_series_is_not_bridged_and_is_explained()
    {
        var series = Samples.Series("Kenya", 12, 13, 17, 19) with
        {
            Breaks = [new SeriesBreak(new DateOnly(2012, 1, 1), "new census")],
        };
        var sheet = Samples.Draw(Samples.Lines(series), 720);

        var line = Assert.Single(Flat(sheet), node => Style(node) == "line line-1");
        Assert.Equal(2, line.Attributes.Single(a => a.Name == "d").Value.Count(c => c == 'M'));
        Assert.Single(Flat(sheet), node => Style(node) == "break");
        Assert.Contains(sheet.Texts, text => text.Text == "1. Break in “Kenya” from 2012: new census");
    }

    [Fact]
    public void A_missing_bar_says_why()
    {
        var sheet = Samples.Draw(Samples.Bars(), 720);

        Assert.Contains(sheet.Texts, text => text.Text == "No data: not reported since 2016");
        Assert.Equal(4, Flat(sheet).Count(node => node.Name == "rect"));
    }

    [Fact]
    public void Series_differ_in_shape_or_dash_and_not_in_colour_alone()
    {
        var sheets = Enumerable
            .Range(0, Marker.Kinds)
            .Select(series =>
            {
                var sheet = new Sheet("figure", 100, false);
                Marker.Draw(sheet, series, 50, 50, "series");
                var mark = Assert.Single(sheet.Marks);
                return mark.Name + mark.Attributes.LastOrDefault(a => a.Name == "d").Value + Marker.Dash(series);
            });

        Assert.Equal(Marker.Kinds, sheets.Distinct().Count());
    }

    [Fact]
    public void An_Arabic_chart_is_the_English_one_mirrored()
    {
        var english = Samples.Draw(Samples.Bars(), 720);
        var arabic = Samples.Draw(Samples.Bars(), 720, Samples.Arabic);

        var ltr = Flat(english).Where(n => n.Name == "rect").Select(n => (Start: At(n, "x"), Width: At(n, "width")));
        var rtl = Flat(arabic)
            .Where(n => n.Name == "rect")
            .Select(n => (Start: 720 - At(n, "x") - At(n, "width"), Width: At(n, "width")));
        Assert.All(ltr.Zip(rtl), pair => Assert.Equal(pair.First.Start, pair.Second.Start, 0.2));
    }

    [Fact]
    public void Geography_is_not_mirrored()
    {
        var sheet = Samples.Draw(Samples.Map(), 1000, Samples.Arabic);

        Assert.Contains(Flat(sheet), node => node.Name == "circle" && Math.Abs(At(node, "cx") - 500) < 0.1);
    }

    [Fact]
    public void Disputed_areas_are_hatched_and_small_states_are_dots()
    {
        var sheet = Samples.Draw(Samples.Map(), 1000);

        Assert.Single(Flat(sheet), node => Style(node) == "disputed" && Value(node, "fill") == "url(#figure-disputed)");
        Assert.Equal(2, Flat(sheet).Count(node => Style(node)?.StartsWith("dot", StringComparison.Ordinal) == true));
        Assert.Single(Flat(sheet), node => Style(node) == "dot" && Value(node, "fill") == "url(#figure-missing)");
        Assert.Equal(
            ["figure-missing", "figure-disputed", "figure-clip"],
            sheet.Definitions.Select(definition => Value(definition, "id"))
        );
    }

    internal static IEnumerable<SvgNode> Flat(Sheet sheet) => sheet.Marks.SelectMany(Flat);

    private static IEnumerable<SvgNode> Flat(SvgNode node) => node.Children.SelectMany(Flat).Prepend(node);

    private static string? Style(SvgNode node) => Value(node, "class");

    private static string? Value(SvgNode node, string name) =>
        node.Attributes.FirstOrDefault(a => a.Name == name).Value;

    private static double At(SvgNode node, string name) =>
        double.Parse(Value(node, name)!, CultureInfo.InvariantCulture);
}
