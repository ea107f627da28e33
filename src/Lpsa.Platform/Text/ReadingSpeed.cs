using System.Globalization;

namespace Lpsa.Platform;

/// <summary>
/// How long a text takes to read. Words per minute are the means of normally sighted native readers in S.
/// Trauzettel-Klosinski, K. Dietz and the IReST Study Group, "Standardized Assessment of Reading Performance: The New
/// International Reading Speed Texts IReST", Investigative Ophthalmology &amp; Visual Science 53(9), 2012, 5452–5461,
/// doi:10.1167/iovs.11-8284. They were read aloud, which is slower than silent reading: the estimate errs on the
/// careful side, as suits readers in a second or third language.
/// </summary>
public static class ReadingSpeed
{
    /// <summary>Mean over the 17 languages of the study.</summary>
    private const int Elsewhere = 184;

    public static int WordsPerMinute(string language) =>
        language.Split('-')[0].ToLowerInvariant() switch
        {
            "ar" => 138,
            "de" => 179,
            "en" => 228,
            "es" => 218,
            "fr" => 195,
            "it" => 188,
            "ja" => 193,
            "nl" => 202,
            "pt" => 181,
            "ru" => 184,
            "tr" => 166,
            "zh" => 158,
            _ => Elsewhere,
        };

    /// <summary>Whole minutes, rounded to the nearest, at least 1.</summary>
    public static int Minutes(string text, string language) =>
        Math.Max(1, (int)Math.Round(Words(text) / (double)WordsPerMinute(language), MidpointRounding.AwayFromZero));

    /// <summary>
    /// Words are runs of letters, marks and digits, with apostrophes, hyphens and points inside them ("l'État",
    /// "co-operate", "1.5"). Chinese and Japanese do not part words: there, two characters count as one word, about
    /// the ratio of the study's own texts.
    /// </summary>
    public static int Words(string text)
    {
        var words = 0;
        var ideographs = 0;
        var inside = false;
        for (var at = 0; at < text.Length; at++)
        {
            var c = text[at];
            if (c is >= '\u3040' and <= '\u30ff' or >= '\u3400' and <= '\u9fff')
            {
                ideographs++;
                inside = false;
            }
            else if (IsPartOfWord(c))
            {
                if (!inside)
                    words++;
                inside = true;
            }
            else if (
                !(
                    inside
                    && c is '\'' or '’' or '-' or '.' or ',' or '\u200c'
                    && at + 1 < text.Length
                    && IsPartOfWord(text[at + 1])
                )
            )
            {
                inside = false;
            }
        }
        return words + (ideographs + 1) / 2;
    }

    private static bool IsPartOfWord(char c) =>
        char.IsLetterOrDigit(c)
        || char.IsSurrogate(c)
        || char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
