using System.Net;
using System.Text;

namespace Lpsa.Platform;

/// <summary>
/// Replaces WordPress shortcodes, which live in the text, by HTML that the converter understands. Square brackets that
/// are only punctuation ("[sic]", "[1]") stay.
/// </summary>
internal sealed class Shortcodes(string html, ConversionNotes notes)
{
    private const int LongestTag = 4000;

    private readonly StringBuilder output = new(html.Length + 256);
    private readonly HashSet<string> closed = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> opened = new(StringComparer.OrdinalIgnoreCase);

    private sealed record Tag(
        string Name,
        bool Closes,
        bool SelfClosing,
        Dictionary<string, string> Values,
        string Source
    )
    {
        public string? this[params ReadOnlySpan<string> names]
        {
            get
            {
                foreach (var name in names)
                {
                    if (Values.TryGetValue(name, out var value) && value.Length > 0)
                        return value;
                }
                return null;
            }
        }
    }

    public string Unfold()
    {
        if (!html.Contains('[', StringComparison.Ordinal))
            return html;
        CollectClosed();
        var at = 0;
        while (html.AsSpan(at).IndexOfAny('[', '<') is var next and >= 0)
        {
            output.Append(html, at, next);
            at += next;
            at = html[at] == '<' ? Markup(at) : Bracket(at);
        }
        return output.Append(html, at, html.Length - at).ToString();
    }

    private void CollectClosed()
    {
        for (
            var at = html.IndexOf("[/", StringComparison.Ordinal);
            at >= 0;
            at = html.IndexOf("[/", at + 2, StringComparison.Ordinal)
        )
        {
            if (Read(at) is { } tag)
                closed.Add(tag.Tag.Name);
        }
    }

    /// <summary>Copies a tag or comment, and code with its content: brackets there are not shortcodes.</summary>
    private int Markup(int at)
    {
        var end = html.AsSpan(at).StartsWith("<!--") ? After("-->", at) : AfterTag(at);
        foreach (var name in (ReadOnlySpan<string>)["pre", "code", "script", "style"])
        {
            if (
                html.AsSpan(at + 1).StartsWith(name, StringComparison.OrdinalIgnoreCase)
                && at + 1 + name.Length < html.Length
                && !char.IsLetter(html[at + 1 + name.Length])
            )
                end = After("</" + name, end);
        }
        output.Append(html, at, end - at);
        return end;
    }

    private int After(string mark, int from)
    {
        var found = from < html.Length ? html.IndexOf(mark, from, StringComparison.OrdinalIgnoreCase) : -1;
        return found < 0 ? html.Length : found + mark.Length;
    }

    private int AfterTag(int at)
    {
        // "a < b" is not a tag.
        if (at + 1 >= html.Length || !(char.IsLetter(html[at + 1]) || html[at + 1] is '/' or '!'))
            return at + 1;
        var quote = '\0';
        for (var end = at + 1; end < html.Length; end++)
        {
            var c = html[end];
            if (quote != '\0')
                quote = c == quote ? '\0' : quote;
            else if (c is '"' or '\'' && html[end - 1] == '=')
                quote = c;
            else if (c == '>')
                return end + 1;
        }
        return html.Length;
    }

    private int Bracket(int at)
    {
        // [[name]] is how WordPress writes about shortcodes without running them.
        if (
            at + 1 < html.Length
            && html[at + 1] == '['
            && Read(at + 1) is { } quoted
            && quoted.End < html.Length
            && html[quoted.End] == ']'
        )
        {
            output.Append(quoted.Tag.Source);
            return quoted.End + 1;
        }
        if (Read(at) is not { } read || !IsShortcode(read.Tag))
        {
            output.Append('[');
            return at + 1;
        }
        return Replace(read.Tag, read.End);
    }

