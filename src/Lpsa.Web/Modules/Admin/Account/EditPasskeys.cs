using System.ComponentModel.DataAnnotations;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Admin;

/// <summary>A person's passkeys: adding one on this device, taking one away.</summary>
public static class EditPasskeys
{
    public const string Path = "/account/passkeys";

    public static void Map(IEndpointRouteBuilder pages)
    {
        var own = pages.MapGroup(Path).RequiresSignIn().RequiresFreshSignIn();
        own.MapGet("", Get);
        own.MapPost("/options", Offer);
        own.MapPost("", Add);
        own.MapPost("/remove", Remove);
    }

    public sealed record Row(string Id, string Name, DateTime CreatedAt, DateTime? UsedAt);

    public sealed record Model(bool AreOffered, IReadOnlyList<Row> Rows);

    public sealed record AddInput
    {
        /// <summary>PublicKeyCredential as JSON (WebAuthn level 3, 5.1).</summary>
        [Required, StringLength(100_000)]
        public string Credential { get; init; } = "";
    }

    public sealed record RemoveInput
    {
        [Required]
        public string Id { get; init; } = "";
    }

    static async Task<IResult> Get(HttpContext http, PlatformDb db, SiteAddress site, CancellationToken cancel)
    {
        var id = http.Viewer().AccountId;
        var rows = await db.Set<Passkey>()
            .Where(p => p.AccountId == id)
            .OrderBy(p => p.CreatedAt)
            .Select(p => new Row(p.CredentialId, p.Name, p.CreatedAt, p.UsedAt))
            .ToListAsync(cancel);
        return EditPasskeysPage.View(new Model(Passkeys.AreOfferedAt(site), rows));
    }

    static async Task<IResult> Offer(HttpContext http, PlatformDb db, Passkeys passkeys, CancellationToken cancel)
    {
        var id = http.Viewer().AccountId;
        var account = await db.Set<Lpsa.Platform.Account>().SingleAsync(a => a.Id == id, cancel);
        return TextResult.Of(await passkeys.OfferNew(http, account), "application/json; charset=utf-8");
    }

    static async Task<IResult> Add(
        Form<AddInput> form,
        HttpContext http,
        PlatformDb db,
        Passkeys passkeys,
        CredentialChange change,
        CancellationToken cancel
    )
    {
        var viewer = http.Viewer();
        var id = viewer.AccountId!.Value;
        var name = Devices.NameOf(http.Request.Headers.UserAgent.ToString());
        if (form.Value is not { } input || !await passkeys.Register(http, id, input.Credential, name, cancel))
            return Redirect.To(Path).Saying("The passkey could not be added. Try again.");
        await change.Save(
            db,
            id,
            viewer.SessionId,
            Sentence.Of("A passkey was added to your account."),
            http.Texts().Language,
            cancel
        );
        // The device has just made sure of its owner: that is the second factor.
        var now = db.Now;
        await db.Set<Session>()
            .Where(s => s.Id == viewer.SessionId)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.TwoFactorsAt, now), cancel);
        return Redirect.To(Path).Saying("The passkey was added. All other devices were signed out.");
    }

    static async Task<IResult> Remove(
        Form<RemoveInput> form,
        HttpContext http,
        PlatformDb db,
        CredentialChange change,
        CancellationToken cancel
    )
    {
        var viewer = http.Viewer();
        var (id, credential) = (viewer.AccountId!.Value, form.Value?.Id);
        // The account stands in the condition: another person's passkey and one that does not exist are the same.
        var found = await db.Set<Passkey>()
            .SingleOrDefaultAsync(p => p.AccountId == id && p.CredentialId == credential, cancel);
        if (found is null)
            return Results.NotFound();
        db.Remove(found);
        await change.Save(
            db,
            id,
            viewer.SessionId,
            Sentence.Of("A passkey of your account was removed."),
            http.Texts().Language,
            cancel
        );
        return Redirect.To(Path).Saying("The passkey was removed.");
    }
}
