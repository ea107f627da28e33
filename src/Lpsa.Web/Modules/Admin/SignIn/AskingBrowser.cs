using Lpsa.Platform;

namespace Lpsa.Admin;

/// <summary>
/// The cookie of a browser that asked for a code: a random secret, of which the database holds only the hash, and the
/// page the person wanted. Script cannot read it.
/// </summary>
static class AskingBrowser
{
    private const string CookieName = "lpsa-asked";

    /// <returns>The secret. Each asking makes a new one, so that only the newest code works.</returns>
    public static string Begin(HttpContext http, string back)
    {
        var secret = SignInCode.NewBrowser();
        http.Response.Cookies.Append(CookieName, secret + "|" + back, Options(http, SignInLink.Lifetime));
        return secret;
    }

    public static (string Secret, string Back) Read(HttpContext http)
    {
        var parts = (http.Request.Cookies[CookieName] ?? "").Split('|', 2);
        return (parts[0], LocalPath.Of(parts.Length > 1 ? parts[1] : null));
    }

    public static void Forget(HttpContext http) => http.Response.Cookies.Delete(CookieName);

    private static CookieOptions Options(HttpContext http, TimeSpan lifetime) =>
        new()
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Lax,
            Secure = http.RequestServices.GetRequiredService<SiteAddress>().Origin.Scheme == "https",
            MaxAge = lifetime,
        };
}
