using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Platform;

/// <summary>
/// Old addresses that differ from the front page by their query only: <c>/?p=12</c> was every WordPress post's
/// address, and the one in its feeds. The front page would answer them all.
/// </summary>
internal static class OldQueries
{
    private static readonly string[] Names = ["p", "page_id", "attachment_id"];

    public static void UseOldQueries(this WebApplication app) =>
        app.Use(
            async (http, next) =>
            {
                if (http.Request.Path != "/" || !Array.Exists(Names, http.Request.Query.ContainsKey))
                {
                    await next(http);
                    return;
                }
                var db = http.RequestServices.GetRequiredService<PlatformDb>();
                var name = Array.Find(Names, http.Request.Query.ContainsKey)!;
                var path = OldAddress.Normal($"/?{name}={http.Request.Query[name]}");
                var target = await db.Set<OldAddress>()
                    .AsNoTracking()
                    .Where(a => a.Path == path)
                    .Select(a => a.Target)
                    .FirstOrDefaultAsync(http.RequestAborted);
                if (target is null)
                    await next(http);
                else
                    http.Response.Redirect(
                        PageContext.In(http.Texts().Language, LocalPath.Of(target)),
                        permanent: true
                    );
            }
        );
}
