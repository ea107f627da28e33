using System.Net;
using System.Net.Sockets;

namespace Lpsa.Members;

/// <summary>An address on the network, shortened so that it tells of abuse and not of a person.</summary>
static class Network
{
    /// <returns><c>203.0.113.0/24</c>, <c>2001:db8:1::/48</c>, or empty when unknown.</returns>
    public static string Of(IPAddress? address)
    {
        if (address is null)
            return "";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        var kept = address.AddressFamily == AddressFamily.InterNetwork ? 3 : 6;
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(kept).Clear();
        return $"{new IPAddress(bytes)}/{kept * 8}";
    }
}
