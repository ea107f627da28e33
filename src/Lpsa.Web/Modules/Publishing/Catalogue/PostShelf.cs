using System.Collections.Frozen;
using Lpsa.Platform;

namespace Lpsa.Publishing;

/// <summary>One state of the catalogue: immutable, shared by all requests until a post changes.</summary>
public sealed class PostShelf
{
    private readonly FacetTable table;
    private readonly FrozenDictionary<string, PostEntry> bySlug;

    // For each facet, the positions in All of the posts that have it, ascending.
    private readonly int[][] positions;

    private PostShelf(PostEntry[] all, FacetTable table)
    {
        this.table = table;
        All = all;
        bySlug = all.ToFrozenDictionary(p => p.Slug, StringComparer.Ordinal);
        var lists = new List<int>[table.Count];
        for (var at = 0; at < all.Length; at++)
            foreach (var facet in all[at].Facets)
                (lists[facet] ??= []).Add(at);
        positions = Array.ConvertAll(lists, l => l?.ToArray() ?? []);
    }

    /// <summary>Newest first; undated ones at the end.</summary>
    public IReadOnlyList<PostEntry> All { get; }

    internal static PostShelf Of(IReadOnlyCollection<PostRow> rows)
    {
        var table = new FacetTable();
        return new PostShelf(Sorted(rows.Select(r => r.Entry(table))), table);
    }

    /// <summary>The shelf after these posts changed; <paramref name="rows"/> are those that are still public.</summary>
    internal PostShelf With(IReadOnlyCollection<Guid> changed, IReadOnlyCollection<PostRow> rows)
    {
        var fresh = table.Copy();
        var gone = changed.ToHashSet();
        return new PostShelf(
            Sorted(All.Where(p => !gone.Contains(p.Id)).Concat(rows.Select(r => r.Entry(fresh)))),
            fresh
        );
    }

    public PostEntry? Find(string slug) => bySlug.GetValueOrDefault(slug);

    public IEnumerable<(string Axis, string Code)> FacetsOf(PostEntry post) => post.Facets.Select(f => table[f]);

    public IEnumerable<string> CodesOf(PostEntry post, string axis) =>
        FacetsOf(post).Where(f => f.Axis == axis).Select(f => f.Code);

    /// <summary>Number of posts with a facet.</summary>
    public int Count(string axis, string code) =>
        table.Find(axis, code) is >= 0 and var number ? positions[number].Length : 0;

    /// <summary>
    /// The posts that have every chosen facet: within one axis any of the codes, across axes all of them. Counts of an
    /// axis are taken with the other axes' choices only, so that they say what a further choice would give.
    /// </summary>
    public PostSelection Select(IReadOnlyDictionary<string, IReadOnlyList<string>> chosen)
    {
        var perAxis = chosen.Where(c => c.Value.Count > 0).ToDictionary(c => c.Key, c => Union(c.Key, c.Value));
        var matches = Intersect(perAxis.Values);
        var counts = Counts(matches);
        foreach (var axis in perAxis.Keys)
        {
            var others = Counts(Intersect(perAxis.Where(p => p.Key != axis).Select(p => p.Value)));
            for (var number = 0; number < counts.Length; number++)
                if (table[number].Axis == axis)
                    counts[number] = others[number];
        }
        return new PostSelection(this, matches, counts);
    }

    /// <summary>Codes of one axis with the number of posts each has, most first.</summary>
    public IReadOnlyList<(string Code, int Count)> Codes(string axis) =>
        Codes(axis, positions.Select(p => p.Length).ToArray());

    internal IReadOnlyList<(string Code, int Count)> Codes(string axis, int[] counts)
    {
        var found = new List<(string Code, int Count)>();
        for (var number = 0; number < counts.Length; number++)
            if (counts[number] > 0 && table[number].Axis == axis)
                found.Add((table[number].Code, counts[number]));
        found.Sort((a, b) => b.Count != a.Count ? b.Count.CompareTo(a.Count) : string.CompareOrdinal(a.Code, b.Code));
        return found;
    }

    /// <summary>
    /// Posts that share the most with this one, each with what they share. A shared facet counts the more, the rarer it
    /// is (logarithm of all posts over posts with it), so one common country outweighs a theme that half the posts have.
    /// </summary>
    public IReadOnlyList<(PostEntry Post, IReadOnlyList<(string Axis, string Code)> Shared)> Related(
        PostEntry post,
        int most
    ) => About(post.Facets.Where(f => IsAbout(table[f].Axis)), other => other.Id == post.Id, most);

