using System.ComponentModel.DataAnnotations;
using Lpsa.Platform;

namespace Lpsa.Admin;

/// <summary>
/// Signing in with a password, for those who set one. A wrong password, an unknown address and an account without a
/// password get the same answer after the same work.
/// </summary>
public static class EnterPassword
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/sign-in/password", Get);
        pages.MapPost("/sign-in/password", Post).RequireRateLimiting(PlatformApp.CautiousLimit);
    }

    public sealed record Input
    {
        [Required(ErrorMessage = "Enter your e-mail address."), StringLength(254)]
        public string Email { get; init; } = "";

        [Required(ErrorMessage = "Enter your password."), StringLength(PasswordRules.Longest)]
        public string Password { get; init; } = "";
        public string? Back { get; init; }
    }

    static IResult Get(string? back) => EnterPasswordPage.View(Form<Input>.Of(new Input { Back = LocalPath.Of(back) }));

    static async Task<IResult> Post(Form<Input> form, HttpContext http, PlatformDb db, CancellationToken cancel)
    {
        if (form.Value is not { } input)
            return EnterPasswordPage.View(form, StatusCodes.Status422UnprocessableEntity);
        if (
            !await http.TakeFromNetwork(db, SignInLimits.SecretFromNetwork, cancel)
            || !await Throttle.Take(
                db,
                SignInLimits.PasswordForAddress,
                Lpsa.Platform.Account.KeyOf(input.Email),
                cancel
            )
        )
            return ErrorPage.View(ErrorModel.TooMany, StatusCodes.Status429TooManyRequests);
        if (await Password.Check(db, input.Email, input.Password, cancel) is not { } account)
            return EnterPasswordPage.View(
                form.With("Password", "Address or password are wrong. You can always have a link sent instead."),
                StatusCodes.Status422UnprocessableEntity
            );
        return await Lpsa.Platform.SignIn.Enter(
            http,
            db,
            account,
            SignInProof.Password,
            LocalPath.Of(input.Back),
            cancel
        );
    }
}
