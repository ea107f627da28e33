namespace Lpsa.Platform;

/// <summary>The chosen facets, by axis.</summary>
internal sealed class FacetFilters
{
    private readonly Dictionary<string, HashSet<string>> chosen = new(StringComparer.Ordinal);
    private readonly List<(string Axis, HashSet<int> Codes)> codes = [];

    public FacetFilters(SearchColumns columns, IEnumerable<string> filters)
    {
        foreach (var filter in filters.Select(IndexedText.Clean).Where(f => f.Contains(':')).Distinct().Take(40))
        {
            var axis = filter[..filter.IndexOf(':')];
            if (!chosen.TryGetValue(axis, out var values))
                chosen[axis] = values = [];
            values.Add(filter);
        }
        foreach (var (axis, values) in chosen)
            codes.Add((axis, [.. values.Select(columns.FacetCode).OfType<int>()]));
    }

    public bool Any => chosen.Count > 0;
    public IEnumerable<string> Axes => chosen.Keys;

    public bool IsChosen(string axis, string facet) =>
        chosen.TryGetValue(axis, out var values) && values.Contains(facet);

    public IEnumerable<string> ChosenOn(string axis) => chosen.GetValueOrDefault(axis, []);

    public MatchExpression Narrow(MatchExpression words, string? except = null)
    {
        foreach (var (axis, values) in chosen)
            if (axis != except)
                words = words.WithAny(values.Order(StringComparer.Ordinal).Select(IndexToken.Facet));
        return words;
    }

    /// <returns>The axis that keeps the entry out: null when none does, empty when more than one does.</returns>
    public string? KeptOutBy(SearchColumns.Entry entry)
    {
        string? by = null;
        foreach (var (axis, wanted) in codes)
        {
            if (entry.Facets.AsSpan().ContainsAny(wanted))
                continue;
            if (by is not null)
                return "";
            by = axis;
        }
        return by;
    }
}

file static class Spans
{
    public static bool ContainsAny(this Span<int> facets, HashSet<int> wanted)
    {
        foreach (var facet in facets)
            if (wanted.Contains(facet))
                return true;
        return false;
    }
}

/// <summary>
/// Takes in matching documents and keeps, of the things that pass all filters, the one language the reader sees. Counts
/// for each axis what choosing another value on it would find, as if nothing were chosen on that axis.
/// </summary>
internal sealed class FacetCounting(SearchColumns columns, FacetFilters filters, string language)
{
    /// <summary>Where a document's facets name its language.</summary>
    private const int Language = 1;

    private readonly Dictionary<int, SearchColumns.Entry> best = [];
    private readonly Dictionary<string, HashSet<(int Thing, int Facet)>> others = new(StringComparer.Ordinal);
    private readonly int[] counts = new int[columns.FacetNames.Length];

    public void Add(IReadOnlyList<long> numbers)
    {
        best.EnsureCapacity(numbers.Count);
        foreach (var number in numbers)
        {
            if (columns.Find(number) is not { } entry)
                continue;
            var keptOutBy = filters.Any ? filters.KeptOutBy(entry) : null;
            if (keptOutBy is null)
                Keep(entry);
            else if (keptOutBy.Length > 0)
                CountOther(keptOutBy, entry);
        }
    }

    /// <summary>Documents that match without the filter of one axis.</summary>
    public void AddOthers(string axis, IReadOnlyList<long> numbers)
    {
        foreach (var number in numbers)
            if (columns.Find(number) is { } entry && filters.KeptOutBy(entry) == axis)
                CountOther(axis, entry);
    }

    public IReadOnlyCollection<SearchColumns.Entry> Found() => best.Values;

    /// <summary>The document shown for the thing that this one belongs to; null when filters keep it out.</summary>
    public SearchColumns.Entry? Shown(long number) =>
        columns.Find(number) is { } entry ? best.GetValueOrDefault(entry.Thing) : null;

    /// <summary>To be asked once, after everything was added.</summary>
    public IReadOnlyList<FacetCounts> Counts(int most)
    {
        foreach (var entry in best.Values)
        foreach (var facet in entry.Facets)
            if (facet != entry.Facets[Language])
                counts[facet]++;
        foreach (var (_, facet) in others.Values.SelectMany(o => o))
            counts[facet]++;
        var axes = new SortedDictionary<string, List<FacetCount>>(StringComparer.Ordinal);
        for (var code = 0; code < counts.Length; code++)
        {
            var name = columns.FacetNames[code];
            var colon = name.IndexOf(':');
            if (colon <= 0)
                continue;
            var axis = name[..colon];
            var chosen = filters.IsChosen(axis, name);
            if (counts[code] == 0 && !chosen)
                continue;
            if (!axes.TryGetValue(axis, out var values))
                axes[axis] = values = [];
            values.Add(new FacetCount(name[(colon + 1)..], counts[code], chosen));
        }
        return [.. axes.Select(a => new FacetCounts(a.Key, Shorten(a.Value, most)))];
    }

    private static List<FacetCount> Shorten(List<FacetCount> values, int most) =>
        [
            .. values
                .OrderByDescending(v => v.Count)
                .ThenBy(v => v.Code, StringComparer.Ordinal)
                .Where((v, i) => i < most || v.IsChosen),
        ];

    private void Keep(SearchColumns.Entry entry)
    {
        // Counted for every document, before one language is picked for each thing.
        counts[entry.Facets[Language]]++;
        ref var kept = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(
            best,
            entry.Thing,
            out var seen
        );
        if (!seen || IsBetter(entry, kept!))
            kept = entry;
    }

    private bool IsBetter(SearchColumns.Entry one, SearchColumns.Entry other)
    {
        var (a, b) = (Distance(one), Distance(other));
        return a != b ? a < b : string.CompareOrdinal(one.Language, other.Language) < 0;
    }

    private int Distance(SearchColumns.Entry entry) =>
        entry.Language == language ? 0
        : entry.Language == "en" ? 1
        : 2;

    private void CountOther(string axis, SearchColumns.Entry entry)
    {
        if (!others.TryGetValue(axis, out var seen))
            others[axis] = seen = [];
        foreach (var facet in entry.Facets)
            if (
                columns.FacetNames[facet].StartsWith(axis, StringComparison.Ordinal)
                && columns.FacetNames[facet][axis.Length] == ':'
            )
                seen.Add((entry.Thing, facet));
    }
}
