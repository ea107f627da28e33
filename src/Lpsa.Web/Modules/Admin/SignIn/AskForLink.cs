using System.ComponentModel.DataAnnotations;
using Lpsa.Platform;

namespace Lpsa.Admin;

/// <summary>
/// Asking for a link by mail. The answer is the same, and takes the same time, for known and unknown addresses: the
/// look-up happens in a job, so nobody can find out who has an account.
/// </summary>
public static class AskForLink
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/sign-in", Get);
        pages.MapPost("/sign-in", Post).RequireRateLimiting(PlatformApp.CautiousLimit);
        pages.MapGet("/sign-in/sent", () => LinkSentPage.View(new LinkSent()));
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

    public sealed record LinkSent;

    static IResult Get(string? back, HttpContext http) =>
        http.Viewer().IsKnown
            ? Redirect.To(LocalPath.Of(back))
            : AskForLinkPage.View(Form<Input>.Of(new Input { Back = LocalPath.Of(back) }));

    static async Task<IResult> Post(
        Form<Input> form,
        HttpContext http,
        PlatformDb db,
        JobQueue jobs,
        CancellationToken cancel
    )
    {
        if (form.Value is not { } input)
            return AskForLinkPage.View(form, StatusCodes.Status422UnprocessableEntity);
        var request = new SignInRequest(input.Email, LocalPath.Of(input.Back), http.Texts().Language.Code);
        jobs.Add(db, SendSignInLink.Job, request);
        await db.SaveChangesAsync(cancel);
        return Redirect.To("/sign-in/sent");
    }
}
