using System.ComponentModel.DataAnnotations;
using Lpsa.Platform;

namespace Lpsa.Admin;

/// <summary>
/// The page after asking: type the code from the mail into the browser that asked. Whether there is an account shows
/// nowhere: without one every code is simply wrong.
/// </summary>
public static class EnterCode
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/sign-in/sent", PageResult () => EnterCodePage.View(Form<Input>.Empty));
        pages.MapPost("/sign-in/code", Post).RequireRateLimiting(PlatformApp.CautiousLimit);
    }

    public sealed record Input
    {
        [
            Required(ErrorMessage = "Enter the code from the message."),
            StringLength(40, ErrorMessage = "The code has eight letters and digits.")
        ]
        public string Code { get; init; } = "";
    }

    static async Task<IResult> Post(Form<Input> form, HttpContext http, PlatformDb db, CancellationToken cancel)
    {
        if (form.Value is not { } input)
            return EnterCodePage.View(form, StatusCodes.Status422UnprocessableEntity);
        if (!await http.TakeFromNetwork(db, SignInLimits.SecretFromNetwork, cancel))
            return ErrorPage.View(ErrorModel.TooMany, StatusCodes.Status429TooManyRequests);
        var (secret, back) = AskingBrowser.Read(http);
        if (await SignInCode.Redeem(db, secret, input.Code, cancel) is not { } account)
            return EnterCodePage.View(
                form.With(
                    "Code",
                    "This code is wrong, used or too old. It works only in the browser that asked for it, and ends after five wrong tries."
                ),
                StatusCodes.Status422UnprocessableEntity
            );
        AskingBrowser.Forget(http);
        return await Lpsa.Platform.SignIn.Enter(http, db, account, SignInProof.Mailbox, back, cancel);
    }
}
