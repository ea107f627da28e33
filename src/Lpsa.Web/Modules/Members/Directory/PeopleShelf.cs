using Lpsa.Platform;

namespace Lpsa.Members;

/// <param name="Number">In the <see cref="FacetTable"/> of the shelf.</param>
readonly record struct PersonFacet(int Number, Visibility SeenBy);

/// <param name="Text">Folded by <see cref="Spelling.Fold"/>.</param>
readonly record struct PersonText(string Text, Visibility SeenBy);

/// <summary>One listed person: what can be searched and counted, each with its circle.</summary>
sealed record PersonEntry(Guid Id, DateTime ChangedAt, Visibility NameSeenBy, PersonFacet[] Facets, PersonText[] Texts);

/// <summary>All listed people, those who changed something last first.</summary>
sealed class PeopleShelf
{
    /// <summary>Of a facet that thousands have only the newest count for suggestions: it tells little and costs much.</summary>
    private const int MostOfOneFacet = 200;

    private readonly PersonEntry[] all;
    private readonly FacetTable table;

    // For each facet, how many have it, and the first positions in all of those.
    private readonly int[] having;
    private readonly List<int>?[] newest;

    private PeopleShelf(PersonEntry[] all, FacetTable table)
    {
        (this.all, this.table) = (all, table);
        having = new int[table.Count];
        newest = new List<int>?[table.Count];
        for (var at = 0; at < all.Length; at++)
            foreach (var facet in all[at].Facets)
                if (++having[facet.Number] <= MostOfOneFacet)
                    (newest[facet.Number] ??= []).Add(at);
    }

    public static PeopleShelf Of(IEnumerable<PersonRow> rows, FacetTable table) =>
        new(Sorted(rows.Select(r => r.Entry(table))), table);

    /// <summary>The shelf after these people changed; <paramref name="rows"/> are those who are still listed.</summary>
    public PeopleShelf With(IReadOnlyCollection<Guid> changed, IReadOnlyList<PersonRow> rows)
    {
        var gone = changed.ToHashSet();
        // Most members are not listed, and their changes cost no new shelf.
        if (rows.Count == 0 && !Array.Exists(all, p => gone.Contains(p.Id)))
            return this;
        var fresh = table.Copy();
        return new(Sorted(all.Where(p => !gone.Contains(p.Id)).Concat(rows.Select(r => r.Entry(fresh)))), fresh);
    }

    /// <summary>
    /// Whom this audience finds: within one filter any of the values, across filters all of them, and every word in
    /// some text. Hidden fields match nothing and count nowhere. Counts of a filter are taken with the other filters'
    /// choices only, so that they say what a further choice would give.
    /// </summary>
    public PeopleSelection Select(PeopleQuery query, Audience audience)
    {
        var mates = audience.GroupMates.ToHashSet();
        var words = query.Words.Select(Spelling.Fold).Where(w => w.Length > 0).ToArray();
        var keys = query.Chosen.Keys.ToArray();
        var (keyOf, wanted) = Filters(query, keys);
        var (found, counts) = (new List<Guid>(), new int[table.Count]);
        Span<bool> met = stackalloc bool[keys.Length];
        foreach (var person in all)
        {
            var least = mates.Contains(person.Id) ? Visibility.Groups : audience.Least;
            if (person.NameSeenBy < least || !HasWords(person, words, least))
                continue;
            met.Clear();
            var offers = false;
            foreach (var facet in person.Facets)
            {
                if (facet.SeenBy < least)
                    continue;
                offers |= table[facet.Number].Axis == PeopleQuery.AvailabilityKey;
                if (wanted[facet.Number])
                    met[keyOf[facet.Number]] = true;
            }
            if (query.Experts && !offers)
                continue;
            var missed = met.Count(false);
            if (missed > 1)
                continue;
            if (missed == 0)
                found.Add(person.Id);
            // Who fails one filter alone would come with a further choice there.
            var only = missed == 0 ? -1 : met.IndexOf(false);
            foreach (var facet in person.Facets)
                if (facet.SeenBy >= least && (only < 0 || keyOf[facet.Number] == only))
                    counts[facet.Number]++;
        }
        return new(found, table, counts);
    }

