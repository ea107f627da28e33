using System.Security.Cryptography;
using System.Text;
using Lpsa.Platform;

namespace Lpsa.Members;

/// <summary>Addresses of a file that were met, as 128 bits of a hash each: a million of them take some 50 MB.</summary>
internal sealed class SeenAddresses
{
    private readonly Dictionary<UInt128, long> lines = [];

    /// <returns>The line where the address was first met; null when this is the first.</returns>
    public long? Before(string email, long line)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(Account.KeyOf(email)));
        var key = new UInt128(BitConverter.ToUInt64(hash, 0), BitConverter.ToUInt64(hash, 8));
        return lines.TryAdd(key, line) ? null : lines[key];
    }
}
