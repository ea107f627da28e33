using System.Text;

namespace Lpsa.Members;

/// <summary>What letters a file is written in, found by reading it: programs rarely say, and say wrong.</summary>
static class TextEncoding
{
    /// <summary>
    /// UTF-8 or UTF-16 by their marks; otherwise UTF-8, UTF-16 or Windows-1252 by their bytes. A file that mixes UTF-8
    /// with something else is read as UTF-8; what does not fit becomes U+FFFD, by which its rows are found.
    /// </summary>
    public static Encoding Of(Func<Stream> open)
    {
        using var file = open();
        var bytes = new byte[1 << 16];
        var length = file.ReadAtLeast(bytes, 4, throwOnEndOfStream: false);
        var start = bytes.AsSpan(0, length);
        if (start.StartsWith<byte>([0xEF, 0xBB, 0xBF]))
            return Encoding.UTF8;
        if (start.StartsWith<byte>([0xFF, 0xFE]))
            return Encoding.Unicode;
        if (start.StartsWith<byte>([0xFE, 0xFF]))
            return Encoding.BigEndianUnicode;
        if (ByZeros(start) is { } wide)
            return wide;
        var decoder = new UTF8Encoding(false, false).GetDecoder();
        var letters = new char[bytes.Length + 4];
        var (good, bad) = (0L, 0L);
        do
        {
            foreach (var letter in letters.AsSpan(0, decoder.GetChars(bytes, 0, length, letters, 0, length == 0)))
                if (letter == '\uFFFD')
                    bad++;
                else if (letter >= 0x80)
                    good++;
        } while ((length = file.Read(bytes)) > 0);
        return bad <= good ? Encoding.UTF8 : CodePagesEncodingProvider.Instance.GetEncoding(1252)!;
    }

    /// <summary>Without a mark, Latin letters in UTF-16 show as a zero in every second byte.</summary>
    private static Encoding? ByZeros(ReadOnlySpan<byte> start)
    {
        var (even, odd) = (0, 0);
        for (var at = 0; at < start.Length; at++)
            if (start[at] == 0)
                (even, odd) = at % 2 == 0 ? (even + 1, odd) : (even, odd + 1);
        var most = start.Length / 5;
        return start.Length < 4 ? null
            : odd > most && even < odd / 4 ? Encoding.Unicode
            : even > most && odd < even / 4 ? Encoding.BigEndianUnicode
            : null;
    }
}
