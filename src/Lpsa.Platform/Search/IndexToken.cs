namespace Lpsa.Platform;

/// <summary>
/// The tokens both databases index. They hold no blank, no quotation mark and no operator, whatever the text was, so a
/// query made of them cannot be malformed. A private-use character in front says what a token is; a plain word has none.
/// Places in the text are not indexed: neighbouring words are tokens of their own (<see cref="Pair"/>), which finds
/// phrases without reading the documents again.
/// </summary>
internal static class IndexToken
{
    /// <summary>Every document has it: what a query that only excludes starts from.</summary>
    public const string Everything = "\uE000";

    public static string Title(string word) => "\uE001" + word;

    /// <summary>The word stands in the title, the keywords or the summary, or is frequent in the body.</summary>
    public static string Strong(string word) => "\uE002" + word;

    /// <summary>
    /// Two words that follow each other, as 30 bits of a hash: the pairs themselves would make the index several
    /// times larger, and a false pair is met once in a million documents.
    /// </summary>
    public static string Pair(ReadOnlySpan<char> first, ReadOnlySpan<char> second)
    {
        const string Digits = "abcdefghijklmnopqrstuvwxyz234567";
        var hash = Hash(second, Hash(" ", Hash(first)));
        hash ^= hash >> 15;
        return string.Create(
            7,
            hash,
            static (token, bits) =>
            {
                token[0] = '\uE003';
                for (var i = 1; i < token.Length; i++, bits >>= 5)
                    token[i] = Digits[(int)(bits & 31)];
            }
        );
    }

    /// <summary><c>country:KEN</c>; characters that mean something to a database move to the private-use area.</summary>
    public static string Facet(string facet) =>
        string.Create(
            facet.Length + 1,
            facet,
            static (token, facet) =>
            {
                token[0] = '\uE004';
                for (var i = 0; i < facet.Length; i++)
                    token[i + 1] =
                        char.IsAsciiLetterLower(facet[i]) || char.IsAsciiDigit(facet[i]) ? facet[i]
                        : facet[i] < 128 ? (char)(0xE100 + facet[i])
                        : char.IsLetterOrDigit(facet[i]) && !char.IsSurrogate(facet[i]) ? facet[i]
                        : '\uE180';
            }
        );

    /// <summary>FNV-1a: the same in every process, unlike string.GetHashCode, because it is stored.</summary>
    public static uint Hash(ReadOnlySpan<char> word, uint hash = 2166136261)
    {
        foreach (var c in word)
            hash = (hash ^ c) * 16777619;
        return hash;
    }
}
