using System.Text;
using System.Xml.Linq;
using FsCheck;
using FsCheck.Fluent;
using Lpsa.Platform;
using Microsoft.VisualBasic.FileIO;

namespace Lpsa.Tests;

public sealed class ChartFileTests
{
    private static XDocument Xml(byte[] svg) => XDocument.Parse(Encoding.UTF8.GetString(svg));

    private static List<string[]> Rows(byte[] csv)
    {
        using var reader = new TextFieldParser(new StringReader(Encoding.UTF8.GetString(csv).TrimStart('\ufeff')))
        {
            Delimiters = [","],
            TrimWhiteSpace = false,
        };
        var rows = new List<string[]>();
        while (reader.ReadFields() is { } row)
            rows.Add(row);
        return rows;
    }

    [Fact]
    public void Every_picture_is_a_well_formed_file_that_says_what_it_is()
    {
        foreach (var (name, chart) in Samples.All())
        foreach (var texts in new[] { Samples.English, Samples.Arabic })
        {
            var svg = Xml(ChartFile.Svg(chart, texts)).Root!;
            var said = svg.Value;
            Assert.Equal(texts.Language.Direction, svg.Attribute("direction")!.Value);
            Assert.True(said.Contains("Ministry of Finance", StringComparison.Ordinal), name);
            Assert.Contains("CC BY 4.0", said, StringComparison.Ordinal);
            Assert.Contains("Transfers between levels are consolidated.", said, StringComparison.Ordinal);
            Assert.DoesNotContain("NaN", svg.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain("var(", svg.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain(svg.Descendants(), e => e.Name.LocalName is "a" or "script");
        }
    }

    [Fact]
    public void Any_text_makes_well_formed_files()
    {
        Prop.ForAll<string?, string?, double?>(
                (label, reason, value) =>
                {
                    var chart = Samples.Bars(new BarRow(label ?? "", new ChartValue(value, reason)));
                    chart = chart with { Frame = chart.Frame with { Title = label ?? "", Note = reason } };
                    var rows = Rows(ChartFile.Csv(chart, Samples.English));
                    return Xml(ChartFile.Svg(chart, Samples.Arabic)).Root is not null
                        && rows.All(row => row.Length == rows[0].Length);
                }
            )
            .Check(Steady.Config());
    }

    [Theory]
    [InlineData("A\0B")]
    [InlineData("half \ud83d pair")]
    [InlineData("😀 & <b>")]
    public void Characters_that_XML_forbids_do_not_break_the_file(string title)
    {
        var chart = Samples.Bars();
        Assert.NotNull(
            Xml(ChartFile.Svg(chart with { Frame = chart.Frame with { Title = title } }, Samples.English)).Root
        );
    }

    [Fact]
    public void The_map_file_carries_key_and_boundary_note()
    {
        var said = Xml(ChartFile.Svg(Samples.Map(), Samples.English)).Root!.Value;

        Assert.Contains("imply no judgement", said, StringComparison.Ordinal);
        Assert.Contains("Disputed", said, StringComparison.Ordinal);
        Assert.Contains("No data", said, StringComparison.Ordinal);
    }

    [Fact]
    public void The_table_file_has_bare_numbers_reasons_and_the_source()
    {
        var bytes = ChartFile.Csv(Samples.Bars(), Samples.English);
        var rows = Rows(bytes);

        Assert.Equal(Encoding.UTF8.Preamble.ToArray(), bytes[..3]);
        Assert.Equal(
            [
                "Country",
                "% of public expenditure, 2021",
                "% of public expenditure, 2021, low",
                "% of public expenditure, 2021, high",
                "Remarks",
                "Unit",
                "Period",
                "Source",
                "Licence",
            ],
            rows[0]
        );
        Assert.Equal(
            [
                "Denmark",
                "64.9",
                "61",
                "67",
                "",
                "% of public expenditure",
                "2021",
                "Ministry of Finance, Budget tables",
                "CC BY 4.0",
            ],
            rows[1]
        );
        Assert.Equal(
            ["Democratic Republic of the Congo", "", "", "", "No data: not reported since 2016"],
            rows[5][..5]
        );
        Assert.EndsWith("\r\n", Encoding.UTF8.GetString(bytes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("=HYPERLINK(\"x\")")]
    [InlineData("+1")]
    [InlineData("-cmd")]
    [InlineData("@SUM(A1)")]
    public void Text_that_a_spreadsheet_would_run_is_disarmed_and_negative_numbers_are_not(string label)
    {
        var rows = Rows(ChartFile.Csv(Samples.Bars(new BarRow(label, -2.5)), Samples.English));

        Assert.Equal("'" + label, rows[1][0]);
        Assert.Equal("-2.5", rows[1][1]);
    }
}
