using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Admin;

/// <summary>
/// Another address for somebody who cannot read the old mailbox any more. An administrator only begins it: the new
/// mailbox must confirm, and the old one gets a message and a week in which it can stop it.
/// </summary>
public static class MoveUser
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        var user = pages
            .MapGroup("/admin/users/{id:guid}/address")
            .Requires(AdminPermissions.Accounts)
            .RequiresFreshSignIn();
        user.MapPost("", Begin);
        user.MapPost("/stop", Stop);
    }

    static async Task<IResult> Begin(
        Guid id,
        Form<AddressInput> form,
        HttpContext http,
        PlatformDb db,
        AddressChanges changes,
        CancellationToken cancel
    )
    {
        var account = await db.Set<Platform.Account>()
            .SingleOrDefaultAsync(a => a.Id == id && a.ClosedAt == null, cancel);
        if (account is null)
            return Results.NotFound();
        var back = Redirect.To("/admin/users/" + id);
        if (id == http.Viewer().AccountId)
            return Redirect.To(ChangeAddress.Path);
        if (form.Value is not { } input)
            return back.Saying(form.Errors[0].Message);
        return await changes.Ask(db, account, input.Email, http.Texts().Language, byStaff: true, cancel)
            ? back.Saying("Both addresses get a message. The change holds in a week, if the new mailbox confirms it.")
            : ErrorPage.View(ErrorModel.TooMany, StatusCodes.Status429TooManyRequests);
    }

    static async Task<IResult> Stop(Guid id, PlatformDb db, CancellationToken cancel) =>
        await AddressChanges.Stop(db, id, cancel) == 0
            ? Results.NotFound()
            : Redirect.To("/admin/users/" + id).Saying("The change is stopped. The address stays as it is.");
}
