using System.Buffers;
using System.IO.Compression;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Lpsa.Platform;

namespace Lpsa.Tests;

public sealed class ChartFigureTests
{
    private static string Html(Chart chart, Texts? texts = null)
    {
        var output = new ArrayBufferWriter<byte>();
        var page = new PageContext
        {
            Texts = texts ?? Samples.English,
            Site = new SiteAddress(new Uri("https://example.org"), "Example"),
        };
        new HtmlPainter(output, page).Paint(builder =>
        {
            builder.OpenComponent<ChartFigure>(0);
            builder.AddComponentParameter(1, nameof(ChartFigure.Chart), chart);
            builder.CloseComponent();
        });
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private static IElement Figure(Chart chart, Texts? texts = null) =>
        new HtmlParser().ParseDocument(Html(chart, texts)).QuerySelector("figure")!;

    [Fact]
    public void Every_figure_is_whole_and_obeys_the_content_policy()
    {
        foreach (var (name, chart) in Samples.All())
        foreach (var texts in new[] { Samples.English, Samples.Arabic })
        {
            var figure = Figure(chart, texts);
            Assert.True(figure.QuerySelectorAll("svg").Length >= 2, name);
            Assert.Empty(figure.QuerySelectorAll("[style], style, script"));
            var ids = figure.QuerySelectorAll("[id]").Select(e => e.Id).Append(figure.Id).ToList();
            Assert.Equal(ids.Distinct().Count(), ids.Count);
            Assert.All(
                figure.QuerySelectorAll("svg"),
                svg =>
                {
                    Assert.Equal(texts.Language.Direction, svg.GetAttribute("direction"));
                    Assert.Contains(svg.GetAttribute("aria-labelledby"), ids);
                    Assert.Contains(svg.GetAttribute("aria-describedby"), ids);
                    Assert.NotEmpty(svg.Children.Single(c => c.LocalName == "title").TextContent);
                    Assert.NotEmpty(svg.Children.Single(c => c.LocalName == "desc").TextContent);
                }
            );
        }
    }

    [Fact]
    public void A_reader_of_the_table_learns_as_much_as_a_viewer_of_the_picture()
    {
        var figure = Figure(Samples.Bars());

        Assert.Equal(["Country", "% of public expenditure, 2021"], figure.QuerySelectorAll("thead th").Select(Text));
        Assert.Equal(
            [
                "Denmark 64.9% (61.0% to 67.0%)",
                "Colombia 33.4%",
                "Kenya 19.8%",
                "Malta 1.3%",
                "Democratic Republic of the Congo No data: not reported since 2016",
            ],
            figure.QuerySelectorAll("tbody tr").Select(row => string.Join(' ', row.Children.Select(Text)))
        );
        Assert.Equal("/countries/ken", figure.QuerySelector("tbody a")!.GetAttribute("href"));
    }

    [Fact]
    public void The_sentence_is_made_from_the_data()
    {
        Assert.Equal(
            "Denmark is highest with 64.9%; Malta is lowest with 1.3%; the middle value is 26.6%. 1 have no data.",
            Text(Figure(Samples.Bars()).QuerySelector(".figure-sentence")!)
        );
        Assert.Equal(
            "“In law” is higher than “In practice” in 2 of 4 rows. The widest gap is in Water supply and sanitation in small towns: 90 against 35.",
            Samples.Dots().Sentence(new Words(Samples.English))
        );
        Assert.StartsWith(
            "Kenya: from 12.0% in 2010 to 19.0% in 2014.",
            Samples.Lines().Sentence(new Words(Samples.English)),
            StringComparison.Ordinal
        );
        Assert.Equal(
            "There are no data for this figure.",
            (Samples.Bars() with { Rows = [] }).Sentence(new Words(Samples.English))
        );
        Assert.Equal(
            "3 levels of government below the national one: Regions (3); Communities (3); Provinces (10); Municipalities (581); Public centres for social welfare.",
            Samples.Tree().Sentence(new Words(Samples.English))
        );
    }

    [Fact]
    public void Source_licence_note_links_and_embed_code_stand_beneath()
    {
        var figure = Figure(Samples.Bars());

        Assert.Equal(
            "Note: Transfers between levels are consolidated.",
            Text(figure.QuerySelector(".figure-foot .figure-note")!)
        );
        Assert.Equal(
            "Source: Ministry of Finance, Budget tables · CC BY 4.0 · Data version 2026-11",
            Text(figure.QuerySelector(".figure-source")!)
        );
        Assert.Equal(
            ["Download CSV", "Download SVG", "Link to this figure"],
            figure.QuerySelectorAll(".figure-links a").Select(Text)
        );
        Assert.Equal(
            "<iframe src=\"https://example.org/embed/share\"></iframe>",
            figure.QuerySelector(".figure-embed code")!.TextContent
        );
    }

    [Fact]
    public void A_map_with_links_is_a_group_that_can_be_skipped_and_names_every_link()
    {
        var figure = Figure(Samples.Map());

        Assert.Equal("group", figure.QuerySelector("svg.chart-map")!.GetAttribute("role"));
        Assert.Equal("#world-table", figure.QuerySelector(".figure-skip")!.GetAttribute("href"));
        Assert.Equal(
            [
                "Alpha: 3.2%",
                "Beta: 18.0%",
                "Gamma: No data: not reported",
                "Epsilon: 44.1%",
                "Phi: No data: not reported",
            ],
            figure.QuerySelectorAll("svg.chart-map a").Select(a => a.QuerySelector("title")!.TextContent)
        );
        Assert.Contains(
            "imply no judgement",
            figure.QuerySelector("svg.chart-wide")!.TextContent,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Hostile_names_stay_text()
    {
        var html = Html(Samples.Bars(new BarRow("<script>alert(1)</script>\" onload=x", 1, "/a\"b")));

        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.Empty(new HtmlParser().ParseDocument(html).QuerySelectorAll("[onload]"));
    }

    [Fact]
    public void Negative_numbers_keep_their_sign_in_front_in_Arabic_too()
    {
        Assert.Equal("−3.9", new Words(Samples.English).Number(-3.9, new Measure(1)));
        Assert.Equal("\u200e−3.9%\u200e", new Words(Samples.Arabic).Number(-3.9, new Measure(1, Percent: true)));
        Assert.Equal("0.0", new Words(Samples.English).Number(-0.01, new Measure(1)));
        Assert.Equal(
            "12,5\u00a0%",
            new Words(Texts.Read(Language.French, null)).Number(12.5, new Measure(1, Percent: true))
        );
    }

    [Fact]
    public void A_world_map_of_two_hundred_areas_fits_its_budget()
    {
        // Path data as dense as a simplified world: about 250 bytes of relative integers for an area.
        var chance = new Random(7);
        var world = new WorldGeometry(
            [
                .. Enumerable
                    .Range(0, 200)
                    .Select(i => new WorldShape(
                        $"A{i:00}",
                        $"M{chance.Next(1000)} {chance.Next(450)}l"
                            + string.Join(' ', Enumerable.Range(0, 90).Select(_ => chance.Next(-9, 10)))
                            + "z"
                    )),
            ],
            1000,
            450
        );
        var chart = Samples.Map() with
        {
            Geometry = world,
            Areas =
            [
                .. world.Shapes.Select(shape => new MapArea(
                    shape.Code,
                    "Country " + shape.Code,
                    chance.NextDouble() * 90,
                    "/countries/" + shape.Code
                )),
            ],
        };

        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            brotli.Write(Encoding.UTF8.GetBytes(Html(chart)));
        Assert.InRange(packed.Length, 1, 40_000);
    }

    private static string Text(IElement element) =>
        string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
