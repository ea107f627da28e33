namespace Lpsa.Platform;

/// <summary>Marks the words found in a title, and cuts from a text the piece that has most of them.</summary>
internal sealed class Highlighter
{
    private const int SnippetLength = 240;
    private const int MostMarks = 300;

    /// <summary>Where a snippet is looked for: a long report need not be read to its end for two lines.</summary>
    private const int LongestSource = 16_000;

    /// <summary>Good enough when all the words stand here together; most common words do.</summary>
    private const int NearSource = 2_000;

    private readonly Dictionary<string, int> words = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> byStem;

    private readonly int parts;
    private readonly bool isCommon;

    /// <param name="isCommon">Most texts have the words, so they probably stand near the beginning.</param>
    public Highlighter(SearchQuery query, bool isCommon)
    {
        this.isCommon = isCommon;
        parts = query.Parts.Count;
        for (var i = 0; i < query.Parts.Count; i++)
            foreach (var word in query.Parts[i].Alternatives.SelectMany(a => a.Words))
                words.TryAdd(word, i);
        byStem = words.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public IReadOnlyList<TextSegment> Mark(string text) => Segments(text, 0, text.Length, Find(text));

    /// <param name="read">Gives the text up to a number of bytes.</param>
    public IReadOnlyList<TextSegment> Snippet(string summary, Func<int, string> read)
    {
        if (isCommon)
        {
            var near = read(NearSource);
            if (Best(near) is { } found && found.Different == parts && found.End + SnippetLength < near.Length)
                return Around(near, found);
        }
        var body = read(LongestSource);
        return Best(body) is { } best ? Around(body, best)
            : summary.Length > 0 && Best(summary) is { } said ? Around(summary, said)
            : Beginning(summary.Length > 0 ? summary : body);
    }

    private static List<TextSegment> Around(string text, Window best)
    {
        var start = Math.Max(0, best.Start - (SnippetLength - (best.End - best.Start)) / 2);
        var end = Math.Min(text.Length, start + SnippetLength);
        start = Math.Max(0, Math.Min(start, end - SnippetLength));
        return Segments(text, WordStart(text, start), WordEnd(text, end), best.Marks);
    }

    private static List<TextSegment> Beginning(string text) =>
        Segments(text, 0, WordEnd(text, Math.Min(SnippetLength, text.Length)), []);

    private List<Found> Find(string text)
    {
        var found = new List<Found>();
        if (words.Count == 0)
            return found;
        var reader = new WordReader(text);
        while (found.Count < MostMarks && reader.Read())
            if (byStem.TryGetValue(reader.Stem, out var part))
            {
                var (start, end) = (reader.Start, reader.End);
                // Pairs of characters overlap, and the joined form of a compound covers its parts.
                while (found.Count > 0 && start < found[^1].End)
                {
                    (start, end) = (Math.Min(start, found[^1].Start), Math.Max(end, found[^1].End));
                    found.RemoveAt(found.Count - 1);
                }
                found.Add(new Found(start, end, part));
            }
        return found;
    }

    /// <summary>The earliest stretch that has most different words, and of these most words; null when it has none.</summary>
    private Window? Best(string text)
    {
        var marks = Find(text);
        Window? best = null;
        for (var first = 0; first < marks.Count; first++)
        {
            ulong seen = 0;
            var last = first;
            while (last < marks.Count && marks[last].End - marks[first].Start <= SnippetLength - 40)
                seen |= 1UL << marks[last++].Part;
            var (different, count) = (System.Numerics.BitOperations.PopCount(seen), last - first);
            if (best is null || different > best.Different || different == best.Different && count > best.Count)
                best = new(marks[first].Start, marks[Math.Max(first, last - 1)].End, different, count, marks);
        }
        return best;
    }

    private static List<TextSegment> Segments(string text, int start, int end, List<Found> marks)
    {
        var segments = new List<TextSegment>();
        var plain = start > 0 ? "… " : "";
        var at = start;
        foreach (var mark in marks)
        {
            if (mark.Start < start || mark.End > end)
                continue;
            plain += text[at..mark.Start];
            if (plain.Length > 0)
                segments.Add(new TextSegment(plain, false));
            segments.Add(new TextSegment(text[mark.Start..mark.End], true));
            (plain, at) = ("", mark.End);
        }
        plain += text[at..end] + (end < text.Length ? " …" : "");
        if (plain.Length > 0)
            segments.Add(new TextSegment(plain, false));
        return segments;
    }

    private static int WordStart(string text, int at)
    {
        for (var i = at; i > 0 && i > at - 30; i--)
            if (char.IsWhiteSpace(text[i - 1]))
                return i;
        return at > 0 && char.IsLowSurrogate(text[at]) ? at - 1 : at;
    }

    private static int WordEnd(string text, int at)
    {
        if (at >= text.Length)
            return text.Length;
        for (var i = at; i < text.Length && i < at + 30; i++)
            if (char.IsWhiteSpace(text[i]))
                return i;
        return char.IsLowSurrogate(text[at]) ? at + 1 : at;
    }

    private readonly record struct Found(int Start, int End, int Part);

    private sealed record Window(int Start, int End, int Different, int Count, List<Found> Marks);
}
