using System.Globalization;

namespace Lpsa.Platform;

/// <summary>A language of the interface.</summary>
/// <param name="Code">BCP 47 code as in the address: <c>en</c>, <c>ar</c>.</param>
/// <param name="Name">Its own name for itself.</param>
public sealed record Language(string Code, string Name, bool RightToLeft = false)
{
    public static readonly Language English = new("en", "English");
    public static readonly Language French = new("fr", "Français");
    public static readonly Language Spanish = new("es", "Español");
    public static readonly Language Portuguese = new("pt", "Português");
    public static readonly Language Arabic = new("ar", "العربية", RightToLeft: true);

    /// <summary>Every language the interface is translated into.</summary>
    public static readonly IReadOnlyList<Language> All = [English, French, Spanish, Portuguese, Arabic];

    public bool IsDefault => Code == "en";
    public string Direction => RightToLeft ? "rtl" : "ltr";

    /// <summary>Dates and numbers. Arabic keeps Western digits: figures are copied into tables far more than read aloud.</summary>
    public CultureInfo Culture { get; } = MakeCulture(Code);

    /// <summary>How a day is written in running text: “21 November 2026”, “21 de noviembre de 2026”.</summary>
    public string DayPattern => Code is "es" or "pt" ? "d 'de' MMMM 'de' yyyy" : "d MMMM yyyy";

    public string MonthPattern => Code is "es" or "pt" ? "MMMM 'de' yyyy" : "MMMM yyyy";

    public static Language? Find(string code) => All.FirstOrDefault(l => l.Code == code);

    private static CultureInfo MakeCulture(string code)
    {
        // Day before month for every reader: an international page cannot use the order of one country.
        var culture = new CultureInfo(code == "en" ? "en-GB" : code);
        if (code == "ar")
        {
            culture.DateTimeFormat.Calendar = new GregorianCalendar();
            culture.NumberFormat.DigitSubstitution = DigitShapes.None;
            culture.NumberFormat.NumberDecimalSeparator = ".";
            culture.NumberFormat.NumberGroupSeparator = ",";
        }
        return CultureInfo.ReadOnly(culture);
    }
}
