using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Lpsa.Platform;

namespace Lpsa.Tests;

public sealed partial class ChartStyleTests
{
    private static readonly string Css = ReadCss();

    private static string ReadCss()
    {
        // The embedded file is the one that is served.
        using var file = System
            .Reflection.Assembly.Load("Lpsa.Web")
            .GetManifestResourceStream("wwwroot/css/charts.css");
        using var reader = new StreamReader(
            file ?? throw new InvalidOperationException("charts.css is not embedded in Lpsa.Web.")
        );
        return reader.ReadToEnd();
    }

    private static Dictionary<string, string> Tokens(string css) =>
        Token().Matches(css).GroupBy(m => m.Groups[1].Value).ToDictionary(g => g.Key, g => g.First().Groups[2].Value);

    private static Dictionary<string, string> Light => Tokens(Css[..Css.IndexOf("@media", StringComparison.Ordinal)]);
    private static Dictionary<string, string> Dark => Tokens(Css[Css.IndexOf("@media", StringComparison.Ordinal)..]);

    [Fact]
    public void Page_and_file_share_colours_and_rules()
    {
        Assert.Contains(ChartStyle.Rules, Css, StringComparison.Ordinal);
        Assert.Equal(ChartStyle.Light.OrderBy(t => t.Key), Light.OrderBy(t => t.Key));
        Assert.Equal(Light.Keys.Order(), Dark.Keys.Order());
        Assert.DoesNotContain("var(", ChartStyle.Standalone, StringComparison.Ordinal);
        Assert.StartsWith("'sha256-", ChartStyle.StandaloneHash, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_class_in_a_picture_has_a_rule()
    {
        var used = Samples
            .All()
            .SelectMany(sample =>
                new[] { Samples.Draw(sample.Chart, 720), Samples.Draw(sample.Chart, 720, standalone: true) }
            )
            .SelectMany(sheet => ChartLayoutTests.Flat(sheet))
            .SelectMany(node => node.Attributes)
            .Where(attribute => attribute.Name == "class")
            .SelectMany(attribute => attribute.Value.Split(' '))
            .Distinct();

        Assert.All(used, style => Assert.Matches($@"\.{Regex.Escape(style)}[,{{ ]", ChartStyle.Rules));
    }

    [Fact]
    public void Marks_stand_out_three_to_one_and_words_four_and_a_half_to_one()
    {
        foreach (var tokens in new[] { Light, Dark })
        {
            var paper = tokens["chart-paper"];
            foreach (var (name, colour) in tokens.Where(t => Mark().IsMatch(t.Key)))
                Assert.True(Contrast(colour, paper) >= 3, $"{name} {colour}: {Contrast(colour, paper):0.00}");
            foreach (var name in new[] { "chart-ink", "chart-muted" })
                Assert.True(Contrast(tokens[name], paper) >= 4.5, $"{name}: {Contrast(tokens[name], paper):0.00}");
            // Names at the ends of lines are written in the colour of their line.
            foreach (var (name, colour) in tokens.Where(t => Series().IsMatch(t.Key)))
                Assert.True(Contrast(colour, paper) >= 4.5, $"{name} as text {colour}: {Contrast(colour, paper):0.00}");
        }
    }

    [Fact]
    public void Each_tone_of_the_map_is_plainly_darker_than_the_one_before()
    {
        foreach (var (tokens, darker) in new[] { (Light, true), (Dark, false) })
            for (var i = 1; i < 7; i++)
            {
                var (one, next) = (Luminance(tokens[$"tone-{i}"]), Luminance(tokens[$"tone-{i + 1}"]));
                Assert.True(
                    (next < one) == darker && Contrast(tokens[$"tone-{i}"], tokens[$"tone-{i + 1}"]) >= 1.25,
                    $"tone {i}"
                );
            }
    }

    [Fact]
    public void The_style_sheet_is_small_and_knows_no_left_or_right()
    {
        using var packed = new MemoryStream();
        using (
            var brotli = new System.IO.Compression.BrotliStream(
                packed,
                System.IO.Compression.CompressionLevel.Optimal,
                true
            )
        )
            brotli.Write(Encoding.UTF8.GetBytes(Css));
        Assert.InRange(packed.Length, 1, 2048);
        Assert.DoesNotMatch(@"(left|right)\s*:|-(left|right)", Css);
    }

    /// <summary>Contrast ratio after WCAG 2.2, section "contrast ratio".</summary>
    private static double Contrast(string one, string other)
    {
        var (a, b) = (Luminance(one), Luminance(other));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    private static double Luminance(string colour)
    {
        var hex = colour.Length == 4 ? string.Concat(colour[1..].Select(c => $"{c}{c}")) : colour[1..];
        return 0.2126 * Channel(0) + 0.7152 * Channel(2) + 0.0722 * Channel(4);

        double Channel(int at)
        {
            var share = int.Parse(hex.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
            return share <= 0.04045 ? share / 12.92 : Math.Pow((share + 0.055) / 1.055, 2.4);
        }
    }

    [GeneratedRegex(@"--([\w-]+): (#[0-9a-f]+);")]
    private static partial Regex Token();

    [GeneratedRegex(@"^chart-(\d|quiet|axis)$")]
    private static partial Regex Mark();

    [GeneratedRegex(@"^chart-\d$")]
    private static partial Regex Series();
}
