using System.Globalization;
using System.IO.Compression;
using System.Text.RegularExpressions;
using Lpsa.Platform;

namespace Lpsa.Tests;

public sealed partial class StyleSheetTests
{
    private static readonly string Css = Read("css/site.css");

    /// <summary>Text on its ground: 4.5 to 1 by WCAG 2.2, 1.4.3.</summary>
    public static TheoryData<string, string> Words =>
        new()
        {
            { "ink", "paper" },
            { "ink", "surface" },
            { "ink", "wash" },
            { "ink", "accent-wash" },
            { "ink", "ochre-wash" },
            { "ink", "danger-wash" },
            { "ink", "ok-wash" },
            { "ink", "mark-wash" },
            { "ink", "line" },
            { "soft", "paper" },
            { "soft", "surface" },
            { "soft", "wash" },
            { "soft", "accent-wash" },
            { "soft", "ochre-wash" },
            { "accent", "paper" },
            { "accent", "surface" },
            { "accent", "wash" },
            { "accent", "accent-wash" },
            { "accent", "ochre-wash" },
            { "accent", "ok-wash" },
            { "accent", "danger-wash" },
            { "accent-strong", "accent-wash" },
            { "accent-strong", "paper" },
            { "on-accent", "accent" },
            { "on-accent", "accent-strong" },
            { "ochre", "paper" },
            { "ochre", "surface" },
            { "danger", "paper" },
            { "danger", "surface" },
            { "danger", "danger-wash" },
            { "paper", "danger" },
            { "ok", "paper" },
            { "ok", "ok-wash" },
            { "paper", "ink" },
            { "on-deep", "deep" },
            { "deep-soft", "deep" },
        };

    /// <summary>What one must see to use a control or read a state: 3 to 1 by WCAG 2.2, 1.4.11.</summary>
    public static TheoryData<string, string> Signs =>
        new()
        {
            { "edge", "paper" },
            { "edge", "surface" },
            { "focus", "paper" },
            { "focus", "surface" },
            { "focus", "wash" },
            { "accent", "line" },
            { "danger", "paper" },
            { "ok", "paper" },
        };

    [Theory]
    [MemberData(nameof(Words))]
    public void Words_stand_out_from_their_ground_in_both_themes(string ink, string ground) =>
        StandsOut(ink, ground, 4.5);

    [Theory]
    [MemberData(nameof(Signs))]
    public void Signs_stand_out_from_their_ground_in_both_themes(string sign, string ground) =>
        StandsOut(sign, ground, 3);

    [Fact]
    public void Dark_by_the_system_and_dark_by_choice_are_the_same() => Assert.Equal(Tokens(Dark(0)), Tokens(Dark(1)));

    [Fact]
    public void Every_colour_of_the_light_theme_has_its_dark_one() =>
        Assert.Equal(Tokens(Light).Keys.Order(), Tokens(Dark(1)).Keys.Order());

    [Fact]
    public void Every_token_that_is_used_is_defined()
    {
        var defined = Definition().Matches(Css).Select(m => m.Groups[1].Value).ToHashSet();
        Assert.Empty(Use().Matches(Css).Select(m => m.Groups[1].Value).Distinct().Except(defined));
    }

    public static TheoryData<string> Sheets =>
        new(
            typeof(Product)
                .Assembly.GetManifestResourceNames()
                .Where(n => n.EndsWith(".css", StringComparison.Ordinal))
                .Select(n => n["wwwroot/".Length..])
        );

    [Theory]
    [MemberData(nameof(Sheets))]
    public void A_style_sheet_knows_start_and_end_but_no_side_of_the_screen(string name)
    {
        var found = Side().Matches(Comment().Replace(Read(name), "")).Select(m => m.Value);
        Assert.Empty(found);
    }

    [Theory]
    [MemberData(nameof(Sheets))]
    public void A_style_sheet_fetches_nothing_from_elsewhere(string name) =>
        Assert.DoesNotMatch(@"@import|url\(\s*[""']?(https?:)?//", Read(name));

    [Fact]
    public void The_house_style_keeps_its_weight()
    {
        var packed = new byte[Css.Length * 2];
        var plain = System.Text.Encoding.UTF8.GetBytes(Css);
        Assert.True(BrotliEncoder.TryCompress(plain, packed, out var length, quality: 11, window: 22));
        Assert.True(length <= 14 * 1024, $"site.css is {length} bytes packed.");
    }

    [Fact]
    public void The_mark_fits_into_six_hundred_bytes() => Assert.True(Read("favicon.svg").Length < 600);

    private static void StandsOut(string ink, string ground, double least)
    {
        foreach (var (theme, block) in new[] { ("light", Light), ("dark", Dark(1)) })
        {
            var tokens = Tokens(block);
            var contrast = Contrast(tokens[ink], tokens[ground]);
            Assert.True(contrast >= least, $"{ink} on {ground}, {theme}: {contrast:0.00} to 1, not {least}.");
        }
    }

    private static string Light => Block(Css.IndexOf("[data-theme=\"light\"] {", StringComparison.Ordinal));

    /// <param name="which">0: by the system, 1: by choice.</param>
    private static string Dark(int which) =>
        Block(
            Css.IndexOf(
                which == 0 ? ":root:not([data-theme=\"light\"]) {" : "\n  [data-theme=\"dark\"] {",
                StringComparison.Ordinal
            )
        );

    private static string Block(int start)
    {
        Assert.True(start >= 0, "A theme is missing from site.css.");
        return Css[start..Css.IndexOf('}', start)];
    }

    private static SortedDictionary<string, string> Tokens(string block) =>
        new(Colour().Matches(block).ToDictionary(m => m.Groups[1].Value, m => m.Groups[2].Value));

    /// <summary>Contrast ratio of WCAG 2.2 between two colours given as <c>#rrggbb</c>.</summary>
    private static double Contrast(string one, string other)
    {
        var (a, b) = (Luminance(one), Luminance(other));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    private static double Luminance(string colour)
    {
        double Channel(int at)
        {
            var value = int.Parse(colour.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
            return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
        }
        return 0.2126 * Channel(1) + 0.7152 * Channel(3) + 0.0722 * Channel(5);
    }

    private static string Read(string name)
    {
        using var stream = typeof(Product).Assembly.GetManifestResourceStream("wwwroot/" + name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    [GeneratedRegex(@"--([a-z0-9-]+):\s*(#[0-9a-f]{6});")]
    private static partial Regex Colour();

    [GeneratedRegex(@"(--[a-z0-9-]+)\s*:")]
    private static partial Regex Definition();

    [GeneratedRegex(@"var\((--[a-z0-9-]+)")]
    private static partial Regex Use();

    [GeneratedRegex(@"/\*.*?\*/", RegexOptions.Singleline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"(?<![\w-])(left|right|(margin|padding|border|inset)-(left|right)|float)(?![\w])[^;{}]{0,20}")]
    private static partial Regex Side();
}
