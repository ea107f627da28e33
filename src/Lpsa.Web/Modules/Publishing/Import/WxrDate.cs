using System.Globalization;

namespace Lpsa.Publishing;

/// <summary>Dates as WordPress writes them: <c>2011-03-04 12:30:00</c>, zeros where there is none.</summary>
static class WxrDate
{
    private static readonly string[] Forms =
    [
        "yyyy-MM-dd HH:mm:ss",
        "yyyy-MM-dd HH:mm",
        "yyyy-MM-ddTHH:mm:ss",
        "yyyy-MM-dd",
    ];

    public static bool IsNone(string text) =>
        text.Length == 0
        || text.StartsWith("0000-00-00", StringComparison.Ordinal)
        || text.StartsWith("-0001", StringComparison.Ordinal);

    /// <summary>Null when it is no date, or none that a website can have.</summary>
    public static DateTime? Read(string text) =>
        DateTime.TryParseExact(
            text,
            Forms,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var date
        ) && date.Year is >= 1970 and <= 2199
            ? date
            : null;

    /// <summary>The date of the RSS element, RFC 822; drafts have one in the year −1.</summary>
    public static DateTime? ReadRss(string text) =>
        DateTimeOffset.TryParseExact(
            text,
            "ddd, dd MMM yyyy HH:mm:ss zzz",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var date
        ) && date.Year is >= 1970 and <= 2199
            ? date.UtcDateTime
            : null;
}
