using System.ComponentModel.DataAnnotations;
using Lpsa.Platform;

namespace Lpsa.Admin;

/// <summary>The second step of signing in. Until it is done the person is a stranger to every other page.</summary>
public static class EnterSecondFactor
{
    public const string Path = "/sign-in/second-factor";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Path, Get);
        pages.MapPost(Path, Post).RequireRateLimiting(PlatformApp.CautiousLimit);
    }

    public sealed record Input
    {
        [
            Required(ErrorMessage = "Enter the code of your app, or a recovery code."),
            StringLength(40, ErrorMessage = "This is too long for a code.")
        ]
        public string Code { get; init; } = "";
    }

    static async Task<IResult> Get(HttpContext http, PlatformDb db, CancellationToken cancel) =>
        await HalfSession.IsOpen(http, db, cancel)
            ? EnterSecondFactorPage.View(Form<Input>.Empty)
            : Redirect.To("/sign-in");

    static async Task<IResult> Post(
        Form<Input> form,
        HttpContext http,
        PlatformDb db,
        SecondFactor second,
        CancellationToken cancel
    )
    {
        if (form.Value is not { } input)
            return EnterSecondFactorPage.View(form, StatusCodes.Status422UnprocessableEntity);
        if (!await http.TakeFromNetwork(db, SignInLimits.SecretFromNetwork, cancel))
            return ErrorPage.View(ErrorModel.TooMany, StatusCodes.Status429TooManyRequests);
        if (await HalfSession.Try(http, db, cancel) is not { } half)
            return BeginAgain();
        if (!await Throttle.Take(db, SignInLimits.SecondFactorForAccount, half.AccountId.ToString(), cancel))
            return ErrorPage.View(ErrorModel.TooMany, StatusCodes.Status429TooManyRequests);
        if (!await second.Use(db, half.AccountId, input.Code, cancel))
            return EnterSecondFactorPage.View(
                form.With("Code", "This code is wrong, or was used before. Wait for the next one of your app."),
                StatusCodes.Status422UnprocessableEntity
            );
        return await half.Complete(http, db, cancel)
            ? Redirect.To(LocalPath.Of(half.Back)).Saying("You are signed in.")
            : BeginAgain();
    }

    private static RedirectTo BeginAgain() =>
        Redirect.To("/sign-in").Saying("It took too long, or there were too many wrong codes. Please begin again.");
}
