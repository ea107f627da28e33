using Lpsa.Platform;

namespace Lpsa.Admin;

/// <summary>The links in the two mailboxes. Opening one does nothing: mail scanners open links too.</summary>
public static class ConfirmAddress
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/change-address/{token}", Get);
        pages.MapPost("/change-address/{token}", Confirm).RequireRateLimiting(PlatformApp.CautiousLimit);
        pages.MapPost("/change-address/{token}/stop", Stop).RequireRateLimiting(PlatformApp.CautiousLimit);
        pages.MapGet("/change-address/undo/{token}", GetUndo);
        pages.MapPost("/change-address/undo/{token}", Undo).RequireRateLimiting(PlatformApp.CautiousLimit);
    }

    /// <param name="Change">Null: the link is unknown, used or too old.</param>
    public sealed record Model(string Token, AddressChange? Change, bool IsOld);

    public sealed record UndoModel(string Token, bool IsOpen, AddressUndo.Outcome? Outcome);

    static async Task<IResult> Get(string token, HttpContext http, PlatformDb db, CancellationToken cancel)
    {
        PrivateLink.Guard(http);
        return await View(token, db, cancel);
    }

    static async Task<IResult> Confirm(
        string token,
        HttpContext http,
        PlatformDb db,
        AddressChanges changes,
        CancellationToken cancel
    )
    {
        PrivateLink.Guard(http);
        if (!await http.TakeFromNetwork(db, SignInLimits.SecretFromNetwork, cancel))
            return ErrorPage.View(ErrorModel.TooMany, StatusCodes.Status429TooManyRequests);
        if (await AddressChanges.Find(db, token, cancel) is not var (change, _))
            return await View(token, db, cancel);
        // The browser in which the person is signed in may stay so; any other one ends.
        var keep = http.Viewer().AccountId == change.AccountId ? http.Viewer().SessionId : null;
        var network = Throttle.NetworkOf(http.Connection.RemoteIpAddress);
        await changes.Confirm(db, token, keep, network, cancel);
        return await View(token, db, cancel);
    }

    static async Task<IResult> Stop(string token, HttpContext http, PlatformDb db, CancellationToken cancel)
    {
        PrivateLink.Guard(http);
        if (!await http.TakeFromNetwork(db, SignInLimits.SecretFromNetwork, cancel))
            return ErrorPage.View(ErrorModel.TooMany, StatusCodes.Status429TooManyRequests);
        return await AddressChanges.StopByLink(db, token, cancel) == 0
            ? await View(token, db, cancel)
            : Redirect.To("/").Saying("The change is stopped. The address stays as it is.");
    }

    static async Task<IResult> GetUndo(string token, HttpContext http, PlatformDb db, CancellationToken cancel)
    {
        PrivateLink.Guard(http);
        var isOpen = await AddressUndo.IsOpen(db, token, cancel);
        return UndoAddressPage.View(
            new(token, isOpen, null),
            isOpen ? StatusCodes.Status200OK : StatusCodes.Status410Gone
        );
    }

    static async Task<IResult> Undo(
        string token,
        HttpContext http,
        PlatformDb db,
        AddressUndo undo,
        CancellationToken cancel
    )
    {
        PrivateLink.Guard(http);
        if (!await http.TakeFromNetwork(db, SignInLimits.SecretFromNetwork, cancel))
            return ErrorPage.View(ErrorModel.TooMany, StatusCodes.Status429TooManyRequests);
        var outcome = await undo.Run(db, token, cancel);
        return UndoAddressPage.View(
            new(token, false, outcome),
            outcome == AddressUndo.Outcome.Void ? StatusCodes.Status410Gone : StatusCodes.Status200OK
        );
    }

    private static async Task<IResult> View(string token, PlatformDb db, CancellationToken cancel) =>
        await AddressChanges.Find(db, token, cancel) is var (change, isOld)
            ? ConfirmAddressPage.View(new(token, change, isOld))
            : ConfirmAddressPage.View(new(token, null, false), StatusCodes.Status410Gone);
}
