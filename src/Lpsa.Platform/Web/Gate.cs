using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Lpsa.Platform;

/// <summary>
/// Stands before every endpoint: permissions, and forms only from our own pages. Signed-in people prove that with an
/// antiforgery token; anonymous forms sit on cached pages, which cannot carry one, and are judged by what the browser
/// says of where the form came from.
/// </summary>
internal static class Gate
{
    public static void UseGate(this IApplicationBuilder app, SiteAddress site) =>
        app.Use(
            async (http, next) =>
            {
                var endpoint = http.GetEndpoint();
                if (
                    endpoint?.Metadata.GetMetadata<RequiredPermission>() is { } required
                        && !IsGiven(http.Viewer(), required)
                    || endpoint?.Metadata.GetMetadata<RequiredSignIn>() is not null && !http.Viewer().IsKnown
                )
                {
                    await Refuse(http);
                    return;
                }
                if (
                    endpoint?.Metadata.GetMetadata<RequiredFreshSignIn>() is not null
                    && (!IsFresh(http) || http.Viewer().MustUsePasskey)
                )
                {
                    await Redirect
                        .To("/sign-in?again=true&back=" + Uri.EscapeDataString(Wanted(http)))
                        .Saying(
                            "This needs a sign-in of the last ten minutes. Nothing was changed; sign in and do it again."
                        )
                        .ExecuteAsync(http);
                    return;
                }
                if (ChangesState(http.Request) && await RequestShape.Fault(http) is { } status)
                {
                    await ErrorPage.View(ErrorModel.BadRequest, status).ExecuteAsync(http);
                    return;
                }
                if (
                    ChangesState(http.Request)
                    && endpoint?.Metadata.GetMetadata<AnyOrigin>() is null
                    && !await IsOurForm(http, site)
                )
                {
                    await ErrorPage.View(ErrorModel.WrongOrigin, StatusCodes.Status403Forbidden).ExecuteAsync(http);
                    return;
                }
                await next(http);
            }
        );

    private static bool IsGiven(Viewer viewer, RequiredPermission required) =>
        required.Somewhere ? !viewer.ReachOf(required.Permission).IsNothing : viewer.May(required.Permission);

    private static Task Refuse(HttpContext http)
    {
        if (http.Viewer().NeedsSecondFactor)
            return Redirect.To(SecondFactor.SetupPath).ExecuteAsync(http);
        if (http.Viewer().IsKnown)
            return ErrorPage.View(ErrorModel.NotAllowed, StatusCodes.Status403Forbidden).ExecuteAsync(http);
        return Redirect.To("/sign-in?back=" + Uri.EscapeDataString(Wanted(http))).ExecuteAsync(http);
    }

    private static string Wanted(HttpContext http) =>
        HttpMethods.IsGet(http.Request.Method) ? http.Request.Path + http.Request.QueryString
        : http.Viewer().IsKnown ? FormPage(http) ?? "/account"
        : "/";

    /// <summary>The page of ours on which the form stood; null when the browser does not say.</summary>
    private static string? FormPage(HttpContext http) =>
        Uri.TryCreate(http.Request.Headers.Referer.ToString(), UriKind.Absolute, out var from)
        && from.Authority == http.Request.Host.Value
            ? from.PathAndQuery
            : null;

    private static bool IsFresh(HttpContext http) =>
        http.Viewer().SignedInAt + RequiredFreshSignIn.Lifetime
        > http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime;

    private static bool ChangesState(HttpRequest request) =>
        !HttpMethods.IsGet(request.Method)
        && !HttpMethods.IsHead(request.Method)
        && !HttpMethods.IsOptions(request.Method);

    private static async Task<bool> IsOurForm(HttpContext http, SiteAddress site) =>
        ComesFromHere(http.Request, site)
        && (
            !http.Viewer().IsKnown
            || await http.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(http)
        );

    internal static bool ComesFromHere(HttpRequest request, SiteAddress site)
    {
        if (request.Headers.TryGetValue("Sec-Fetch-Site", out var fetch))
            return fetch == "same-origin" || fetch == "none";
        if (!request.Headers.TryGetValue("Origin", out var origin))
            return true;
        return Uri.TryCreate(origin, UriKind.Absolute, out var from)
            && (from.Authority == request.Host.Value || from.Authority == site.Origin.Authority);
    }
}

/// <summary>Marks an endpoint that other systems post to, such as one-click unsubscribe.</summary>
public sealed record AnyOrigin;