    /// <summary>Posts that are about the most of what somebody chose, by the same weights, each with what it has of it.</summary>
    public IReadOnlyList<(PostEntry Post, IReadOnlyList<(string Axis, string Code)> Shared)> Matching(
        IEnumerable<(string Axis, string Code)> chosen,
        Func<PostEntry, bool> leaveOut,
        int most
    ) => About(chosen.Select(c => table.Find(c.Axis, c.Code)).Where(number => number >= 0), leaveOut, most);

    private IReadOnlyList<(PostEntry Post, IReadOnlyList<(string Axis, string Code)> Shared)> About(
        IEnumerable<int> wanted,
        Func<PostEntry, bool> leaveOut,
        int most
    )
    {
        var facets = wanted.ToList();
        var score = new Dictionary<int, double>();
        foreach (var facet in facets)
        {
            var having = positions[facet];
            var weight = Math.Log((All.Count + 1.0) / having.Length);
            // A facet of thousands tells little and costs much: only its newest count.
            foreach (var at in having.AsSpan(0, Math.Min(having.Length, 200)))
                if (!leaveOut(All[at]))
                    score[at] = score.GetValueOrDefault(at) + weight;
        }
        return
        [
            .. score
                .Where(s => s.Value > 0)
                .OrderByDescending(s => s.Value)
                .ThenBy(s => s.Key)
                .Take(most)
                .Select(s => (All[s.Key], Shared(facets, All[s.Key]))),
        ];
    }

    /// <summary>Whether two posts that share a value of this axis are about the same thing. A common author is not:
    /// nearly all posts carry the byline of the house.</summary>
    private static bool IsAbout(string axis) =>
        axis is not (PostAxes.Kind or PostAxes.Language or PostAxes.Year or PostAxes.Month or PostAxes.Author);

    private IReadOnlyList<(string Axis, string Code)> Shared(IEnumerable<int> facets, PostEntry post) =>
        [.. post.Facets.Intersect(facets).OrderBy(f => positions[f].Length).Select(f => table[f])];

    private int[] Union(string axis, IReadOnlyList<string> codes)
    {
        var lists = codes.Select(c => table.Find(axis, c)).Where(n => n >= 0).Select(n => positions[n]).ToList();
        return lists.Count switch
        {
            0 => [],
            1 => lists[0],
            _ => [.. lists.SelectMany(l => l).Distinct().Order()],
        };
    }

    /// <returns>Null when nothing restricts: all posts.</returns>
    private static int[]? Intersect(IEnumerable<int[]> lists)
    {
        int[]? common = null;
        foreach (var list in lists.OrderBy(l => l.Length))
        {
            if (common is null)
            {
                common = list;
                continue;
            }
            var both = new List<int>(Math.Min(common.Length, list.Length));
            for (int a = 0, b = 0; a < common.Length && b < list.Length; )
            {
                if (common[a] == list[b])
                    both.Add(common[a++]);
                else if (common[a] < list[b])
                    a++;
                else
                    b++;
            }
            common = [.. both];
        }
        return common;
    }

    private int[] Counts(int[]? matches)
    {
        var counts = new int[table.Count];
        if (matches is null)
        {
            for (var number = 0; number < counts.Length; number++)
                counts[number] = positions[number].Length;
            return counts;
        }
        foreach (var at in matches)
        foreach (var facet in All[at].Facets)
            counts[facet]++;
        return counts;
    }

    private static PostEntry[] Sorted(IEnumerable<PostEntry> posts) =>
        [
            .. posts
                .OrderByDescending(p => p.Date ?? DateOnly.MinValue)
                .ThenByDescending(p => p.PublishedAt)
                .ThenBy(p => p.Slug, StringComparer.Ordinal),
        ];
}

/// <summary>The posts of one choice, and how many more choices would leave.</summary>
public sealed class PostSelection(PostShelf shelf, int[]? matches, int[] counts)
{
    public int Total => matches?.Length ?? shelf.All.Count;

    public IEnumerable<PostEntry> Posts => matches?.Select(at => shelf.All[at]) ?? shelf.All;

    public IReadOnlyList<(string Code, int Count)> Codes(string axis) => shelf.Codes(axis, counts);

    public IReadOnlyList<PostEntry> Page(int number, int size)
    {
        var page = new List<PostEntry>(size);
        for (var at = (number - 1) * size; at < Math.Min(Total, number * size); at++)
            page.Add(shelf.All[matches is null ? at : matches[at]]);
        return page;
    }
}
