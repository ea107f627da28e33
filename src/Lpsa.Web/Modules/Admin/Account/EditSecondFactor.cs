using System.ComponentModel.DataAnnotations;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;
using QRCoder;

namespace Lpsa.Admin;

/// <summary>Setting up an authenticator app, new recovery codes, and doing without again.</summary>
public static class EditSecondFactor
{
    private const int PixelsPerModule = 6;

    public static void Map(IEndpointRouteBuilder pages)
    {
        var own = pages.MapGroup(SecondFactor.SetupPath).RequiresSignIn().RequiresFreshSignIn();
        own.MapGet("", Get);
        own.MapPost("", SetUp);
        own.MapPost("/codes", NewCodes);
        own.MapPost("/off", TurnOff);
    }

    /// <param name="Picture">QR code as a <c>data:</c> address; null when the app is set up already.</param>
    /// <param name="Secret">The same secret for typing, in groups of four.</param>
    public sealed record Model(
        bool IsOn,
        bool IsNeeded,
        int CodesLeft,
        string? Picture,
        string Secret,
        Form<Input> Form
    );

    public sealed record Input
    {
        [
            Required(ErrorMessage = "Enter the code that your app shows."),
            StringLength(20, ErrorMessage = "The code has six digits.")
        ]
        public string Code { get; init; } = "";

        /// <summary>The proposed secret, sealed by us.</summary>
        public string Seal { get; init; } = "";
    }

    static async Task<IResult> Get(HttpContext http, PlatformDb db, SecondFactor second, CancellationToken cancel) =>
        EditSecondFactorPage.View(await Load(http, db, second, null, cancel));

    static async Task<IResult> SetUp(
        Form<Input> form,
        HttpContext http,
        PlatformDb db,
        SecondFactor second,
        CredentialChange change,
        CancellationToken cancel
    )
    {
        var viewer = http.Viewer();
        var id = viewer.AccountId!.Value;
        if (form.Value is not { } input)
            return EditSecondFactorPage.View(
                await Load(http, db, second, form, cancel),
                StatusCodes.Status422UnprocessableEntity
            );
        if (!await Throttle.Take(db, SignInLimits.SecondFactorForAccount, id.ToString(), cancel))
            return ErrorPage.View(ErrorModel.TooMany, StatusCodes.Status429TooManyRequests);
        if (
            second.Open(id, input.Seal) is not { } secret
            || await second.SetUp(db, id, secret, input.Code, cancel) is not { } codes
        )
            return EditSecondFactorPage.View(
                await Load(
                    http,
                    db,
                    second,
                    form.With(
                        "Code",
                        "This is not the code that your app shows now. Is the clock of your phone right?"
                    ),
                    cancel
                ),
                StatusCodes.Status422UnprocessableEntity
            );
        await change.Save(
            db,
            id,
            viewer.SessionId,
            Sentence.Of("An authenticator app was set up as the second step of signing in."),
            http.Texts().Language,
            cancel
        );
        await Mark(db, viewer, db.Now, cancel);
        return RecoveryCodesPage.View(codes);
    }

    static async Task<IResult> NewCodes(
        HttpContext http,
        PlatformDb db,
        CredentialChange change,
        CancellationToken cancel
    )
    {
        var viewer = http.Viewer();
        if (!await SecondFactor.IsOn(db, viewer.AccountId!.Value, cancel))
            return Redirect.To(SecondFactor.SetupPath);
        var codes = await SecondFactor.NewRecoveryCodes(db, viewer.AccountId.Value, cancel);
        await change.Save(
            db,
            viewer.AccountId.Value,
            viewer.SessionId,
            Sentence.Of("New recovery codes were made; the old ones no longer work."),
            http.Texts().Language,
            cancel
        );
        return RecoveryCodesPage.View(codes);
    }

    static async Task<IResult> TurnOff(
        HttpContext http,
        PlatformDb db,
        CredentialChange change,
        CancellationToken cancel
    )
    {
        var viewer = http.Viewer();
        await SecondFactor.TurnOff(db, viewer.AccountId!.Value, cancel);
        await change.Save(
            db,
            viewer.AccountId.Value,
            viewer.SessionId,
            Sentence.Of("The second step of signing in was switched off."),
            http.Texts().Language,
            cancel
        );
        await Mark(db, viewer, null, cancel);
        return Redirect.To("/account").Saying("The second step is switched off.");
    }

    /// <summary>This session has shown both factors, or no longer counts as having shown them.</summary>
    private static Task Mark(PlatformDb db, Viewer viewer, DateTime? at, CancellationToken cancel) =>
        db.Set<Session>()
            .Where(s => s.Id == viewer.SessionId)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.TwoFactorsAt, at), cancel);

    private static async Task<Model> Load(
        HttpContext http,
        PlatformDb db,
        SecondFactor second,
        Form<Input>? form,
        CancellationToken cancel
    )
    {
        var id = http.Viewer().AccountId!.Value;
        if (await SecondFactor.IsOn(db, id, cancel))
        {
            var left = await db.Set<RecoveryCode>().CountAsync(c => c.AccountId == id && c.UsedAt == null, cancel);
            return new Model(true, false, left, null, "", Form<Input>.Empty);
        }
        // After a wrong code the same secret is shown again: the app has it already.
        var seal = form?.Text("Seal") ?? "";
        var secret = second.Open(id, seal);
        if (secret is null)
            (secret, seal) = second.Propose(id);
        var email = await db.Set<Lpsa.Platform.Account>()
            .Where(a => a.Id == id)
            .Select(a => a.Email)
            .SingleAsync(cancel);
        var site = http.RequestServices.GetRequiredService<SiteAddress>();
        using var code = QRCodeGenerator.GenerateQrCode(
            Totp.AddressOf(secret, site.Name, email),
            QRCodeGenerator.ECCLevel.M
        );
        using var picture = new PngByteQRCode(code);
        return new Model(
            false,
            http.Viewer().NeedsSecondFactor,
            0,
            "data:image/png;base64," + Convert.ToBase64String(picture.GetGraphic(PixelsPerModule)),
            string.Join(' ', Totp.Base32(secret).Chunk(4).Select(four => new string(four))),
            Resealed(form, seal)
        );
    }

    private static Form<Input> Resealed(Form<Input>? form, string seal)
    {
        var filled = Form<Input>.Of(new Input { Seal = seal });
        foreach (var error in form?.Errors ?? [])
            filled.With(error.Field, error.Message);
        return filled;
    }
}
