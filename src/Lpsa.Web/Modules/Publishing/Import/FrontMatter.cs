namespace Lpsa.Publishing;

/// <summary>
/// A text file that begins with its description: lines <c>key: value</c> between two lines <c>---</c>, then Markdown.
/// Every value knows its line, so that an error can name it.
/// </summary>
internal sealed class FrontMatter
{
    private const string Fence = "---";

    private readonly Dictionary<string, (string Value, int Line)> entries = new(StringComparer.Ordinal);

    private FrontMatter(string body, int endLine) => (Body, EndLine) = (body, endLine);

    /// <summary>The Markdown below.</summary>
    public string Body { get; }

    /// <summary>Line of the closing fence: the place to name when something is missing.</summary>
    public int EndLine { get; }

    public string? this[string key] => entries.TryGetValue(key, out var entry) ? entry.Value : null;

    public int LineOf(string key) => entries.TryGetValue(key, out var entry) ? entry.Line : EndLine;

    /// <summary>Values separated by commas; empty when the key is missing.</summary>
    public IReadOnlyList<string> List(string key) =>
        this[key]?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    /// <summary>The first fault of the form; null and <paramref name="read"/> when there is none.</summary>
    /// <param name="keys">The keys that may be used; a misspelt one would otherwise be lost in silence.</param>
    public static ImportFault? TryRead(string text, IReadOnlyCollection<string> keys, out FrontMatter? read)
    {
        read = null;
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        if (lines[0].TrimEnd() != Fence)
            return new(1, "front matter", lines[0], "the first line must be ---");
        var end = Array.FindIndex(lines, 1, line => line.TrimEnd() == Fence);
        if (end < 0)
            return new(1, "front matter", Fence, "the description is not closed by a second line ---");
        var found = new FrontMatter(string.Join('\n', lines[(end + 1)..]).Trim(), end + 1);
        for (var at = 1; at < end; at++)
        {
            if (string.IsNullOrWhiteSpace(lines[at]))
                continue;
            var colon = lines[at].IndexOf(':', StringComparison.Ordinal);
            if (colon < 1)
                return new(at + 1, "front matter", lines[at], "is not of the form key: value");
            var key = lines[at][..colon].Trim();
            if (!keys.Contains(key))
                return new(at + 1, key, lines[at], $"is not a known key; known are {string.Join(", ", keys)}");
            if (!found.entries.TryAdd(key, (lines[at][(colon + 1)..].Trim(), at + 1)))
                return new(at + 1, key, lines[at], "is given twice");
        }
        read = found;
        return null;
    }
}

/// <summary>What is wrong in a file, and where.</summary>
internal sealed record ImportFault(int Line, string Column, string Value, string Reason);
