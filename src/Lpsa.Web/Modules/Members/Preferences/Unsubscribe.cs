using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Members;

/// <summary>
/// The way out: the first click opens the page, the second leaves. A mail program may do it in one POST (RFC 8058).
/// Opening the link changes nothing, because scanners open links too.
/// </summary>
public static class Unsubscribe
{
    internal const string How = "unsubscribe page";
    internal const string HowByProgram = "one-click unsubscribe";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/unsubscribe/{token}", Get);
        pages.MapPost("/unsubscribe/{token}", Post).WithMetadata(new AnyOrigin());
    }

    public static string PathOf(string token, string? channel = null) =>
        "/unsubscribe/" + token + (channel is null ? "" : "?channel=" + channel);

    /// <param name="Channel">What the message came by; null: membership as a whole.</param>
    public sealed record Model(string Token, string Email, Channel? Channel, bool IsDone);

    static async Task<IResult> Get(
        string token,
        string? channel,
        HttpContext http,
        PlatformDb db,
        MemberSecrets secrets,
        CancellationToken cancel
    )
    {
        PrivateLink.Guard(http);
        if (await secrets.Open(db, token, cancel) is not { } member)
            return LinkGonePage.View(new(), StatusCodes.Status404NotFound);
        var email = await db.Set<Account>().Where(a => a.Id == member.Id).Select(a => a.Email).SingleAsync(cancel);
        return UnsubscribePage.View(new(token, email, Channel.Of(channel ?? ""), false));
    }

    static async Task<IResult> Post(
        string token,
        string? channel,
        HttpContext http,
        PlatformDb db,
        MemberSecrets secrets,
        CancellationToken cancel
    )
    {
        PrivateLink.Guard(http);
        // The same answer twice: programs repeat the call, and a second click must not be an error.
        var isProgram =
            http.Request.HasFormContentType
            && (await http.Request.ReadFormAsync(cancel))["List-Unsubscribe"] == "One-Click";
        await using var turn = await db.TakeTurn(MemberTurn.Of(token), cancel);
        if (await secrets.Open(db, token, cancel) is not { } member)
            return isProgram ? Results.NotFound() : LinkGonePage.View(new(), StatusCodes.Status404NotFound);
        var account = await db.Set<Account>().AsNoTracking().SingleAsync(a => a.Id == member.Id, cancel);
        var left = Channel.Of(channel ?? "");
        await End(
            db,
            member,
            left,
            isProgram ? HowByProgram : How,
            await secrets.HashOf(db, account.Email, cancel),
            http,
            cancel
        );
        await db.SaveChangesAsync(cancel);
        await turn.CommitAsync(cancel);
        return isProgram ? Results.Ok() : UnsubscribePage.View(new(token, account.Email, left, true));
    }

    private static async Task End(
        PlatformDb db,
        Member member,
        Channel? channel,
        string how,
        string addressHash,
        HttpContext http,
        CancellationToken cancel
    )
    {
        var now = db.Now;
        if (channel is null)
            member.Leave(now);
        else
            channel.Set(member, Frequency.Never);
        await Suppressions.Add(
            db,
            Suppression.Of(addressHash, channel?.Code ?? Suppression.Bulk, SuppressionReason.Unsubscribed, how, now),
            cancel
        );
        db.Add(
            MemberConsent.Of(
                member.Id,
                ConsentAct.Left,
                how,
                "",
                new MemberChoices { Channels = Channel.All.ToDictionary(c => c.Code, c => c.Get(member)) },
                Throttle.NetworkOf(http.Connection.RemoteIpAddress),
                now
            )
        );
    }
}
