using Microsoft.AspNetCore.Http;

namespace Lpsa.Platform;

/// <summary>Pages whose address is a secret.</summary>
public static class PrivateLink
{
    /// <summary>The address must not travel on in a referrer or stay in a cache.</summary>
    public static void Guard(HttpContext http)
    {
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        http.Response.Headers.CacheControl = "no-store";
    }
}
