using System.Globalization;
using System.Text;
using System.Xml;

namespace Lpsa.Platform;

/// <summary>A figure as files of their own: they must say by themselves what they show and where it comes from.</summary>
public static class ChartFile
{
    private const double Width = 800;
    private const double Margin = 24;
    private const string Fonts =
        "Segoe UI, Roboto, Helvetica, Arial, Noto Sans, Noto Sans Arabic, DejaVu Sans, sans-serif";
    private const string SvgNamespace = "http://www.w3.org/2000/svg";

    /// <summary>
    /// A standalone SVG document with title, unit, source, licence and note inside the picture. Its colours stand in one
    /// style element; a response with a strict policy must allow <see cref="ChartStyle.StandaloneHash"/>.
    /// </summary>
    public static byte[] Svg(Chart chart, Texts texts)
    {
        var words = new Words(texts);
        var frame = chart.Frame;
        var page = new Sheet(frame.Id, Width - 2 * Margin, words.RightToLeft) { Standalone = true };
        var picture = new Sheet(frame.Id, page.Width, words.RightToLeft) { Standalone = true };
        chart.Draw(picture, words);

        var y = Wrapped(frame.Title, 20, "title", 20, 3, bold: true);
        y = Wrapped(frame.Subtitle(words), y + 22, "muted", 13, 3);
        var top = y + 18;
        y = top + picture.Height + 8;
        foreach (var line in Footer(frame, words))
            y = Wrapped(line, y + 16, "muted", 11, 6);
        var height = Math.Ceiling(y + 2 * Margin + 4);

        return Write(frame, chart.Sentence(words), words, height, page, picture, top);

        double Wrapped(string text, double at, string style, double size, int most, bool bold = false) =>
            page.Lines(TextWidth.Wrap(text, page.Width, size, most, out _, bold), 0, at, style, size, bold);
    }

    private static IEnumerable<string> Footer(ChartFrame frame, Words words)
    {
        if (frame.Note is { } note)
            yield return words.L("Note: {0}", note);
        var source = words.L("Source:") + " " + frame.Source.Name;
        if (frame.Source.License is { } license)
            source += " · " + license;
        if (frame.DataVersion is { } version)
            source += " · " + words.L("Data version {0}", version);
        yield return source;
        if (frame.Address is { } address)
            yield return address;
    }

    private static byte[] Write(
        ChartFrame frame,
        string sentence,
        Words words,
        double height,
        Sheet page,
        Sheet picture,
        double top
    )
    {
        using var file = new MemoryStream();
        var settings = new XmlWriterSettings { Encoding = new UTF8Encoding(false), OmitXmlDeclaration = true };
        using (var xml = XmlWriter.Create(file, settings))
        {
            var (width, tall) = (SvgNode.Number(Width), SvgNode.Number(height));
            xml.WriteStartElement("svg", SvgNamespace);
            foreach (
                var (name, value) in new[]
                {
                    ("viewBox", $"0 0 {width} {tall}"),
                    ("width", width),
                    ("height", tall),
                    ("font-family", Fonts),
                    ("font-size", "12"),
                    ("direction", words.Language.Direction),
                    ("role", "img"),
                }
            )
                xml.WriteAttributeString(name, value);
            xml.WriteAttributeString("xml", "lang", null, words.Language.Code);
            WriteNode(xml, new SvgNode("title") { Text = frame.Title });
            WriteNode(xml, new SvgNode("desc") { Text = sentence });
            WriteNode(xml, new SvgNode("style") { Text = ChartStyle.Standalone });
            if (picture.Definitions.Count > 0)
                WriteNode(xml, Holding("defs", picture.Definitions));
            WriteNode(
                xml,
                new SvgNode("rect").With("width", width).With("height", tall).With("fill", ChartStyle.Paper)
            );
            WriteNode(xml, Holding("g", page.Marks).With("transform", Move(Margin)));
            WriteNode(xml, Holding("g", picture.Marks).With("transform", Move(Margin + top)));
            xml.WriteEndElement();
        }
        return file.ToArray();

        static string Move(double down) => $"translate({SvgNode.Number(Margin)} {SvgNode.Number(down)})";
    }

