using Lpsa.Platform;

namespace Lpsa.Places;

/// <summary>How the codes of institutional nature look in a picture.</summary>
public static class NatureWords
{
    public static LevelKind Kind(string? code) =>
        code switch
        {
            "DEV-E" or "DEV-L" or "DEV-V" => LevelKind.Devolved,
            "HYB" => LevelKind.Hybrid,
            "DEC-H" or "DEC-V" => LevelKind.Deconcentrated,
            null => LevelKind.Unknown,
            _ => LevelKind.Other,
        };

    /// <summary>The code in the language of the page.</summary>
    public static string Of(string? code, Texts texts) =>
        code switch
        {
            "DEV-E" => texts.Say("Devolved, extensive autonomy"),
            "DEV-L" => texts.Say("Devolved, limited autonomy"),
            "DEV-V" => texts.Say("Devolved, very limited autonomy"),
            "HYB" => texts.Say("Hybrid: devolved and deconcentrated features"),
            "DEC-H" => texts.Say("Deconcentrated, horizontal"),
            "DEC-V" => texts.Say("Deconcentrated, vertical"),
            "DEL" => texts.Say("Delegated body: authority, agency or corporation"),
            "COM" => texts.Say("Community or traditional body, outside the public sector"),
            "GEO" => texts.Say("Area only, no institution"),
            _ => texts.Say("Nature not determined from the sources read"),
        };
}
