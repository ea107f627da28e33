using System.ComponentModel.DataAnnotations;
using System.Text;

namespace Lpsa.Platform;

/// <summary>
/// A name that reads as what it is. Refused: a word that mixes Latin, Greek and Cyrillic letters, by which somebody
/// poses as somebody else ("Аmina" with a Cyrillic A), and signs that turn the direction of what follows or are not
/// seen. Names of several words may use several alphabets. Line breaks are not judged here: names are put on one line.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PersonNameAttribute : ValidationAttribute
{
    // The two joiners (U+200C, U+200D) and the two direction marks (U+200E, U+200F) are not among them: Persian, Indian
    // and Arabic names need them.
    private const string Unseen =
        "\u00AD\u200B\u2060\uFEFF\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069\u3164\uFFA0";

    public override bool IsValid(object? value) => value is not string name || IsPlain(name);

    public static bool IsPlain(string name)
    {
        if (name.Any(c => Unseen.Contains(c) || char.IsControl(c) && c is not ('\r' or '\n' or '\t')))
            return false;
        foreach (
            var word in name.Normalize(NormalizationForm.FormC).Split([' ', '\n', '\r', '\t', '-', '\'', '’', '.'])
        )
            if (word.EnumerateRunes().Select(AlphabetOf).OfType<char>().Distinct().Count() > 1)
                return false;
        return true;
    }

    /// <summary>Of the three alphabets whose letters look alike; null: another, or no letter.</summary>
    private static char? AlphabetOf(Rune rune) =>
        !Rune.IsLetter(rune) ? null
        : rune.Value is < 0x0250 or (>= 0x1E00 and <= 0x1EFF) or (>= 0xFF21 and <= 0xFF5A) ? 'L'
        : rune.Value is (>= 0x0370 and <= 0x03FF) or (>= 0x1F00 and <= 0x1FFF) ? 'G'
        : rune.Value is (>= 0x0400 and <= 0x052F) or (>= 0x1C80 and <= 0x1C8F) or (>= 0xA640 and <= 0xA69F) ? 'C'
        : null;
}
