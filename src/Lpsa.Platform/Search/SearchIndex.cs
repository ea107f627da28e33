namespace Lpsa.Platform;

/// <summary>Full-text search over everything public.</summary>
public sealed class SearchIndex(ModuleRegistry modules)
{
    /// <summary>Results beyond this many are not counted or listed.</summary>
    public const int MostMatches = SearchRun.MostMatches;

    private const int MostGuesses = 16;
    private const int ShortestGuess = 3;

    /// <summary>With fewer results than this, other spellings are looked for.</summary>
    private const int FewResults = 3;

    private volatile SearchColumns shared = SearchColumns.Empty;

    /// <summary>Brings the documents of one thing up to date, in the caller's transaction.</summary>
    internal async Task Refresh(PlatformDb db, SearchKey key, CancellationToken cancel)
    {
        if (modules.SearchSource(key.Kind) is { } source)
            await Put(db, key, await source.Load(db, key.Id, cancel), cancel);
    }

    internal static async Task Put(
        PlatformDb db,
        SearchKey key,
        IReadOnlyList<SearchDocument> documents,
        CancellationToken cancel
    )
    {
        var writer = await SearchWriter.Begin(db, cancel);
        await writer.Replace(key, documents, cancel);
        await writer.Flush(cancel);
    }

    public async Task<SearchResults> Find(PlatformDb db, SearchRequest request, CancellationToken cancel)
    {
        var reader = new SearchReader(db);
        var query = SearchQuery.Parse(request.Text);
        if (await IsUnfinished(reader, query, cancel))
            query = await Guess(reader, query, cancel);
        if (query.IsEmpty && request.Filters.Count == 0)
            return SearchResults.None;
        var columns = await Columns(db, reader, cancel);
        var results = await new SearchRun(reader, columns, request, query, db.Now).Run(cancel);
        return results.Total < FewResults && query.Parts.Count > 0
            ? results with
            {
                DidYouMean = await DidYouMean(reader, query, request.Text, cancel),
            }
            : results;
    }

    /// <summary>Titles that have all the words, the last of them perhaps unfinished; for a list under the search field.</summary>
    public async Task<IReadOnlyList<SearchSuggestion>> Suggest(
        PlatformDb db,
        string text,
        string language,
        int most,
        CancellationToken cancel
    )
    {
        var reader = new SearchReader(db);
        var query = await Guess(reader, SearchQuery.Parse(text), cancel);
        if (query.Parts.Count == 0)
            return [];
        var inTitle = query with { Parts = [.. query.Parts.Select(p => p with { TitleOnly = true })] };
        var request = new SearchRequest
        {
            Text = text,
            Language = language,
            PageSize = most,
        };
        var results = await new SearchRun(reader, await Columns(db, reader, cancel), request, inTitle, db.Now).Run(
            cancel
        );
        return [.. results.Hits.Select(h => new SearchSuggestion(h.PlainTitle, h.Path, h.Key.Kind))];
    }

    /// <summary>Puts every public thing into the index anew, one kind at a time, while searches go on.</summary>
    /// <returns>Number of documents.</returns>
    public Task<int> Rebuild(PlatformDb db, CancellationToken cancel) => new SearchRebuild(db, Sources).Run(cancel);

    /// <summary>Compares the index with everything public.</summary>
    public Task<SearchCheck> Check(PlatformDb db, CancellationToken cancel) =>
        new SearchRebuild(db, Sources).Check(cancel);

    private IReadOnlyList<SearchSource> Sources =>
        [.. modules.SearchSources.OrderBy(s => s.Kind, StringComparer.Ordinal)];

    internal async Task<SearchColumns> Columns(PlatformDb db, SearchReader reader, CancellationToken cancel)
    {
        var known = shared;
        var state = await reader.State(cancel);
        if (known.Generation == state.Generation && known.Revision == state.Revision)
            return known;
        var current = await reader.Update(known, state, cancel);
        // What a transaction sees may yet be rolled back; nobody else may see it.
        if (db.Database.CurrentTransaction is null)
            shared = current;
        return current;
    }

    /// <summary>Somebody who sends a word that many documents have means this word, not others that begin with it.</summary>
    private static async Task<bool> IsUnfinished(SearchReader reader, SearchQuery query, CancellationToken cancel) =>
        query.Parts.Count > 0
        && await reader.DocumentsWith(query.Parts[^1].Alternatives[0].Words[0], cancel) < FewResults;

    /// <summary>Adds to the word typed last the known words that begin with it.</summary>
    internal static async Task<SearchQuery> Guess(SearchReader reader, SearchQuery query, CancellationToken cancel)
    {
        if (query.Parts.Count == 0 || query.Parts[^1] is not { IsUnfinished: true, Typed: { } typed } last)
            return query;
        if (typed.Length < ShortestGuess && !LetterFold.IsUnspaced(typed[0]))
            return query;
        var stem = last.Alternatives[0].Words[0];
        if (StopWords.Has(stem))
            return query;
        var guesses = await reader.Beginning(typed, MostGuesses, cancel);
        var alternatives = guesses.Where(g => g != stem).Select(g => new QueryAlternative([g], IsGuess: true));
        return query with
        {
            Parts = [.. query.Parts.SkipLast(1), last with { Alternatives = [.. last.Alternatives, .. alternatives] }],
        };
    }

    private static async Task<string?> DidYouMean(
        SearchReader reader,
        SearchQuery query,
        string text,
        CancellationToken cancel
    )
    {
        var corrected = IndexedText.Clean(text);
        foreach (var part in query.Parts)
            if (await SpellingCorrection.Correct(reader, part, cancel) is { } word)
                corrected = corrected.Replace(part.Shown, word, StringComparison.OrdinalIgnoreCase);
        if (corrected == IndexedText.Clean(text))
            return null;
        var better = MatchExpression.Of(SearchQuery.Parse(corrected), reader.IsPostgres);
        var before = MatchExpression.Of(query, reader.IsPostgres);
        var more = (await reader.Match(better, FewResults + 1, cancel)).Count;
        return more > (await reader.Match(before, FewResults + 1, cancel)).Count ? corrected : null;
    }
}
