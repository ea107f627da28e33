using System.Text;

namespace Lpsa.Publishing;

/// <summary>
/// Decodes an XML file and mends what WordPress is known to write although XML forbids it: control characters copied
/// from word processors, and single bytes of an older encoding. Each is reported with its line. Reads in small
/// portions, so the size of the file does not matter.
/// </summary>
sealed class XmlSource : TextReader
{
    private const char Mended = '\u001a';

    private readonly Findings findings;
    private readonly WxrLimits limits;
    private readonly Stream stream;
    private readonly Decoder decoder;
    private readonly OldBytes oldBytes;
    private readonly byte[] bytes = new byte[16 * 1024];
    private readonly char[] decoded;
    private readonly char[] chars;
    private int at;
    private int end;
    private int pendingBytes;
    private bool ended;
    private long total;
    private int line = 1;
    private int column = 1;
    private bool started;
    private readonly XmlWatch watch;

    private XmlSource(Stream stream, Encoding encoding, byte[] start, int length, Findings findings, WxrLimits limits)
    {
        this.stream = stream;
        this.findings = findings;
        this.limits = limits;
        oldBytes = new OldBytes();
        var lenient = (Encoding)encoding.Clone();
        lenient.DecoderFallback = oldBytes;
        decoder = lenient.GetDecoder();
        decoded = new char[lenient.GetMaxCharCount(bytes.Length)];
        // Room for the end mark of a text whose own was dropped with an earlier portion.
        chars = new char[decoded.Length + 3];
        watch = new XmlWatch(limits.Tag, limits.Content + 1);
        start.AsSpan(0, length).CopyTo(bytes);
        pendingBytes = length;
    }

    /// <summary>Lines that the XML reader does not see, to be added to its count.</summary>
    public int SkippedLines { get; private set; }

    /// <summary>Opens a file, or returns null after a fatal finding.</summary>
    public static XmlSource? Open(Stream stream, Findings findings, WxrLimits limits)
    {
        var start = new byte[1024];
        var length = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        var (encoding, mark, fault) = XmlEncodings.Detect(start.AsSpan(0, length));
        if (length == 0)
            fault = "The file is empty.";
        if (fault is not null)
        {
            findings.Add(FindingSeverity.Fatal, "encoding", fault, (1, 1));
            return null;
        }
        return new XmlSource(stream, encoding!, start[mark..], length - mark, findings, limits);
    }

    public override int Peek() => at < end || Fill() ? chars[at] : -1;

    public override int Read() => at < end || Fill() ? chars[at++] : -1;

    public override int Read(char[] buffer, int index, int count) => Read(buffer.AsSpan(index, count));

    public override int Read(Span<char> buffer)
    {
        if (buffer.Length == 0 || (at >= end && !Fill()))
            return 0;
        var taken = Math.Min(buffer.Length, end - at);
        chars.AsSpan(at, taken).CopyTo(buffer);
        at += taken;
        return taken;
    }

    private bool Fill()
    {
        at = end = 0;
        while (end == 0 && !ended)
        {
            var count = pendingBytes > 0 ? pendingBytes : stream.Read(bytes);
            pendingBytes = 0;
            total += count;
            if (total > limits.File)
                throw new WxrRefused($"The file is larger than {limits.File:N0} bytes.", line, column);
            ended = count == 0;
            oldBytes.Clear();
            Mend(decoder.GetChars(bytes.AsSpan(0, count), decoded, flush: ended));
        }
        return end > 0;
    }

    private void Mend(int count)
    {
        var old = 0;
        for (var from = 0; from < count; from++)
        {
            var c = decoded[from];
            if (c == Mended && old < oldBytes.Found.Count)
            {
                c = XmlEncodings.FromWindows(oldBytes.Found[old++]);
                findings.Add(
                    FindingSeverity.Changed,
                    "bytes that are not of the encoding, read as Windows-1252",
                    $"A byte that does not belong to the file's encoding was read as Windows-1252 (“{c}”).",
                    (line, column)
                );
            }
            else if (c < ' ' && c is not ('\n' or '\r' or '\t') || c is '\ufffe' or '\uffff')
            {
                findings.Add(
                    FindingSeverity.Changed,
                    "characters that XML does not allow, dropped",
                    $"The character U+{(int)c:X4} is not allowed in XML and was dropped.",
                    (line, column)
                );
                continue;
            }

            if (!started && c is (' ' or '\n' or '\r' or '\t' or '\ufeff'))
            {
                // A theme with a blank line before "<?php" puts it at the head of every export; XML forbids it there.
                SkippedLines += c == '\n' ? 1 : 0;
                line = 1 + SkippedLines;
                continue;
            }
            started = true;

            if (c == '\n')
                (line, column) = (line + 1, 1);
            else
                column++;
            switch (watch.Pass(c))
            {
                case XmlPassage.Keep:
                    chars[end++] = c;
                    break;
                case XmlPassage.Drop:
                    SkippedLines += c == '\n' ? 1 : 0;
                    break;
                case XmlPassage.EndText:
                    "]]>".CopyTo(chars.AsSpan(end));
                    end += 3;
                    break;
                case XmlPassage.Refuse:
                    throw new WxrRefused($"A tag is longer than {limits.Tag:N0} characters.", line, column);
            }
        }
    }

    /// <summary>Stands in for each undecodable byte and remembers it.</summary>
    private sealed class OldBytes : DecoderFallback
    {
        public List<byte> Found { get; } = [];
        public override int MaxCharCount => 4;

        public void Clear() => Found.Clear();

        public override DecoderFallbackBuffer CreateFallbackBuffer() => new Buffer(Found);

        private sealed class Buffer(List<byte> found) : DecoderFallbackBuffer
        {
            private int left;
            private int count;

            public override int Remaining => left;

            public override bool Fallback(byte[] bytesUnknown, int index)
            {
                found.AddRange(bytesUnknown);
                count = left = bytesUnknown.Length;
                return count > 0;
            }

            public override char GetNextChar() => left-- > 0 ? Mended : '\0';

            public override bool MovePrevious()
            {
                if (left >= count)
                    return false;
                left++;
                return true;
            }

            public override void Reset() => left = count = 0;
        }
    }
}

/// <summary>The file goes beyond a limit; reading stops.</summary>
sealed class WxrRefused(string message, int line, int column) : Exception(message)
{
    public (int Line, int Column) Place { get; } = (line, column);
}
