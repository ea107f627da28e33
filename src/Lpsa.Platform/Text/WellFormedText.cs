using System.Buffers;
using System.Text;

namespace Lpsa.Platform;

/// <summary>
/// Text that every later step can take: no control characters besides tab and line breaks, no half of a surrogate
/// pair (which makes <see cref="string.Normalize()"/> throw and UTF-8 lossy), no non-characters.
/// </summary>
public static class WellFormedText
{
    private static readonly SearchValues<char> Suspect = SearchValues.Create([
        .. Enumerable.Range(0, 0x20).Where(c => c is not ('\t' or '\n' or '\r')).Select(c => (char)c),
        .. Enumerable.Range(0x7f, 0x21).Select(c => (char)c),
        .. Enumerable.Range(0xd800, 0x800).Select(c => (char)c),
        '\ufffe',
        '\uffff',
    ]);

    /// <summary>Control characters are dropped, broken surrogates become U+FFFD. Returns the same string when there is
    /// nothing to mend.</summary>
    public static string Of(string text)
    {
        var first = text.AsSpan().IndexOfAny(Suspect);
        if (first < 0)
            return text;

        var mended = new StringBuilder(text.Length).Append(text, 0, first);
        for (var at = first; at < text.Length; at++)
        {
            var c = text[at];
            if (char.IsHighSurrogate(c) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]))
                mended.Append(c).Append(text[++at]);
            else if (char.IsSurrogate(c))
                mended.Append('\ufffd');
            else if (c == '\u0085')
                mended.Append('\n');
            else if (!char.IsControl(c) && c is not ('\ufffe' or '\uffff') || c is '\t' or '\n' or '\r')
                mended.Append(c);
        }
        return mended.ToString();
    }
}
