using FsCheck;
using FsCheck.Fluent;

namespace Lpsa.Tests;

/// <summary>Texts as people and attackers write them: several scripts, emoji, signs with a meaning in mail, very long words.</summary>
internal static class MailTexts
{
    private static readonly Gen<string> Word = Gen.Frequency(
        (6, Letters("abcdefghijklmnopqrstuvwxyzABCXYZ0123456789", 1, 12)),
        (2, Letters("abcde", 60, 300)),
        (3, Letters("اللامركزيةوالحكمالمحلي\u0651\u064B", 1, 12)),
        (2, Letters("éèàüñçßœ", 1, 90)),
        (2, Letters("地方分権自治体", 1, 60)),
        (3, Letters("\"\\<>@,;:()[]=?_.'%&*+-/!#", 1, 6)),
        (2, Gen.Elements("👩‍🌾", "🇰🇪", "👍🏽", "😀", "a\u0301", "\u200F", "\u2028", "\u00A0")),
        (1, Gen.Elements("=?utf-8?q?x?=", "a=?b", "?=", ".", "..", "--", "From", "=", "=_"))
    );

    public static Arbitrary<string> OneLine() => Arb.From(Joined(" ", "  "), Shorter);

    public static Arbitrary<string> ManyLines() =>
        Arb.From(Joined(" ", "  ", "\n", "\r\n", "\n\n", "\n.", "\r", " \n", "\t\n", "\u2028"), Shorter);

    /// <summary>At most so many UTF-16 units, without half a character at the end.</summary>
    public static string Shortened(string text, int length)
    {
        if (text.Length <= length)
            return text;
        return char.IsHighSurrogate(text[length - 1]) ? text[..(length - 1)] : text[..length];
    }

    private static Gen<string> Letters(string letters, int least, int most) =>
        from length in Gen.Choose(least, most)
        from chosen in Gen.Elements(letters.ToCharArray()).ArrayOf(length)
        select new string(chosen);

    private static Gen<string> Joined(params string[] spaces) =>
        from count in Gen.Choose(0, 12)
        from words in Gen.Zip(Word, Gen.Elements(spaces)).ArrayOf(count)
        select string.Concat(words.Select((word, at) => at == 0 ? word.Item1 : word.Item2 + word.Item1));

    private static IEnumerable<string> Shorter(string text)
    {
        var words = text.Split(' ');
        for (var at = 0; words.Length > 1 && at < words.Length; at++)
            yield return string.Join(' ', words.Where((_, index) => index != at));
        if (words.Length == 1 && text.Length > 1)
        {
            yield return Shortened(text, text.Length / 2);
            yield return Shortened(text, text.Length - 1);
        }
    }
}
