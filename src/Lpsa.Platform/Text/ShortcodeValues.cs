using System.Globalization;
using System.Net;

namespace Lpsa.Platform;

/// <summary>The values of a shortcode: <c>key="value"</c>, <c>key=value</c>, and bare ones numbered from 0.</summary>
internal static class ShortcodeValues
{
    public static Dictionary<string, string> Read(string source)
    {
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        // Editors turn straight quotes into curly ones or entities.
        var text = WebUtility.HtmlDecode(source).Replace('“', '"').Replace('”', '"').Replace('″', '"');
        var bare = 0;
        for (var at = 0; at < text.Length; )
        {
            if (char.IsWhiteSpace(text[at]))
            {
                at++;
                continue;
            }
            var end = at;
            while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] is '_' or '-'))
                end++;
            if (end > at && end < text.Length && text[end] == '=')
            {
                var key = text[at..end];
                values[key] = Value(text, end + 1, out at);
            }
            else
            {
                values[(bare++).ToString(CultureInfo.InvariantCulture)] = Value(text, at, out at);
            }
        }
        return values;
    }

    private static string Value(string text, int at, out int next)
    {
        if (at < text.Length && text[at] is '"' or '\'')
        {
            var close = text.IndexOf(text[at], at + 1);
            next = close < 0 ? text.Length : close + 1;
            return text[(at + 1)..(close < 0 ? text.Length : close)];
        }
        next = at;
        while (next < text.Length && !char.IsWhiteSpace(text[next]))
            next++;
        // A value that stands for nothing must still move on.
        next = Math.Max(next, at + (at < text.Length ? 1 : 0));
        return text[at..Math.Min(next, text.Length)];
    }
}
