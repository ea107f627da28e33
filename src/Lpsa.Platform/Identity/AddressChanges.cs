using Microsoft.EntityFrameworkCore;

namespace Lpsa.Platform;

/// <summary>Changing the e-mail address of an account, from asking until it is in force.</summary>
public sealed class AddressChanges(IServiceProvider services, ModuleRegistry modules, Mailer mailer, JobQueue jobs)
{
    public const string SendJob = "identity.send-address-change";

    /// <summary>Whether the address has an account turns up only in messages, which a stranger could ask for endlessly.</summary>
    private static readonly ThrottleRule MailToNew = new("address.new", 3, TimeSpan.FromDays(1));
    private static readonly ThrottleRule AskForAccount = new("address.account", 5, TimeSpan.FromDays(1));

    public static string PathOf(string token) => "/change-address/" + token;

    /// <summary>
    /// Notes the wish and queues the messages. Earlier wishes of the account end. Nothing is said, here or in the time
    /// it takes, of whether the new address has an account.
    /// </summary>
    /// <returns>False when the account asked too often today.</returns>
    public async Task<bool> Ask(
        PlatformDb db,
        Account account,
        string newEmail,
        Language language,
        bool byStaff,
        CancellationToken cancel
    )
    {
        if (!await Throttle.Take(db, AskForAccount, account.Id.ToString(), cancel))
            return false;
        await Stop(db, account.Id, cancel);
        var asked = AddressChange.Ask(account, newEmail, language, byStaff, db.Now);
        db.Add(asked);
        jobs.Add(db, SendJob, asked.Id);
        await db.SaveChangesAsync(cancel);
        return true;
    }

    /// <summary>Ends what the account has under way.</summary>
    public static Task<int> Stop(PlatformDb db, Guid account, CancellationToken cancel) =>
        db.Set<AddressChange>().Where(c => c.AccountId == account && c.DoneAt == null).ExecuteDeleteAsync(cancel);

    /// <summary>What the account has under way; null when nothing.</summary>
    public static Task<AddressChange?> Pending(PlatformDb db, Guid? account, CancellationToken cancel)
    {
        var now = db.Now;
        return db.Set<AddressChange>()
            .AsNoTracking()
            .Where(c => c.AccountId == account && c.DoneAt == null && c.ExpiresAt > now)
            .OrderByDescending(c => c.AskedAt)
            .FirstOrDefaultAsync(cancel);
    }

    /// <summary>The change that a link belongs to, and whether it is the one of the old mailbox.</summary>
    public static async Task<(AddressChange Change, bool IsOld)?> Find(
        PlatformDb db,
        string token,
        CancellationToken cancel
    )
    {
        var (hash, now) = (SignInLink.HashOf(token), db.Now);
        var found = await db.Set<AddressChange>()
            .AsNoTracking()
            .SingleOrDefaultAsync(
                c => (c.OldHash == hash || c.NewHash == hash) && (c.DoneAt != null || c.ExpiresAt > now),
                cancel
            );
        return found is null ? null : (found, found.OldHash == hash);
    }

    /// <param name="keep">The session that goes on when the change is done; null ends all.</param>
    public async Task<AddressOutcome> Confirm(
        PlatformDb db,
        string token,
        Guid? keep,
        string network,
        CancellationToken cancel
    )
    {
        var (hash, now) = (SignInLink.HashOf(token), db.Now);
        var open = db.Set<AddressChange>().Where(c => c.DoneAt == null && c.ExpiresAt > now);
        // In the mailbox that an administrator wrote to there is nothing to confirm, only to stop.
        var confirmed =
            await open.Where(c => c.OldHash == hash && !c.ByStaff)
                .ExecuteUpdateAsync(set => set.SetProperty(c => c.OldConfirmedAt, c => c.OldConfirmedAt ?? now), cancel)
            + await open.Where(c => c.NewHash == hash)
                .ExecuteUpdateAsync(
                    set => set.SetProperty(c => c.NewConfirmedAt, c => c.NewConfirmedAt ?? now),
                    cancel
                );
        if (confirmed == 0 || await Find(db, token, cancel) is not var (change, _))
            return AddressOutcome.Void;
        return await Complete(db, change.Id, keep, network, cancel);
    }

    /// <summary>Somebody at one of the mailboxes does not want it.</summary>
    public static Task<int> StopByLink(PlatformDb db, string token, CancellationToken cancel)
    {
        var hash = SignInLink.HashOf(token);
        return db.Set<AddressChange>()
            .Where(c => (c.OldHash == hash || c.NewHash == hash) && c.DoneAt == null)
            .ExecuteDeleteAsync(cancel);
    }

