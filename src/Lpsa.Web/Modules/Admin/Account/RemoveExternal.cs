using System.ComponentModel.DataAnnotations;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Admin;

/// <summary>Taking the connection with another service away.</summary>
public static class RemoveExternal
{
    public static void Map(IEndpointRouteBuilder pages) =>
        pages.MapPost("/account/external/remove", Post).RequiresSignIn().RequiresFreshSignIn();

    public sealed record Input
    {
        [Required]
        public string Service { get; init; } = "";
    }

    static async Task<IResult> Post(
        Form<Input> form,
        HttpContext http,
        PlatformDb db,
        CredentialChange change,
        CancellationToken cancel
    )
    {
        var viewer = http.Viewer();
        var (id, service) = (viewer.AccountId!.Value, form.Value?.Service);
        var found = await db.Set<ExternalLogin>()
            .Where(l => l.AccountId == id && l.Service == service)
            .ToListAsync(cancel);
        if (found.Count == 0)
            return Results.NotFound();
        db.RemoveRange(found);
        await change.Save(
            db,
            id,
            viewer.SessionId,
            Sentence.Of("A service was disconnected from your account."),
            http.Texts().Language,
            cancel
        );
        return Redirect.To("/account").Saying("The service is disconnected.");
    }
}
