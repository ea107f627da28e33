using System.Globalization;
using System.Text;

namespace Lpsa.Platform;

/// <summary>
/// How wide a text will be, without a font at hand. The figures are the advance widths of DejaVu Sans in thousandths of
/// the type size, read from the font's own hmtx table. It is among the widest of the usual system faces, so what fits
/// here fits in Segoe UI, Roboto, Helvetica or Noto as well; other scripts use the mean width of their letters.
/// </summary>
internal static class TextWidth
{
    // U+0020 to U+007E, sixteen to a line as in a code chart.
    // csharpier-ignore
    private static readonly short[] Latin =
    [
        318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337, // space to /
        636, 636, 636, 636, 636, 636, 636, 636, 636, 636, 337, 337, 838, 838, 838, 531, // 0 to ?
        1000, 684, 686, 698, 770, 632, 575, 775, 752, 295, 295, 656, 557, 863, 748, 787, // @ to O
        603, 787, 695, 635, 611, 732, 684, 989, 685, 611, 685, 390, 337, 390, 838, 500, // P to _
        500, 613, 635, 550, 635, 615, 352, 635, 634, 278, 278, 579, 278, 974, 634, 612, // ` to o
        635, 635, 411, 521, 392, 634, 592, 818, 592, 592, 525, 636, 337, 636, 838, // p to ~
    ];

    // The bold face is 12 % wider over the alphabet and 26 % in its worst letter.
    private const double Bold = 1.14;

    public static double Of(string text, double size, bool bold = false)
    {
        var thousandths = 0.0;
        foreach (var rune in text.EnumerateRunes())
            thousandths += Rune(rune);
        return thousandths / 1000 * size * (bold ? Bold : 1);
    }

    private static double Rune(Rune rune)
    {
        var code = rune.Value;
        if (code is >= 0x20 and <= 0x7e)
            return Latin[code - 0x20];
        switch (System.Text.Rune.GetUnicodeCategory(rune))
        {
            case UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark:
            case UnicodeCategory.Format or UnicodeCategory.Control:
                return 0;
        }

        return code switch
        {
            0xa0 or 0x202f or 0x2009 => 318,
            0x2026 or 0x2014 => 1000,
            0x2013 => 500,
            >= 0xc0 and <= 0x24f => Accented(rune),
            >= 0x370 and <= 0x3ff => 640,
            >= 0x400 and <= 0x52f => 720,
            >= 0x590 and <= 0x8ff or >= 0xfb1d and <= 0xfdff or >= 0xfe70 and <= 0xfeff => 690,
            >= 0x2e80 => 1000,
            _ => 840,
        };
    }

    private static double Accented(Rune rune)
    {
        var plain = rune.ToString().Normalize(NormalizationForm.FormD)[0];
        return plain is >= ' ' and <= '~' ? Latin[plain - ' '] : 800;
    }

    /// <summary>The text if it fits, else as much of it as fits and an ellipsis.</summary>
    public static string Shorten(string text, double room, double size, bool bold = false)
    {
        if (Of(text, size, bold) <= room)
            return text;
        var cuts = StringInfo.ParseCombiningCharacters(text);
        for (var keep = cuts.Length - 1; keep > 0; keep--)
        {
            var shorter = text[..cuts[keep]].TrimEnd() + "…";
            if (Of(shorter, size, bold) <= room)
                return shorter;
        }
        return "…";
    }

    /// <summary>
    /// The text broken at spaces into at most <paramref name="most"/> lines. The last line is shortened if need be; a
    /// caller sees by <paramref name="whole"/> whether something is missing.
    /// </summary>
    public static List<string> Wrap(string text, double room, double size, int most, out bool whole, bool bold = false)
    {
        var lines = new List<string>();
        var words = text.Split((char[]?)[' ', '\t', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries);
        whole = true;
        for (var at = 0; at < words.Length; )
        {
            if (lines.Count == most - 1)
            {
                var rest = string.Join(' ', words[at..]);
                lines.Add(Shorten(rest, room, size, bold));
                whole &= lines[^1] == rest;
                break;
            }

            var line = words[at++];
            while (at < words.Length && Of(line + " " + words[at], size, bold) <= room)
                line += " " + words[at++];
            lines.Add(Shorten(line, room, size, bold));
            whole &= lines[^1] == line;
        }

        if (lines.Count == 0)
            lines.Add("");
        return lines;
    }
}
