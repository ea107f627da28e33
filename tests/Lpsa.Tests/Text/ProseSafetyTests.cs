using System.Diagnostics.CodeAnalysis;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using FsCheck;
using FsCheck.Fluent;
using Lpsa.Platform;

namespace Lpsa.Tests;

public sealed class ProseSafetyTests
{
    private static readonly HashSet<string> Elements =
    [
        .. "h2 h3 h4 h5 h6 p blockquote ul ol li pre code hr br em strong del sub sup a img figure figcaption div table thead tbody tr th td".Split(
            ' '
        ),
    ];

    private static readonly HashSet<string> Attributes =
    [
        .. "id href title rel src alt loading decoding class start scope tabindex role aria-label dir".Split(' '),
    ];

    private static readonly string[] Pieces =
    [
        "[",
        "]",
        "(",
        ")",
        "<",
        ">",
        "!",
        "`",
        "*",
        "_",
        "~",
        "^",
        "|",
        "#",
        ":",
        "\\",
        "\"",
        "'",
        "&",
        ";",
        "=",
        "-",
        "+",
        "\n",
        "\n\n",
        " ",
        "    ",
        "\t",
        "javascript:alert(1)",
        "JaVaScRiPt:",
        "java\nscript:",
        "java&#9;script:",
        "&#106;avascript:",
        "vbscript:x",
        "data:text/html,<script>",
        "\u0001javascript:",
        "<script>",
        "</script>",
        "<img src=x onerror=alert(1)>",
        "<svg/onload=x>",
        "<a href=\"javascript:x\">",
        "<style>",
        "style=\"x\"",
        "onclick=\"x\"",
        "<!--",
        "-->",
        "<![CDATA[",
        "[a](",
        "![a](",
        "[a]: ",
        "[^1]",
        "[^1]: ",
        "<http://a.b>",
        "https://a.b/",
        "www.a.b",
        "//a.b/",
        "/files/",
        "/files/../x",
        "/\\a.b",
        "mailto:a@b.c",
        "tel:1",
        "| a | b |\n|---|---|\n",
        "^^^\n",
        "```",
        "```x\" onclick=\"y\n",
        "> ",
        "- ",
        "1. ",
        "# ",
        "a",
        "é",
        "ش",
        "😀",
        "\ud800",
        "\udc00",
        "\0",
        "\u200f",
        "\u2028",
        "&lt;script&gt;",
        "&quot;",
        "&#0;",
        "{.x onclick=y}",
        "{style=x}",
    ];

    private static Arbitrary<string> Hostile =>
        Gen.OneOf(
                Gen.Elements(Pieces).ListOf().Select(string.Concat),
                ArbMap.Default.GeneratorFor<string>().Select(s => s ?? "")
            )
            .ToArbitrary();

    [Fact]
    [Trait("Vulnerability", "4 stored XSS")]
    public void Whatever_is_typed_only_known_markup_comes_out() =>
        Prop.ForAll(Hostile, IsSafe).Check(Steady.Config(3000, 60));

    [Fact]
    public void Whatever_is_typed_the_other_readings_do_not_fail() =>
        Prop.ForAll(
                Hostile,
                text =>
                {
                    _ = Prose.PlainText(text);
                    _ = Prose.Outline(text);
                    return Prose.Excerpt(text, 20).Length <= 21 && Prose.Words(text) >= 0;
                }
            )
            .Check(Steady.Config(1000, 60));

    [Theory]
    [InlineData("[x](javascript:alert(1))")]
    [InlineData("[x](JAVASCRIPT:alert(1))")]
    [InlineData("[x](java&Tab;script:alert(1))")]
    [InlineData("[x](&#x6A;avascript:alert(1))")]
    [InlineData("[x](\\javascript:alert(1))")]
    [InlineData("[x](<\u0001javascript:alert(1)>)")]
    [InlineData("[x](vbscript:x)")]
    [InlineData("[x](data:text/html;base64,PHNjcmlwdD4=)")]
    [InlineData("[x](blob:https://a.b/c)")]
    [InlineData("[x](file:///etc/passwd)")]
    [InlineData("[x](/\\evil.example)")]
    [InlineData("[x](\\\\evil.example)")]
    [InlineData("[x](https:evil.example)")]
    [InlineData("[x](https://bank.example@evil.example/)")]
    [InlineData("[x](posts/relative)")]
    [InlineData("<javascript:alert(1)>")]
    [InlineData("![x](javascript:alert(1))")]
    [InlineData("![x](data:image/svg+xml,<svg/onload=alert(1)>)")]
    [InlineData("[x]: javascript:alert(1)\n\n[x]")]
    public void Addresses_that_could_run_or_deceive_are_dropped_and_the_words_kept(string markdown)
    {
        var body = new HtmlParser().ParseDocument(Prose.Html(markdown)).Body!;
        Assert.Empty(body.QuerySelectorAll("a[href],img"));
        Assert.NotEqual("", body.TextContent.Trim());
    }

    [Theory]
    [InlineData("![x](/files/../admin)")]
    [InlineData("![x](/files/%2E%2e/admin)")]
    [InlineData("![x](/admin/delete)")]
    public void Pictures_come_from_the_files_of_the_site_only(string markdown) =>
        Assert.Empty(new HtmlParser().ParseDocument(Prose.Html(markdown)).QuerySelectorAll("img"));

