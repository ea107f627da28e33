using System.Text;

namespace Lpsa.Platform;

/// <summary>Text as the index keeps it.</summary>
internal static class IndexedText
{
    /// <summary>
    /// Composed letters (NFC), so that a word has one shape, without what PostgreSQL refuses: NUL and halves of
    /// surrogate pairs.
    /// </summary>
    public static string Clean(string text)
    {
        if (Ascii.IsValid(text) && !text.Contains('\0'))
            return text;
        var kept = text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0 ? text : WithoutHalves(text);
        // U+FFFE is no character either, and Normalize throws on it.
        return kept.Replace('\0', ' ').Replace('\uFFFE', ' ').Normalize(NormalizationForm.FormC);
    }

    private static string WithoutHalves(string text)
    {
        var whole = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            whole.Append(rune == Rune.ReplacementChar ? new Rune(' ') : rune);
        return whole.ToString();
    }
}
