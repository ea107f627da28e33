using Lpsa.Platform;

namespace Lpsa.Tests;

/// <summary>Figures as an editor would make them, and the awkward ones that real data bring.</summary>
internal static class Samples
{
    public static readonly Texts English = Texts.Read(Language.English, null);
    public static readonly Texts Arabic = Texts.Read(Language.Arabic, null);

    public static ChartFrame Frame(string id = "figure") =>
        new()
        {
            Id = id,
            Title = "Subnational share of public expenditure",
            Unit = "% of public expenditure",
            Period = "2021",
            Source = new("Ministry of Finance, Budget tables", "https://example.org/tables", "CC BY 4.0"),
            Note = "Transfers between levels are consolidated.",
            Address = "https://example.org/data/share@2026-11",
            DataVersion = "2026-11",
            Downloads = [new("CSV", "/data/share.csv"), new("SVG", "/chart/share.svg")],
            EmbedCode = "<iframe src=\"https://example.org/embed/share\"></iframe>",
        };

    public static BarChart Bars(params BarRow[] rows) =>
        new()
        {
            Frame = Frame(),
            RowName = "Country",
            Measure = new(1, Percent: true),
            Rows =
                rows.Length > 0
                    ? rows
                    :
                    [
                        new("Kenya", 19.8, "/countries/ken", Highlighted: true),
                        new("Denmark", new ChartValue(64.9, null, 61, 67)),
                        new("Democratic Republic of the Congo", ChartValue.Missing("not reported since 2016")),
                        new("Colombia", 33.4),
                        new("Malta", 1.3),
                    ],
        };

    public static LineSeries Series(string name, params double?[] values) =>
        new(
            name,
            [
                .. values.Select(
                    (value, i) => LinePoint.Year(2010 + i, value is { } v ? v : ChartValue.Missing("no survey"))
                ),
            ]
        );

    public static LineChart Lines(params LineSeries[] series) =>
        new()
        {
            Frame = Frame(),
            Measure = new(1, Percent: true),
            Series =
                series.Length > 0
                    ? series
                    :
                    [
                        Series("Kenya", 12, 13, null, 17, 19) with
                        {
                            Highlighted = true,
                        },
                        Series("Uganda", 13, 12.5, 12.4, 16.9, 19.1),
                        Series("United Republic of Tanzania", 13, 13.5, 13.4, 17.9, 19.2) with
                        {
                            Breaks = [new SeriesBreak(new DateOnly(2013, 1, 1), "districts counted anew")],
                        },
                    ],
        };

    public static DotChart Dots(params DotRow[] rows) =>
        new()
        {
            Frame = Frame(),
            RowName = "Function",
            FirstName = "In law",
            SecondName = "In practice",
            Measure = new(0),
            Rows =
                rows.Length > 0
                    ? rows
                    :
                    [
                        new("Primary education", 78, 41),
                        new("Primary health care", 66, 66),
                        new("Water supply and sanitation in small towns", 90, 35, Highlighted: true),
                        new("Local roads", 55, 62),
                        new("Solid waste", 88, ChartValue.Missing("not assessed")),
                    ],
        };

    public static readonly WorldGeometry World = new(
        [
            new("AAA", "M10 10l100 0 0 80-100 0z"),
            new("BBB", "M120 10l100 0 0 80-100 0z"),
            new("CCC", "M230 10l100 0 0 80-100 0z"),
            new("DDD", "M340 10l100 0 0 80-100 0z", Disputed: true),
            new("EEE", "", new MapPoint(500, 50)),
            new("FFF", "", new MapPoint(540, 50)),
        ],
        1000,
        450
    )
    {
        DisputedLines = ["M440 10l100 80"],
    };

    public static MapChart Map() =>
        new()
        {
            Frame = Frame("world"),
            Geometry = World,
            RowName = "Country",
            Measure = new(1, Percent: true),
            Areas =
            [
                new("AAA", "Alpha", 3.2, "/countries/aaa"),
                new("BBB", "Beta", 18.0, "/countries/bbb"),
                new("CCC", "Gamma", ChartValue.Missing("not reported"), "/countries/ccc"),
                new("EEE", "Epsilon", 44.1, "/countries/eee"),
                new("FFF", "Phi", ChartValue.Missing("not reported"), "/countries/fff"),
            ],
        };

