using System.Globalization;
using System.Text;

namespace Lpsa.Platform;

/// <summary>Makes the name that a stranger gave safe, and keeps it readable in its own script.</summary>
public static class FileName
{
    private const int LongestStem = 80;

    /// <summary>Windows opens a device under these names, whatever the ending.</summary>
    private static readonly HashSet<string> Devices = new(StringComparer.OrdinalIgnoreCase)
    {
        "con",
        "prn",
        "aux",
        "nul",
        "com1",
        "com2",
        "com3",
        "com4",
        "lpt1",
        "lpt2",
        "lpt3",
    };

    /// <param name="given">As sent; may hold folders, control characters, marks that turn the reading direction.</param>
    /// <param name="extension">The ending that belongs to the content, with its dot; replaces the one given.</param>
    public static string Safe(string given, string extension)
    {
        var last = given.Split('/', '\\')[^1];
        var stem = last.Contains('.', StringComparison.Ordinal) ? last[..last.LastIndexOf('.')] : last;
        var safe = new StringBuilder();
        foreach (var rune in stem.Normalize(NormalizationForm.FormC).EnumerateRunes())
        {
            if (safe.Length >= LongestStem)
                break;
            if (Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark)
                safe.Append(rune);
            else if (safe.Length > 0 && safe[^1] != '-')
                safe.Append('-');
        }
        var name = safe.ToString().Trim('-');
        return (name.Length == 0 || Devices.Contains(name) ? "file" : name) + extension;
    }
}
