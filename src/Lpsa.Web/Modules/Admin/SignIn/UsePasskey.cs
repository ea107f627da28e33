using System.ComponentModel.DataAnnotations;
using Lpsa.Platform;

namespace Lpsa.Admin;

/// <summary>Signing in with a passkey. Script asks the browser for it and sends the form.</summary>
public static class UsePasskey
{
    public const string Path = "/sign-in/passkey";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapPost(Path + "/options", Ask).RequireRateLimiting(PlatformApp.CautiousLimit);
        pages.MapPost(Path, Post).RequireRateLimiting(PlatformApp.CautiousLimit);
    }

    public sealed record Input
    {
        /// <summary>PublicKeyCredential as JSON (WebAuthn level 3, 5.1).</summary>
        [Required, StringLength(20_000)]
        public string Credential { get; init; } = "";
        public string? Back { get; init; }
    }

    static async Task<IResult> Ask(HttpContext http, Passkeys passkeys) =>
        TextResult.Of(await passkeys.Ask(http), "application/json; charset=utf-8");

    static async Task<IResult> Post(
        Form<Input> form,
        HttpContext http,
        PlatformDb db,
        Passkeys passkeys,
        CancellationToken cancel
    )
    {
        if (!await http.TakeFromNetwork(db, SignInLimits.SecretFromNetwork, cancel))
            return ErrorPage.View(ErrorModel.TooMany, StatusCodes.Status429TooManyRequests);
        if (form.Value is not { } input || await passkeys.Check(http, input.Credential, cancel) is not { } account)
            return Redirect
                .To("/sign-in")
                .Saying("The passkey was not accepted. Try again, or have a link sent to your mailbox.");
        return await Lpsa.Platform.SignIn.Enter(
            http,
            db,
            account,
            SignInProof.Passkey,
            LocalPath.Of(input.Back),
            cancel
        );
    }
}
