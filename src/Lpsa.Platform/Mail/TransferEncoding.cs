using System.Text;

namespace Lpsa.Platform;

/// <summary>Carries any bytes over lines of at most 76 ASCII characters (RFC 2045 §6).</summary>
internal static class TransferEncoding
{
    private const int LongestLine = 76;

    /// <summary>Text with its line breaks made CRLF and a last one added, in whichever encoding is shorter.</summary>
    /// <returns>The value of Content-Transfer-Encoding and the encoded lines, each ending in CRLF.</returns>
    public static (string Name, string Lines) Text(string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(WithMailLines(text));
        var escaped = 0;
        foreach (var octet in utf8)
            escaped += IsPlain(octet) || octet is (byte)'\r' or (byte)'\n' ? 0 : 1;
        // Quoted-printable spends two more bytes on each escaped one, base64 a third of everything.
        return escaped * 6 <= utf8.Length ? ("quoted-printable", QuotedPrintable(utf8)) : ("base64", Base64(utf8));
    }

    public static string Base64(ReadOnlySpan<byte> content)
    {
        const int perLine = LongestLine / 4 * 3;
        var lines = new StringBuilder(content.Length * 3 / 2);
        for (; !content.IsEmpty; content = content[Math.Min(perLine, content.Length)..])
            lines.Append(Convert.ToBase64String(content[..Math.Min(perLine, content.Length)])).Append("\r\n");
        return lines.ToString();
    }

    public static string WithMailLines(string text)
    {
        // Not ReplaceLineEndings: it would also turn U+2028 and form feeds, which belong to the text, into line breaks.
        var lines = text.Replace("\r\n", "\n").Replace('\r', '\n').Replace("\n", "\r\n");
        return lines.EndsWith("\r\n", StringComparison.Ordinal) ? lines : lines + "\r\n";
    }

    private static string QuotedPrintable(ReadOnlySpan<byte> utf8)
    {
        var lines = new StringBuilder(utf8.Length + utf8.Length / 8);
        var column = 0;
        for (var at = 0; at < utf8.Length; at++)
        {
            if (utf8[at] == '\r' && at + 1 < utf8.Length && utf8[at + 1] == '\n')
            {
                lines.Append("\r\n");
                column = 0;
                at++;
                continue;
            }

            // A space at the end of a line is lost on the way, so it is written as a code.
            var endsLine = at + 1 < utf8.Length && utf8[at + 1] == '\r';
            var plain = IsPlain(utf8[at]) && !(endsLine && utf8[at] is (byte)' ' or (byte)'\t');
            var width = plain ? 1 : 3;
            if (column + width > LongestLine - 1)
            {
                lines.Append("=\r\n");
                column = 0;
            }
            if (plain)
                lines.Append((char)utf8[at]);
            else
                lines.Append('=').Append(utf8[at].ToString("X2"));
            column += width;
        }
        return lines.ToString();
    }

    private static bool IsPlain(byte octet) => octet is (>= 32 and <= 126 and not (byte)'=') or (byte)'\t';
}
