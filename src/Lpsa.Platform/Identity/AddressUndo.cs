using Microsoft.EntityFrameworkCore;

namespace Lpsa.Platform;

/// <summary>
/// “This was not me”: the old address comes back, everybody is signed out, and what was added to the ways of signing in
/// since the change goes. Whoever took the account over is out; who was careless loses a passkey.
/// </summary>
public sealed class AddressUndo(AddressChanges changes)
{
    public static string PathOf(string token) => "/change-address/undo/" + token;

    public enum Outcome
    {
        Void,
        Restored,

        /// <summary>The old address belongs to another account by now: the account is closed until staff looked at it.</summary>
        Closed,
    }

    public static Task<bool> IsOpen(PlatformDb db, string token, CancellationToken cancel) =>
        Open(db, token).AnyAsync(cancel);

    public async Task<Outcome> Run(PlatformDb db, string token, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        DateTime? now = db.Now;
        var change = await Open(db, token).AsNoTracking().SingleOrDefaultAsync(cancel);
        if (
            change is null
            || await Open(db, token).ExecuteUpdateAsync(set => set.SetProperty(c => c.UndoneAt, now), cancel) == 0
        )
            return Outcome.Void;
        var account = await db.Set<Account>().SingleAsync(a => a.Id == change.AccountId, cancel);
        if (account.ClosedAt is not null)
            return Outcome.Void;
        var (id, since, before) = (account.Id, change.DoneAt!.Value, account.Email);
        await AddressChanges.Stop(db, id, cancel);
        // A change that was made after this one must not be taken back to an address that this one brought.
        await db.Set<AddressChange>()
            .Where(c => c.AccountId == id && c.UndoneAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.UndoneAt, now), cancel);
        await TakeAwayCredentials(db, id, since, cancel);
        await CredentialChange.EndSessions(db, id, null, cancel);
        var key = Account.KeyOf(change.OldEmail);
        var isFree = !await db.Set<Account>().AnyAsync(a => a.EmailKey == key && a.Id != id, cancel);
        if (isFree)
        {
            account.MoveTo(change.OldEmail);
            await db.SaveChangesAsync(cancel);
            await changes.Follow(
                db,
                new AddressMoved(id, before, change.OldEmail, "change of address taken back", "", now.Value),
                cancel
            );
        }
        else
        {
            account.Close(now.Value);
        }
        foreach (var email in (string[])[.. new[] { change.OldEmail, change.NewEmail, before }.Distinct()])
            changes.Write(db, change, email, account.Name, new AddressRestoredLetter { IsClosed = !isFree });
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return isFree ? Outcome.Restored : Outcome.Closed;
    }

    private static async Task TakeAwayCredentials(PlatformDb db, Guid id, DateTime since, CancellationToken cancel)
    {
        await db.Set<Passkey>().Where(p => p.AccountId == id && p.CreatedAt >= since).ExecuteDeleteAsync(cancel);
        await db.Set<Password>().Where(p => p.AccountId == id && p.SetAt >= since).ExecuteDeleteAsync(cancel);
        await db.Set<ExternalLogin>().Where(l => l.AccountId == id && l.LinkedAt >= since).ExecuteDeleteAsync(cancel);
        if (
            await db.Set<AuthenticatorApp>()
                .Where(a => a.AccountId == id && a.SetUpAt >= since)
                .ExecuteDeleteAsync(cancel) > 0
        )
            await db.Set<RecoveryCode>().Where(c => c.AccountId == id).ExecuteDeleteAsync(cancel);
    }

    private static IQueryable<AddressChange> Open(PlatformDb db, string token)
    {
        var (hash, now) = (SignInLink.HashOf(token), db.Now);
        return db.Set<AddressChange>().Where(c => c.UndoHash == hash && c.UndoneAt == null && c.UndoUntil > now);
    }
}
