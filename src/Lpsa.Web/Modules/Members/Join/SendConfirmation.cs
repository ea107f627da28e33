using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Members;

/// <summary>Writes the message that asks the owner of an address. Here, and only here, it matters whether it is known.</summary>
static class SendConfirmation
{
    public const string Job = "members.send-confirmation";

    /// <summary>Open requests for one address; more would make the form a way to flood somebody's mailbox.</summary>
    private const int MostOpen = 3;

    public static async Task Run(IServiceProvider services, Guid id, CancellationToken cancel)
    {
        var (db, mailer) = (services.GetRequiredService<PlatformDb>(), services.GetRequiredService<Mailer>());
        var asked = await db.Set<Registration>().SingleOrDefaultAsync(r => r.Id == id && r.TokenHash == null, cancel);
        if (asked is null || !MailAddress.TryParse(asked.Email, "", out var to, out _))
            return;
        var now = db.Now;
        var open = await db.Set<Registration>()
            .CountAsync(
                r => r.EmailKey == asked.EmailKey && r.TokenHash != null && r.UsedAt == null && r.ExpiresAt > now,
                cancel
            );
        if (open >= MostOpen)
            return;
        var isKnown = await db.Set<Account>()
            .Where(a => a.EmailKey == asked.EmailKey)
            .Join(db.Set<Member>().Where(m => m.State == MemberState.Member), a => a.Id, m => m.Id, (_, m) => m)
            .AnyAsync(cancel);
        var token = asked.MakeToken();
        mailer.Queue(
            db,
            to,
            Language.Find(asked.Language) ?? Language.English,
            new ConfirmLetter { IsKnown = isKnown, Path = ConfirmJoin.PathOf(token) }
        );
        await db.SaveChangesAsync(cancel);
    }
}
