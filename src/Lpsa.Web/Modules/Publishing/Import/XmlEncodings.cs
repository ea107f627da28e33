using System.Text;
using System.Text.RegularExpressions;

namespace Lpsa.Publishing;

/// <summary>Finds the encoding of an XML file from its first bytes (XML 1.0, appendix F).</summary>
static partial class XmlEncodings
{
    private static readonly Encoding Windows = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    /// <summary>Either an encoding and the length of its byte order mark, or what is wrong.</summary>
    public static (Encoding? Encoding, int Mark, string? Fault) Detect(ReadOnlySpan<byte> start)
    {
        if (
            start.StartsWith((ReadOnlySpan<byte>)[0xff, 0xfe, 0, 0])
            || start.StartsWith((ReadOnlySpan<byte>)[0, 0, 0xfe, 0xff])
        )
            return (null, 0, "The file is in UTF-32, which no WordPress writes. Save it as UTF-8.");
        if (start.StartsWith((ReadOnlySpan<byte>)[0xef, 0xbb, 0xbf]))
            return (Encoding.UTF8, 3, null);
        if (start.StartsWith((ReadOnlySpan<byte>)[0xff, 0xfe]))
            return (Encoding.Unicode, 2, null);
        if (start.StartsWith((ReadOnlySpan<byte>)[0xfe, 0xff]))
            return (Encoding.BigEndianUnicode, 2, null);
        if (start.StartsWith((ReadOnlySpan<byte>)[(byte)'<', 0]))
            return (Encoding.Unicode, 0, null);
        if (start.StartsWith((ReadOnlySpan<byte>)[0, (byte)'<']))
            return (Encoding.BigEndianUnicode, 0, null);
        if (start.StartsWith((ReadOnlySpan<byte>)[0x1f, 0x8b]) || start.StartsWith("PK"u8))
            return (null, 0, "The file is compressed. Unpack it first.");
        if (start.StartsWith("BZh"u8) || start.StartsWith("%PDF"u8))
            return (null, 0, "The file is not XML.");

        var declared = Declared().Match(Encoding.Latin1.GetString(start[..Math.Min(200, start.Length)]));
        if (!declared.Success)
            return (Encoding.UTF8, 0, null);
        var name = declared.Groups["name"].Value;
        // A file that starts in single bytes cannot be in what it declares here; exports converted by hand do this.
        if (name.StartsWith("utf-16", StringComparison.OrdinalIgnoreCase))
            return (Encoding.UTF8, 0, null);
        try
        {
            return (CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name), 0, null);
        }
        catch (ArgumentException)
        {
            return (null, 0, $"The encoding “{name}” is not known. Save the file as UTF-8.");
        }
    }

    public static char FromWindows(byte value)
    {
        Span<char> made = stackalloc char[1];
        Windows.GetChars([value], made);
        return char.IsControl(made[0]) ? '\ufffd' : made[0];
    }

    [GeneratedRegex(
        @"^\s*<\?xml[^>]*encoding\s*=\s*[""'](?<name>[A-Za-z0-9._-]{1,40})[""']",
        RegexOptions.ExplicitCapture
    )]
    private static partial Regex Declared();
}
