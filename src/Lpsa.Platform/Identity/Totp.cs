using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Lpsa.Platform;

/// <summary>
/// Codes of authenticator apps: RFC 6238 with HMAC-SHA-1, six digits, steps of 30 seconds, which is what every app
/// understands. SHA-1 is sound here: HMAC does not rest on its resistance to collisions.
/// </summary>
public static class Totp
{
    private const int SecondsPerStep = 30;
    private const int Digits = 1_000_000;

    /// <summary>Bytes of a secret: the length of the hash, as RFC 4226 section 4 recommends.</summary>
    public const int SecretLength = 20;

    public static byte[] NewSecret() => RandomNumberGenerator.GetBytes(SecretLength);

    /// <summary>Number of the 30-second step since 1970.</summary>
    public static long StepAt(DateTime now) => new DateTimeOffset(now).ToUnixTimeSeconds() / SecondsPerStep;

    public static string CodeAt(byte[] secret, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[HMACSHA1.HashSizeInBytes];
        HMACSHA1.HashData(secret, counter, hash);
        var offset = hash[^1] & 0x0f;
        var number = BinaryPrimitives.ReadInt32BigEndian(hash[offset..]) & 0x7fff_ffff;
        return (number % Digits).ToString("D6", CultureInfo.InvariantCulture);
    }

    /// <summary>
    /// The step whose code this is: now, or one before or after, for clocks that differ. Null when it is none. All are
    /// compared in full, so that the time taken tells nothing.
    /// </summary>
    public static long? Match(byte[] secret, string typed, DateTime now)
    {
        var given = Encoding.ASCII.GetBytes(string.Concat(typed.Where(char.IsAsciiDigit)));
        long? found = null;
        for (var step = StepAt(now) - 1; step <= StepAt(now) + 1; step++)
            if (CryptographicOperations.FixedTimeEquals(given, Encoding.ASCII.GetBytes(CodeAt(secret, step))))
                found = step;
        return found;
    }

    /// <summary>The address that the QR code holds (Key URI Format of Google Authenticator).</summary>
    public static string AddressOf(byte[] secret, string issuer, string account) =>
        $"otpauth://totp/{Uri.EscapeDataString(issuer)}:{Uri.EscapeDataString(account)}"
        + $"?secret={Base32(secret)}&issuer={Uri.EscapeDataString(issuer)}";

    /// <summary>RFC 4648 without padding; 20 bytes are 32 letters exactly.</summary>
    public static string Base32(ReadOnlySpan<byte> bytes)
    {
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        var (text, buffer, bits) = (new StringBuilder(), 0, 0);
        foreach (var value in bytes)
        {
            buffer = (buffer << 8 | value) & 0xfff;
            bits += 8;
            for (; bits >= 5; bits -= 5)
                text.Append(Alphabet[buffer >> (bits - 5) & 31]);
        }
        if (bits > 0)
            text.Append(Alphabet[buffer << (5 - bits) & 31]);
        return text.ToString();
    }
}
