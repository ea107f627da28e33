using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Lpsa.Platform;

/// <summary>Headers of every response, whatever answers it.</summary>
internal static class SecurityHeaders
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
        + "manifest-src 'self'; form-action 'self'; base-uri 'none'; ";

    private const string OwnPages = Policy + "frame-ancestors 'none'";
    private const string Embeds = Policy + "frame-ancestors *";

    public static void UseSecurityHeaders(this IApplicationBuilder app, SiteAddress site)
    {
        app.Use(
            (http, next) =>
            {
                // Written last: the error page starts from a cleared response and would lose them.
                http.Response.OnStarting(Write, http);
                return next(http);
            }
        );

        Task Write(object state)
        {
            var http = (HttpContext)state;
            var headers = http.Response.Headers;
            // A file that somebody uploaded brings a stricter one.
            if (headers.ContentSecurityPolicy.Count == 0)
                headers.ContentSecurityPolicy = http.Request.Path.StartsWithSegments("/embed") ? Embeds : OwnPages;
            if (IsOpenData(http.Request.Path))
                headers.AccessControlAllowOrigin = "*";
            headers.XContentTypeOptions = "nosniff";
            // A page whose address is a secret says no-referrer itself.
            if (!headers.ContainsKey("Referrer-Policy"))
                headers["Referrer-Policy"] = "strict-origin-when-cross-origin";
            headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), browsing-topics=()";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            if (site.Origin.Scheme == "https")
                headers.StrictTransportSecurity = "max-age=31536000; includeSubDomains";
            return Task.CompletedTask;
        }
    }

    /// <summary>What scripts of other sites may read. A star never lets them read with the visitor's cookies.</summary>
    private static bool IsOpenData(PathString path) =>
        path.StartsWithSegments("/api")
        || path.Value!.EndsWith(".csv", StringComparison.Ordinal)
        || path.Value.EndsWith(".json", StringComparison.Ordinal);
}
