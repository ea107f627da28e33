using System.Globalization;
using System.Text;

namespace Lpsa.Platform;

/// <summary>How names are compared: without case, accents, punctuation and the marks of Arabic script.</summary>
public static class Spelling
{
    /// <summary>“Côte d’Ivoire” and “cote d'ivoire” fold alike, as do “Latin America &amp; Caribbean” and “… and …”.</summary>
    public static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var letter in WellFormedText.Of(text).Replace("&", " and ").Normalize(NormalizationForm.FormKD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(letter) is UnicodeCategory.NonSpacingMark || letter == 'ـ')
                continue;
            if (char.IsLetterOrDigit(letter))
                folded.Append(Simple(char.ToLowerInvariant(letter)));
            else if (folded.Length > 0 && folded[^1] != ' ')
                folded.Append(' ');
        }
        return folded.ToString().TrimEnd();
    }

    /// <summary>A name as part of an address: folded, with hyphens.</summary>
    public static string Slug(string text) =>
        Fold(text.Replace("’", "").Replace("'", "")).Replace(" and ", "-and-").Replace(' ', '-');

    // Letters that writers of Arabic and Turkish use for one another, and those without a decomposition.
    private static char Simple(char letter) =>
        letter switch
        {
            'ة' => 'ه',
            'ى' => 'ي',
            'ı' => 'i',
            'ø' => 'o',
            'ł' => 'l',
            _ => letter,
        };
}