    private static SvgNode Holding(string name, IEnumerable<SvgNode> children)
    {
        var node = new SvgNode(name);
        node.Children.AddRange(children);
        return node;
    }

    private static void WriteNode(XmlWriter xml, SvgNode node)
    {
        xml.WriteStartElement(node.Name, SvgNamespace);
        foreach (var (name, value) in node.Attributes)
            xml.WriteAttributeString(name, Clean(value));
        if (node.Text is not null)
            xml.WriteString(Clean(node.Text));
        foreach (var child in node.Children)
            WriteNode(xml, child);
        xml.WriteEndElement();
    }

    /// <summary>Control characters and halves of surrogate pairs make a document that no XML reader opens.</summary>
    private static string Clean(string text)
    {
        if (text.All(c => XmlConvert.IsXmlChar(c)))
            return text;
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            clean.Append(rune.Value > 0xffff || XmlConvert.IsXmlChar((char)rune.Value) ? rune.ToString() : "\ufffd");
        return clean.ToString();
    }

    /// <summary>
    /// The values as CSV (RFC 4180, UTF-8 with a byte order mark, without which Excel garbles every accent). Numbers are
    /// bare and unrounded; a missing value is an empty cell and its reason stands under "Remarks". Text that a
    /// spreadsheet would run as a formula gets an apostrophe in front.
    /// </summary>
    public static byte[] Csv(Chart chart, Texts texts)
    {
        var words = new Words(texts);
        var (frame, table) = (chart.Frame, chart.Table(words));
        var intervals = table.Columns.Select((_, i) => table.Rows.Any(row => row[i].Interval is not null)).ToList();
        var remarks = table.Rows.Any(row => row.Any(cell => cell.IsMissing));
        var csv = new StringBuilder();

        var header = new List<string>();
        for (var i = 0; i < table.Columns.Count; i++)
        {
            var name = table.Columns[i].Name.Length > 0 ? table.Columns[i].Name : words.L("Name");
            header.Add(name);
            if (intervals[i])
                header.AddRange([words.L("{0}, low", name), words.L("{0}, high", name)]);
        }
        if (remarks)
            header.Add(words.L("Remarks"));
        header.AddRange([words.L("Unit"), words.L("Period"), words.L("Source"), words.L("Licence")]);
        Line(header.Select(Guarded));

        foreach (var row in table.Rows)
        {
            var cells = new List<string>();
            for (var i = 0; i < row.Count; i++)
            {
                cells.Add(
                    row[i].Value is { } value ? Bare(value)
                    : row[i].IsMissing ? ""
                    : Guarded(row[i].Shown)
                );
                if (intervals[i])
                    cells.AddRange(row[i].Interval is var (low, high) ? [Bare(low), Bare(high)] : ["", ""]);
            }
            if (remarks)
                cells.Add(Guarded(Remark(table, row)));
            cells.AddRange(
                new[] { frame.Unit, frame.Period, frame.Source.Name, frame.Source.License ?? "" }.Select(Guarded)
            );
            Line(cells);
        }
        return [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(csv.ToString())];

        void Line(IEnumerable<string> cells) => csv.AppendJoin(',', cells.Select(Quoted)).Append("\r\n");
    }

    private static string Remark(ChartTable table, IReadOnlyList<ChartCell> row)
    {
        var several = table.Columns.Count(column => column.Numeric) > 1;
        return string.Join(
            "; ",
            row.Select((cell, i) => (cell, table.Columns[i].Name))
                .Where(pair => pair.cell.IsMissing)
                .Select(pair => several ? $"{pair.Name}: {pair.cell.Shown}" : pair.cell.Shown)
        );
    }

    private static string Bare(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Guarded(string text) =>
        text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' ? "'" + text : text;

    private static string Quoted(string cell) =>
        cell.AsSpan().IndexOfAny("\",\r\n") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
