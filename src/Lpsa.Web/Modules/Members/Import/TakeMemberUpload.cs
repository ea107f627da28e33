using Lpsa.Places;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Members;

/// <summary>
/// Checks or takes an uploaded file in the background. Taking commits batch by batch, each with the place it reached: a
/// run that dies is taken up there by the next one, and no lock is held for longer than a batch. That nothing is half
/// done rests on the check, which reads the whole file before the first row is taken.
/// </summary>
internal sealed class TakeMemberUpload(PlatformDb db, PrivateFiles files, MemberSecrets secrets, IVocabulary vocabulary)
{
    public const string Job = "members.take-upload";

    private const int BatchSize = 1_000;

    /// <summary>More findings are counted and not kept: a file that is wrong in more rows is wrong as a whole.</summary>
    public const int MostFindings = 100_000;

    /// <summary>Of each kind of difference.</summary>
    public const int MostDifferences = 1_000;

    private sealed record Batch(MemberTable Table, List<ImportedMember> Rows, int End);

    public static Task Run(IServiceProvider services, Guid upload, CancellationToken cancel) =>
        services.GetRequiredService<TakeMemberUpload>().Run(upload, cancel);

    public async Task Run(Guid id, CancellationToken cancel)
    {
        var upload = await db.Set<MemberUpload>().AsNoTracking().SingleOrDefaultAsync(u => u.Id == id, cancel);
        if (upload is not { IsUnderWay: true, Stored: { } stored })
            return;
        // The audit log names who asked for it.
        db.Actor.Name = upload.ByAccount?.ToString() ?? db.Actor.Name;
        using var copy = await files.Open(db, stored, cancel);
        try
        {
            if (copy is null)
                throw new ImportException(upload.File, 0, "the file is not kept any more; send it again");
            using var file = new MemberFile(upload.File, () => File.OpenRead(copy.Path));
            if (upload.State == MemberUploadState.Checking)
                await Check(upload, file, cancel);
            else
                await Take(upload, file, cancel);
        }
        catch (ImportException wrong)
        {
            db.ChangeTracker.Clear();
            await End(id, MemberUploadState.Unreadable, wrong.Message, cancel);
        }
    }

    private async Task Check(MemberUpload upload, MemberFile file, CancellationToken cancel)
    {
        var lines = new List<MemberUploadLine>();
        var (counts, total, format) = (default(MemberUploadCounts), 0, upload.Format);
        var told = new Dictionary<MemberDifferenceKind, int>();
        var stopped = new HashSet<string>();
        var report = new MemberImportReport(Hear);
        foreach (var batch in Batches(upload, file, report))
        {
            (format, total) = (batch.Table.Format, batch.End);
            var rows = batch.Rows.FindAll(r => r.State != ImportedState.Subscribed || !IsStopped(r));
            await using (await db.Database.BeginTransactionAsync(cancel))
            {
                await using var bulk = new BulkInsert(db);
                await new MemberBatch(db, secrets, bulk, format, batch.Table.Name, Tell).Take(rows, cancel);
                // Not committed: the difference is what counts.
            }
            db.ChangeTracker.Clear();
            if (!await Reach(upload.Id, MemberUploadState.Checking, null, batch.End, cancel))
                return;
        }
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await db.Set<MemberUploadLine>().Where(l => l.UploadId == upload.Id).ExecuteDeleteAsync(cancel);
        await using (var bulk = new BulkInsert(db))
            await bulk.Add(lines, cancel);
        var done = await db.Set<MemberUpload>()
            .SingleOrDefaultAsync(u => u.Id == upload.Id && u.State == MemberUploadState.Checking, cancel);
        if (done is null)
            return;
        done.Told(format, total, report.Rejected, counts);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);

        // An earlier table of the same file may have ended it; in the check that was taken back.
        bool IsStopped(ImportedMember row)
        {
            if (!stopped.Contains(Account.KeyOf(row.Email)))
                return false;
            Tell(new MemberDifference("", row.Line, MemberDifferenceKind.Left, row.Email, "is ended by the same file"));
            return true;
        }

        void Tell(MemberDifference difference)
        {
            counts = counts.With(difference.Kind);
            if (difference.Kind == MemberDifferenceKind.Suppressed)
                stopped.Add(Account.KeyOf(difference.Email));
            var before = told.GetValueOrDefault(difference.Kind);
            told[difference.Kind] = before + 1;
            if (before < MostDifferences)
                Keep(
                    difference.Kind switch
                    {
                        MemberDifferenceKind.New => MemberUploadLineKind.New,
                        MemberDifferenceKind.Changed => MemberUploadLineKind.Changed,
                        MemberDifferenceKind.Suppressed => MemberUploadLineKind.Suppressed,
                        _ => MemberUploadLineKind.Left,
                    },
                    difference.File,
                    difference.Line,
                    "",
                    difference.Email,
                    difference.Reason
                );
        }