    private bool IsShortcode(Tag tag) =>
        tag.Closes
            ? closed.Contains(tag.Name) && (IsKnown(tag.Name) || opened.Contains(tag.Name))
            : IsKnown(tag.Name)
                || tag.SelfClosing
                || tag.Values.Any(v => !char.IsAsciiDigit(v.Key[0]))
                || tag.Name.Contains('_', StringComparison.Ordinal)
                || closed.Contains(tag.Name);

    private static bool IsKnown(string name) =>
        name
            is "caption"
                or "wp_caption"
                or "gallery"
                or "embed"
                or "video"
                or "audio"
                or "playlist"
                or "youtube"
                or "vimeo"
        || IsForm(name)
        || IsLayout(name);

    private static bool IsForm(string name) =>
        name.StartsWith("contact-form", StringComparison.Ordinal)
        || name.StartsWith("mc4wp", StringComparison.Ordinal)
        || name
            is "gravityform"
                or "gravityforms"
                or "wpforms"
                or "ninja_form"
                or "ninja_forms"
                or "formidable"
                or "caldera_form"
                or "fluentform"
                or "contact"
                or "newsletter_form"
                or "mailpoet_form";

    private static bool IsLayout(string name) =>
        name.StartsWith("vc_", StringComparison.Ordinal)
        || name.StartsWith("et_pb_", StringComparison.Ordinal)
        || name.StartsWith("fusion_", StringComparison.Ordinal)
        || name.StartsWith("av_", StringComparison.Ordinal)
        || name.StartsWith("cs_", StringComparison.Ordinal)
        || name.StartsWith("su_", StringComparison.Ordinal)
        || name.StartsWith("one_", StringComparison.Ordinal)
        || name.StartsWith("two_", StringComparison.Ordinal)
        || name.StartsWith("three_", StringComparison.Ordinal)
        || name
            is "row"
                or "column"
                or "columns"
                or "col"
                or "section"
                or "tabs"
                or "tab"
                or "tabgroup"
                or "toggle"
                or "accordion"
                or "accordion-item"
                or "button";

    private int Replace(Tag tag, int end)
    {
        var name = tag.Name;
        if (!tag.Closes)
            opened.Add(name);
        if (name is "caption" or "wp_caption")
            output.Append(tag.Closes ? "</figure>" : "<figure class=\"x-caption\">" + Caption(tag));
        else if (name == "gallery")
            output.Append($"<x-gallery ids=\"{Encoded(tag["ids", "include"] ?? "")}\"></x-gallery>");
        else if (name is "embed" or "youtube" or "vimeo" or "video" or "audio" or "playlist")
            return Embed(tag, end);
        else if (IsForm(name))
            notes.Left("form", tag.Source);
        else if (name is "vc_raw_html" or "vc_raw_js" or "et_pb_code" or "fusion_code")
            return Dropped(tag, end);
        else if (IsLayout(name))
            Layout(tag);
        else if (!tag.Closes)
            notes.Left("shortcode", tag.Source);
        return end;
    }

    private static string Caption(Tag tag) =>
        tag["caption"] is { } words ? $"<figcaption>{Encoded(words)}</figcaption>" : "";

    private int Embed(Tag tag, int end)
    {
        if (tag.Closes)
            return end;
        var address = tag["src", "url", "mp4", "m4v", "webm", "ogv", "mp3", "m4a", "ogg", "wav", "id", "0"]
            ?.TrimStart('=');
        // Only a short way ahead: the content is one address, and a search to the end for each would be quadratic.
        var ahead = html.AsSpan(end, Math.Min(LongestTag, html.Length - end));
        var close = closed.Contains(tag.Name)
            ? ahead.IndexOf($"[/{tag.Name}]", StringComparison.OrdinalIgnoreCase)
            : -1;
        if (close >= 0 && ahead[..close].IndexOf('[') < 0)
        {
            address ??= ahead[..close].Trim().ToString();
            end += close + tag.Name.Length + 3;
        }
        if (address is not null && tag.Name == "youtube" && !address.Contains('/', StringComparison.Ordinal))
            address = "https://www.youtube.com/watch?v=" + address;
        else if (address is not null && tag.Name == "vimeo" && !address.Contains('/', StringComparison.Ordinal))
            address = "https://vimeo.com/" + address;
        if (address is null)
            notes.Left("embedded page or film", tag.Source);
        else
            output.Append($"<x-embed href=\"{Encoded(WebUtility.HtmlDecode(address))}\"></x-embed>");
        return end;
    }

