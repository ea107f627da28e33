using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Members;

/// <summary>Forgets what is no longer needed of uploaded files.</summary>
static class MemberUploadUpkeep
{
    public static readonly PersonalData Hook = new("imports", (_, _, _) => Task.FromResult<object?>(null), Erase);

    /// <summary>Deletes the bytes of an upload, and with them the rows of it that were shown as examples.</summary>
    public static async Task Forget(PlatformDb db, PrivateFiles files, Guid id, CancellationToken cancel)
    {
        var upload = await db.Set<MemberUpload>().SingleAsync(u => u.Id == id, cancel);
        if (upload.Stored is not { } stored)
            return;
        // The row last: killed in between, the next run of the upkeep finds it again.
        await files.Remove(db, stored, cancel);
        upload.Forget();
        await db.SaveChangesAsync(cancel);
    }

    public static async Task Run(IServiceProvider services, CancellationToken cancel)
    {
        var (db, files) = (services.GetRequiredService<PlatformDb>(), services.GetRequiredService<PrivateFiles>());
        var (idle, old) = (db.Now - MemberUpload.FileKept, db.Now - MemberUpload.LinesKept);
        var stale = await db.Set<MemberUpload>()
            .Where(u =>
                (u.State == MemberUploadState.Arrived || u.State == MemberUploadState.Checked) && u.CreatedAt < idle
            )
            .ToListAsync(cancel);
        foreach (var upload in stale)
            upload.End(MemberUploadState.Discarded, null, db.Now);
        await db.SaveChangesAsync(cancel);
        var ended = await db.Set<MemberUpload>()
            .Where(u => u.EndedAt != null && u.Stored != null)
            .Select(u => u.Id)
            .ToListAsync(cancel);
        foreach (var id in ended)
            await Forget(db, files, id, cancel);
        await db.Set<MemberUploadLine>()
            .Where(l => db.Set<MemberUpload>().Any(u => u.Id == l.UploadId && u.CreatedAt < old))
            .ExecuteDeleteAsync(cancel);
    }

    private static async Task Erase(PlatformDb db, Guid id, CancellationToken cancel)
    {
        if (
            await db.Set<Account>().Where(a => a.Id == id).Select(a => a.EmailKey).SingleOrDefaultAsync(cancel) is
            { Length: > 0 } key
        )
            await db.Set<MemberUploadLine>().Where(l => l.Value.ToLower() == key).ExecuteDeleteAsync(cancel);
    }
}
