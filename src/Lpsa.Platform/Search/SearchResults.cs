namespace Lpsa.Platform;

public enum SearchOrder
{
    Relevance,
    Date,
}

/// <summary>One question to the index.</summary>
public sealed record SearchRequest
{
    /// <summary>Words, <c>"phrases"</c>, <c>-exclusions</c>, <c>title:words</c>; empty with filters lists everything they let through.</summary>
    public string Text { get; init; } = "";

    /// <summary>Language of the reader: of a thing in several languages she sees this one, and it ranks first.</summary>
    public string Language { get; init; } = "en";

    /// <summary>Chosen facets as <c>axis:code</c>: any of those on one axis, and so on every axis that has one.</summary>
    public IReadOnlyList<string> Filters { get; init; } = [];
    public SearchOrder Order { get; init; }

    /// <summary>From 1.</summary>
    public int Page { get; init; } = 1;
    public int PageSize { get; init; } = 20;
}

/// <param name="Total">Things found.</param>
/// <param name="IsMore">There are more than <paramref name="Total"/>; it and the facets count the newest only.</param>
/// <param name="DidYouMean">The query with words corrected that finds more; null when there is no reason to ask.</param>
public sealed record SearchResults(
    int Total,
    bool IsMore,
    IReadOnlyList<SearchHit> Hits,
    IReadOnlyList<FacetCounts> Facets,
    string? DidYouMean
)
{
    public static readonly SearchResults None = new(0, false, [], [], null);
}

/// <summary>One thing found. The texts come in pieces, so that marking the words found needs no HTML.</summary>
public sealed record SearchHit(
    SearchKey Key,
    string Language,
    string Path,
    IReadOnlyList<TextSegment> Title,
    IReadOnlyList<TextSegment> Snippet,
    DateTime? Date,
    IReadOnlyList<string> Facets
)
{
    public string PlainTitle => string.Concat(Title.Select(s => s.Text));
    public string PlainSnippet => string.Concat(Snippet.Select(s => s.Text));
}

/// <param name="IsMatch">What was searched for: drawn as <c>mark</c>.</param>
public readonly record struct TextSegment(string Text, bool IsMatch);

/// <summary>How many of the things found have which value of an axis, most first.</summary>
public sealed record FacetCounts(string Axis, IReadOnlyList<FacetCount> Values);

public sealed record FacetCount(string Code, int Count, bool IsChosen);

/// <summary>A title offered while somebody types.</summary>
public sealed record SearchSuggestion(string Title, string Path, string Kind);

/// <summary>What <see cref="SearchIndex.Check"/> found; empty lists when the index is right.</summary>
/// <param name="Missing">Public, but not in the index or not as it is now.</param>
/// <param name="Surplus">In the index, but not public any more.</param>
/// <param name="IsOutdated">The index was built by an older analysis of words: run <c>reindex</c>.</param>
public sealed record SearchCheck(IReadOnlyList<SearchKey> Missing, IReadOnlyList<SearchKey> Surplus, bool IsOutdated)
{
    public bool IsRight => Missing.Count == 0 && Surplus.Count == 0 && !IsOutdated;
}
