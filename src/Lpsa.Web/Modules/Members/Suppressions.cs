using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Members;

/// <summary>Which addresses must not be written to (see <see cref="Suppression"/>).</summary>
static class Suppressions
{
    /// <summary>Adds one, in the caller's transaction; one that is there already stays as it is.</summary>
    public static async Task Add(PlatformDb db, Suppression wanted, CancellationToken cancel)
    {
        if (await db.Set<Suppression>().FindAsync([wanted.AddressHash, wanted.Scope], cancel) is null)
            db.Add(wanted);
    }

    /// <summary>The owner of the address asked for messages again and confirmed it. A dead mailbox that answers is alive.</summary>
    public static Task Lift(PlatformDb db, string addressHash, CancellationToken cancel) =>
        db.Set<Suppression>().Where(s => s.AddressHash == addressHash).ExecuteDeleteAsync(cancel);
}
