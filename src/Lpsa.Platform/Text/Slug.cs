using System.Globalization;
using System.Text;

namespace Lpsa.Platform;

/// <summary>The last part of an address, made from a title: lower case, words joined by hyphens, accents folded.</summary>
public static class Slug
{
    public const int Longest = 90;

    /// <summary>Letters of every script stay, so that an Arabic title keeps an address that can be read.</summary>
    /// <param name="fallback">Used when the title has no letter or digit at all.</param>
    public static string Of(string title, string fallback = "post")
    {
        var slug = new StringBuilder(title.Length);
        foreach (var c in title.Normalize(NormalizationForm.FormD).ToLowerInvariant())
        {
            if (char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark)
                continue;
            if (char.IsLetterOrDigit(c))
                slug.Append(c);
            else if (slug.Length > 0 && slug[^1] != '-' && c is not ('\'' or '’'))
                slug.Append('-');
        }
        var whole = slug.ToString().Trim('-').Normalize(NormalizationForm.FormC);
        if (whole.Length > Longest)
        {
            var cut = whole.LastIndexOf('-', Longest);
            whole = whole[..(cut > Longest / 2 ? cut : Longest)];
        }
        return whole.Length == 0 ? fallback : whole;
    }

    /// <summary>Whether a slug typed by hand can be used as it is.</summary>
    public static bool IsValid(string slug) =>
        slug.Length is > 0 and <= 200
        && slug.All(c => c == '-' || char.IsDigit(c) || (char.IsLetter(c) && !char.IsUpper(c)))
        && slug[0] != '-'
        && slug[^1] != '-';

    /// <summary>The slug, or the slug with a number behind it when it is taken.</summary>
    public static async Task<string> Free(string wanted, Func<string, Task<bool>> isTaken)
    {
        if (!await isTaken(wanted))
            return wanted;
        for (var number = 2; ; number++)
            if (!await isTaken($"{wanted}-{number}"))
                return $"{wanted}-{number}";
    }
}
