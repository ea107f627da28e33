namespace Lpsa.Platform;

/// <summary>
/// One search. The database says which documents match; everything else (facets, order, snippets) is worked out here,
/// so that it cannot differ between the databases.
/// </summary>
internal sealed class SearchRun(
    SearchReader reader,
    SearchColumns columns,
    SearchRequest request,
    SearchQuery query,
    DateTime now
)
{
    /// <summary>Matches that are looked at, the newest first; with more, totals are shown as "more than".</summary>
    public const int MostMatches = 10_000;

    /// <summary>A facet list offers this many values, and those that are chosen.</summary>
    private const int MostValues = 12;

    private readonly MatchExpression words = MatchExpression.Of(query, reader.IsPostgres);

    public async Task<SearchResults> Run(CancellationToken cancel)
    {
        var filters = new FacetFilters(columns, request.Filters);
        var counting = new FacetCounting(columns, filters, request.Language);
        var numbers = await reader.Match(words, MostMatches + 1, cancel);
        var isMore = numbers.Count > MostMatches;
        var narrowed = filters.Narrow(words);
        if (isMore && filters.Any)
        {
            // Among too many matches the filters must go to the database, or older matches would be missed.
            numbers = await reader.Match(narrowed, MostMatches + 1, cancel);
            isMore = numbers.Count > MostMatches;
            counting.Add(numbers);
            foreach (var axis in filters.Axes)
                counting.AddOthers(axis, await reader.Match(filters.Narrow(words, except: axis), MostMatches, cancel));
        }
        else
        {
            if (isMore)
                numbers = [.. numbers.Take(MostMatches)];
            counting.Add(numbers);
        }
        var found = counting.Found();
        var ordered =
            request.Order == SearchOrder.Date || query.Parts.Count == 0
                ? ByDate(found)
                : await new Ranking(reader, query, request, now).Order(found, counting, narrowed, cancel);
        var page = ordered.Skip((Math.Max(1, request.Page) - 1) * request.PageSize).Take(request.PageSize).ToList();
        var isCommon = found.Count > columns.ThingCount / 4;
        return new SearchResults(
            found.Count,
            isMore,
            await Hits(page, isCommon, cancel),
            counting.Counts(MostValues),
            null
        );
    }

    internal static List<SearchColumns.Entry> ByDate(IEnumerable<SearchColumns.Entry> found)
    {
        var sorted = found.ToList();
        sorted.Sort(static (a, b) => a.Ticks != b.Ticks ? b.Ticks.CompareTo(a.Ticks) : a.Id.CompareTo(b.Id));
        return sorted;
    }

    private async Task<IReadOnlyList<SearchHit>> Hits(
        List<SearchColumns.Entry> page,
        bool isCommon,
        CancellationToken cancel
    )
    {
        if (page.Count == 0)
            return [];
        var texts = (await reader.TextsOf(page.Select(e => e.Number), cancel)).ToDictionary(t => t.Number);
        var highlighter = new Highlighter(query, isCommon);
        var hits = new List<SearchHit>(page.Count);
        foreach (var entry in page)
        {
            // Removed between two reads of this search by somebody else.
            if (!texts.TryGetValue(entry.Number, out var text))
                continue;
            var facets = Array.ConvertAll(entry.Facets, code => columns.FacetNames[code]);
            hits.Add(
                new SearchHit(
                    new SearchKey(facets[0]["kind:".Length..], entry.Id),
                    entry.Language,
                    text.Path,
                    highlighter.Mark(text.Title),
                    highlighter.Snippet(text.Summary, longest => PackedText.Unpack(text.Body, longest)),
                    entry.Ticks == 0 ? null : new DateTime(entry.Ticks, DateTimeKind.Utc),
                    facets
                )
            );
        }
        return hits;
    }
}