    private int Dropped(Tag tag, int end)
    {
        if (tag.Closes)
            return end;
        notes.Left("raw code of a page builder", tag.Source);
        return closed.Contains(tag.Name) ? After($"[/{tag.Name}]", end) : end;
    }

    private void Layout(Tag tag)
    {
        if (tag.Closes)
        {
            output.Append("</div>");
            return;
        }
        notes.Changed("layout of a page builder, unfolded", tag.Name);
        var leaf = tag.SelfClosing || !closed.Contains(tag.Name);
        output.Append(leaf ? "" : "<div>");
        var address = tag["button_url", "link", "href"];
        // WPBakery packs address and words into one value: url:https%3A%2F%2F…|title:…
        if (address is not null && address.StartsWith("url:", StringComparison.Ordinal))
            address = WebUtility.UrlDecode(address[4..].Split('|')[0]);
        var words = tag["button_text", "text", "title", "admin_title"];

        if (tag["src", "image_url"] is { } picture && tag.Name.Contains("image", StringComparison.Ordinal))
            output.Append($"<p><img src=\"{Encoded(picture)}\" alt=\"{Encoded(tag["alt", "title_text"] ?? "")}\"></p>");
        else if (tag["image"] is { } number && long.TryParse(number, out _))
            output.Append($"<x-gallery ids=\"{number}\"></x-gallery>");
        else if (tag["src", "link"] is { } film && tag.Name.Contains("video", StringComparison.Ordinal))
            output.Append($"<x-embed href=\"{Encoded(film)}\"></x-embed>");
        else if (words is not null && address is not null)
            output.Append($"<p><a href=\"{Encoded(address)}\">{Encoded(words)}</a></p>");
        else if (tag["title", "text"] is { } title && !tag.Name.EndsWith("_row", StringComparison.Ordinal))
            output.Append($"<h3>{Encoded(title)}</h3>");
    }

    private static string Encoded(string value) => WebUtility.HtmlEncode(value);

    /// <summary>Reads <c>[name key="value" …]</c> at a bracket; null when it is not one.</summary>
    private (Tag Tag, int End)? Read(int at)
    {
        var start = at + 1;
        var closes = start < html.Length && html[start] == '/';
        if (closes)
            start++;
        var end = start;
        while (
            end < html.Length && end - start < 60 && (char.IsAsciiLetterOrDigit(html[end]) || html[end] is '_' or '-')
        )
            end++;
        if (
            end == start
            || end >= html.Length
            || !char.IsAsciiLetter(html[start])
            || !(html[end] is ']' or '/' or '=' || char.IsWhiteSpace(html[end]))
        )
            return null;
        var name = html[start..end].ToLowerInvariant();

        var quote = '\0';
        for (var stop = end; stop < html.Length && stop - at < LongestTag; stop++)
        {
            var c = html[stop];
            if (quote != '\0')
                quote = c == quote ? '\0' : quote;
            else if (c is '"' or '\'' && html[stop - 1] is '=' or ' ')
                quote = c;
            else if (c is '[' or '<')
                return null;
            else if (c == ']')
                return (
                    new(
                        name,
                        closes,
                        html[stop - 1] == '/',
                        ShortcodeValues.Read(html[end..stop].TrimEnd('/')),
                        html[at..(stop + 1)]
                    ),
                    stop + 1
                );
        }
        return null;
    }
}
