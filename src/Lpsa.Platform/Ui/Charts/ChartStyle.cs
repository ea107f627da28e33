using System.Security.Cryptography;
using System.Text;

namespace Lpsa.Platform;

/// <summary>
/// Colours and rules of pictures. The page takes them from charts.css, where colours follow light and dark; a file of
/// its own carries <see cref="Standalone"/>. ChartStyleTests hold the two together and measure every contrast.
/// </summary>
public static class ChartStyle
{
    /// <summary>Ground of the page and of a standalone picture.</summary>
    public const string Paper = "#fff";

    /// <summary>
    /// Colour tokens in light. The first seven series stay apart (distance of 20 and more in CIELAB) for readers without
    /// red or green cones too, computed with the matrices of Machado, Oliveira and Fernandes (2009).
    /// </summary>
    public static readonly IReadOnlyDictionary<string, string> Light = new Dictionary<string, string>
    {
        ["chart-1"] = "#0b6e5f",
        ["chart-2"] = "#a86200",
        ["chart-3"] = "#3d3db3",
        ["chart-4"] = "#46200e",
        ["chart-5"] = "#b5419f",
        ["chart-6"] = "#12363f",
        ["chart-7"] = "#5b7534",
        ["chart-8"] = "#274a80",
        ["chart-ink"] = "#1d2624",
        ["chart-muted"] = "#5a6663",
        ["chart-quiet"] = "#74988f",
        ["chart-grid"] = "#e3e8e6",
        ["chart-axis"] = "#87938f",
        ["chart-paper"] = "#fff",
        ["tone-1"] = "#d3e8e1",
        ["tone-2"] = "#abd2c6",
        ["tone-3"] = "#80b8a9",
        ["tone-4"] = "#559b8b",
        ["tone-5"] = "#2c7c6d",
        ["tone-6"] = "#0f5c50",
        ["tone-7"] = "#053b33",
    };

    /// <summary>Rules for marks, in the names of the tokens; the same text is part of charts.css.</summary>
    public static string Rules { get; } = MakeRules();

    /// <summary>The rules with the light colours in place of the tokens.</summary>
    public static string Standalone { get; } =
        Light.Aggregate(
            Rules,
            (rules, token) => rules.Replace($"var(--{token.Key})", token.Value, StringComparison.Ordinal)
        );

    /// <summary>
    /// Source expression for the policy of a response that is a standalone picture: under a strict policy a browser
    /// would otherwise drop the style element and show everything black.
    /// </summary>
    public static string StandaloneHash { get; } =
        "'sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Standalone))) + "'";

    private static string MakeRules()
    {
        var rules = new StringBuilder();
        for (var i = 1; i <= Marker.Kinds; i++)
            rules.Append($".series-{i},.series-{i}-text{{fill:var(--chart-{i})}}.line-{i}{{stroke:var(--chart-{i})}}");
        for (var i = 1; i <= MapClasses.Most; i++)
            rules.Append($".tone-{i}{{fill:var(--tone-{i})}}");
        return rules
            .Append(".label,.value,.title{fill:var(--chart-ink)}.muted{fill:var(--chart-muted)}")
            .Append(".halo{paint-order:stroke;stroke:var(--chart-paper);stroke-width:4px;stroke-linejoin:round}")
            .Append(".quiet{fill:var(--chart-quiet)}.band{opacity:.16}")
            .Append(".line,.outline,.whisker,.gap,.axis,.grid,.break,.reference,.leader,.stem{fill:none}")
            .Append(
                ".line{stroke-width:2.2;stroke-linejoin:round}.grey{stroke:var(--chart-axis);stroke-width:1;opacity:.5}"
            )
            .Append(".grid{stroke:var(--chart-grid)}.axis,.leader,.stem{stroke:var(--chart-axis)}")
            .Append(".whisker,.break,.reference{stroke:var(--chart-ink)}.whisker{stroke-width:1.2}")
            .Append(".gap{stroke:var(--chart-axis);stroke-width:3;opacity:.45}")
            .Append(".outline{stroke:var(--chart-1);stroke-width:1.5}")
            .Append(".box{fill:var(--chart-paper);stroke:var(--chart-grid)}.head{stroke:var(--chart-1)}")
            .Append(
                ".map{stroke:var(--chart-paper);stroke-width:.6}.map path{vector-effect:non-scaling-stroke}.map .dot{stroke:var(--chart-ink);stroke-width:.8}"
            )
            .Append(
                ".hatch,.hatch-strong{stroke:var(--chart-axis);stroke-width:2.5}.hatch-strong{stroke:var(--chart-ink);stroke-width:1.2}"
            )
            .Append(".disputed{stroke:var(--chart-ink);stroke-width:.7;stroke-dasharray:3 2}")
            .Append(".none{stroke:var(--chart-axis);stroke-width:.5}")
            .Append(".swatch{stroke:var(--chart-axis);stroke-width:.5}.touch{fill:transparent;stroke:none}")
            .ToString();
    }
}
