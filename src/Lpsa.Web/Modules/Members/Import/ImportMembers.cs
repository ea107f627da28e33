using Lpsa.Places;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Members;

/// <param name="DryRun">Do everything and take it back.</param>
/// <param name="KeepGoing">Take the good rows of a file that has faulty ones.</param>
/// <param name="Map">Field by column, where the usual names do not serve.</param>
internal sealed record MemberImportChoices(
    bool DryRun = false,
    bool KeepGoing = false,
    IReadOnlyDictionary<string, string>? Map = null
);

/// <summary>
/// Takes people from a file of another program, or of this one. The file is read row by row in one transaction; a
/// second time it changes nothing. Nobody who left or must not be written to comes back by a file.
/// </summary>
internal sealed class ImportMembers(PlatformDb db, MemberSecrets secrets, IVocabulary vocabulary)
{
    private const int BatchSize = 1_000;

    /// <param name="open">Opens the file anew each time.</param>
    /// <param name="tell">Hears what becomes of each row.</param>
    /// <exception cref="ImportException">The file cannot be read at all; nothing was changed.</exception>
    public async Task<MemberImportReport> Run(
        string name,
        Func<Stream> open,
        MemberImportChoices choices,
        Action<MemberDifference> tell,
        CancellationToken cancel
    )
    {
        var report = new MemberImportReport();
        var map = Fields(name, choices.Map);
        using var file = new MemberFile(name, open);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await using var bulk = new BulkInsert(db);
        if (file.IsOwn)
            await new OwnMembers(db, secrets).Import(name, file, bulk, report, Told, cancel);
        else
            foreach (var table in file.Tables(map, Ignored))
                await Take(table, bulk, report, Told, cancel);
        if (report.Rejected > 0 && !choices.KeepGoing || choices.DryRun)
            return report;
        if (report.New + report.Changed + report.Suppressed > 0)
        {
            db.Add(MemberImport.Of(name, report, db.Now));
            await db.SaveChangesAsync(cancel);
        }
        await transaction.CommitAsync(cancel);
        report.IsDone = true;
        return report;

        void Told(MemberDifference difference)
        {
            report.Count(difference.Kind);
            tell(difference);
        }

        void Ignored(string table, string column) =>
            report.Lose(
                table,
                1,
                column,
                "",
                "The column is not known; nothing of it is kept. Name what it holds with --map."
            );
    }

    private async Task Take(
        MemberTable table,
        BulkInsert bulk,
        MemberImportReport report,
        Action<MemberDifference> tell,
        CancellationToken cancel
    )
    {
        report.Format = table.Format;
        var reader = new MemberRowReader(table, vocabulary, report, db.Now);
        var batch = new MemberBatch(db, secrets, bulk, table.Format, table.Name, tell);
        var seen = new SeenAddresses();
        var rows = new List<ImportedMember>(BatchSize);
        foreach (var row in table.Rows)
        {
            if (reader.Read(row) is not { } read)
                continue;
            if (seen.Before(read.Email, read.Line) is { } first)
                report.Reject(
                    table.Name,
                    read.Line,
                    table.EmailHeader,
                    read.Email,
                    $"The address stands in line {first} already."
                );
            else
                rows.Add(read);
            if (rows.Count < BatchSize)
                continue;
            await batch.Take(rows, cancel);
            rows.Clear();
        }
        await batch.Take(rows, cancel);
    }

    private static Dictionary<string, MemberField> Fields(string name, IReadOnlyDictionary<string, string>? map)
    {
        var fields = new Dictionary<string, MemberField>();
        foreach (var (column, field) in map ?? new Dictionary<string, string>())
            fields[ColumnNames.Fold(column)] =
                ColumnNames.Named(field)
                ?? throw new ImportException(
                    name,
                    0,
                    $"“{field}” is no field; the fields are {string.Join(", ", Enum.GetNames<MemberField>())}"
                );
        return fields;
    }
}
