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

    /// <summary>The owner of the address asked for messages again; what was left and is not asked for stays left.</summary>
    /// <param name="isReached">
    /// The owner answered a message to the address, so a mailbox that once refused is alive. Choices made by an old link
    /// or after signing in by passkey prove no such thing, and the mailbox stays marked.
    /// </param>
    public static Task Lift(
        PlatformDb db,
        string addressHash,
        MemberChoices choices,
        bool isReached,
        CancellationToken cancel
    )
    {
        var wanted = choices.Channels.Where(c => c.Value != Frequency.Never).Select(c => c.Key).ToList();
        return db.Set<Suppression>()
            .Where(s => s.AddressHash == addressHash && (s.Scope == Suppression.Bulk || wanted.Contains(s.Scope)))
            .Where(s => isReached || s.Reason != SuppressionReason.Bounced)
            .ExecuteDeleteAsync(cancel);
    }
}
