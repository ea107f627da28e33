using System.Net;
using System.Net.Sockets;

namespace Lpsa.Platform;

/// <summary>What came of asking for an address: the bytes, to be disposed of, or an English sentence that says why not.</summary>
public sealed record WebAnswer(Stream? Bytes, string? Refusal) : IAsyncDisposable
{
    internal HttpResponseMessage? Message { get; init; }

    public async ValueTask DisposeAsync()
    {
        if (Bytes is not null)
            await Bytes.DisposeAsync();
        Message?.Dispose();
    }
}

/// <summary>
/// Fetches what a stranger named. The name may lead into the operator's own network, to a cloud's metadata, or to a
/// host whose address changes between the check and the use; so the address is looked up once, checked, and connected
/// to as checked, again after every redirect.
/// </summary>
/// <param name="allows">Which addresses may be connected to; null: public ones only.</param>
public sealed class PublicWeb(Func<IPAddress, bool>? allows = null) : IDisposable
{
    private const int MostRedirects = 5;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HttpClient client = new(
        new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            // A proxy would look the name up itself, out of our sight.
            UseProxy = false,
            UseCookies = false,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            ConnectCallback = (context, cancel) => Connect(context.DnsEndPoint, allows ?? IsPublic, cancel),
        }
    )
    {
        Timeout = Patience,
    };

    /// <summary>The bytes are not bounded; the reader must stop at its own limit.</summary>
    public async Task<WebAnswer> Get(Uri address, CancellationToken cancel)
    {
        try
        {
            for (var redirects = 0; redirects <= MostRedirects; redirects++)
            {
                if (address.Scheme is not ("http" or "https") || address.UserInfo.Length > 0)
                    return new(null, $"{address.Scheme}: addresses like this are not fetched.");
                var answer = await client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancel);
                if ((int)answer.StatusCode is >= 300 and < 400 && answer.Headers.Location is { } next)
                {
                    answer.Dispose();
                    address = new Uri(address, next);
                    continue;
                }
                if (answer.IsSuccessStatusCode)
                    return new(await answer.Content.ReadAsStreamAsync(cancel), null) { Message = answer };
                var status = (int)answer.StatusCode;
                answer.Dispose();
                return new(null, $"The server answered {status}.");
            }
            return new(null, "The address leads from one to the next without end.");
        }
        catch (HttpRequestException fault)
        {
            return new(null, fault.GetBaseException().Message);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new(null, $"The server did not answer within {Patience.TotalSeconds:0} seconds.");
        }
    }

    private static async ValueTask<Stream> Connect(
        DnsEndPoint wanted,
        Func<IPAddress, bool> allows,
        CancellationToken cancel
    )
    {
        var addresses = await Dns.GetHostAddressesAsync(wanted.Host, cancel);
        var allowed = Array.FindAll(addresses, a => allows(a));
        if (allowed.Length == 0)
            throw new NotPublic($"{wanted.Host} is not a public address and is not fetched from.");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, wanted.Port, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Whether an address can be reached from anywhere: not one of the special-purpose blocks of IANA's registries for
    /// IPv4 and IPv6, and not an IPv6 form that hides an IPv4 address.
    /// </summary>
    public static bool IsPublic(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        var bytes = address.GetAddressBytes();
        return address.AddressFamily switch
        {
            AddressFamily.InterNetwork => !Array.Exists(SpecialBlocks, b => b.Contains(address)),
            // Only 2000::/3 is given out; within it, Teredo, documentation and 6to4 are not for this.
            AddressFamily.InterNetworkV6 => (bytes[0] & 0xe0) == 0x20
                && !Array.Exists(SpecialBlocks, b => b.Contains(address)),
            _ => false,
        };
    }

    private static readonly IPNetwork[] SpecialBlocks =
    [
        .. new[]
        {
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4",
            "2001::/23",
            "2001:db8::/32",
            "2002::/16",
            "3fff::/20",
        }.Select(IPNetwork.Parse),
    ];

    public void Dispose() => client.Dispose();

    private sealed class NotPublic(string message) : Exception(message);
}
