using System.Globalization;
using System.Text;

namespace Lpsa.Platform;

/// <summary>
/// What one character becomes in the index: small, without accents, in one shape. Done here and not by the databases,
/// so that both hold exactly the same words (Unicode 15 NFKD for the decompositions).
/// </summary>
internal static class LetterFold
{
    private static readonly string?[] Known = new string?[char.MaxValue + 1];

    /// <summary>Empty for marks, tatweel and joiners, which stand in a word but do not count.</summary>
    public static string Of(char c) => Known[c] ??= Make(c);

    /// <summary>Letters, digits, marks and joiners make words; everything else stands between them.</summary>
    public static bool IsWord(char c) =>
        c < 128
            ? char.IsAsciiLetterOrDigit(c)
            : IsJoiner(c)
                || char.GetUnicodeCategory(c)
                    is UnicodeCategory.LowercaseLetter
                        or UnicodeCategory.UppercaseLetter
                        or UnicodeCategory.TitlecaseLetter
                        or UnicodeCategory.OtherLetter
                        or UnicodeCategory.ModifierLetter
                        or UnicodeCategory.DecimalDigitNumber
                        or UnicodeCategory.OtherNumber
                        or UnicodeCategory.LetterNumber
                        or UnicodeCategory.NonSpacingMark
                        or UnicodeCategory.SpacingCombiningMark;

    /// <summary>Scripts written without spaces between words: found by pairs of neighbouring characters.</summary>
    public static bool IsUnspaced(char c) =>
        c >= 0x0E00
        && (
            c is >= '\u0E00' and <= '\u0EFF' // Thai, Lao
            || c is >= '\u1000' and <= '\u109F' // Burmese
            || c is >= '\u1780' and <= '\u17FF' // Khmer
            || c is >= '\u3005' and <= '\u30FF' // kana, iteration marks
            || c is >= '\u3400' and <= '\u9FFF' // Han
            || c is >= '\uAC00' and <= '\uD7A3' // Hangul
            || c is >= '\uF900' and <= '\uFAFF'
            || c is >= '\uFF66' and <= '\uFF9F'
            || char.IsSurrogate(c)
        );

    private static string Make(char c)
    {
        if (char.IsSurrogate(c) || c is >= '\uAC00' and <= '\uD7A3')
            return c.ToString();
        if (IsJoiner(c) || c == '\u0640')
            return "";
        if (CharUnicodeInfo.GetDecimalDigitValue(c) is var digit and >= 0)
            return ((char)('0' + digit)).ToString();
        var folded = new StringBuilder(2);
        foreach (var part in c.ToString().Normalize(NormalizationForm.FormKD))
            if (!IsAccent(part) && IsWord(part))
                folded.Append(Letter(char.ToLowerInvariant(part)));
        return folded.ToString();
    }

    private static string Letter(char c) =>
        c switch
        {
            'ß' => "ss",
            'æ' => "ae",
            'œ' => "oe",
            'ø' => "o",
            'ł' => "l",
            'đ' or 'ð' => "d",
            'þ' => "th",
            'ı' => "i",
            'ς' => "σ",
            // Arabic: alef without hamza is left by NFKD; the other carriers are written one for another every day.
            'ٱ' => "ا",
            'ى' or 'ی' => "ي",
            'ة' => "ه",
            'ک' => "ك",
            'ء' => "",
            _ => c.ToString(),
        };

    /// <summary>Marks that may be left out in writing. Vowel signs of Indic scripts are not among them.</summary>
    private static bool IsAccent(char c) =>
        c
            is (>= '\u0300' and <= '\u036F')
                or (>= '\u0483' and <= '\u0487')
                or (>= '\u0591' and <= '\u05C7')
                or (>= '\u0610' and <= '\u061A')
                or (>= '\u064B' and <= '\u065F')
                or '\u0670'
                or (>= '\u06D6' and <= '\u06ED')
                or (>= '\u1AB0' and <= '\u1AFF')
                or (>= '\u1DC0' and <= '\u1DFF')
                or (>= '\u20D0' and <= '\u20FF')
                or (>= '\uFE20' and <= '\uFE2F');

    /// <summary>Zero-width joiners of Persian and Indic writing, and the soft hyphen.</summary>
    private static bool IsJoiner(char c) => c is '\u200C' or '\u200D' or '\u00AD';
}
