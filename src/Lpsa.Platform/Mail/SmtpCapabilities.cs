using System.Collections.Frozen;
using System.Globalization;

namespace Lpsa.Platform;

/// <summary>What a server says it can do, from its reply to EHLO; nothing at all after HELO.</summary>
internal sealed class SmtpCapabilities
{
    public static readonly SmtpCapabilities None = new(FrozenDictionary<string, string>.Empty);

    private readonly FrozenDictionary<string, string> offered;

    private SmtpCapabilities(FrozenDictionary<string, string> offered) => this.offered = offered;

    public bool StartTls => offered.ContainsKey("STARTTLS");
    public bool Pipelining => offered.ContainsKey("PIPELINING");
    public bool EightBitMime => offered.ContainsKey("8BITMIME");
    public bool SmtpUtf8 => offered.ContainsKey("SMTPUTF8");
    public bool Size => offered.ContainsKey("SIZE");

    /// <summary>Bytes; null when the server names no limit (or 0, which means the same, RFC 1870 §4).</summary>
    public long? LargestMessage =>
        long.TryParse(offered.GetValueOrDefault("SIZE"), NumberStyles.None, CultureInfo.InvariantCulture, out var most)
        && most > 0
            ? most
            : null;

    public bool Authentication(string mechanism) =>
        offered.GetValueOrDefault("AUTH", "").Split(' ').Contains(mechanism, StringComparer.OrdinalIgnoreCase);

    public static SmtpCapabilities From(SmtpReply hello)
    {
        var offered = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in hello.Lines.Skip(1))
        {
            // “AUTH=PLAIN” is an old way to write it, still sent beside the right one.
            var words = line.Split([' ', '='], 2);
            offered[words[0]] =
                words.Length > 1 && offered.TryGetValue(words[0], out var had)
                    ? had + " " + words[1]
                    : words.ElementAtOrDefault(1) ?? "";
        }
        return new SmtpCapabilities(offered.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase));
    }
}
