using System.Text;
using System.Text.RegularExpressions;

namespace Lpsa.Platform;

/// <summary>The "relaxed" forms of headers and body (RFC 6376 §3.4.2, §3.4.4), which survive what mail servers do to space.</summary>
internal static partial class DkimCanonical
{
    /// <summary>One header as it stands in the message, folds included.</summary>
    internal sealed record Header(string Line)
    {
        public bool Is(string name) =>
            Line.AsSpan(0, Line.IndexOf(':')).TrimEnd(" \t").Equals(name, StringComparison.OrdinalIgnoreCase);

        public byte[] Relaxed() => Encoding.UTF8.GetBytes(DkimCanonical.Relaxed(Line));
    }

    public static (List<Header> Headers, ReadOnlyMemory<byte> Body) Split(ReadOnlySpan<byte> message)
    {
        var end = message.IndexOf("\r\n\r\n"u8);
        var head = Encoding.UTF8.GetString(end < 0 ? message : message[..(end + 2)]);
        var headers = HeaderStart()
            .Split(head)
            .Where(line => line.Contains(':'))
            .Select(line => new Header(line))
            .ToList();
        return (headers, end < 0 ? default : message[(end + 4)..].ToArray());
    }

    public static string Relaxed(string line)
    {
        var colon = line.IndexOf(':');
        var name = line[..colon].TrimEnd(' ', '\t').ToLowerInvariant();
        var value = Space().Replace(line[(colon + 1)..].Replace("\r\n", ""), " ").Trim(' ');
        return $"{name}:{value}\r\n";
    }

    public static byte[] Body(ReadOnlyMemory<byte> body)
    {
        var relaxed = new List<byte>(body.Length);
        var emptyLines = 0;
        var rest = body.Span;
        while (!rest.IsEmpty)
        {
            var end = rest.IndexOf("\r\n"u8);
            var line = (end < 0 ? rest : rest[..end]).TrimEnd(" \t"u8);
            rest = end < 0 ? [] : rest[(end + 2)..];
            if (line.IsEmpty)
            {
                emptyLines++;
                continue;
            }
            for (; emptyLines > 0; emptyLines--)
                relaxed.AddRange("\r\n"u8);
            var afterSpace = false;
            foreach (var octet in line)
            {
                var isSpace = octet is (byte)' ' or (byte)'\t';
                if (!isSpace)
                    relaxed.Add(octet);
                else if (!afterSpace)
                    relaxed.Add((byte)' ');
                afterSpace = isSpace;
            }
            relaxed.AddRange("\r\n"u8);
        }
        return [.. relaxed];
    }

    [GeneratedRegex(@"(?<=\r\n)(?![ \t])")]
    private static partial Regex HeaderStart();

    [GeneratedRegex(@"[ \t]+")]
    private static partial Regex Space();
}
