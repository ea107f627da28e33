namespace Lpsa.Platform;

/// <summary>One way to filter a list.</summary>
/// <param name="Key">Name in the address: <c>theme</c>.</param>
/// <param name="Title">Heading, in the language of the page.</param>
/// <param name="Options">All options, the most useful first; only the first few are shown at once.</param>
/// <param name="Several">Several values may be chosen together; otherwise a new one replaces the old.</param>
public sealed record FacetGroup(string Key, string Title, IReadOnlyList<FacetOption> Options, bool Several = false);

/// <summary>A value of a facet with how many items of the list, as filtered now, have it.</summary>
public sealed record FacetOption(string Value, string Label, long Count);
