using System.Text;
using AngleSharp.Dom;

namespace Lpsa.Platform;

/// <summary>HTML tables as pipe tables. Those that only arrange the page become their content.</summary>
internal sealed class HtmlTable(HtmlBlocks blocks, HtmlSpans spans, ConversionNotes notes)
{
    private const int MostColumns = 60;

    public void Add(IElement table, List<MarkdownBlock> output)
    {
        // Rows of this table only, not of tables inside its cells.
        var rows = table.QuerySelectorAll("tr").Where(r => r.Closest("table") == table).ToList();
        var caption = table.Children.FirstOrDefault(c => c.LocalName == "caption");
        var width = rows.Select(r => r.Children.Count(IsCell)).DefaultIfEmpty(0).Max();
        if (rows.Count == 0 || width == 0)
            return;
        if (
            width == 1
            || table.GetAttribute("role") == "presentation"
            || table.QuerySelector("table, h1, h2, h3, h4, pre, blockquote") is not null
        )
        {
            if (caption is not null)
                output.AddRange(blocks.Of(caption));
            foreach (var cell in rows.SelectMany(r => r.Children.Where(IsCell)))
                output.AddRange(blocks.Of(cell));
            if (width > 1)
                notes.Changed("table that arranges the page, now one part after the other");
            return;
        }

        var grid = Grid(rows);
        var hasHead =
            rows[0].Children.Where(IsCell).All(c => c.LocalName == "th") || rows[0].Closest("thead") is not null;
        var text = new StringBuilder();
        Row(text, hasHead ? grid[0] : [.. grid[0].Select(_ => "")]);
        text.Append('|').Append(string.Concat(grid[0].Select(_ => "---|")));
        foreach (var row in hasHead ? grid.Skip(1) : grid)
        {
            text.Append('\n');
            Row(text, row, last: true);
        }
        var words = caption is null ? "" : spans.OneLine(caption);
        output.Add(new(words.Length == 0 ? text.ToString() : $"^^^\n{text}\n^^^ {words}"));
    }

    private static bool IsCell(IElement element) => element.LocalName is "td" or "th";

    /// <summary>Cells that span rows or columns are followed by empty ones, so that every value keeps its column.</summary>
    private List<string[]> Grid(List<IElement> rows)
    {
        var grid = new List<List<string>>();
        var reserved = new Dictionary<(int Row, int Column), bool>();
        var spanned = false;
        for (var row = 0; row < rows.Count; row++)
        {
            var line = new List<string>();
            foreach (var cell in rows[row].Children.Where(IsCell))
            {
                while (line.Count < MostColumns && reserved.ContainsKey((row, line.Count)))
                    line.Add("");
                if (line.Count >= MostColumns)
                {
                    notes.Left($"columns beyond the first {MostColumns}", cell.TextContent);
                    continue;
                }
                var wide = Span(cell, "colspan", MostColumns - line.Count);
                var high = Span(cell, "rowspan", rows.Count - row);
                spanned |= wide > 1 || high > 1;
                for (var down = 1; down < high; down++)
                {
                    for (var across = 0; across < wide; across++)
                        reserved[(row + down, line.Count + across)] = true;
                }
                if (cell.QuerySelector("ul, ol, p + p, br") is not null)
                    notes.Changed("lines in a table cell, now one line", cell.TextContent);
                line.Add(spans.OneLine(cell));
                for (var across = 1; across < wide; across++)
                    line.Add("");
            }
            grid.Add(line);
        }
        if (spanned)
            notes.Changed("cells over several columns or rows");
        var width = grid.Max(l => l.Count);
        return [.. grid.Select(l => l.Concat(Enumerable.Repeat("", width - l.Count)).ToArray())];
    }

    private static int Span(IElement cell, string name, int most) =>
        int.TryParse(cell.GetAttribute(name), out var span) ? Math.Clamp(span, 1, Math.Max(1, most)) : 1;

    private static void Row(StringBuilder text, string[] cells, bool last = false)
    {
        text.Append('|');
        foreach (var cell in cells)
            text.Append(' ').Append(cell).Append(cell.Length > 0 ? " |" : "|");
        if (!last)
            text.Append('\n');
    }
}
