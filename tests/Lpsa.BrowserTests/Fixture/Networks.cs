using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace Lpsa.Tests;

/// <summary>
/// Each window is in a network of its own. All of them come from this machine, and the limits on signing in would take
/// the people of the journeys for one who tries too often.
/// </summary>
internal sealed class Networks : IStartupFilter
{
    public const string Header = "Test-Network";

    private static int last;

    /// <summary>An address of a /24 that no other window has.</summary>
    public static string Next() =>
        new IPAddress([10, .. BitConverter.GetBytes(Interlocked.Increment(ref last))[..2], 1]).ToString();

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) =>
        app =>
        {
            app.Use(
                (http, answer) =>
                {
                    if (IPAddress.TryParse(http.Request.Headers[Header], out var address))
                        http.Connection.RemoteIpAddress = address;
                    return answer(http);
                }
            );
            next(app);
        };
}