    [Theory]
    [InlineData("https://example.org/ü?a=b&c=d#e", "https://example.org/ü?a=b&c=d#e")]
    [InlineData("//example.org/x", "https://example.org/x")]
    [InlineData("www.example.org", "https://www.example.org")]
    [InlineData("/posts/a b", "/posts/a%20b")]
    [InlineData("#t-x", "#t-x")]
    [InlineData("mailto:a@example.org?subject=x", "mailto:a@example.org?subject=x")]
    [InlineData("tel:+254-20-123", "tel:+254-20-123")]
    [InlineData("mailto:nobody", null)]
    [InlineData("tel:", null)]
    [InlineData("http://", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void Known_forms_of_addresses_are_kept(string? given, string? kept) =>
        Assert.Equal(kept, SafeAddress.Link(given));

    public static TheoryData<string, string> Monsters
    {
        get
        {
            var monsters = new TheoryData<string, string>();
            foreach (
                var piece in new[]
                {
                    "[",
                    "![[",
                    "[a](",
                    "[](((",
                    "**a ",
                    "a* ",
                    "*a_",
                    "> ",
                    "- ",
                    "|",
                    "<a ",
                    "`|a",
                    "&",
                    " http://a.b ",
                    "www.",
                    "# a\n",
                    "a\n===\n",
                    "~~a ",
                    "[^a] ",
                    "^^^\na\n",
                    "```\n",
                    "[a|",
                    "\\",
                    "\n",
                    "<!--",
                }
            )
                monsters.Add(piece, string.Concat(Enumerable.Repeat(piece, 1_000_000 / piece.Length)));
            monsters.Add(
                "nested list",
                string.Concat(Enumerable.Range(0, 5_000).Select(i => new string(' ', i % 200) + "- a\n"))
            );
            monsters.Add("definitions", string.Concat(Enumerable.Range(0, 80_000).Select(i => $"[{i}]: /x\n")));
            monsters.Add(
                "footnotes",
                string.Concat(Enumerable.Range(0, 50_000).Select(i => $"[^{i}]: x[^{i + 1}]\n\n"))
            );
            monsters.Add("backticks", string.Concat(Enumerable.Range(1, 1_400).Select(i => new string('`', i) + "a")));
            return monsters;
        }
    }

    /// <summary>Each of these takes minutes, or ends the process, when read without the bounds.</summary>
    [Theory, MemberData(nameof(Monsters), DisableDiscoveryEnumeration = true)]
    [SuppressMessage("Usage", "xUnit1026", Justification = "The name tells which one failed.")]
    [Trait("Vulnerability", "30 ReDoS")]
    public void A_megabyte_of_malice_is_shown(string name, string text)
    {
        Assert.NotNull(Prose.Html(text));
    }

    [Fact]
    public void A_text_too_deep_to_read_as_markdown_is_shown_as_typed()
    {
        var deep = new string('>', 5000) + " <b>deep</b>";
        Assert.Equal(
            "<p>" + new string('>', 5000).Replace(">", "&gt;") + " &lt;b&gt;deep&lt;/b&gt;</p>\n",
            Prose.Html(deep)
        );
    }

    [Fact]
    public void A_long_honest_text_is_read_as_markdown()
    {
        var book = string.Concat(
            Enumerable
                .Range(0, 3000)
                .Select(i =>
                    $"## Chapter {i}\n\nSome *words* with [a link](https://example.org/{i}) and more words to read.\n\n- one\n- two\n\n"
                )
        );
        Assert.Equal(3000, Prose.Outline(book).Count);
    }

    [Fact]
    public void A_table_of_a_thousand_links_is_still_a_table()
    {
        var table =
            "| Country | Profile |\n|---|---|\n"
            + string.Concat(
                Enumerable
                    .Range(0, 1000)
                    .Select(i => $"| Country {i} | [profile {i}](https://example.org/profiles/{i}) |\n")
            );
        Assert.Contains("<table>", Prose.Html(table), StringComparison.Ordinal);
    }

    private static bool IsSafe(string markdown)
    {
        var body = new HtmlParser().ParseDocument("<body>" + Prose.Html(markdown)).Body!;
        foreach (var element in body.QuerySelectorAll("*"))
        {
            if (!Elements.Contains(element.LocalName))
                return false;
            if (element.Attributes.Any(a => !Attributes.Contains(a.Name)))
                return false;
            if (element.GetAttribute("href") is { } href && !IsSafeLink(href))
                return false;
            if (element.GetAttribute("src") is { } src && !src.StartsWith("/files/", StringComparison.Ordinal))
                return false;
        }
        var ids = body.QuerySelectorAll("[id]").Select(e => e.Id).ToList();
        return ids.Count == ids.Distinct().Count()
            && ids.All(id => id!.StartsWith("t-", StringComparison.Ordinal))
            && body.QuerySelectorAll("a a").Length == 0;
    }

    private static bool IsSafeLink(string href) =>
        href.StartsWith('#')
        || href.StartsWith('?')
        || (
            href.StartsWith('/')
            && !href.StartsWith("//", StringComparison.Ordinal)
            && !href.StartsWith("/\\", StringComparison.Ordinal)
        )
        || new[] { "http://", "https://", "mailto:", "tel:" }.Any(s =>
            href.StartsWith(s, StringComparison.OrdinalIgnoreCase)
        );
}
