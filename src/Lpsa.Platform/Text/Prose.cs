using Markdig;
using Markdig.Extensions.EmphasisExtras;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Microsoft.AspNetCore.Components;

namespace Lpsa.Platform;

/// <summary>A heading of a text, for a table of contents.</summary>
/// <param name="Level">2 to 6, as in the HTML.</param>
/// <param name="Id">Fragment of its address, without <c>#</c>.</param>
public sealed record ProseHeading(int Level, string Id, string Text);

/// <summary>
/// What people write: Markdown in, trusted HTML out. The only way for user text to become markup, and safe by
/// construction: <see cref="ProseWriter"/> knows a fixed set of elements and attributes and encodes everything else.
/// CommonMark with tables, footnotes, figures (<c>^^^</c>), strike-through, sub- and superscript, bare links.
/// </summary>
public static class Prose
{
    /// <summary>Longer texts (in UTF-16 units) are shown as plain paragraphs; a book chapter is a tenth of this.</summary>
    public const int LongestText = 2_000_000;

    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .DisableHtml()
        .UsePipeTables(new PipeTableOptions { UseGfmRules = true })
        .UseFootnotes()
        .UseFigures()
        .UseAutoLinks()
        .UseEmphasisExtras(
            EmphasisExtraOptions.Strikethrough | EmphasisExtraOptions.Subscript | EmphasisExtraOptions.Superscript
        )
        .Build();

    /// <summary>Trusted HTML of the text. Never throws: what cannot be read as Markdown is shown as it was typed.</summary>
    public static string Html(string? markdown, ProseStyle? style = null)
    {
        if (string.IsNullOrWhiteSpace(markdown))
            return "";
        var writer = new ProseWriter(style ?? ProseStyle.Plain);
        return Parse(markdown) is { } document
            ? writer.Write(document)
            : writer.WritePlain(WellFormedText.Of(markdown));
    }

    /// <summary>For components: <c>@Prose.Fragment(post.Body, ProseStyle.On(Page))</c>.</summary>
    public static RenderFragment Fragment(string? markdown, ProseStyle? style = null) =>
        builder => builder.AddMarkupContent(0, Html(markdown, style));

    /// <summary>The words alone: a blank line between blocks, one between items and rows, a tab between cells.</summary>
    public static string PlainText(string? markdown) =>
        string.IsNullOrWhiteSpace(markdown) ? ""
        : Parse(markdown) is { } document ? ProseText.Of(document)
        : markdown.Trim();

    public static IReadOnlyList<ProseHeading> Outline(string? markdown, ProseStyle? style = null) =>
        string.IsNullOrWhiteSpace(markdown) || Parse(markdown) is not { } document
            ? []
            : [.. ProseHeadings.Of(document, style ?? ProseStyle.Plain).Values];

    /// <summary>Number of words, see <see cref="ReadingSpeed.Words"/>.</summary>
    public static int Words(string? markdown) => ReadingSpeed.Words(PlainText(markdown));

    /// <summary>Whole minutes, at least 1. <paramref name="language"/> is a BCP 47 code.</summary>
    public static int ReadingMinutes(string? markdown, string language) =>
        ReadingSpeed.Minutes(PlainText(markdown), language);

    /// <summary>
    /// The first words of the running text (headings, tables, quotations of code left out), cut between words and
    /// ended with an ellipsis when something follows.
    /// </summary>
    /// <param name="length">Most UTF-16 units to return, the ellipsis not counted.</param>
    public static string Excerpt(string? markdown, int length = 220) =>
        string.IsNullOrWhiteSpace(markdown)
            ? ""
            : Shorten(Parse(markdown) is { } document ? ProseText.Running(document, length + 1) : markdown, length);

    /// <summary>The text on one line, cut between words.</summary>
    public static string Shorten(string text, int length)
    {
        var line = ProseText.OneLine(text.Length > 4 * length + 1000 ? text[..(4 * length + 1000)] : text);
        if (line.Length <= length)
            return line;
        var cut = line.LastIndexOf(' ', length);
        if (cut < length / 2)
            cut = char.IsLowSurrogate(line[length]) ? length - 1 : length;
        return line[..cut].TrimEnd(' ', ',', ';', ':', '.', '،', '؛', '–', '-') + "…";
    }

    /// <summary>The syntax tree, or null when the text is too long, too deeply nested or too costly to read.</summary>
    internal static MarkdownDocument? Parse(string markdown)
    {
        if (markdown.Length > LongestText || !ProseCost.IsBounded(markdown))
            return null;
        try
        {
            return Markdown.Parse(WellFormedText.Of(markdown), Pipeline);
        }
        catch (ArgumentException)
        {
            // Markdig reports more than 128 levels of nesting this way. No person writes that; show it as typed.
            return null;
        }
    }
}