    public static LevelTree Tree() =>
        new()
        {
            Frame = Frame(),
            Head = "Belgium",
            Levels =
            [
                new(3, "Municipalities", 581, "Devolved, extensive autonomy", LevelKind.Devolved, "gemeente, commune"),
                new(1, "Regions", 3, "Devolved, extensive autonomy", LevelKind.Devolved),
                new(1, "Communities", 3, "Devolved, extensive autonomy", LevelKind.Devolved),
                new(2, "Provinces", 10, "Hybrid", LevelKind.Hybrid, Inferred: true),
                new(3, "Public centres for social welfare", null, "Delegated body", LevelKind.Other),
            ],
        };

    /// <summary>One of each kind, and each kind with nothing, one value, all missing, long names, many rows.</summary>
    public static IEnumerable<(string Name, Chart Chart)> All()
    {
        var missing = ChartValue.Missing("the survey did not ask");
        var name =
            "Association of municipalities and administrative communes of the northern and eastern highland districts";
        yield return ("bars", Bars());
        yield return ("bars with reference", Bars() with { Reference = ("Mean of the region", 33.5) });
        yield return (
            "bars, negative",
            Bars(new("Up", 12.5), new("Down", -14.25), new("None", missing), new("Zero", 0))
        );
        yield return ("bars, only negative", Bars(new("Down", -14.25), new("None", missing)));
        yield return ("bars, one", Bars(new BarRow("Alone", 5)));
        yield return ("bars, all missing", Bars(new("One", missing), new("Two", default)));
        yield return ("bars, none", Bars() with { Rows = [] });
        yield return ("bars, long", Bars(new BarRow(name, 1e12, Highlighted: true), new(name, 3)));
        yield return (
            "bars, 300",
            Bars([.. Enumerable.Range(0, 300).Select(i => new BarRow($"District {i}", i % 7 == 0 ? missing : i * 1.7))])
        );
        yield return ("lines", Lines());
        yield return (
            "lines, log",
            Lines(Series("A", 1, 10, 0, 5000), Series("B", 2, -3, 40)) with
            {
                Logarithmic = true,
            }
        );
        yield return ("lines, one point", Lines(Series("Alone", 5)));
        yield return ("lines, all missing", Lines(Series("One", null, null), Series("Two", (double?)null)));
        yield return ("lines, none", Lines() with { Series = [] });
        yield return (
            "lines, twelve",
            Lines([.. Enumerable.Range(0, 12).Select(i => Series($"{name} {i}", i, i + 1, i - 2))])
        );
        yield return ("dots", Dots());
        yield return ("dots, one value", Dots() with { SecondName = null });
        yield return ("dots, all missing", Dots(new("One", missing, missing), new("Two", default)));
        yield return ("dots, none", Dots() with { Rows = [] });
        yield return ("dots, long", Dots(new(name, -1e9, 1e9), new(name, missing, 3)));
        yield return ("map", Map());
        yield return ("map, all missing", Map() with { Areas = [new("AAA", "Alpha", missing)] });
        yield return ("map, one", Map() with { Areas = [new("AAA", "Alpha", 5)] });
        yield return (
            "map, large values",
            Map() with
            {
                Areas = [new("AAA", "A", 123456789012), new("BBB", "B", 3), new("CCC", "C", -5)],
            }
        );
        yield return ("map, limits", Map() with { Limits = [10, 20, 30, 40, 50, 60] });
        yield return ("tree", Tree());
        yield return ("tree, none", Tree() with { Levels = [] });
        yield return (
            "tree, deep",
            Tree() with
            {
                Levels = [.. Enumerable.Range(1, 11).Select(i => new GovernmentLevel(i, name, i * 1000000, name))],
            }
        );
    }

    public static Sheet Draw(Chart chart, double width, Texts? texts = null, bool standalone = false)
    {
        var words = new Words(texts ?? English);
        var sheet = new Sheet("figure", width, words.RightToLeft) { Standalone = standalone };
        chart.Draw(sheet, words);
        return sheet;
    }
}
