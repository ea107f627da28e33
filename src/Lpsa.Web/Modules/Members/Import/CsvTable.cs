using System.Text;
using Lpsa.Platform;

namespace Lpsa.Members;

/// <summary>A row of a file.</summary>
/// <param name="Line">Line of a text file or row of a sheet that it begins in, from 1.</param>
internal readonly record struct TableRow(long Line, IReadOnlyList<string> Cells);

/// <summary>
/// Rows of a text file (RFC 4180), one at a time, with its letters and its delimiter found out. A quotation mark in the
/// middle of a cell is a letter, as people type it.
/// </summary>
internal sealed class CsvTable
{
    /// <summary>A quotation mark without its partner makes the rest of the file one cell; that must not fill the memory.</summary>
    private const int LongestCell = 100_000;
    private const int MostCells = 1_000;
    private static readonly char[] Delimiters = [',', ';', '\t', '|'];

    private readonly string name;
    private readonly TextReader text;
    private readonly char delimiter;
    private readonly char[] buffer = new char[1 << 14];
    private readonly StringBuilder cell = new();
    private int at;
    private int end;
    private long line = 1;

    private CsvTable(string name, TextReader text, char delimiter) =>
        (this.name, this.text, this.delimiter) = (name, text, delimiter);

    /// <exception cref="ImportException">A cell is longer than any cell of such a file can be, or never ends.</exception>
    public static IEnumerable<TableRow> Read(string name, Func<Stream> open)
    {
        var encoding = TextEncoding.Of(open);
        var delimiter = DelimiterOf(open, encoding);
        using var text = new StreamReader(open(), encoding, detectEncodingFromByteOrderMarks: true, 1 << 16);
        var table = new CsvTable(name, text, delimiter);
        while (table.Peek() >= 0)
        {
            var start = table.line;
            var cells = table.Row(start);
            if (cells.Exists(c => c.Length > 0))
                yield return new TableRow(start, cells);
        }
    }

    private int Peek()
    {
        if (at == end)
            (at, end) = (0, text.Read(buffer));
        return end == 0 ? -1 : buffer[at];
    }

    private List<string> Row(long start)
    {
        var cells = new List<string>();
        while (true)
        {
            cells.Add(Peek() == '"' ? Quoted(start) : Plain(start));
            if (cells.Count > MostCells)
                throw new ImportException(name, start, $"the row has more than {MostCells} cells");
            if (Peek() != delimiter)
                break;
            at++;
        }
        if (Peek() == '\r')
            at++;
        if (Peek() == '\n')
            at++;
        line++;
        return cells;
    }

    private string Plain(long start)
    {
        cell.Clear();
        while (Peek() is >= 0 and not ('\r' or '\n') and var letter && letter != delimiter)
            Add((char)letter, start);
        return cell.ToString();
    }

    private string Quoted(long start)
    {
        cell.Clear();
        at++;
        while (true)
        {
            var letter = Peek();
            if (letter < 0)
                throw new ImportException(name, start, "a quotation mark is not closed before the end of the file");
            if (letter == '"')
            {
                at++;
                if (Peek() != '"')
                    break;
            }
            else if (letter == '\n')
                line++;
            Add((char)letter, start);
        }
        while (Peek() is >= 0 and not ('\r' or '\n') and var rest && rest != delimiter)
            Add((char)rest, start);
        return cell.ToString();
    }

    private void Add(char letter, long start)
    {
        at++;
        if (cell.Append(letter).Length > LongestCell)
            throw new ImportException(
                name,
                start,
                $"a cell is longer than {LongestCell} characters; a quotation mark is probably not closed"
            );
    }

    /// <summary>The sign that the first line holds most often outside quotation marks.</summary>
    internal static char DelimiterOf(Func<Stream> open, Encoding encoding)
    {
        using var text = new StreamReader(open(), encoding);
        var counts = new int[Delimiters.Length];
        var isQuoted = false;
        for (var read = 0; read < LongestCell && text.Read() is >= 0 and var letter; read++)
        {
            if (letter == '"')
                isQuoted = !isQuoted;
            else if (!isQuoted && letter is '\n' or '\r' && counts.Any(c => c > 0))
                break;
            else if (!isQuoted && Array.IndexOf(Delimiters, (char)letter) is >= 0 and var which)
                counts[which]++;
        }
        return Delimiters[Array.IndexOf(counts, counts.Max())];
    }
}
