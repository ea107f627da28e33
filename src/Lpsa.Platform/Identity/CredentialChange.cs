using Microsoft.EntityFrameworkCore;

namespace Lpsa.Platform;

/// <summary>
/// What follows every change of a credential, a role or a second factor: whoever was signed in before, perhaps with a
/// stolen session, is not any more, and the person learns of it by mail.
/// </summary>
public sealed class CredentialChange(Mailer mailer)
{
    /// <summary>Saves what is pending, ends the account's other sessions and open links, and queues the message.</summary>
    /// <param name="keep">The session that made the change; null ends all.</param>
    /// <param name="what">English sentence marked with <see cref="Sentence.Of"/>, translated in the message.</param>
    public async Task Save(
        PlatformDb db,
        Guid accountId,
        Guid? keep,
        string what,
        Language language,
        CancellationToken cancel
    )
    {
        await using var own = db.Database.CurrentTransaction is null
            ? await db.Database.BeginTransactionAsync(cancel)
            : null;
        await EndSessions(db, accountId, keep, cancel);
        var account = await db.Set<Account>().SingleAsync(a => a.Id == accountId, cancel);
        if (MailAddress.TryParse(account.Email, account.Name, out var to, out _))
            mailer.Queue(db, to, language, new CredentialChangedLetter { Name = account.Name, What = what });
        await db.SaveChangesAsync(cancel);
        if (own is not null)
            await own.CommitAsync(cancel);
    }

    /// <summary>Ends sessions, half sessions and unused sign-in links at once.</summary>
    public static async Task EndSessions(PlatformDb db, Guid accountId, Guid? keep, CancellationToken cancel)
    {
        await db.Set<Session>()
            .Where(s => s.AccountId == accountId && (keep == null || s.Id != keep))
            .ExecuteDeleteAsync(cancel);
        await db.Set<HalfSession>().Where(h => h.AccountId == accountId).ExecuteDeleteAsync(cancel);
        await db.Set<SignInLink>().Where(l => l.AccountId == accountId && l.UsedAt == null).ExecuteDeleteAsync(cancel);
    }
}
