using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Lpsa.Platform;

/// <summary>
/// The plain-text part of a message, made from its HTML so that both say the same: headings, lists, tables row by
/// row, and every link with its address. Each page element becomes a block of lines; an outer element indents them.
/// </summary>
public static class LetterText
{
    private const int Columns = 76;
    private const int NarrowestColumns = 24;

    public static string From(string html)
    {
        var body = new HtmlParser().ParseDocument(html).Body;
        if (body is null)
            return "";
        var lines = Blocks(body, Columns);
        return lines.Count == 0 ? "" : string.Join('\n', lines).Trim('\n') + "\n";
    }

    private static List<string> Blocks(INode parent, int columns)
    {
        var lines = new List<string>();
        var inline = new LetterTextInline();
        foreach (var child in parent.ChildNodes)
        {
            if (child is IElement element && !IsHidden(element) && IsBlock(element))
            {
                Add(lines, inline.TakeLines(columns));
                Add(lines, Block(element, columns), IsTight(element));
            }
            else
                inline.Add(child);
        }
        Add(lines, inline.TakeLines(columns));
        return lines;
    }

    private static List<string> Block(IElement element, int columns) =>
        element.LocalName switch
        {
            "h1" => Underlined(Blocks(element, columns), '='),
            "h2" => Underlined(Blocks(element, columns), '-'),
            "ul" or "ol" => List(element, columns),
            "table" => Table(element, columns),
            "blockquote" => Indented(Blocks(element, Narrower(columns, 2)), "> ", "> "),
            "pre" => [.. element.TextContent.Trim('\r', '\n').ReplaceLineEndings("\n").Split('\n')],
            "hr" => [new string('-', Math.Min(columns, 40))],
            _ => Blocks(element, columns),
        };

    private static List<string> List(IElement list, int columns)
    {
        var lines = new List<string>();
        var number = int.TryParse(list.GetAttribute("start"), out var start) ? start : 1;
        foreach (var item in list.Children.Where(child => child.LocalName == "li" && !IsHidden(child)))
        {
            var mark = list.LocalName == "ol" ? $"{number++}. " : "- ";
            lines.AddRange(Indented(Blocks(item, Narrower(columns, mark.Length)), mark, new string(' ', mark.Length)));
        }
        return lines;
    }

    private static List<string> Table(IElement table, int columns)
    {
        var lines = new List<string>();
        if (table.GetAttribute("role") is "presentation" or "none")
        {
            foreach (var cell in Cells(table))
                Add(lines, Blocks(cell, columns));
            return lines;
        }

        if (table.Children.FirstOrDefault(child => child.LocalName == "caption") is { } caption)
            lines.AddRange(Blocks(caption, columns));
        foreach (var row in Rows(table))
        {
            var cells = row.Children.Where(cell => cell.LocalName is "td" or "th" && !IsHidden(cell));
            // A cell that holds paragraphs still stands in one row, or its neighbours would lose their place.
            var shown = string.Join(
                " | ",
                cells.Select(cell => string.Join(' ', Blocks(cell, int.MaxValue).Where(l => l.Length > 0)))
            );
            lines.AddRange(Indented([.. TextWrap.Lines(shown, columns - 2)], "", "  "));
        }
        return lines;
    }

    private static IEnumerable<IElement> Rows(IElement table) =>
        table.QuerySelectorAll("tr").Where(row => row.Closest("table") == table && !IsHidden(row));

    private static IEnumerable<IElement> Cells(IElement table) =>
        Rows(table).SelectMany(row => row.Children.Where(cell => cell.LocalName is "td" or "th" && !IsHidden(cell)));

    private static List<string> Underlined(List<string> heading, char stroke)
    {
        if (heading.Count > 0)
            heading.Add(new string(stroke, heading.Max(TextWrap.Width)));
        return heading;
    }

    private static List<string> Indented(List<string> lines, string first, string next) =>
        [.. lines.Select((line, at) => ((at == 0 ? first : next) + line).TrimEnd())];

    private static int Narrower(int columns, int by) =>
        columns == int.MaxValue ? columns : Math.Max(NarrowestColumns, columns - by);

    private static void Add(List<string> lines, List<string> block, bool tight = false)
    {
        if (block.Count == 0)
            return;
        if (lines.Count > 0 && !tight)
            lines.Add("");
        lines.AddRange(block);
    }

    /// <summary>A list inside an item, and rows of a description list, follow without an empty line.</summary>
    private static bool IsTight(IElement element) =>
        element.LocalName is "dd" || (element.LocalName is "ul" or "ol" && element.ParentElement?.LocalName == "li");

    private static bool IsBlock(IElement element) =>
        element.LocalName
            is "address"
                or "article"
                or "aside"
                or "blockquote"
                or "center"
                or "dd"
                or "div"
                or "dl"
                or "dt"
                or "figcaption"
                or "figure"
                or "footer"
                or "form"
                or "h1"
                or "h2"
                or "h3"
                or "h4"
                or "h5"
                or "h6"
                or "header"
                or "hr"
                or "main"
                or "nav"
                or "ol"
                or "p"
                or "pre"
                or "section"
                or "table"
                or "ul"
                or "li";

    /// <summary>Parts that the HTML shows to nobody, such as the preview line of a mailbox list.</summary>
    internal static bool IsHidden(IElement element) =>
        element.LocalName is "script" or "style" or "head" or "title" or "template" or "noscript"
        || element.HasAttribute("hidden")
        || element.GetAttribute("aria-hidden") == "true";
}
