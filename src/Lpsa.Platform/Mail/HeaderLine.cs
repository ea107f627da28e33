using System.Text;

namespace Lpsa.Platform;

/// <summary>
/// Writes one header line and folds it at spaces (RFC 5322 §2.2.3) so that lines stay within 78 bytes where their
/// words allow it; text beyond ASCII becomes encoded words (RFC 2047), broken between characters and never inside one.
/// </summary>
internal sealed class HeaderLine
{
    private const int PreferredLine = 78;
    private const int LongestEncodedWord = 75;
    private const int LongestPlainWord = 60;
    private const int ShortestEncodedWord = 28;

    private readonly StringBuilder line = new();
    private int column;

    public HeaderLine(string name)
    {
        line.Append(name).Append(':');
        column = name.Length + 1;
    }

    /// <summary>Something that may not be broken, with a space or a fold before it.</summary>
    public HeaderLine Word(string word)
    {
        // A fold right after the name would leave a first line without content, which some filters take for the end.
        var isFirst = line[^1] == ':' && column == line.Length;
        if (!isFirst && column + 1 + word.Length > PreferredLine)
            Fold();
        else
            Append(" ");
        return Append(word);
    }

    /// <summary>Free text, as in a subject.</summary>
    public HeaderLine Text(string text)
    {
        var words = text.Split(' ');
        var first = Array.FindIndex(words, NeedsEncoding);
        if (first < 0)
            return Words(words);
        var last = Array.FindLastIndex(words, NeedsEncoding);
        // An empty word stands for a second space, which only a neighbour in the same encoded word can hold.
        if (words[first].Length == 0)
            first = Math.Max(0, first - 1);
        if (words[last].Length == 0)
            last = Math.Min(words.Length - 1, last + 1);
        Words(words[..first]);
        // One run from the first to the last: spaces between neighbouring encoded words are not shown to the reader.
        Encoded(string.Join(' ', words[first..(last + 1)]));
        return Words(words[(last + 1)..]);
    }

    /// <summary>Name and address, with a comma when more follow.</summary>
    public HeaderLine Mailbox(MailAddress mailbox, bool more = false)
    {
        var comma = more ? "," : "";
        if (mailbox.Name.Length == 0)
            return Word(mailbox.Address + comma);
        Phrase(mailbox.Name);
        return Word($"<{mailbox.Address}>{comma}");
    }

    public override string ToString() => line.ToString() + "\r\n";

    private static bool NeedsEncoding(string word) =>
        word.Length is 0 or > LongestPlainWord || !Ascii.IsValid(word) || word.Contains("=?", StringComparison.Ordinal);

    private HeaderLine Words(IEnumerable<string> words)
    {
        foreach (var word in words)
            Word(word);
        return this;
    }

    private void Phrase(string name)
    {
        if (name.Split(' ').Any(NeedsEncoding) || name.Length > LongestPlainWord)
            Encoded(name);
        else if (name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '\''))
            Word(name);
        else
            Word('"' + name.Replace("\\", "\\\\").Replace("\"", "\\\"") + '"');
    }

    private void Encoded(string text)
    {
        var bytes = Encoding.UTF8.GetByteCount(text);
        var asLetters = text.EnumerateRunes().Sum(LettersCost);
        var asBase64 = (bytes + 2) / 3 * 4;
        var letters = asLetters <= asBase64;

        var start = 0;
        while (start < text.Length)
        {
            if (PreferredLine - column - 1 < ShortestEncodedWord)
                Fold();
            else
                Append(" ");
            var room = Math.Min(LongestEncodedWord, PreferredLine - column) - "=?utf-8?q??=".Length;
            var end = start;
            for (int used = 0, taken = 0; end < text.Length; )
            {
                var rune = Rune.GetRuneAt(text, end);
                used += LettersCost(rune);
                taken += rune.Utf8SequenceLength;
                if ((letters ? used : (taken + 2) / 3 * 4) > room)
                    break;
                end += rune.Utf16SequenceLength;
            }
            var chunk = text[start..end];
            Append(letters ? $"=?utf-8?q?{Letters(chunk)}?=" : $"=?utf-8?b?{Base64(chunk)}?=");
            start = end;
        }
    }

    private static int LettersCost(Rune rune) =>
        IsPlainLetter(rune) || rune.Value == ' ' ? 1 : 3 * rune.Utf8SequenceLength;

    // The narrow set of RFC 2047 §5(3): these can stand in names as well as in subjects.
    private static bool IsPlainLetter(Rune rune) =>
        rune.IsAscii && (Rune.IsLetterOrDigit(rune) || rune.Value is '!' or '*' or '+' or '-' or '/');

    private static string Letters(string text)
    {
        var encoded = new StringBuilder();
        Span<byte> utf8 = stackalloc byte[4];
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value == ' ')
                encoded.Append('_');
            else if (IsPlainLetter(rune))
                encoded.Append((char)rune.Value);
            else
                foreach (var octet in utf8[..rune.EncodeToUtf8(utf8)])
                    encoded.Append('=').Append(octet.ToString("X2"));
        }
        return encoded.ToString();
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private void Fold()
    {
        line.Append("\r\n ");
        column = 1;
    }

    private HeaderLine Append(string text)
    {
        line.Append(text);
        column += Encoding.UTF8.GetByteCount(text);
        return this;
    }
}
