using System.Text.RegularExpressions;
using AngleSharp.Dom;

namespace Lpsa.Platform;

/// <summary>Finds the page that a player or frame stands for, so that a plain link can take its place.</summary>
internal static partial class HtmlEmbeds
{
    public static string? Address(IElement element, HtmlSpans spans)
    {
        var given =
            element.GetAttribute("href")
            ?? element.GetAttribute("src")
            ?? element.GetAttribute("data-src")
            ?? element.GetAttribute("data")
            ?? element.QuerySelector("source[src], embed[src], iframe[src]")?.GetAttribute("src");
        return given is null || spans.Address(given) is not { } address || !SafeAddress.IsWeb(address)
            ? null
            : Watchable(address);
    }

    /// <summary>The page for people instead of the one for frames.</summary>
    public static string Watchable(string address)
    {
        if (YouTube().Match(address) is { Success: true } film)
            return "https://www.youtube.com/watch?v=" + film.Groups["id"].Value;
        if (Vimeo().Match(address) is { Success: true } vimeo)
            return "https://vimeo.com/" + vimeo.Groups["id"].Value;
        return address;
    }

    [GeneratedRegex(
        @"^https?://(www\.)?(youtube\.com|youtube-nocookie\.com)/(embed|v)/(?<id>[A-Za-z0-9_-]{6,20})",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture
    )]
    private static partial Regex YouTube();

    [GeneratedRegex(
        @"^https?://player\.vimeo\.com/video/(?<id>[0-9]{1,12})",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Vimeo();
}
