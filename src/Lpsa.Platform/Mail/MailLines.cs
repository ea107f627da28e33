using System.Buffers;

namespace Lpsa.Platform;

/// <summary>A written message as the bytes between DATA and the final dot.</summary>
internal static class MailLines
{
    private const int BlockSize = 32 * 1024;
    private static readonly SearchValues<byte> Ends = SearchValues.Create("\r\n"u8);

    /// <summary>
    /// What makes a message unfit for the wire, as a sentence; null when nothing does. A lone CR or LF ends a message
    /// early on some servers, and what follows would be taken for commands ("SMTP smuggling").
    /// </summary>
    public static string? Fault(ReadOnlySpan<byte> message)
    {
        var line = 1;
        for (var rest = message; !rest.IsEmpty; line++)
        {
            var end = rest.IndexOfAny(Ends);
            if (end < 0)
                return $"Line {line} does not end in CRLF.";
            if (rest[end] == '\n' || end + 1 >= rest.Length || rest[end + 1] != '\n')
                return $"Line {line} has a lone CR or LF.";
            if (end > 998)
                return $"Line {line} has {end} bytes; a mail line has at most 998.";
            rest = rest[(end + 2)..];
        }
        return line == 1 ? "The message is empty." : null;
    }

    /// <summary>Blocks with a second dot before every line that starts with one (RFC 5321 §4.5.2); without the final dot.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>> DotStuffed(ReadOnlyMemory<byte> message)
    {
        var block = new ArrayBufferWriter<byte>(BlockSize + 1024);
        for (var rest = message; !rest.IsEmpty; )
        {
            var length = rest.Span.IndexOf("\n"u8) + 1;
            if (rest.Span[0] == '.')
                block.Write("."u8);
            block.Write(rest.Span[..length]);
            rest = rest[length..];
            if (block.WrittenCount >= BlockSize)
            {
                yield return block.WrittenMemory;
                block.ResetWrittenCount();
            }
        }
        if (block.WrittenCount > 0)
            yield return block.WrittenMemory;
    }
}
