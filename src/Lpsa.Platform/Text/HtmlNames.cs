using System.Collections.Frozen;
using System.Text.RegularExpressions;
using AngleSharp.Dom;

namespace Lpsa.Platform;

/// <summary>What is known of HTML elements when they become Markdown.</summary>
internal static partial class HtmlNames
{
    public static readonly FrozenSet<string> Blocks = FrozenSet.ToFrozenSet([
        .. (
            "address article aside audio blockquote body center dd details dir div dl dt embed fieldset figcaption figure footer "
            + "h1 h2 h3 h4 h5 h6 header hgroup hr iframe li main menu nav object ol p pre search section summary table "
            + "tbody td tfoot th thead tr ul video caption x-gallery x-embed"
        ).Split(' '),
    ]);

    /// <summary>Inline elements whose content is never looked into for blocks.</summary>
    public static readonly FrozenSet<string> Atoms = FrozenSet.ToFrozenSet([
        "br",
        "img",
        "code",
        "kbd",
        "samp",
        "tt",
        "wbr",
    ]);

    private static readonly FrozenDictionary<string, string> Removed = new Dictionary<string, string>
    {
        ["script"] = "script",
        ["style"] = "style sheet",
        ["link"] = "style sheet",
        ["form"] = "form",
        ["input"] = "form",
        ["select"] = "form",
        ["textarea"] = "form",
        ["canvas"] = "drawing",
        ["svg"] = "drawing",
        ["math"] = "formula",
        ["applet"] = "applet",
        ["frameset"] = "frames",
    }.ToFrozenDictionary();

    private static readonly FrozenSet<string> Silent = FrozenSet.ToFrozenSet([
        "noscript",
        "template",
        "meta",
        "base",
        "title",
        "head",
        "source",
        "track",
        "param",
        "area",
        "map",
        "datalist",
        "colgroup",
        "col",
    ]);

    /// <summary>True for what must not come through; says so where a reader would miss it.</summary>
    public static bool IsIgnored(IElement element, ConversionNotes notes)
    {
        if (Silent.Contains(element.LocalName))
            return true;
        if (Removed.TryGetValue(element.LocalName, out var what))
        {
            notes.Left(
                what,
                element.GetAttribute("src") ?? element.GetAttribute("action") ?? element.TextContent.Trim()
            );
            return true;
        }
        if (element.GetAttribute("style") is { } style && Hidden().IsMatch(style))
        {
            // Links that only search engines see are what intruders leave behind.
            notes.Left("hidden text", element.TextContent.Trim());
            return true;
        }
        return element.ClassList.Contains("wp-block-file__button");
    }

    [GeneratedRegex(
        @"display\s*:\s*none|visibility\s*:\s*hidden",
        RegexOptions.IgnoreCase | RegexOptions.NonBacktracking
    )]
    private static partial Regex Hidden();
}
