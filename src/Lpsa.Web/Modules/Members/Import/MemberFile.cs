using Lpsa.Platform;

namespace Lpsa.Members;

/// <summary>A file of people: a text file, a workbook, or an archive of text files.</summary>
internal sealed class MemberFile : IDisposable
{
    private readonly string name;
    private readonly Func<Stream> open;
    private readonly BoundedArchive? archive;

    /// <param name="open">Opens the file anew each time; an archive needs a stream that can seek.</param>
    public MemberFile(string name, Func<Stream> open)
    {
        (this.name, this.open) = (name, open);
        using var file = open();
        Span<byte> start = stackalloc byte[8];
        var length = file.ReadAtLeast(start, 8, throwOnEndOfStream: false);
        if (start.StartsWith<byte>([0xD0, 0xCF, 0x11, 0xE0]))
            throw new ImportException(
                name,
                0,
                "this is the old form of Excel or a protected workbook; save it as .xlsx"
            );
        if (start.StartsWith("PK\u0003\u0004"u8))
            archive = BoundedArchive.Open(name, open);
        IsOwn = length > 0 && start[0] == '{';
    }

    /// <summary>Our own form, one JSON object in a line (see <see cref="OwnMembers"/>).</summary>
    public bool IsOwn { get; }

    public StreamReader Lines() => new(open());

    /// <summary>The tables in it, those of people who must not be written to first: they win.</summary>
    public IEnumerable<MemberTable> Tables(IReadOnlyDictionary<string, MemberField> map, Action<string, string> ignored)
    {
        return Parts()
            .Select(p => MemberTable.Of(p.Name, p.Kind, p.Rows, map, column => ignored(p.Name, column)))
            .OrderBy(t => t.State is null or ImportedState.Subscribed)
            .ThenBy(t => t.State)
            .ToList();
    }

    /// <summary>The tables as they stand in the file, before anything is understood of them.</summary>
    public IReadOnlyList<MemberFilePart> Parts()
    {
        if (archive is null)
            return [new(name, "csv", CsvTable.Read(name, open)) { Open = open }];
        if (archive.Entries.Contains("xl/workbook.xml"))
            return [new(name, "excel", ExcelTable.Read(name, archive))];
        var parts = archive
            .Entries.Where(e =>
                e.EndsWith(".csv", StringComparison.OrdinalIgnoreCase)
                && !e.StartsWith("__MACOSX/", StringComparison.Ordinal)
            )
            .ToList();
        if (parts.Count == 0)
            throw new ImportException(name, 0, "there is neither a CSV file nor a workbook in the archive");
        return parts.ConvertAll(p => new MemberFilePart(
            Path.GetFileName(p),
            "csv",
            CsvTable.Read(p, () => archive.Read(p)!)
        )
        {
            Open = () => archive.Read(p)!,
        });
    }

    public void Dispose() => archive?.Dispose();
}

/// <param name="Kind"><c>csv</c> or <c>excel</c>.</param>
/// <param name="Rows">The header first; can be read once.</param>
internal sealed record MemberFilePart(string Name, string Kind, IEnumerable<TableRow> Rows)
{
    /// <summary>Null for what is no text.</summary>
    public Func<Stream>? Open { get; init; }
}
