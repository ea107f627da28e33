using System.ComponentModel.DataAnnotations;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Admin;

/// <summary>
/// Another e-mail address for the own account: asked for by somebody who has just signed in, confirmed in both mailboxes.
/// The answer is the same whether or not the new address has an account.
/// </summary>
public static class ChangeAddress
{
    public const string Path = "/account/address";

    public static void Map(IEndpointRouteBuilder pages)
    {
        var own = pages.MapGroup(Path).RequiresSignIn().RequiresFreshSignIn();
        own.MapGet("", Get);
        own.MapPost("", Ask);
        own.MapPost("/stop", Stop);
    }

    /// <param name="Pending">What is under way; null: nothing.</param>
    public sealed record Model(string Email, AddressChange? Pending, Form<AddressInput> Form);

    static async Task<IResult> Get(HttpContext http, PlatformDb db, CancellationToken cancel) =>
        ChangeAddressPage.View(await Load(http, db, Form<AddressInput>.Empty, cancel));

    static async Task<IResult> Ask(
        Form<AddressInput> form,
        HttpContext http,
        PlatformDb db,
        AddressChanges changes,
        CancellationToken cancel
    )
    {
        var account = await db.Set<Platform.Account>().SingleAsync(a => a.Id == http.Viewer().AccountId, cancel);
        if (form.Value is { } typed && Platform.Account.KeyOf(typed.Email) == account.EmailKey)
            form.With(nameof(AddressInput.Email), "This is the address of the account already.");
        if (form.Value is not { } input)
            return ChangeAddressPage.View(await Load(http, db, form, cancel), StatusCodes.Status422UnprocessableEntity);
        return
            await http.TakeFromNetwork(db, SignInLimits.AskFromNetwork, cancel)
            && await changes.Ask(db, account, input.Email, http.Texts().Language, byStaff: false, cancel)
            ? Redirect.To(Path).Saying("We sent a message to both addresses. Nothing changes before both confirm it.")
            : ErrorPage.View(ErrorModel.TooMany, StatusCodes.Status429TooManyRequests);
    }

    static async Task<IResult> Stop(Viewer viewer, PlatformDb db, CancellationToken cancel)
    {
        await AddressChanges.Stop(db, viewer.AccountId!.Value, cancel);
        return Redirect.To(Path).Saying("The change is stopped. Your address stays as it is.");
    }

    private static async Task<Model> Load(
        HttpContext http,
        PlatformDb db,
        Form<AddressInput> form,
        CancellationToken cancel
    )
    {
        var id = http.Viewer().AccountId;
        return new Model(
            await db.Set<Platform.Account>().Where(a => a.Id == id).Select(a => a.Email).SingleAsync(cancel),
            await AddressChanges.Pending(db, id, cancel),
            form
        );
    }
}

/// <summary>A new address as typed, by its owner or by an administrator.</summary>
public sealed record AddressInput : IValidatableObject
{
    [
        Required(ErrorMessage = "Enter an e-mail address such as name@example.org."),
        StringLength(254, ErrorMessage = "An e-mail address has at most 254 characters.")
    ]
    public string Email { get; init; } = "";

    public IEnumerable<ValidationResult> Validate(ValidationContext context)
    {
        if (Email.Length > 0 && !MailAddress.TryParse(Email, "", out _, out var problem))
            yield return new ValidationResult(problem, [nameof(Email)]);
    }
}
