using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Lpsa.Platform;

/// <summary>
/// HEAD is answered as GET is; the server itself leaves out the body. Without this every page answers 404 to link
/// checkers and monitors, because a route for GET does not match HEAD.
/// </summary>
internal static class HeadRequests
{
    public static void UseHead(this IApplicationBuilder app) =>
        app.Use(
            (http, next) =>
            {
                if (HttpMethods.IsHead(http.Request.Method))
                    http.Request.Method = HttpMethods.Get;
                return next(http);
            }
        );
}
