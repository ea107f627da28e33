namespace Lpsa.Platform;

/// <summary>
/// Offers the nearest known word for one that finds little. Candidates share the beginning or the end with the word
/// typed and have nearly its length, which bounds the work; two mistakes that touch both ends are not found.
/// </summary>
internal static class SpellingCorrection
{
    public const int ShortestWord = 4;

    /// <summary>A word this much more common is offered even when the typed one exists.</summary>
    private const int MuchMoreCommon = 20;

    public static async Task<string?> Correct(SearchReader reader, QueryPart part, CancellationToken cancel)
    {
        if (part.Typed is null || part.TitleOnly)
            return null;
        var word = part.Alternatives[0].Words[0];
        if (word.Length < ShortestWord || LetterFold.IsUnspaced(word[0]) || char.IsAsciiDigit(word[0]))
            return null;
        var mistakes = word.Length < 7 ? 1 : 2;
        var known = await reader.DocumentsWith(word, cancel);
        var start = word[..(word.Length < 7 ? 1 : 2)];
        var best = (Distance: int.MaxValue, Documents: 0, Word: "", Shown: "");
        for (var size = Math.Max(ShortestWord, word.Length - mistakes); size <= word.Length + mistakes; size++)
            foreach (var (candidate, shown, documents) in await reader.WordsNear(size, start, word[^3..], cancel))
            {
                if (candidate == word || documents < Math.Max(1, known * MuchMoreCommon))
                    continue;
                var distance = Distance(word, candidate, mistakes);
                if (distance > mistakes || distance > best.Distance)
                    continue;
                if (
                    distance < best.Distance
                    || documents > best.Documents
                    || documents == best.Documents && string.CompareOrdinal(candidate, best.Word) < 0
                )
                    best = (distance, documents, candidate, shown);
            }
        return best.Distance <= mistakes ? best.Shown : null;
    }

    /// <summary>
    /// Letters to add, drop, change or swap with their neighbour (optimal string alignment); any number above
    /// <paramref name="most"/> when there are more.
    /// </summary>
    internal static int Distance(ReadOnlySpan<char> a, ReadOnlySpan<char> b, int most)
    {
        if (Math.Abs(a.Length - b.Length) > most)
            return most + 1;
        Span<int> before = stackalloc int[WordReader.LongestWord + 1];
        Span<int> above = stackalloc int[WordReader.LongestWord + 1];
        Span<int> row = stackalloc int[WordReader.LongestWord + 1];
        for (var j = 0; j <= b.Length; j++)
            above[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            row[0] = i;
            var least = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var change = above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                row[j] = Math.Min(change, Math.Min(above[j], row[j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    row[j] = Math.Min(row[j], before[j - 2] + 1);
                least = Math.Min(least, row[j]);
            }
            if (least > most)
                return most + 1;
            var spare = before;
            before = above;
            above = row;
            row = spare;
        }
        return above[b.Length];
    }
}
