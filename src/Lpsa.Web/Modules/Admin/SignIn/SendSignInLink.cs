using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Admin;

/// <summary>Somebody asked to sign in. Nothing says yet that there is such an account.</summary>
/// <param name="Browser">Hash of the asking browser's secret; null when the request was queued by an older version.</param>
public sealed record SignInRequest(string Email, string Back, string Language, string? Browser = null);

/// <summary>Makes the link and mails it, when there is an account that may sign in.</summary>
static class SendSignInLink
{
    public const string Job = "identity.send-sign-in-link";

    /// <summary>Links that still work. More would let a stranger flood a mailbox, from however many addresses.</summary>
    private const int MostOpenLinks = 5;

    public static async Task Run(IServiceProvider services, SignInRequest asked, CancellationToken cancel)
    {
        var (db, mailer) = (services.GetRequiredService<PlatformDb>(), services.GetRequiredService<Mailer>());
        var (key, now) = (Lpsa.Platform.Account.KeyOf(asked.Email), db.Now);
        var account = await db.Set<Lpsa.Platform.Account>()
            .AsNoTracking()
            .SingleOrDefaultAsync(a => a.EmailKey == key && a.ClosedAt == null, cancel);
        if (account is null || !MailAddress.TryParse(account.Email, account.Name, out var to, out _))
            return;
        var open = await db.Set<SignInLink>()
            .CountAsync(l => l.AccountId == account.Id && l.UsedAt == null && l.ExpiresAt > now, cancel);
        if (open >= MostOpenLinks)
            return;
        var (link, token) = SignInLink.Make(account.Id, now);
        db.Add(link);
        var code = "";
        if (asked.Browser is { } browser && !await db.Set<SignInCode>().AnyAsync(c => c.BrowserHash == browser, cancel))
        {
            (var row, code) = SignInCode.Make(link, browser);
            db.Add(row);
        }
        var path = SignInLink.PathOf(token);
        if (asked.Back != "/")
            path += "?back=" + Uri.EscapeDataString(asked.Back);
        mailer.Queue(
            db,
            to,
            Language.Find(asked.Language) ?? Language.English,
            new SignInLetter
            {
                Name = account.Name,
                Path = path,
                Code = code,
            },
            LetterOptions.Standard with
            {
                UsefulFor = SignInLink.Lifetime,
            }
        );
        await db.SaveChangesAsync(cancel);
    }
}