    /// <summary>Puts the change in force when all is there. Of two calls at once, one does it.</summary>
    private async Task<AddressOutcome> Complete(
        PlatformDb db,
        Guid id,
        Guid? keep,
        string network,
        CancellationToken cancel
    )
    {
        db.ChangeTracker.Clear();
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var (now, (undo, undoHash)) = (db.Now, AddressChange.NewToken());
        DateTime? undoUntil = now + AddressChange.UndoTime;
        var won = await db.Set<AddressChange>()
            .Where(c =>
                c.Id == id
                && c.DoneAt == null
                && c.NewConfirmedAt != null
                && (c.ByStaff || c.OldConfirmedAt != null)
                && c.NotBefore <= now
                && c.ExpiresAt > now
            )
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(c => c.DoneAt, now)
                        .SetProperty(c => c.UndoHash, undoHash)
                        .SetProperty(c => c.UndoUntil, undoUntil),
                cancel
            );
        if (won == 0)
            return await db.Set<AddressChange>().AnyAsync(c => c.Id == id, cancel)
                ? AddressOutcome.Waiting
                : AddressOutcome.Void;
        var change = await db.Set<AddressChange>().SingleAsync(c => c.Id == id, cancel);
        var account = await db.Set<Account>().SingleAsync(a => a.Id == change.AccountId, cancel);
        if (
            account.ClosedAt is not null
            || account.EmailKey != Account.KeyOf(change.OldEmail)
            || await IsTaken(db, change, cancel)
        )
        {
            await transaction.RollbackAsync(cancel);
            return await GiveUp(db, id, cancel);
        }
        account.MoveTo(change.NewEmail);
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException)
        {
            // Somebody opened an account with the address between our look and our write.
            await transaction.RollbackAsync(cancel);
            db.ChangeTracker.Clear();
            if (!await IsTaken(db, change, cancel))
                throw;
            return await GiveUp(db, id, cancel);
        }
        var how = change.ByStaff
            ? "address changed by an administrator, confirmed at the new mailbox"
            : "address changed, confirmed at both mailboxes";
        await Follow(
            db,
            new AddressMoved(account.Id, change.OldEmail, change.NewEmail, how, network, change.AskedAt),
            cancel
        );
        await CredentialChange.EndSessions(db, account.Id, keep, cancel);
        foreach (var email in (string[])[change.OldEmail, change.NewEmail])
            Write(
                db,
                change,
                email,
                account.Name,
                new AddressChangedLetter { Path = AddressUndo.PathOf(undo), Until = change.UndoUntil!.Value }
            );
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return AddressOutcome.Done;
    }

    /// <summary>What modules keep under the address moves along; what waits in the old mailbox ends.</summary>
    internal async Task Follow(PlatformDb db, AddressMoved moved, CancellationToken cancel)
    {
        await db.Set<ErasureRequest>()
            .Where(r => r.AccountId == moved.Account && r.DueAt == null)
            .ExecuteDeleteAsync(cancel);
        foreach (var follow in modules.AddressFollowers)
            await follow(services, db, moved, cancel);
    }

    internal void Write(PlatformDb db, AddressChange change, string email, string name, Letter letter)
    {
        if (MailAddress.TryParse(email, name, out var to, out _))
            mailer.Queue(db, to, Language.Find(change.Language) ?? Language.English, letter);
    }

    private static Task<bool> IsTaken(PlatformDb db, AddressChange change, CancellationToken cancel)
    {
        var key = Account.KeyOf(change.NewEmail);
        return db.Set<Account>().AnyAsync(a => a.EmailKey == key && a.Id != change.AccountId, cancel);
    }

    private static async Task<AddressOutcome> GiveUp(PlatformDb db, Guid id, CancellationToken cancel)
    {
        db.ChangeTracker.Clear();
        await db.Set<AddressChange>().Where(c => c.Id == id).ExecuteDeleteAsync(cancel);
        return AddressOutcome.Void;
    }

    /// <summary>Writes to both mailboxes. Here, and only here, it matters whether the new address has an account.</summary>
    internal static async Task Send(IServiceProvider services, Guid id, CancellationToken cancel)
    {
        var (db, changes) = (services.GetRequiredService<PlatformDb>(), services.GetRequiredService<AddressChanges>());
        var now = db.Now;
        var change = await db.Set<AddressChange>()
            .SingleOrDefaultAsync(
                c => c.Id == id && c.OldHash == null && c.DoneAt == null && c.ExpiresAt > now,
                cancel
            );
        if (change is null)
            return;
        var name = await db.Set<Account>().Where(a => a.Id == change.AccountId).Select(a => a.Name).SingleAsync(cancel);
        var mayWriteToNew = await Throttle.Take(db, MailToNew, Account.KeyOf(change.NewEmail), cancel);
        changes.Write(
            db,
            change,
            change.OldEmail,
            name,
            new ConfirmOldAddressLetter
            {
                Path = PathOf(change.MakeOldToken()),
                NewEmail = change.NewEmail,
                ByStaff = change.ByStaff,
                NotBefore = change.NotBefore,
            }
        );
        // The new mailbox may be a stranger's: no name and no old address in what it gets.
        if (mayWriteToNew && await IsTaken(db, change, cancel))
            changes.Write(db, change, change.NewEmail, "", new AddressTakenLetter());
        else if (mayWriteToNew)
            changes.Write(
                db,
                change,
                change.NewEmail,
                "",
                new ConfirmNewAddressLetter { Path = PathOf(change.MakeNewToken()) }
            );
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>Puts those in force whose waiting period is over, and forgets what is past.</summary>
    internal static async Task RunDue(IServiceProvider services, CancellationToken cancel)
    {
        var (db, changes) = (services.GetRequiredService<PlatformDb>(), services.GetRequiredService<AddressChanges>());
        var now = db.Now;
        await db.Set<AddressChange>()
            .Where(c => c.DoneAt == null ? c.ExpiresAt <= now : c.UndoUntil <= now)
            .ExecuteDeleteAsync(cancel);
        foreach (
            var id in await db.Set<AddressChange>()
                .Where(c => c.DoneAt == null && c.ByStaff && c.NewConfirmedAt != null && c.NotBefore <= now)
                .Select(c => c.Id)
                .ToListAsync(cancel)
        )
            await changes.Complete(db, id, null, "", cancel);
    }
}
