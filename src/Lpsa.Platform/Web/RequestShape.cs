using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Lpsa.Platform;

/// <summary>Requests that no page and no form of ours brings about are refused before anything works on them.</summary>
internal static class RequestShape
{
    /// <summary>Largest body from people without a permission; the longest form has a few thousand characters.</summary>
    private const long LargestForm = 1024 * 1024;

    public static void UseRequestShape(this IApplicationBuilder app, SiteAddress site) =>
        app.Use(
            (http, next) =>
            {
                // Each further name would be kept in the page cache by itself, and a stranger can make up many.
                if (!IsOurs(http.Request, site))
                    return Refuse(http, StatusCodes.Status421MisdirectedRequest);
                // PostgreSQL takes no NUL in a text, and nobody types one.
                if (http.Request.QueryString.Value!.Contains("%00", StringComparison.Ordinal))
                    return Refuse(http, StatusCodes.Status400BadRequest);
                return next(http);
            }
        );

    /// <summary>Reads the form that a request carries, if any. Null when it can be read, otherwise the status to refuse with.</summary>
    public static async Task<int?> Fault(HttpContext http)
    {
        if (
            http.GetEndpoint()?.Metadata.GetMetadata<RequiredPermission>() is null
            && http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit
        )
            limit.MaxRequestBodySize = LargestForm;
        if (!http.Request.HasFormContentType)
            return null;
        try
        {
            await http.Request.ReadFormAsync(http.RequestAborted);
            return null;
        }
        catch (BadHttpRequestException bad)
        {
            return bad.StatusCode;
        }
        // No boundary, a cut-off part, NUL, too many fields, an encoding that nobody should use any more.
        catch (Exception unreadable)
            when (unreadable is InvalidDataException or IOException or ArgumentException or NotSupportedException)
        {
            return StatusCodes.Status400BadRequest;
        }
    }

    private static bool IsOurs(HttpRequest request, SiteAddress site)
    {
        var host = request.Host.Host;
        return host.Equals(site.Origin.Host, StringComparison.OrdinalIgnoreCase)
            // A proxy, a monitor or a developer on the same machine; no link is built from it.
            || host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || IPAddress.TryParse(host.Trim('[', ']'), out var number) && IPAddress.IsLoopback(number)
            // Balancers ask by the number of the node.
            || request.Path.StartsWithSegments("/health");
    }

    private static Task Refuse(HttpContext http, int status)
    {
        http.Response.StatusCode = status;
        http.Response.Headers.CacheControl = "no-store";
        return Task.CompletedTask;
    }
}
