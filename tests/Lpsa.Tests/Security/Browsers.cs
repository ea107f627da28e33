using System.Net;
using System.Net.Sockets;
using Lpsa.Platform;

namespace Lpsa.Tests;

/// <summary>Browsers that come from different computers, because limits count by where somebody comes from.</summary>
internal static class Browsers
{
    /// <param name="from">Any address of 127.0.0.0/8 reaches the test's server.</param>
    public static HttpClient BrowserFrom(this TestSite site, IPAddress from) =>
        new(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                CookieContainer = new CookieContainer(),
                ConnectCallback = async (context, cancel) =>
                {
                    var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                    try
                    {
                        socket.Bind(new IPEndPoint(from, 0));
                        await socket.ConnectAsync(context.DnsEndPoint, cancel);
                        return new NetworkStream(socket, ownsSocket: true);
                    }
                    catch
                    {
                        socket.Dispose();
                        throw;
                    }
                },
            }
        )
        {
            BaseAddress = site.Address,
        };

    /// <summary>Signed in through the real link as a new account with this role, from a computer of its own.</summary>
    public static async Task<HttpClient> SignedInFrom(this TestSite site, IPAddress from, string role)
    {
        var account = await site.OpenAccount($"{Guid.NewGuid():N}@example.org", role);
        var browser = site.BrowserFrom(from);
        using var answer = await browser.PostAsync(await site.LinkFor(account), new FormUrlEncodedContent([]));
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        // The message of the redirect is shown once; take it, so that pages are as they will be.
        using var _ = await browser.GetAsync("/");
        return browser;
    }
}
