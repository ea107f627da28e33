using System.Globalization;
using System.Xml;
using Lpsa.Platform;

namespace Lpsa.Members;

/// <summary>
/// Rows of the first sheet of an Excel workbook (Office Open XML, ECMA-376 part 1, §18.3), one at a time. Dates are
/// written as ISO 8601, since Excel keeps them as numbers of days; formulas count with the value they last had.
/// </summary>
static class ExcelTable
{
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const int MostColumns = 500;
    private const int MostSharedLetters = 100_000_000;

    private static readonly XmlReaderSettings Safe = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreWhitespace = false,
        CloseInput = true,
    };

    /// <exception cref="ImportException">The workbook is damaged; the message names the part.</exception>
    public static IEnumerable<TableRow> Read(string name, BoundedArchive archive)
    {
        var (sheet, is1904) = Guard(name, "xl/workbook.xml", () => FirstSheet(name, archive));
        var shared = Guard(name, "xl/sharedStrings.xml", () => SharedTexts(name, archive));
        var dates = Guard(name, "xl/styles.xml", () => DateStyles(archive));
        using var xml = XmlReader.Create(Part(name, archive, sheet), Safe);
        var line = 0L;
        while (Guard(name, sheet, () => NextRow(xml)))
        {
            line = long.TryParse(xml.GetAttribute("r"), out var number) ? number : line + 1;
            var at = line;
            var cells = Guard(name, $"{sheet}, row {at}", () => Cells(xml, shared, dates, is1904));
            if (cells.Any(c => c.Length > 0))
                yield return new TableRow(line, cells);
        }
    }

    /// <summary>By the local name: some programs write every element with a prefix.</summary>
    private static bool NextRow(XmlReader xml)
    {
        while (xml.Read())
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "row" })
                return true;
        return false;
    }

    private static T Guard<T>(string name, string part, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception wrong)
            when (wrong is XmlException or FormatException or OverflowException or ArgumentException)
        {
            throw new ImportException(name, 0, $"the workbook is damaged in {part}: {wrong.Message}");
        }
    }

    private static Stream Part(string name, BoundedArchive archive, string part) =>
        archive.Read(part) ?? throw new ImportException(name, 0, $"the workbook has no {part}");

    private static (string Path, bool Is1904) FirstSheet(string name, BoundedArchive archive)
    {
        var (relation, is1904) = ("", false);
        using (var xml = XmlReader.Create(Part(name, archive, "xl/workbook.xml"), Safe))
            while (xml.Read())
                if (xml.NodeType != XmlNodeType.Element)
                    continue;
                else if (xml.LocalName == "workbookPr")
                    is1904 = xml.GetAttribute("date1904") is "1" or "true";
                else if (xml.LocalName == "sheet" && relation.Length == 0)
                    relation = xml.GetAttribute("id", Relations) ?? "";
        using (var xml = XmlReader.Create(Part(name, archive, "xl/_rels/workbook.xml.rels"), Safe))
            while (xml.Read())
                if (xml.LocalName == "Relationship" && xml.GetAttribute("Id") == relation)
                {
                    var target = xml.GetAttribute("Target") ?? "";
                    return (target.StartsWith('/') ? target[1..] : "xl/" + target, is1904);
                }
        throw new ImportException(name, 0, "the workbook has no sheet");
    }

    private static List<string> SharedTexts(string name, BoundedArchive archive)
    {
        var texts = new List<string>();
        if (archive.Read("xl/sharedStrings.xml") is not { } part)
            return texts;
        var letters = 0L;
        using var xml = XmlReader.Create(part, Safe);
        while (xml.Read())
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "si" })
            {
                texts.Add(Text(xml));
                if ((letters += texts[^1].Length + 10) > MostSharedLetters)
                    throw new ImportException(name, 0, "the workbook holds too much text; save it as CSV");
            }
        return texts;
    }

    /// <summary>All runs of a text; the phonetic reading beside Japanese text is not part of it.</summary>
    private static string Text(XmlReader xml)
    {
        if (xml.IsEmptyElement)
            return "";
        var (text, depth, isReading) = ("", xml.Depth, false);
        while (xml.Read() && xml.Depth > depth)
            if (xml.LocalName == "rPh")
                isReading = xml is { NodeType: XmlNodeType.Element, IsEmptyElement: false };
            else if (!isReading && xml.NodeType is not (XmlNodeType.Element or XmlNodeType.EndElement))
                text += xml.Value;
        return text.Trim();
    }

    /// <summary>Numbers of the cell styles that show a number as a date.</summary>
    private static HashSet<int> DateStyles(BoundedArchive archive)
    {
        // Built-in formats of dates: §18.8.30.
        HashSet<int> formats = [.. Enumerable.Range(14, 9), 45, 46, 47];
        var styles = new HashSet<int>();
        if (archive.Read("xl/styles.xml") is not { } part)
            return styles;
        using var xml = XmlReader.Create(part, Safe);
        var (isInCells, number) = (false, 0);
        while (xml.Read())
            if (xml.LocalName == "cellXfs")
                isInCells = xml.NodeType == XmlNodeType.Element;
            else if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "numFmt")
                AddFormat(xml);
            else if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "xf" && isInCells)
                AddStyle(xml, number++);
        return styles;

        void AddFormat(XmlReader format)
        {
            if (
                IsDate(format.GetAttribute("formatCode") ?? "")
                && int.TryParse(format.GetAttribute("numFmtId"), out var id)
            )
                formats.Add(id);
        }

        void AddStyle(XmlReader style, int index)
        {
            if (int.TryParse(style.GetAttribute("numFmtId"), out var id) && formats.Contains(id))
                styles.Add(index);
        }
    }

    private static bool IsDate(string format) =>
        format.Contains("yy", StringComparison.OrdinalIgnoreCase)
        || format.Contains("d/m", StringComparison.OrdinalIgnoreCase)
        || format.Contains("m/d", StringComparison.OrdinalIgnoreCase);

    private static List<string> Cells(XmlReader row, List<string> shared, HashSet<int> dates, bool is1904)
    {
        var cells = new List<string>();
        if (row.IsEmptyElement)
            return cells;
        var depth = row.Depth;
        while (row.Read() && row.Depth > depth)
        {
            if (row is not { NodeType: XmlNodeType.Element, LocalName: "c" })
                continue;
            var column = row.GetAttribute("r") is { } place ? ColumnOf(place) : cells.Count;
            if (column >= MostColumns)
                throw new FormatException($"there are more than {MostColumns} columns");
            while (cells.Count <= column)
                cells.Add("");
            var (kind, style) = (row.GetAttribute("t"), row.GetAttribute("s"));
            var value = Value(row);
            cells[column] = kind switch
            {
                "s" => shared[int.Parse(value, CultureInfo.InvariantCulture)],
                "b" => value == "1" ? "true" : "false",
                "e" => "",
                null or "n" when int.TryParse(style, out var number) && dates.Contains(number) => Date(value, is1904),
                _ => value,
            };
        }
        return cells;
    }

    private static string Value(XmlReader cell)
    {
        if (cell.IsEmptyElement)
            return "";
        var (value, depth) = ("", cell.Depth);
        while (cell.Read() && cell.Depth > depth)
            if (cell is { NodeType: XmlNodeType.Element, LocalName: "v" or "is" })
                value = Text(cell);
        return value;
    }

    private static int ColumnOf(string place)
    {
        var column = 0;
        foreach (var letter in place.TakeWhile(char.IsAsciiLetterUpper))
            column = Math.Min(column * 26 + letter - 'A' + 1, MostColumns + 1);
        return column - 1;
    }

    private static string Date(string days, bool is1904) =>
        days.Length == 0
            ? ""
            : DateTime
                .FromOADate(double.Parse(days, CultureInfo.InvariantCulture) + (is1904 ? 1462 : 0))
                .ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
