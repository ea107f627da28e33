using Lpsa.Platform;

namespace Lpsa.Admin;

/// <summary>Signing in with a link that works once. Opening the link does nothing: mail scanners open links too.</summary>
public static class ShowSignIn
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/sign-in/link/{token}", (string token) => ConfirmSignInPage.View(new(token, false)));
        pages.MapPost("/sign-in/link/{token}", Redeem).RequireRateLimiting(PlatformApp.CautiousLimit);
        pages.MapPost("/sign-out", SignOut);
    }

    public sealed record ConfirmModel(string Token, bool Failed);

    static async Task<IResult> Redeem(string token, HttpContext http, PlatformDb db, CancellationToken cancel)
    {
        if (await SignIn.Redeem(db, token, cancel) is not { } account)
            return ConfirmSignInPage.View(new(token, true), StatusCodes.Status410Gone);
        await SignIn.Start(http, db, account, cancel);
        return Redirect.To("/").Saying("You are signed in.");
    }

    static async Task<IResult> SignOut(HttpContext http, PlatformDb db, CancellationToken cancel)
    {
        await SignIn.End(http, db, cancel);
        return Redirect.To("/").Saying("You are signed out.");
    }
}
