using System.Collections.Frozen;
using Lpsa.Platform;

namespace Lpsa.Home;

/// <summary>
/// A page of several hundred words that is the same for everybody, kept as one Markdown file for each language:
/// its first heading is the title, the paragraph below it the summary.
/// </summary>
public sealed record LongText(string Title, string Lede, string Body)
{
    public const string About = "about";
    public const string TheoryOfChange = "theory-of-change";

    /// <summary>The address of each page without its slash.</summary>
    public static readonly IReadOnlyList<string> Names = [About, TheoryOfChange];

    private static readonly FrozenDictionary<(string Name, string Language), LongText> Shipped = (
        from name in Names
        from language in Language.All
        select ((name, language.Code), Text: Parse(File(name, language.Code)))
    ).ToFrozenDictionary(t => t.Item1, t => t.Text);

    public static LongText Of(string name, Language language) => Shipped[(name, language.Code)];

    internal static LongText Parse(string markdown)
    {
        var parts = markdown.ReplaceLineEndings("\n").Trim().Split("\n\n", 3);
        if (parts.Length < 3 || !parts[0].StartsWith("# ", StringComparison.Ordinal))
            throw new FormatException(
                "A long text begins with a title (# …) and a summary, each followed by a blank line."
            );
        return new LongText(parts[0][2..].Trim(), parts[1].ReplaceLineEndings(" "), parts[2]);
    }

    private static string File(string name, string language)
    {
        using var reader = new StreamReader(
            typeof(LongText).Assembly.GetManifestResourceStream($"texts/{name}.{language}.md")
                ?? throw new InvalidOperationException($"The text {name}.{language}.md is not part of the program.")
        );
        return reader.ReadToEnd();
    }
}
