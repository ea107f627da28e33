using System.Globalization;
using System.Text;
using Markdig.Extensions.Figures;
using Markdig.Extensions.Footnotes;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Lpsa.Platform;

/// <summary>
/// Writes a syntax tree as HTML. Only the elements and attributes named in this file can come out, every value goes
/// through <see cref="Text"/>, every address through <see cref="SafeAddress"/>; nodes it does not know are written as
/// their children or not at all. So a new Markdig feature can never become a hole.
/// </summary>
internal sealed partial class ProseWriter(ProseStyle style)
{
    private readonly StringBuilder html = new();
    private Dictionary<HeadingBlock, ProseHeading> headings = [];
    private int tables;
    private bool insideLink;

    public string Write(MarkdownDocument document)
    {
        headings = ProseHeadings.Of(document, style);
        Blocks(document);
        return html.ToString();
    }

    /// <summary>For texts that are not read as Markdown: paragraphs where blank lines are.</summary>
    public string WritePlain(string text)
    {
        foreach (var paragraph in text.ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries))
        {
            html.Append("<p>");
            Text(paragraph.Trim());
            html.Append("</p>\n");
        }
        return html.ToString();
    }

    private void Blocks(ContainerBlock container)
    {
        foreach (var block in container)
            Block(block);
    }

    private void Block(Block block)
    {
        switch (block)
        {
            case HeadingBlock heading:
                Heading(heading);
                break;
            case ParagraphBlock paragraph:
                Paragraph(paragraph);
                break;
            case ListBlock list:
                List(list);
                break;
            case QuoteBlock quote:
                html.Append("<blockquote>\n");
                Blocks(quote);
                html.Append("</blockquote>\n");
                break;
            case CodeBlock code:
                Code(code);
                break;
            case ThematicBreakBlock:
                html.Append("<hr>\n");
                break;
            case Table table:
                Table(table);
                break;
            case Figure figure:
                Figure(figure);
                break;
            case FootnoteGroup notes:
                Footnotes(notes);
                break;
            case LinkReferenceDefinitionGroup:
                break;
            case ContainerBlock other:
                Blocks(other);
                break;
            case LeafBlock { Inline: { } inline }:
                Inlines(inline);
                break;
        }
    }

    private void Heading(HeadingBlock heading)
    {
        var made = headings[heading];
        html.Append(CultureInfo.InvariantCulture, $"<h{made.Level} id=\"");
        Text(made.Id);
        html.Append("\">");
        Inlines(heading.Inline);
        html.Append(CultureInfo.InvariantCulture, $"</h{made.Level}>\n");
    }

    private void Paragraph(ParagraphBlock paragraph)
    {
        if (paragraph.Parent is ListItemBlock { Parent: ListBlock { IsLoose: false } })
        {
            Inlines(paragraph.Inline);
            html.Append('\n');
        }
        else if (OnlyPicture(paragraph) is { } picture)
        {
            // Inside a figure the caption stands elsewhere; alone, the title is the caption.
            var caption = paragraph.Parent is Figure ? null : picture.Title;
            html.Append(paragraph.Parent is Figure ? "" : "<figure>");
            Picture(picture, withTitle: false);
            if (!string.IsNullOrWhiteSpace(caption))
            {
                html.Append("<figcaption>");
                Text(caption);
                html.Append("</figcaption>");
            }
            html.Append(paragraph.Parent is Figure ? "\n" : "</figure>\n");
        }
        else
        {
            html.Append("<p>");
            Inlines(paragraph.Inline);
            html.Append("</p>\n");
        }
    }

    private static LinkInline? OnlyPicture(ParagraphBlock paragraph) =>
        paragraph.Inline is { FirstChild: LinkInline { IsImage: true } image } inline
        && image == inline.LastChild
        && SafeAddress.Picture(image.Url) is not null
        && (paragraph.Parent is Figure || !string.IsNullOrWhiteSpace(image.Title))
            ? image
            : null;

    private void List(ListBlock list)
    {
        var tag = list.IsOrdered ? "ol" : "ul";
        html.Append('<').Append(tag);
        if (list.IsOrdered && list.OrderedStart is { } start && start != "1" && int.TryParse(start, out var number))
            html.Append(CultureInfo.InvariantCulture, $" start=\"{number}\"");
        html.Append(">\n");
        foreach (var item in list)
        {
            html.Append("<li>");
            if (item is ContainerBlock blocks)
                Blocks(blocks);
            html.Append("</li>\n");
        }
        html.Append("</").Append(tag).Append(">\n");
    }

    private void Code(CodeBlock code)
    {
        // Long lines scroll, so the box must be reachable by keyboard; code runs left to right in every language.
        html.Append("<pre tabindex=\"0\" dir=\"ltr\"><code");
        if (code is FencedCodeBlock { Info: { Length: > 0 and <= 30 } info } && info.All(IsPlain))
            html.Append(" class=\"language-").Append(info.ToLowerInvariant()).Append('"');
        html.Append('>');
        Text(code.Lines.ToString());
        html.Append("</code></pre>\n");

        static bool IsPlain(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '+' or '#';
    }

    private void Table(Table table)
    {
        html.Append("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"");
        // Numbered, because two regions of one name cannot be told apart in a list of landmarks.
        Text(string.Format(CultureInfo.InvariantCulture, style.TableName, ++tables));
        html.Append("\"><table>\n");
        var inBody = false;
        foreach (var row in table.OfType<TableRow>())
        {
            if (row.IsHeader)
            {
                // Markdown has no table without a head; one of empty cells means that there is none.
                if (row.OfType<TableCell>().All(c => ProseText.OneLine(CellText(c)).Length == 0))
                    continue;
                html.Append("<thead>");
                Row(table, row, "th");
                html.Append("</thead>\n");
                continue;
            }
            if (!inBody)
                html.Append("<tbody>\n");
            inBody = true;
            Row(table, row, "td");
        }
        html.Append(inBody ? "</tbody>\n</table></div>\n" : "</table></div>\n");
    }

    private static string CellText(TableCell cell) =>
        string.Concat(cell.Descendants<LeafBlock>().Select(leaf => ProseText.Of(leaf.Inline)));

    private void Row(Table table, TableRow row, string tag)
    {
        html.Append("<tr>");
        for (var column = 0; column < row.Count; column++)
        {
            if (row[column] is not TableCell cell)
                continue;
            html.Append('<').Append(tag);
            if (tag == "th")
                html.Append(" scope=\"col\"");
            var alignment = column < table.ColumnDefinitions.Count ? table.ColumnDefinitions[column].Alignment : null;
            if (alignment is TableColumnAlign.Right)
                html.Append(" class=\"end\"");
            else if (alignment is TableColumnAlign.Center)
                html.Append(" class=\"middle\"");
            html.Append('>');
            foreach (var block in cell)
            {
                if (block is LeafBlock leaf)
                    Inlines(leaf.Inline);
            }
            html.Append("</").Append(tag).Append('>');
        }
        html.Append("</tr>\n");
    }

    private void Figure(Figure figure)
    {
        html.Append("<figure>\n");
        foreach (var block in figure)
        {
            if (block is not FigureCaption)
                Block(block);
        }
        // HTML wants one caption, first or last; Markdown allows several.
        var captions = figure.OfType<FigureCaption>().ToList();
        if (captions.Count > 0)
        {
            html.Append("<figcaption>");
            foreach (var caption in captions)
            {
                Inlines(caption.Inline);
                if (caption != captions[^1])
                    html.Append("<br>");
            }
            html.Append("</figcaption>\n");
        }
        html.Append("</figure>\n");
    }

    private void Footnotes(FootnoteGroup group)
    {
        var notes = group.OfType<Footnote>().Where(n => n.Order > 0).ToList();
        if (notes.Count == 0)
            return;
        html.Append("<div class=\"notes\"><hr><ol aria-label=\"");
        Text(style.FootnotesName);
        html.Append("\">\n");
        foreach (var note in notes)
        {
            html.Append("<li id=\"");
            NoteId("fn", note.Order);
            html.Append("\">");
            Blocks(note);
            html.Append("<a href=\"#");
            NoteId("ref", note.Order);
            html.Append("\" aria-label=\"");
            Text(string.Format(CultureInfo.InvariantCulture, style.BackName, note.Order));
            html.Append("\">↩\ufe0e</a></li>\n");
        }
        html.Append("</ol></div>\n");
    }

    private void FootnoteMark(FootnoteLink link)
    {
        if (link.IsBackLink)
            return;
        html.Append("<sup><a");
        if (link.Index <= 1)
        {
            html.Append(" id=\"");
            NoteId("ref", link.Footnote.Order);
            html.Append('"');
        }
        html.Append(" href=\"#");
        NoteId("fn", link.Footnote.Order);
        html.Append("\" aria-label=\"");
        Text(string.Format(CultureInfo.InvariantCulture, style.FootnoteName, link.Footnote.Order));
        html.Append(CultureInfo.InvariantCulture, $"\">{link.Footnote.Order}</a></sup>");
    }

    /// <summary>The colon keeps these apart from every heading's id.</summary>
    private void NoteId(string kind, int order)
    {
        Text(style.IdPrefix);
        html.Append(CultureInfo.InvariantCulture, $"{kind}:{order}");
    }
}
