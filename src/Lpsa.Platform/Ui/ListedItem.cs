namespace Lpsa.Platform;

/// <summary>A thing in a list: a post, an event, a publication.</summary>
/// <param name="Title">In its own language; <see cref="Language"/> says which when it is not that of the page.</param>
/// <param name="Path">Local path without the language.</param>
public sealed record ListedItem(string Title, string Path)
{
    /// <summary>What kind of thing, in the language of the page: “Blog post”.</summary>
    public string? Kind { get; init; }
    public DateTime? Date { get; init; }

    /// <summary>Said in the place of <see cref="Date"/> when only a month or a year is known.</summary>
    public string? When { get; init; }
    public string? Summary { get; init; }

    /// <summary>BCP 47 code.</summary>
    public string? Language { get; init; }

    /// <summary>Countries, themes: label and local path.</summary>
    public IReadOnlyList<(string Label, string Path)> Places { get; init; } = [];
}
