using System.Text;
using Lpsa.Platform;

namespace Lpsa.Members;

/// <summary>What is recognised of a file before anybody says what its columns hold.</summary>
public sealed record MemberFileShape(IReadOnlyList<MemberFileShape.Part> Parts)
{
    private const int Examples = 4;
    private const int MostColumns = 100;
    private const int LongestExample = 60;
    private const int LongestHeader = 300;

    /// <param name="Format">As in the origin of a member.</param>
    /// <param name="Encoding">Name of the letters; empty for a workbook.</param>
    /// <param name="Delimiter">Empty for a workbook.</param>
    public sealed record Part(
        string Name,
        string Format,
        string Encoding,
        string Delimiter,
        IReadOnlyList<Column> Columns
    );

    /// <param name="Field">Name of the field it seems to hold; null when the name says nothing.</param>
    /// <param name="Examples">Of the first rows.</param>
    public sealed record Column(string Header, string? Field, IReadOnlyList<string> Examples);

    public MemberFileShape WithoutExamples() =>
        new([.. Parts.Select(p => p with { Columns = [.. p.Columns.Select(c => c with { Examples = [] })] })]);

    /// <exception cref="ImportException">The file cannot be read; the message names the place.</exception>
    internal static MemberFileShape Read(MemberFile file) => new([.. file.Parts().Select(Of)]);

    private static Part Of(MemberFilePart part)
    {
        var rows = part.Rows.Take(Examples + 1).ToList();
        if (rows.Count == 0)
            throw new ImportException(part.Name, 1, "the file is empty");
        var header = rows[0].Cells.Select(h => Shown(h.Trim(), LongestHeader)).ToList();
        if (header.TrueForAll(h => h.Length == 0))
            throw new ImportException(part.Name, rows[0].Line, "the header is empty");
        if (header.Count > MostColumns)
            throw new ImportException(
                part.Name,
                rows[0].Line,
                $"the header has {header.Count} columns; at most {MostColumns} are read here"
            );
        var encoding = part.Open is null ? null : TextEncoding.Of(part.Open);
        return new Part(
            part.Name,
            MemberTable.FormatOf(header, part.Kind),
            encoding?.WebName.ToUpperInvariant() ?? "",
            part.Open is null
                ? ""
                : CsvTable.DelimiterOf(part.Open, encoding!) switch
                {
                    '\t' => "Tab",
                    var sign => sign.ToString(),
                },
            [
                .. header.Select(
                    (name, at) =>
                        new Column(
                            name,
                            ColumnNames.Find(name)?.ToString(),
                            [.. rows.Skip(1).Select(r => at < r.Cells.Count ? Shown(r.Cells[at], LongestExample) : "")]
                        )
                ),
            ]
        );
    }

    private static string Shown(string cell, int longest) =>
        string.Concat(cell.EnumerateRunes().Take(longest).Select(r => Rune.IsControl(r) ? "␣" : r.ToString()));
}
