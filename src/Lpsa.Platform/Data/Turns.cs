using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Lpsa.Platform;

/// <summary>
/// One after the other for what is read first and written then: a limit counted before it is used up, a row that is
/// added when it is missing. Without it two clicks at once both find room, or the second fails on the key of the first.
/// </summary>
public static class Turns
{
    /// <summary>
    /// Begins a transaction in which nobody else has the turn of the same name, on any node. It must be committed; read
    /// only after this returns.
    /// </summary>
    public static async Task<IDbContextTransaction> TakeTurn(this PlatformDb db, string name, CancellationToken cancel)
    {
        var transaction = await db.Database.BeginTransactionAsync(cancel);
        // A transaction of SQLite begins as the one writer there is.
        if (db.IsPostgres)
        {
            var key = BitConverter.ToInt64(SHA256.HashData(Encoding.UTF8.GetBytes("turn\n" + name)));
            await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({key})", cancel);
        }
        return transaction;
    }

    /// <summary>
    /// Between two batches of long work. SQLite has one writer and no queue: who waits looks again every 150 ms, and
    /// batches without a gap would keep everybody out until their time is up.
    /// </summary>
    public static Task LetOthersWrite(this PlatformDb db, CancellationToken cancel) =>
        db.IsPostgres ? Task.CompletedTask : Task.Delay(TimeSpan.FromMilliseconds(200), cancel);
}
