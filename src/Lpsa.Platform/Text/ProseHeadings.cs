using System.Globalization;
using System.Text;
using Markdig.Syntax;

namespace Lpsa.Platform;

/// <summary>
/// Gives every heading its level and id. Authors start at any level and skip some; readers who move by headings need
/// an unbroken outline, so a heading becomes one deeper than the one it stands under.
/// </summary>
internal static class ProseHeadings
{
    private const int LongestId = 60;

    public static Dictionary<HeadingBlock, ProseHeading> Of(MarkdownDocument document, ProseStyle style)
    {
        var headings = new Dictionary<HeadingBlock, ProseHeading>();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var next = new Dictionary<string, int>(StringComparer.Ordinal);
        var open = new Stack<int>();
        foreach (var heading in document.Descendants<HeadingBlock>())
        {
            while (open.TryPeek(out var above) && above >= heading.Level)
                open.Pop();
            open.Push(heading.Level);

            var text = ProseText.OneLine(ProseText.Of(heading.Inline));
            headings[heading] = new(
                Math.Min(6, style.TopHeading + open.Count - 1),
                style.IdPrefix + Unique(Slug(text), ids, next),
                text
            );
        }
        return headings;
    }

    private static string Unique(string slug, HashSet<string> ids, Dictionary<string, int> next)
    {
        if (ids.Add(slug))
            return slug;
        // The counter is kept per slug: trying from 2 each time makes ten thousand equal headings quadratic.
        var number = next.GetValueOrDefault(slug, 2);
        while (!ids.Add($"{slug}-{number}"))
            number++;
        next[slug] = number + 1;
        return $"{slug}-{number}";
    }

    /// <summary>Lower-case letters, marks and digits of any script, joined by hyphens.</summary>
    private static string Slug(string text)
    {
        var slug = new StringBuilder();
        foreach (var c in text.Normalize(NormalizationForm.FormC))
        {
            if (slug.Length >= LongestId)
                break;
            if (char.IsLetterOrDigit(c) || char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark)
                slug.Append(char.ToLowerInvariant(c));
            else if (slug.Length > 0 && slug[^1] != '-')
                slug.Append('-');
        }
        var made = slug.ToString().Trim('-');
        return made.Length == 0 ? "section" : made;
    }
}
