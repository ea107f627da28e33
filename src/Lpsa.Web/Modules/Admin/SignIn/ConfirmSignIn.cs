using Lpsa.Platform;

namespace Lpsa.Admin;

/// <summary>Signing in with a link that works once. Opening the link does nothing: mail scanners open links too.</summary>
public static class ConfirmSignIn
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/sign-in/link/{token}", PageResult () => ConfirmSignInPage.View(new(false)));
        pages.MapPost("/sign-in/link/{token}", Redeem).RequireRateLimiting(PlatformApp.CautiousLimit);
        pages.MapPost("/sign-out", SignOut);
    }

    public sealed record Model(bool Failed);

    static async Task<IResult> Redeem(
        string token,
        string? back,
        HttpContext http,
        PlatformDb db,
        CancellationToken cancel
    )
    {
        if (!await http.TakeFromNetwork(db, SignInLimits.SecretFromNetwork, cancel))
            return ErrorPage.View(ErrorModel.TooMany, StatusCodes.Status429TooManyRequests);
        if (await Lpsa.Platform.SignIn.Redeem(db, token, cancel) is not { } account)
            return ConfirmSignInPage.View(new(true), StatusCodes.Status410Gone);
        return await Lpsa.Platform.SignIn.Enter(http, db, account, SignInProof.Mailbox, LocalPath.Of(back), cancel);
    }

    static async Task<IResult> SignOut(HttpContext http, PlatformDb db, CancellationToken cancel)
    {
        await Lpsa.Platform.SignIn.End(http, db, cancel);
        return Redirect.To("/").Saying("You are signed out.");
    }
}
