using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace Lpsa.Platform;

/// <summary>A sentence carried over one redirect in a protected cookie, so that nobody can plant one.</summary>
internal static class Flash
{
    public const string CookieName = "lpsa-flash";

    public static void Set(HttpContext http, string message) =>
        http.Response.Cookies.Append(
            CookieName,
            Protector(http).Protect(message),
            new CookieOptions
            {
                HttpOnly = true,
                SameSite = SameSiteMode.Lax,
                Secure = http.Request.IsHttps,
                MaxAge = TimeSpan.FromMinutes(2),
            }
        );

    public static string? Take(HttpContext http)
    {
        if (!http.Request.Cookies.TryGetValue(CookieName, out var value))
            return null;
        http.Response.Cookies.Delete(CookieName);
        try
        {
            return Protector(http).Unprotect(value);
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return null;
        }
    }

    private static IDataProtector Protector(HttpContext http) =>
        http.RequestServices.GetRequiredService<IDataProtectionProvider>().CreateProtector("flash");
}
