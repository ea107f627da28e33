namespace Lpsa.Platform;

/// <summary>Points at one thing that can be found: its kind and its id.</summary>
public readonly record struct SearchKey(string Kind, Guid Id);

/// <summary>
/// One thing in one language as search sees it. Only what everybody may see is ever put into the index, so a search
/// cannot leak a draft.
/// </summary>
public sealed record SearchDocument
{
    public required SearchKey Key { get; init; }
    public required string Language { get; init; }
    public required string Path { get; init; }
    public required string Title { get; init; }
    public string Summary { get; init; } = "";

    /// <summary>Plain text, no markup.</summary>
    public string Body { get; init; } = "";

    /// <summary>Other words it should be found by: old names, names in other languages and scripts, codes, tags.</summary>
    public string Keywords { get; init; } = "";
    public DateTime? Date { get; init; }

    /// <summary>Facets as <c>axis:code</c>: <c>theme:fiscal</c>, <c>country:KEN</c>, <c>type:recap</c>.</summary>
    public IReadOnlyList<string> Facets { get; init; } = [];
}

/// <summary>How a module's things get into the index.</summary>
/// <param name="Kind">Stable name: <c>post</c>.</param>
/// <param name="Label">English plural shown as a filter: <c>Posts</c>.</param>
/// <param name="Load">The documents of one thing, one for each language it exists in; none when it is not public.</param>
/// <param name="AllIds">Ids of everything that may have documents, for a rebuild.</param>
public sealed record SearchSource(
    string Kind,
    string Label,
    Func<PlatformDb, Guid, CancellationToken, Task<IReadOnlyList<SearchDocument>>> Load,
    Func<PlatformDb, IAsyncEnumerable<Guid>> AllIds
);