        void Hear(ImportFinding finding)
        {
            if (lines.Count < MostFindings + 4 * MostDifferences)
                Keep(
                    finding.IsRejected ? MemberUploadLineKind.Rejected : MemberUploadLineKind.Lost,
                    finding.File,
                    finding.Line,
                    finding.Column,
                    finding.Value,
                    finding.Reason
                );
        }

        void Keep(MemberUploadLineKind kind, string part, long line, string field, string value, string reason) =>
            lines.Add(MemberUploadLine.Of(upload.Id, lines.Count + 1, kind, part, line, field, value, reason));
    }

    private async Task Take(MemberUpload upload, MemberFile file, CancellationToken cancel)
    {
        var done = upload.RowsDone;
        foreach (var batch in Batches(upload, file, new MemberImportReport()))
        {
            if (batch.End <= done)
                continue;
            var counts = default(MemberUploadCounts);
            await using var transaction = await db.Database.BeginTransactionAsync(cancel);
            // First, so that of two runs of the same job one waits here and then finds the batch taken.
            if (!await Reach(upload.Id, MemberUploadState.Running, done, batch.End, cancel))
                return;
            await using (var bulk = new BulkInsert(db))
                await new MemberBatch(
                    db,
                    secrets,
                    bulk,
                    batch.Table.Format,
                    batch.Table.Name,
                    d => counts = counts.With(d.Kind)
                ).Take(batch.Rows, cancel);
            await db.Set<MemberUpload>()
                .Where(u => u.Id == upload.Id)
                .ExecuteUpdateAsync(
                    set =>
                        set.SetProperty(u => u.Taken, u => u.Taken + counts.Taken)
                            .SetProperty(u => u.Changed, u => u.Changed + counts.Changed)
                            .SetProperty(u => u.Unchanged, u => u.Unchanged + counts.Unchanged)
                            .SetProperty(u => u.Suppressed, u => u.Suppressed + counts.Suppressed),
                    cancel
                );
            await transaction.CommitAsync(cancel);
            db.ChangeTracker.Clear();
            done = batch.End;
            await db.LetOthersWrite(cancel);
        }
        await End(upload.Id, MemberUploadState.Done, null, cancel);
    }

    /// <summary>Always cut at the same rows, whoever reads the file: a later run finds where an earlier one ended.</summary>
    private IEnumerable<Batch> Batches(MemberUpload upload, MemberFile file, MemberImportReport report)
    {
        var read = 0;
        foreach (var table in file.Tables(upload.ReadFields(), Ignored))
        {
            var reader = new MemberRowReader(table, vocabulary, report, upload.CreatedAt);
            var (seen, rows) = (new SeenAddresses(), new List<ImportedMember>(BatchSize));
            foreach (var row in table.Rows)
            {
                read++;
                if (reader.Read(row) is { } good)
                    if (seen.Before(good.Email, good.Line) is { } first)
                        report.Reject(
                            table.Name,
                            good.Line,
                            table.EmailHeader,
                            good.Email,
                            $"The address stands in line {first} already."
                        );
                    else
                        rows.Add(good);
                if (read % BatchSize != 0)
                    continue;
                yield return new Batch(table, rows, read);
                rows = new List<ImportedMember>(BatchSize);
            }
            yield return new Batch(table, rows, read);
        }

        void Ignored(string part, string column) =>
            report.Lose(part, 1, column, "", "The column is not known; nothing of it is kept.");
    }

    /// <returns>False when somebody stopped it, or another run is further.</returns>
    private async Task<bool> Reach(Guid id, MemberUploadState state, int? from, int to, CancellationToken cancel) =>
        await db.Set<MemberUpload>()
            .Where(u => u.Id == id && u.State == state && (from == null || u.RowsDone == from))
            .ExecuteUpdateAsync(set => set.SetProperty(u => u.RowsDone, to), cancel) == 1;

    private async Task End(Guid id, MemberUploadState state, string? problem, CancellationToken cancel)
    {
        await using (var transaction = await db.Database.BeginTransactionAsync(cancel))
        {
            var upload = await db.Set<MemberUpload>().SingleOrDefaultAsync(u => u.Id == id, cancel);
            if (upload is not { IsUnderWay: true })
                return;
            upload.End(state, problem, db.Now);
            if (state == MemberUploadState.Done && upload.Taken + upload.Changed + upload.Suppressed > 0)
                db.Add(
                    MemberImport.Of(
                        upload.File,
                        upload.Format,
                        (upload.Taken, upload.Changed, upload.Suppressed, upload.Rejected),
                        db.Now
                    )
                );
            await db.SaveChangesAsync(cancel);
            await transaction.CommitAsync(cancel);
        }
        await MemberUploadUpkeep.Forget(db, files, id, cancel);
    }
}
