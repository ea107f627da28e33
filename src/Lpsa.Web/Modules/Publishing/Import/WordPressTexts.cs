using Lpsa.Platform;

namespace Lpsa.Publishing;

/// <summary>Turns the texts of an export into ours, and notes what that cost.</summary>
sealed class WordPressTexts(WordPressPlan plan, WordPressFiles files, Findings findings)
{
    private const int LongestSummary = 500;

    private readonly HtmlSource source = new()
    {
        BaseAddress = plan.Site.Address,
        Address = address => files.PathOf(address) ?? plan.Lead(address),
        Picture = plan.Picture,
    };
    private readonly HashSet<string> unknownLanguages = new(StringComparer.OrdinalIgnoreCase);

    public string Body(WxrItem item) => Convert(item.Html, item, "content:encoded");

    public string Comment(WxrItem item, WxrComment comment) => Convert(comment.Html, item, "wp:comment_content");

    public string Summary(WxrItem item)
    {
        if (item.Excerpt.Length == 0)
            return "";
        var whole = ProseLine(Convert(item.Excerpt, item, "excerpt:encoded"));
        if (whole.Length > LongestSummary)
            findings.Add(
                FindingSeverity.Changed,
                "excerpts that were cut",
                $"The excerpt is longer than {LongestSummary} characters and was cut.",
                (item.Line, 1),
                "excerpt:encoded",
                item.Id
            );
        return Prose.Shorten(whole, LongestSummary);
    }

    public string Title(WxrItem item, string body)
    {
        var title = ProseLine(HtmlToMarkdown.Convert(item.Title, new HtmlSource { IsWordPress = false }).Markdown);
        if (title.Length > 0)
            return title;
        title = Prose.Excerpt(body, 80);
        title = title.Length > 0 ? title : $"Item {item.Id}";
        findings.Add(
            FindingSeverity.Changed,
            "items without a title",
            $"The item has no title; it is called “{title}” now.",
            (item.Line, 1),
            "title",
            item.Id
        );
        return title;
    }

    /// <summary>By the term that language plug-ins set, otherwise by the site's own.</summary>
    public string LanguageOf(WxrItem item)
    {
        var named = item.Terms.FirstOrDefault(t => t.Taxonomy == "language")?.Slug ?? plan.Site.Language;
        if (named.Length == 0)
            return Language.English.Code;
        if (Language.Find(named.Split('-', '_')[0].ToLowerInvariant()) is { } language)
            return language.Code;
        if (unknownLanguages.Add(named))
            findings.Add(
                FindingSeverity.Changed,
                "languages",
                $"The language “{named}” is not one of this site; its items are marked as English.",
                (item.Line, 1),
                "language",
                item.Id
            );
        return Language.English.Code;
    }

    private string Convert(string html, WxrItem item, string element)
    {
        var converted = HtmlToMarkdown.Convert(html, source);
        foreach (var note in converted.Notes)
        {
            var severity = note.Outcome == ConversionOutcome.Left ? FindingSeverity.Left : FindingSeverity.Changed;
            var message = note.Detail.Length == 0 ? note.What : $"{note.What}: {note.Detail}";
            findings.Add(severity, note.What, message, (item.Line, 1), element, item.Id);
        }
        return converted.Markdown;
    }

    private static string ProseLine(string markdown) =>
        string.Join(' ', Prose.PlainText(markdown).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
