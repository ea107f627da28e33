using System.ComponentModel.DataAnnotations;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Admin;

/// <summary>Setting a password, and doing without again. The link to the mailbox always works besides.</summary>
public static class EditPassword
{
    public const string Path = "/account/password";

    public static void Map(IEndpointRouteBuilder pages)
    {
        var own = pages.MapGroup(Path).RequiresSignIn().RequiresFreshSignIn();
        own.MapGet("", Get);
        own.MapPost("", Set);
        own.MapPost("/remove", Remove);
    }

    public sealed record Model(bool IsSet, string Email, Form<Input> Form);

    public sealed record Input
    {
        [
            Required(ErrorMessage = "Enter a password."),
            StringLength(PasswordRules.Longest, ErrorMessage = "A password has at most 128 characters.")
        ]
        public string Password { get; init; } = "";
    }

    static async Task<IResult> Get(HttpContext http, PlatformDb db, CancellationToken cancel) =>
        EditPasswordPage.View(await Load(http, db, Form<Input>.Empty, cancel));

    static async Task<IResult> Set(
        Form<Input> form,
        HttpContext http,
        PlatformDb db,
        CredentialChange change,
        CancellationToken cancel
    )
    {
        var viewer = http.Viewer();
        var model = await Load(http, db, form, cancel);
        if (form.Value is { } typed && PasswordRules.Fault(typed.Password, model.Email) is { } fault)
            form.With("Password", fault);
        if (form.Value is not { } input)
            return EditPasswordPage.View(model, StatusCodes.Status422UnprocessableEntity);
        var id = viewer.AccountId!.Value;
        if (await db.Set<Password>().SingleOrDefaultAsync(p => p.AccountId == id, cancel) is { } known)
            known.Change(input.Password, db.Now);
        else
            db.Add(Password.Of(id, input.Password, db.Now));
        await change.Save(
            db,
            id,
            viewer.SessionId,
            Sentence.Of("A password was set for your account."),
            http.Texts().Language,
            cancel
        );
        return Redirect.To("/account").Saying("Your password was set. All other devices were signed out.");
    }

    static async Task<IResult> Remove(
        HttpContext http,
        PlatformDb db,
        CredentialChange change,
        CancellationToken cancel
    )
    {
        var viewer = http.Viewer();
        var id = viewer.AccountId!.Value;
        db.RemoveRange(await db.Set<Password>().Where(p => p.AccountId == id).ToListAsync(cancel));
        await change.Save(
            db,
            id,
            viewer.SessionId,
            Sentence.Of("The password of your account was removed."),
            http.Texts().Language,
            cancel
        );
        return Redirect.To("/account").Saying("Your password was removed. You sign in with a link or code.");
    }

    private static async Task<Model> Load(HttpContext http, PlatformDb db, Form<Input> form, CancellationToken cancel)
    {
        var id = http.Viewer().AccountId!.Value;
        return new Model(
            await db.Set<Password>().AnyAsync(p => p.AccountId == id, cancel),
            await db.Set<Lpsa.Platform.Account>().Where(a => a.Id == id).Select(a => a.Email).SingleAsync(cancel),
            form
        );
    }
}
