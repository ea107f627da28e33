using System.ComponentModel.DataAnnotations;
using Lpsa.Platform;

namespace Lpsa.Admin;

/// <summary>
/// Asking for a link and a code by mail. The answer is the same, and takes the same time, for known and unknown addresses: the
/// look-up happens in a job, so nobody can find out who has an account.
/// </summary>
public static class AskForLink
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/sign-in", Get);
        pages.MapPost("/sign-in", Post).RequireRateLimiting(PlatformApp.CautiousLimit);
    }

    public sealed record Input
    {
        [
            Required(ErrorMessage = "Enter your e-mail address."),
            StringLength(254, ErrorMessage = "An e-mail address has at most 254 characters."),
            EmailAddress(ErrorMessage = "Enter an e-mail address such as name@example.org.")
        ]
        public string Email { get; init; } = "";
        public string? Back { get; init; }
    }

    public sealed record Model(Form<Input> Form, IReadOnlyList<ExternalService> Services);

    /// <param name="again">Somebody signed in long ago wants to change something sensitive.</param>
    static IResult Get(string? back, bool? again, HttpContext http, ExternalSignIn external) =>
        http.Viewer().IsKnown && again != true
            ? Redirect.To(LocalPath.Of(back))
            : AskForLinkPage.View(new(Form<Input>.Of(new Input { Back = LocalPath.Of(back) }), external.Services));

    static async Task<IResult> Post(
        Form<Input> form,
        HttpContext http,
        PlatformDb db,
        JobQueue jobs,
        ExternalSignIn external,
        CancellationToken cancel
    )
    {
        if (form.Value is not { } input)
            return AskForLinkPage.View(new(form, external.Services), StatusCodes.Status422UnprocessableEntity);
        if (!await http.TakeFromNetwork(db, SignInLimits.AskFromNetwork, cancel))
            return ErrorPage.View(ErrorModel.TooMany, StatusCodes.Status429TooManyRequests);
        var back = LocalPath.Of(input.Back);
        var browser = SignInCode.HashOfBrowser(AskingBrowser.Begin(http, back));
        // Beyond the limit of the address nothing is sent and nothing is said: a stranger who floods a mailbox is not
        // to learn whether it has an account, and its owner has messages enough.
        if (await Throttle.Take(db, SignInLimits.AskForAddress, Lpsa.Platform.Account.KeyOf(input.Email), cancel))
        {
            var request = new SignInRequest(input.Email, back, http.Texts().Language.Code, browser);
            jobs.Add(db, SendSignInLink.Job, request);
            await db.SaveChangesAsync(cancel);
        }
        return Redirect.To("/sign-in/sent");
    }
}
