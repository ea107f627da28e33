namespace Lpsa.Platform;

/// <summary>
/// Puts the best first: where the words stand (title before keywords, summary, frequent in the text, once in the
/// text), words side by side as typed, the reader's language, then the newer. Only a few hundred candidates are scored,
/// the newest of each kind of match; all others follow by date.
/// </summary>
internal sealed class Ranking(SearchReader reader, SearchQuery query, SearchRequest request, DateTime now)
{
    private const int CandidatesOfOneKind = 80;
    private const int MostNeighbours = 2_000;

    private const int WholeTitle = 120;
    private const int AllInTitle = 60;
    private const int SideBySide = 25;
    private const int OwnLanguage = 40;
    private const int Newest = 20;
    private const int WithoutDate = 12;

    /// <summary>By <see cref="SearchField"/>.</summary>
    private static readonly int[] Weights = [10, 40, 50, 80, 120];

    public async Task<IEnumerable<SearchColumns.Entry>> Order(
        IReadOnlyCollection<SearchColumns.Entry> found,
        FacetCounting counting,
        MatchExpression expression,
        CancellationToken cancel
    )
    {
        var neighbours = await Neighbours(found.Count, expression, cancel);
        var candidates = new HashSet<SearchColumns.Entry>(ReferenceEqualityComparer.Instance);
        if (found.Count <= CandidatesOfOneKind * 2)
        {
            candidates.UnionWith(found);
        }
        else
        {
            foreach (var mark in (Func<string, string>[])[IndexToken.Title, IndexToken.Strong])
                Take(await reader.Match(expression.AllMarked(query, mark), CandidatesOfOneKind, cancel));
            Take(neighbours.Take(CandidatesOfOneKind));
            candidates.UnionWith(found.OrderBy(e => e.Number).Take(CandidatesOfOneKind));
        }
        var side = neighbours.ToHashSet();
        var signatures = (await reader.Signatures(candidates.Select(c => c.Number).Order(), cancel)).ToDictionary(
            s => s.Number,
            s => s.Signature
        );
        var hashes = query
            .Parts.Select(p => p.Alternatives.Select(a => Array.ConvertAll([.. a.Words], Hash)).ToArray())
            .ToArray();
        var scored = candidates
            .Where(c => signatures.ContainsKey(c.Number))
            .Select(c => (Entry: c, Score: Score(c, signatures[c.Number], hashes, side.Contains(c.Number))))
            .ToList();
        scored.Sort(
            static (a, b) =>
                a.Score != b.Score ? b.Score.CompareTo(a.Score)
                : a.Entry.Ticks != b.Entry.Ticks ? b.Entry.Ticks.CompareTo(a.Entry.Ticks)
                : a.Entry.Id.CompareTo(b.Entry.Id)
        );
        return scored.Select(s => s.Entry).Concat(Rest(found, candidates));

        void Take(IEnumerable<long> numbers) =>
            candidates.UnionWith(numbers.Select(counting.Shown).OfType<SearchColumns.Entry>());

        static uint Hash(string word) => IndexToken.Hash(word);
    }

    /// <summary>Sorted only when a page reaches them.</summary>
    private static IEnumerable<SearchColumns.Entry> Rest(
        IReadOnlyCollection<SearchColumns.Entry> found,
        HashSet<SearchColumns.Entry> candidates
    )
    {
        if (found.Count > candidates.Count)
            foreach (var entry in SearchRun.ByDate(found.Where(e => !candidates.Contains(e))))
                yield return entry;
    }

    private async Task<IReadOnlyList<long>> Neighbours(int found, MatchExpression expression, CancellationToken cancel)
    {
        var pairs = new List<string>();
        for (var i = 1; i < query.Parts.Count; i++)
            if (query.Parts[i - 1].Typed is not null && query.Parts[i].Typed is not null)
                pairs.Add(
                    IndexToken.Pair(
                        query.Parts[i - 1].Alternatives[0].Words[0],
                        query.Parts[i].Alternatives[0].Words[0]
                    )
                );
        return pairs.Count == 0 || found < 2 ? [] : await reader.Match(expression.With(pairs), MostNeighbours, cancel);
    }

    private int Score(SearchColumns.Entry entry, byte[] signature, uint[][][] parts, bool sideBySide)
    {
        var (sum, inTitle) = (0, 0);
        for (var i = 0; i < parts.Length; i++)
        {
            var best = 0;
            for (var j = 0; j < parts[i].Length; j++)
            {
                var field = query.Parts[i].TitleOnly ? SearchField.Title : Weakest(signature, parts[i][j]);
                var isGuess = query.Parts[i].Alternatives[j].IsGuess;
                if (field == SearchField.Title && best < Weights[(int)field] && !isGuess)
                    inTitle++;
                best = Math.Max(best, isGuess ? Weights[(int)field] * 3 / 5 : Weights[(int)field]);
            }
            sum += best;
        }
        var score = sum / parts.Length;
        if (inTitle == parts.Length)
            score += SearchSignature.TitleWords(signature) == parts.Length ? WholeTitle : AllInTitle;
        if (sideBySide)
            score += SideBySide;
        if (entry.Language == request.Language)
            score += OwnLanguage;
        return score + Freshness(entry);
    }

    /// <summary>Half of it is gone after two years.</summary>
    private int Freshness(SearchColumns.Entry entry)
    {
        if (entry.Ticks == 0)
            return WithoutDate;
        var days = Math.Max(0, (now.Ticks - entry.Ticks) / TimeSpan.TicksPerDay);
        return (int)(Newest * 730L / (730 + days));
    }

    private static SearchField Weakest(byte[] signature, uint[] words)
    {
        var weakest = SearchField.Title;
        foreach (var word in words)
        {
            var field = SearchSignature.FieldOf(signature, word);
            if (field < weakest)
                weakest = field;
        }
        return weakest;
    }
}
