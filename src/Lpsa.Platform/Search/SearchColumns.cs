using System.Runtime.InteropServices;

namespace Lpsa.Platform;

/// <summary>
/// The facets of every document, held in memory by number: counting them for ten thousand matches takes a fraction of a
/// millisecond here and a hundred in either database. Never authoritative: every search asks for the revision of the
/// index and first takes in what changed since. Unchangeable once built; a change makes a new one.
/// </summary>
internal sealed class SearchColumns
{
    public static readonly SearchColumns Empty = new(
        0,
        0,
        [],
        [],
        new Dictionary<(string, Guid), int>(),
        new Dictionary<string, int>()
    );

    private readonly Dictionary<long, int> slots;
    private readonly Entry[] entries;
    private readonly IReadOnlyDictionary<(string Kind, Guid Id), int> things;
    private readonly IReadOnlyDictionary<string, int> facetCodes;

    private SearchColumns(
        int generation,
        long revision,
        Dictionary<long, int> slots,
        Entry[] entries,
        IReadOnlyDictionary<(string, Guid), int> things,
        IReadOnlyDictionary<string, int> facetCodes
    )
    {
        (Generation, Revision) = (generation, revision);
        (this.slots, this.entries, this.things, this.facetCodes) = (slots, entries, things, facetCodes);
        FacetNames = new string[facetCodes.Count];
        foreach (var (name, code) in facetCodes)
            FacetNames[code] = name;
    }

    /// <summary>Changes when the index was built anew.</summary>
    public int Generation { get; }
    public long Revision { get; }
    public string[] FacetNames { get; }
    public int ThingCount => things.Count;
    public int Count => slots.Count;

    /// <summary>The document of a number; null when it is newer than these columns or gone.</summary>
    public Entry? Find(long number) => slots.TryGetValue(number, out var slot) ? entries[slot] : null;

    public int? FacetCode(string facet) => facetCodes.TryGetValue(facet, out var code) ? code : null;

    public SearchColumns With(
        int generation,
        long revision,
        IReadOnlyList<Row> changed,
        IReadOnlyCollection<long> removed
    )
    {
        var start = generation == Generation ? this : Empty;
        var numbers = new Dictionary<long, int>(start.slots);
        foreach (var number in removed)
            numbers.Remove(number);
        var kept = new List<Entry>(start.entries);
        var known = new Dictionary<(string, Guid), int>(start.things);
        var codes = new Dictionary<string, int>(start.facetCodes, StringComparer.Ordinal);
        foreach (var row in changed)
        {
            ref var thing = ref CollectionsMarshal.GetValueRefOrAddDefault(known, (row.Kind, row.Id), out var seen);
            if (!seen)
                thing = known.Count - 1;
            var facets = new int[row.Facets.Length];
            for (var i = 0; i < facets.Length; i++)
            {
                ref var code = ref CollectionsMarshal.GetValueRefOrAddDefault(codes, row.Facets[i], out var named);
                if (!named)
                    code = codes.Count - 1;
                facets[i] = code;
            }
            var entry = new Entry(row.Number, thing, row.Id, row.Language, row.Date?.Ticks ?? 0, facets);
            if (numbers.TryGetValue(row.Number, out var slot))
            {
                kept[slot] = entry;
                continue;
            }
            numbers[row.Number] = kept.Count;
            kept.Add(entry);
        }
        return new SearchColumns(generation, revision, numbers, [.. kept], known, codes);
    }

    /// <summary>One document as it comes from the database.</summary>
    public readonly record struct Row(
        long Number,
        string Kind,
        Guid Id,
        string Language,
        DateTime? Date,
        string[] Facets
    );

    /// <param name="Thing">The same for all languages of one thing.</param>
    /// <param name="Ticks">Of the date; 0 when it has none.</param>
    public sealed record Entry(long Number, int Thing, Guid Id, string Language, long Ticks, int[] Facets);
}
