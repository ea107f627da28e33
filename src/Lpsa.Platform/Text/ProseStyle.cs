namespace Lpsa.Platform;

/// <summary>Where and how a text is shown.</summary>
public sealed record ProseStyle
{
    public static readonly ProseStyle Plain = new();

    /// <summary>Level of the highest heading, 2 to 6; the page itself owns the first.</summary>
    public int TopHeading { get; init; } = 2;

    /// <summary>Before every id, so that a heading called "Search" does not take the id of the search form. Give each
    /// text its own when one page shows several.</summary>
    public string IdPrefix { get; init; } = "t-";

    /// <summary>Turns a local address (<c>/posts/x</c>) into the one to write: language in front, or absolute for mail
    /// and feeds.</summary>
    public Func<string, string> Address { get; init; } = static path => path;

    /// <summary>Name of a table for people who hear the page; <c>{0}</c> is its number in the text.</summary>
    public string TableName { get; init; } = "Table {0}";
    public string FootnotesName { get; init; } = "Footnotes";
    public string FootnoteName { get; init; } = "Footnote {0}";
    public string BackName { get; init; } = "Back to the text, footnote {0}";

    /// <summary>In the language of a page, its local links included.</summary>
    public static ProseStyle On(PageContext page)
    {
        return new()
        {
            // Files have one address in all languages, so that they are cached once.
            Address = path => path.StartsWith("/files/", StringComparison.Ordinal) ? path : page.To(path),
            TableName = page.Texts.Say("Table {0}"),
            FootnotesName = page.Texts.Say("Footnotes"),
            FootnoteName = page.Texts.Say("Footnote {0}"),
            BackName = page.Texts.Say("Back to the text, footnote {0}"),
        };
    }
}
