namespace Lpsa.Platform;

/// <summary>
/// What somebody typed, understood: words that must all be there, <c>"phrases"</c>, <c>-exclusions</c>,
/// <c>title:words</c>. There is no wrong query; what makes no sense is read as words.
/// </summary>
internal sealed record SearchQuery(IReadOnlyList<QueryPart> Parts, IReadOnlyList<QueryPart> Excluded)
{
    public const int LongestText = 300;
    public const int MostParts = 16;

    public bool IsEmpty => Parts.Count == 0 && Excluded.Count == 0;

    public static SearchQuery Parse(string text)
    {
        var parts = new List<QueryPart>();
        var small = new List<QueryPart>();
        var excluded = new List<QueryPart>();
        foreach (
            var chunk in QueryChunk.Split(IndexedText.Clean(text.Length > LongestText ? text[..LongestText] : text))
        )
        foreach (var (part, isSmall) in QueryPart.Of(chunk))
        {
            var list =
                chunk.Excluded ? excluded
                : isSmall ? small
                : parts;
            if (list.Count < MostParts)
                list.Add(part);
        }
        if (parts.Count == 0)
            parts = small;
        // What is typed last may not be finished.
        if (parts.Count > 0 && parts[^1] is { Typed: not null } last)
            parts[^1] = last with { IsUnfinished = true };
        return new SearchQuery(parts, excluded);
    }
}

/// <summary>A run of text between blanks or quotation marks, with the sign before it.</summary>
internal readonly record struct QueryChunk(string Text, bool Excluded, bool Phrase, bool TitleOnly)
{
    public static IEnumerable<QueryChunk> Split(string text)
    {
        for (var at = 0; at < text.Length; )
        {
            if (char.IsWhiteSpace(text[at]))
            {
                at++;
                continue;
            }
            var excluded = text[at] is '-' or '−' && at + 1 < text.Length && !char.IsWhiteSpace(text[at + 1]);
            if (excluded)
                at++;
            var title = string.Compare(text, at, "title:", 0, 6, StringComparison.OrdinalIgnoreCase) == 0;
            if (title)
                at += 6;
            if (at >= text.Length)
                yield break;
            var close = IsQuote(text[at]) ? EndOfQuote(text, at + 1) : -1;
            var end = close >= 0 ? close : EndOfWord(text, at);
            yield return new QueryChunk(text[(close >= 0 ? at + 1 : at)..end], excluded, close >= 0, title);
            at = close >= 0 ? close + 1 : Math.Max(end, at + 1);
        }
    }

    private static bool IsQuote(char c) => c is '"' or '“' or '”' or '„' or '«' or '»' or '「' or '」';

    private static int EndOfQuote(string text, int at)
    {
        while (at < text.Length && !IsQuote(text[at]))
            at++;
        return at < text.Length ? at : -1;
    }

    private static int EndOfWord(string text, int at)
    {
        at++;
        while (at < text.Length && !char.IsWhiteSpace(text[at]) && !IsQuote(text[at]))
            at++;
        return at;
    }
}

/// <summary>One thing that must (or must not) be found: any of its alternatives.</summary>
/// <param name="Typed">A single word as it was typed, folded, of which it may be the beginning; null for phrases and compounds.</param>
internal sealed record QueryPart(IReadOnlyList<QueryAlternative> Alternatives, bool TitleOnly, string? Typed)
{
    public bool IsUnfinished { get; init; }

    /// <summary>The word as typed, to be shown and corrected.</summary>
    public string Shown { get; init; } = "";

    public static IEnumerable<(QueryPart Part, bool IsSmall)> Of(QueryChunk chunk)
    {
        var words = ReadWords(chunk.Text, out var joined);
        if (words.Count == 0)
            return joined is null ? [] : [(One(chunk, [joined], null, chunk.Text), false)];
        if (chunk.Phrase)
            return [Phrase(chunk, words)];
        if (joined is not null || chunk.Excluded && words.Count > 1)
        {
            var counted = words.Where(w => !w.IsSmall).Select(w => w.Stem).ToList();
            var alternatives = new List<QueryAlternative>();
            if (counted.Count > 0)
                alternatives.Add(new QueryAlternative(counted));
            if (joined is not null)
                alternatives.Add(new QueryAlternative([joined]));
            if (alternatives.Count > 0)
                return [(new QueryPart(alternatives, chunk.TitleOnly, null) { Shown = chunk.Text }, false)];
        }
        return words.Select(w => (One(chunk, [w.Stem], w.Typed, w.Shown), w.IsSmall));
    }

    private static QueryPart One(QueryChunk chunk, IReadOnlyList<string> words, string? typed, string shown) =>
        new([new QueryAlternative(words)], chunk.TitleOnly, typed) { Shown = shown };

    private static (QueryPart, bool) Phrase(QueryChunk chunk, List<QueryWord> words)
    {
        var counted = words.Where(w => !w.IsSmall).ToList();
        var kept = counted.Count > 0 ? counted : words;
        var pairs = new List<string>();
        for (var i = 1; i < counted.Count; i++)
            if (counted[i - 1].InChain && counted[i].InChain)
                pairs.Add(IndexToken.Pair(counted[i - 1].Stem, counted[i].Stem));
        var stems = kept.Select(w => w.Stem).Distinct().Take(SearchQuery.MostParts).ToList();
        return (
            new QueryPart([new QueryAlternative(stems) { Pairs = pairs }], chunk.TitleOnly, null)
            {
                Shown = chunk.Text,
            },
            counted.Count == 0
        );
    }

    private static List<QueryWord> ReadWords(string text, out string? joined)
    {
        var reader = new WordReader(text) { KeepsFolded = true };
        var words = new List<QueryWord>();
        joined = null;
        var compounds = 0;
        while (reader.Read() && words.Count < SearchQuery.MostParts)
        {
            var stem = reader.Stem.ToString();
            if (reader.Form == WordForm.Joined)
                joined = ++compounds == 1 ? stem : null;
            // The last character of a run stands in the index only where a run ends.
            else if (reader.Form == WordForm.LastCharacter && words.Count > 0 && words[^1].End == reader.End)
                continue;
            else
                words.Add(
                    new QueryWord(
                        stem,
                        reader.Form == WordForm.CharacterPair ? null : reader.Folded,
                        text[reader.Start..reader.End],
                        StopWords.Has(stem),
                        reader.Form == WordForm.Plain,
                        reader.End
                    )
                );
        }
        return words;
    }

    private readonly record struct QueryWord(
        string Stem,
        string? Typed,
        string Shown,
        bool IsSmall,
        bool InChain,
        int End
    );
}

/// <summary>Words that must all be there, and pairs of them that must follow each other.</summary>
/// <param name="IsGuess">The end of an unfinished word was guessed.</param>
internal sealed record QueryAlternative(IReadOnlyList<string> Words, bool IsGuess = false)
{
    public IReadOnlyList<string> Pairs { get; init; } = [];
}
