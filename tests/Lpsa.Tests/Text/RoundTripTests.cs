using System.Net;
using System.Text;
using AngleSharp.Html.Parser;
using FsCheck;
using FsCheck.Fluent;
using Lpsa.Platform;

namespace Lpsa.Tests;

/// <summary>What people wrote in the old system reads the same in the new one.</summary>
public sealed class RoundTripTests
{
    private static readonly string[] Pieces =
    [
        .. "\\ ` * _ { } [ ] ( ) < > # + - . ! | ~ ^ : = $ & \" ' / ; @ % ? ,".Split(' '),
        "**",
        "__",
        "~~",
        "***",
        "---",
        "===",
        "```",
        "~~~",
        "^^^",
        "1.",
        "2)",
        "1. ",
        "- ",
        "> ",
        "# ",
        "[a]",
        "[a](b)",
        "![a](b)",
        "[a]: b",
        "[^1]",
        "[^1]: b",
        "|a|b|",
        "|---|",
        "&amp;",
        "&#35;",
        "&copy;",
        "http://a.example/b_c",
        "https://",
        "www.a.example",
        "mailto:a@b.example",
        "tel:123",
        "ftp://a",
        "a@b.example",
        "<b>",
        "<!-- x -->",
        "</p>",
        "[sic]",
        "[gallery]",
        " ",
        "  ",
        "\t",
        "\u00a0",
        "\u3000",
        "a",
        "word",
        "two words",
        "7",
        "é",
        "ñ",
        "العربية",
        "\u200f",
        "中文",
        "😀",
        "snake_case",
        "x*y",
    ];

    private static Arbitrary<string> Texts =>
        Gen.OneOf(
                Gen.Elements(Pieces).ListOf().Select(string.Concat),
                ArbMap.Default.GeneratorFor<string>().Select(s => s ?? "")
            )
            .ToArbitrary();

    private static readonly HtmlSource Plain = new() { IsWordPress = false };

    [Fact]
    public void A_paragraph_reads_the_same_afterwards() => Holds(text => $"<p>{Encode(text)}</p>");

    [Fact]
    public void A_list_item_reads_the_same_afterwards() => Holds(text => $"<ul><li>{Encode(text)}</li></ul>");

    [Fact]
    public void A_heading_reads_the_same_afterwards() => Holds(text => $"<h3>{Encode(text)}</h3>");

    [Fact]
    public void A_quotation_reads_the_same_afterwards() =>
        Holds(text => $"<blockquote><p>{Encode(text)}</p></blockquote>");

    [Fact]
    public void A_table_cell_reads_the_same_afterwards() =>
        Holds(text => $"<table><tr><th>{Encode(text)}</th><th>b</th></tr></table>", "th");

    [Fact]
    public void Marked_and_linked_words_read_the_same_afterwards() =>
        Prop.ForAll(
                Gen.Elements("b", "i", "del", "sup", "sub", "a href=\"https://a.example/\"", "code", "b><i", "span")
                    .ListOf()
                    .Select(l => l.ToArray())
                    .ToArbitrary(),
                Texts,
                (tags, text) =>
                {
                    var words = new StringBuilder();
                    var html = new StringBuilder("<p>");
                    foreach (var tag in tags)
                    {
                        var close = string.Concat(tag.Split('>').Reverse().Select(t => $"</{t.Split(' ')[0]}>"));
                        html.Append($"<{tag}>{Encode(text)}{close}x");
                        words.Append(text).Append('x');
                    }
                    return Same(html.Append("</p>").ToString(), words.ToString());
                }
            )
            .Check(Steady.Config(700, 8));

    private static void Holds(Func<string, string> html, string selector = "body") =>
        Prop.ForAll(Texts, text => Same(html(text), text, selector)).Check(Steady.Config(1500, 25));

    private static bool Same(string html, string words, string selector = "body")
    {
        var markdown = HtmlToMarkdown.Convert(html, Plain).Markdown;
        var page = new HtmlParser().ParseDocument("<body>" + Prose.Html(markdown));
        var shown = page.QuerySelector(selector)?.TextContent ?? "";
        if (Line(shown) == Line(WellFormedText.Of(words)))
            return true;
        throw new InvalidOperationException($"«{Line(words)}» became «{Line(shown)}» through «{markdown}»");
    }

    private static string Line(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string Encode(string text) => WebUtility.HtmlEncode(WellFormedText.Of(text));
}
