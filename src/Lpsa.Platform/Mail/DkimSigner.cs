using System.Security.Cryptography;
using System.Text;

namespace Lpsa.Platform;

/// <summary>
/// Signs a written message (RFC 6376, relaxed/relaxed, rsa-sha256 as RFC 8301 asks). Ed25519 (RFC 8463) is left out
/// because .NET 10 has no such key, and a receiver that knows it must know RSA too.
/// </summary>
public sealed class DkimSigner : IDisposable
{
    private const int SmallestKey = 1024;

    // Each is signed once more than it occurs: a header of that name added on the way then breaks the signature,
    // so nobody can put a second From or Subject in front of a genuine message.
    private static readonly string[] Oversigned =
    [
        "From",
        "Sender",
        "Reply-To",
        "To",
        "Cc",
        "Subject",
        "Date",
        "Message-ID",
        "In-Reply-To",
        "References",
        "MIME-Version",
        "Content-Type",
        "Content-Transfer-Encoding",
        "List-Id",
        "List-Unsubscribe",
        "List-Unsubscribe-Post",
    ];

    private readonly string domain;
    private readonly string selector;
    private readonly RSA key;
    private readonly TimeProvider clock;
    private readonly Lock signing = new();

    /// <param name="pem">An RSA private key, PKCS#1 or PKCS#8, of 1024 bits or more (2048 is the norm).</param>
    /// <exception cref="ArgumentException">The key cannot be read or is too short, or a name is no domain name.</exception>
    public DkimSigner(string domain, string selector, string pem, TimeProvider clock)
    {
        if (!IsName(domain) || !domain.Contains('.'))
            throw new ArgumentException($"“{domain}” is not a domain name.", nameof(domain));
        if (!IsName(selector))
            throw new ArgumentException($"“{selector}” is not a selector such as “mail2026”.", nameof(selector));
        key = RSA.Create();
        try
        {
            key.ImportFromPem(pem);
            // A public key alone imports without complaint and would fail only at the first message.
            key.SignData([0], HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }
        catch (Exception fault) when (fault is ArgumentException or CryptographicException)
        {
            key.Dispose();
            throw new ArgumentException("The DKIM key is not an RSA private key in PEM form.", nameof(pem), fault);
        }
        if (key.KeySize < SmallestKey)
        {
            key.Dispose();
            throw new ArgumentException(
                $"The DKIM key has {key.KeySize} bits; receivers ignore keys under {SmallestKey}.",
                nameof(pem)
            );
        }
        (this.domain, this.selector, this.clock) = (domain, selector, clock);
    }

    /// <summary>Where the public key is looked up.</summary>
    public string RecordName => $"{selector}._domainkey.{domain}";

    /// <summary>The TXT record to publish there.</summary>
    public string Record => "v=DKIM1; k=rsa; p=" + Convert.ToBase64String(key.ExportSubjectPublicKeyInfo());

    /// <summary>The message with its signature in front.</summary>
    /// <param name="message">With CRLF lines, as <see cref="MimeWriter"/> makes it.</param>
    public byte[] Sign(ReadOnlyMemory<byte> message)
    {
        var (headers, body) = DkimCanonical.Split(message.Span);
        var names = new List<string>();
        foreach (var name in Oversigned)
            for (var times = headers.Count(h => h.Is(name)); times >= 0; times--)
                names.Add(name);

        var bodyHash = Convert.ToBase64String(SHA256.HashData(DkimCanonical.Body(body)));
        var line = new HeaderLine("DKIM-Signature");
        line.Word("v=1;").Word("a=rsa-sha256;").Word("c=relaxed/relaxed;").Word($"d={domain};").Word($"s={selector};");
        line.Word($"t={clock.GetUtcNow().ToUnixTimeSeconds()};");
        for (var at = 0; at < names.Count; at++)
            line.Word((at == 0 ? "h=" : "") + names[at] + (at < names.Count - 1 ? ":" : ";"));
        line.Word($"bh={bodyHash};").Word("b=");
        var unsigned = line.ToString();

        var signed = new List<byte>();
        // Of several headers with one name the last is signed first (RFC 6376 §5.4.2); a name left over signs "absent".
        var left = headers.ToList();
        foreach (var name in names)
        {
            var at = left.FindLastIndex(h => h.Is(name));
            if (at < 0)
                continue;
            signed.AddRange(left[at].Relaxed());
            left.RemoveAt(at);
        }
        var own = DkimCanonical.Relaxed(unsigned);
        signed.AddRange(Encoding.UTF8.GetBytes(own.TrimEnd('\r', '\n')));

        byte[] signature;
        lock (signing)
            signature = key.SignData(signed.ToArray(), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var header = unsigned.TrimEnd('\r', '\n') + Folded(Convert.ToBase64String(signature)) + "\r\n";
        return [.. Encoding.ASCII.GetBytes(header), .. message.Span];
    }

    public void Dispose() => key.Dispose();

    private static string Folded(string base64) =>
        "\r\n " + string.Join("\r\n ", base64.Chunk(72).Select(part => new string(part)));

    private static bool IsName(string name) =>
        name.Length is > 0 and < 254
        && name.Split('.')
            .All(l => l.Length is > 0 and < 64 && l.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'));
}
