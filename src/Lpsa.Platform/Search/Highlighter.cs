namespace Lpsa.Platform;

/// <summary>Marks the words found in a title, and cuts from a text the piece that has most of them.</summary>
internal sealed class Highlighter
{
    private const int SnippetLength = 240;
    private const int MostMarks = 300;

    /// <summary>Where a snippet is looked for: a long report need not be read to its end for two lines.</summary>
    public const int LongestSource = 16_000;

    private readonly Dictionary<string, int> words = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> byStem;

    public Highlighter(SearchQuery query)
    {
        for (var i = 0; i < query.Parts.Count; i++)
            foreach (var word in query.Parts[i].Alternatives.SelectMany(a => a.Words))
                words.TryAdd(word, i);
        byStem = words.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public IReadOnlyList<TextSegment> Mark(string text) => Segments(text, 0, text.Length, Find(text));

    public IReadOnlyList<TextSegment> Snippet(string summary, string body)
    {
        var marks = Find(body);
        if (marks.Count == 0 && summary.Length > 0)
            return Snippet("", summary);
        if (marks.Count == 0)
            return Segments(body, 0, WordEnd(body, Math.Min(SnippetLength, body.Length)), marks);
        var (first, last) = BestWindow(marks);
        var start = Math.Max(0, marks[first].Start - (SnippetLength - (marks[last].End - marks[first].Start)) / 2);
        var end = Math.Min(body.Length, start + SnippetLength);
        start = Math.Max(0, Math.Min(start, end - SnippetLength));
        return Segments(body, WordStart(body, start), WordEnd(body, end), marks);
    }

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

    /// <summary>The earliest stretch that has most different words, and of these most words.</summary>
    private static (int First, int Last) BestWindow(List<Found> marks)
    {
        var best = (First: 0, Last: 0, Different: 0, Count: 0);
        for (var first = 0; first < marks.Count; first++)
        {
            ulong seen = 0;
            var last = first;
            while (last < marks.Count && marks[last].End - marks[first].Start <= SnippetLength - 40)
                seen |= 1UL << marks[last++].Part;
            var (different, count) = (System.Numerics.BitOperations.PopCount(seen), last - first);
            if (different > best.Different || different == best.Different && count > best.Count)
                best = (first, Math.Max(first, last - 1), different, count);
        }
        return (best.First, best.Last);
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
}
