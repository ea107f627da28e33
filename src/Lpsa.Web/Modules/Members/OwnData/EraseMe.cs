using System.Buffers.Text;
using System.Security.Cryptography;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Members;

/// <summary>
/// Being forgotten: asked for on the own page, confirmed from the mailbox, done after two weeks in which one click keeps
/// everything. Neither a forgotten open browser nor a forwarded message is enough by itself.
/// </summary>
public static class EraseMe
{
    internal const string How = "confirmed by mail";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/account/erase", Get).RequiresSignIn();
        pages.MapPost("/account/erase", Ask).RequiresSignIn();
        pages.MapPost("/account/erase/keep", Keep).RequiresSignIn();
        pages.MapGet("/erase/{token}", GetConfirm);
        pages.MapPost("/erase/{token}", Confirm);
        pages.MapPost("/erase/{token}/keep", KeepByLink);
    }

    public static string PathOf(string token) => "/erase/" + token;

    /// <param name="DueAt">When it is done; null: not confirmed.</param>
    public sealed record Model(string Email, bool IsAsked, DateTime? DueAt);

    /// <param name="IsKnown">The link is good.</param>
    public sealed record ConfirmModel(string Token, bool IsKnown, DateTime? DueAt);

    static async Task<IResult> Get(Viewer viewer, PlatformDb db, CancellationToken cancel)
    {
        var email = await db.Set<Account>()
            .Where(a => a.Id == viewer.AccountId)
            .Select(a => a.Email)
            .SingleAsync(cancel);
        var asked = await db.Set<ErasureRequest>()
            .AsNoTracking()
            .SingleOrDefaultAsync(r => r.AccountId == viewer.AccountId, cancel);
        return EraseMePage.View(new(email, asked is not null, asked?.DueAt));
    }

    static async Task<IResult> Ask(
        Viewer viewer,
        HttpContext http,
        PlatformDb db,
        Mailer mailer,
        CancellationToken cancel
    )
    {
        var id = viewer.AccountId!.Value;
        await using var turn = await db.TakeTurn(MemberTurn.Of(id), cancel);
        if (await db.Set<ErasureRequest>().AnyAsync(r => r.AccountId == id && r.DueAt != null, cancel))
            return Redirect.To("/account/erase");
        var account = await db.Set<Account>().AsNoTracking().SingleAsync(a => a.Id == id, cancel);
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        await db.Set<ErasureRequest>().Where(r => r.AccountId == id).ExecuteDeleteAsync(cancel);
        db.Add(ErasureRequest.Ask(id, SignInLink.HashOf(token), db.Now));
        if (MailAddress.TryParse(account.Email, account.Name, out var to, out _))
            mailer.Queue(db, to, http.Texts().Language, new EraseLetter { Path = PathOf(token) });
        await db.SaveChangesAsync(cancel);
        await turn.CommitAsync(cancel);
        return Redirect
            .To("/account/erase")
            .Saying("We sent you a message. Nothing happens before you confirm it there.");
    }

    static async Task<IResult> Keep(Viewer viewer, PlatformDb db, CancellationToken cancel)
    {
        await db.Set<ErasureRequest>().Where(r => r.AccountId == viewer.AccountId).ExecuteDeleteAsync(cancel);
        return Redirect.To("/account").Saying("Everything stays as it is.");
    }

    static async Task<IResult> GetConfirm(string token, HttpContext http, PlatformDb db, CancellationToken cancel)
    {
        PrivateLink.Guard(http);
        var asked = await Find(token, db, cancel);
        return ConfirmErasurePage.View(
            new(token, asked is not null, asked?.DueAt),
            asked is null ? StatusCodes.Status410Gone : StatusCodes.Status200OK
        );
    }

    static async Task<IResult> Confirm(string token, HttpContext http, PlatformDb db, CancellationToken cancel)
    {
        PrivateLink.Guard(http);
        if (await Find(token, db, cancel) is not { } asked)
            return ConfirmErasurePage.View(new(token, false, null), StatusCodes.Status410Gone);
        // A second click changes nothing, and one at the moment in which the person keeps everything must not fail.
        var (due, now) = (db.Now + ErasureRequest.Grace, db.Now);
        await using var turn = await db.TakeTurn(MemberTurn.Of(asked.AccountId), cancel);
        var confirmed = await db.Set<ErasureRequest>()
            .Where(r => r.TokenHash == asked.TokenHash && r.DueAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.DueAt, due), cancel);
        if (confirmed == 0)
            return Redirect.To(PathOf(token));
        if (await db.Set<Member>().AnyAsync(m => m.Id == asked.AccountId, cancel))
            db.Add(
                MemberConsent.Of(
                    asked.AccountId,
                    ConsentAct.Erasing,
                    How,
                    "",
                    new MemberChoices(),
                    Throttle.NetworkOf(http.Connection.RemoteIpAddress),
                    now,
                    asked.AskedAt
                )
            );
        await db.SaveChangesAsync(cancel);
        await turn.CommitAsync(cancel);
        return Redirect.To(PathOf(token));
    }

    static async Task<IResult> KeepByLink(string token, HttpContext http, PlatformDb db, CancellationToken cancel)
    {
        PrivateLink.Guard(http);
        var hash = SignInLink.HashOf(token);
        await db.Set<ErasureRequest>().Where(r => r.TokenHash == hash).ExecuteDeleteAsync(cancel);
        return Redirect.To("/").Saying("Everything stays as it is.");
    }

    private static Task<ErasureRequest?> Find(string token, PlatformDb db, CancellationToken cancel)
    {
        var hash = SignInLink.HashOf(token);
        return db.Set<ErasureRequest>().AsNoTracking().SingleOrDefaultAsync(r => r.TokenHash == hash, cancel);
    }
}