    /// <summary>
    /// People who share the most with what somebody chose, as far as that audience may see it. A shared value counts
    /// the more, the rarer it is: logarithm of all listed over those who have it.
    /// </summary>
    public IReadOnlyList<(Guid Person, IReadOnlyList<(string Axis, string Code)> Shared)> Matching(
        IEnumerable<(string Axis, string Code)> chosen,
        Audience audience,
        IReadOnlySet<Guid> leftOut,
        int most
    )
    {
        var mates = audience.GroupMates.ToHashSet();
        var shared = new Dictionary<int, (double Score, List<int> Facets)>();
        foreach (
            var number in chosen
                .Select(c => table.Find(c.Axis, c.Code))
                .Where(n => n >= 0 && having[n] > 0)
                .OrderBy(n => having[n])
        )
        {
            var weight = Math.Log((all.Length + 1.0) / having[number]);
            foreach (var at in newest[number]!)
            {
                var person = all[at];
                var least = mates.Contains(person.Id) ? Visibility.Groups : audience.Least;
                if (
                    person.NameSeenBy < least
                    || leftOut.Contains(person.Id)
                    || !Array.Exists(person.Facets, f => f.Number == number && f.SeenBy >= least)
                )
                    continue;
                var (score, facets) = shared.GetValueOrDefault(at, (0, []));
                facets.Add(number);
                shared[at] = (score + weight, facets);
            }
        }
        return
        [
            .. shared
                .OrderByDescending(s => s.Value.Score)
                .ThenBy(s => s.Key)
                .Take(most)
                .Select(s =>
                    (all[s.Key].Id, (IReadOnlyList<(string, string)>)[.. s.Value.Facets.Select(f => table[f])])
                ),
        ];
    }

    /// <returns>For each facet the position of its filter in <paramref name="keys"/> or -1, and whether it is chosen.</returns>
    private (int[] KeyOf, bool[] Wanted) Filters(PeopleQuery query, string[] keys)
    {
        var (keyOf, wanted) = (new int[table.Count], new bool[table.Count]);
        for (var number = 0; number < table.Count; number++)
        {
            var (axis, code) = table[number];
            keyOf[number] = Array.IndexOf(keys, axis);
            wanted[number] = query.Chosen.TryGetValue(axis, out var codes) && codes.Contains(code);
        }
        return (keyOf, wanted);
    }

    private static bool HasWords(PersonEntry person, string[] words, Visibility least)
    {
        foreach (var word in words)
            if (!Array.Exists(person.Texts, t => t.SeenBy >= least && t.Text.Contains(word, StringComparison.Ordinal)))
                return false;
        return true;
    }

    private static PersonEntry[] Sorted(IEnumerable<PersonEntry> people) =>
        [.. people.OrderByDescending(p => p.ChangedAt).ThenBy(p => p.Id)];
}

/// <summary>Whom a query found, in the order of the list, and how many a further choice would give.</summary>
sealed class PeopleSelection(IReadOnlyList<Guid> people, FacetTable table, int[] counts)
{
    public int Total => people.Count;

    public IReadOnlyList<Guid> Page(int number, int size) => [.. people.Skip((number - 1) * size).Take(size)];

    /// <summary>Codes of one filter with the number of people, most first.</summary>
    public IReadOnlyList<(string Code, int Count)> Codes(string axis) =>
        [
            .. Enumerable
                .Range(0, counts.Length)
                .Where(n => counts[n] > 0 && table[n].Axis == axis)
                .Select(n => (table[n].Code, Count: counts[n]))
                .OrderByDescending(c => c.Count)
                .ThenBy(c => c.Code, StringComparer.Ordinal),
        ];
}
