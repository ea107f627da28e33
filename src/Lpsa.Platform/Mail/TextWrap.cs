using System.Globalization;
using System.Text;

namespace Lpsa.Platform;

/// <summary>Breaks text at spaces by the columns it takes on a screen with fixed letters.</summary>
internal static class TextWrap
{
    /// <summary>
    /// Lines of at most <paramref name="columns"/>; a word longer than that, such as a link, keeps a line of its own
    /// because a broken link cannot be followed.
    /// </summary>
    public static IEnumerable<string> Lines(string text, int columns)
    {
        var line = new StringBuilder();
        var taken = 0;
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var width = Width(word);
            if (taken > 0 && taken + 1 + width > columns)
            {
                yield return line.ToString();
                line.Clear();
                taken = 0;
            }
            if (taken > 0)
            {
                line.Append(' ');
                taken++;
            }
            line.Append(word);
            taken += width;
        }
        if (taken > 0)
            yield return line.ToString();
    }

    /// <summary>Columns of a text: combining marks take none, East Asian wide letters and emoji two (after UAX #11).</summary>
    public static int Width(string text) => text.EnumerateRunes().Sum(Width);

    private static int Width(Rune rune) =>
        Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.NonSpacingMark
                or UnicodeCategory.EnclosingMark
                or UnicodeCategory.Format
            ? 0
        : IsWide(rune.Value) ? 2
        : 1;

    private static bool IsWide(int code) =>
        code
            is (>= 0x1100 and <= 0x115F)
                or (>= 0x2E80 and <= 0x303E)
                or (>= 0x3041 and <= 0xA4CF)
                or (>= 0xAC00 and <= 0xD7A3)
                or (>= 0xF900 and <= 0xFAFF)
                or (>= 0xFE30 and <= 0xFE6F)
                or (>= 0xFF00 and <= 0xFF60)
                or (>= 0xFFE0 and <= 0xFFE6)
                or (>= 0x1F300 and <= 0x1FAFF)
                or (>= 0x20000 and <= 0x3FFFD);
}
