using System.Text;
using Markdig.Extensions.Footnotes;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Lpsa.Platform;

/// <summary>The words of a parsed text.</summary>
internal static class ProseText
{
    public static string Of(MarkdownDocument document)
    {
        var text = new StringBuilder();
        foreach (var block in document)
            Append(text, block, "\n\n");
        return text.ToString().Trim();
    }

    public static string Of(ContainerInline? inline)
    {
        var text = new StringBuilder();
        Append(text, inline);
        return text.ToString();
    }

    /// <summary>Paragraphs only, until <paramref name="enough"/> characters are there.</summary>
    public static string Running(MarkdownDocument document, int enough)
    {
        var text = new StringBuilder();
        foreach (var paragraph in document.Descendants<ParagraphBlock>())
        {
            if (paragraph.Parent is TableCell or Footnote)
                continue;
            Append(text, paragraph, " ");
            if (text.Length > 2 * enough)
                break;
        }
        return text.ToString();
    }

    /// <summary>White space of any kind becomes single spaces.</summary>
    public static string OneLine(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (!char.IsWhiteSpace(c))
                line.Append(c);
            else if (line.Length > 0 && line[^1] != ' ')
                line.Append(' ');
        }
        return line.ToString().TrimEnd();
    }

    private static void Append(StringBuilder text, Block block, string between)
    {
        switch (block)
        {
            case LinkReferenceDefinitionGroup:
                return;
            case Table table:
                foreach (var row in table.OfType<TableRow>())
                {
                    foreach (var cell in row.OfType<TableCell>())
                        Append(text, cell, "\t");
                    End(text, "\n");
                }
                End(text, between);
                return;
            case ContainerBlock container:
                foreach (var child in container)
                    Append(
                        text,
                        child,
                        container is TableCell ? " "
                            : block is ListItemBlock or ListBlock ? "\n"
                            : between
                    );
                End(text, between);
                return;
            case LeafBlock { Inline: { } inline }:
                Append(text, inline);
                End(text, between);
                return;
            case CodeBlock code:
                text.Append(code.Lines.ToString());
                End(text, between);
                return;
        }
    }

    private static void End(StringBuilder text, string between)
    {
        var length = text.Length;
        while (length > 0 && text[length - 1] is ' ' or '\n' or '\t')
            length--;
        if (length == 0)
            return;
        // The widest of the separators that meet wins: a cell ends, its row ends, the table ends.
        var kept = text.ToString(length, text.Length - length);
        text.Length = length;
        text.Append(Width(kept) > Width(between) ? kept : between);
    }

    private static int Width(string separator) =>
        separator switch
        {
            "\n\n" => 4,
            "\n" => 3,
            "\t" => 2,
            " " => 1,
            _ => 0,
        };

    private static void Append(StringBuilder text, ContainerInline? container)
    {
        for (var inline = container?.FirstChild; inline is not null; inline = inline.NextSibling)
        {
            switch (inline)
            {
                case LiteralInline literal:
                    text.Append(literal.Content.AsSpan());
                    break;
                case CodeInline code:
                    text.Append(code.Content);
                    break;
                case HtmlEntityInline entity:
                    text.Append(entity.Transcoded.AsSpan());
                    break;
                case AutolinkInline auto:
                    text.Append(auto.Url);
                    break;
                case LineBreakInline line:
                    text.Append(line.IsHard ? '\n' : ' ');
                    break;
                case FootnoteLink or LinkInline { IsImage: true }:
                    break;
                case ContainerInline inner:
                    Append(text, inner);
                    break;
            }
        }
    }
}
