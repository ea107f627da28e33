using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Lpsa.Platform;

/// <summary>Everything the index keeps of one document.</summary>
/// <param name="Tokens">Distinct, see <see cref="IndexToken"/>.</param>
/// <param name="Words">Distinct words with a form to show them in: what "did you mean" draws from.</param>
/// <param name="Signature">See <see cref="SearchSignature"/>.</param>
internal sealed record DocumentTokens(
    IReadOnlyCollection<string> Tokens,
    IReadOnlyDictionary<string, string> Words,
    byte[] Signature
)
{
    /// <summary>Words of the body after this many are not indexed: a tsvector holds at most one megabyte.</summary>
    private const int LongestBody = 40_000;
    private const int MostFrequentWords = 24;
    private const int FrequentFrom = 3;

    public static DocumentTokens Of(
        string title,
        string keywords,
        string summary,
        string body,
        IEnumerable<string> facets
    )
    {
        var reading = new Reading();
        var titleWords = reading.Read(title, SearchField.Title);
        reading.Read(keywords, SearchField.Keywords);
        reading.Read(summary, SearchField.Summary);
        reading.Read(body, SearchField.Body);
        reading.MarkFrequent();
        foreach (var facet in facets)
            reading.Tokens.Add(IndexToken.Facet(facet));
        return new DocumentTokens(reading.Tokens, reading.Words, reading.Signature(titleWords));
    }

    private sealed class Reading
    {
        private readonly Dictionary<string, SearchField> fields = new(StringComparer.Ordinal);
        private readonly Dictionary<string, int> counts = new(StringComparer.Ordinal);
        private readonly char[] previous = new char[WordReader.LongestWord];

        public HashSet<string> Tokens { get; } = new(StringComparer.Ordinal) { IndexToken.Everything };
        public Dictionary<string, string> Words { get; } = new(StringComparer.Ordinal);

        /// <returns>Number of words that count.</returns>
        public int Read(string text, SearchField field)
        {
            var reader = new WordReader(text);
            var (previousLength, counted) = (0, 0);
            var known = counts.GetAlternateLookup<ReadOnlySpan<char>>();
            for (var read = 0; read < LongestBody && reader.Read(); read++)
            {
                var stem = reader.Stem;
                ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(known, stem, out var seen);
                count++;
                if (!seen)
                    Take(stem.ToString(), text, reader);
                var small = StopWords.Has(stem);
                if (field != SearchField.Body && !small)
                    Mark(stem.ToString(), field);
                if (small || reader.Form == WordForm.Joined)
                    continue;
                counted++;
                if (reader.Form != WordForm.Plain)
                {
                    previousLength = 0;
                    continue;
                }
                if (previousLength > 0)
                    Tokens.Add(IndexToken.Pair(previous.AsSpan(0, previousLength), stem));
                stem.CopyTo(previous);
                previousLength = stem.Length;
            }
            return counted;
        }

        public void MarkFrequent()
        {
            var frequent = counts
                .Where(c => c.Value >= FrequentFrom && !StopWords.Has(c.Key))
                .OrderByDescending(c => c.Value)
                .ThenBy(c => c.Key, StringComparer.Ordinal)
                .Take(MostFrequentWords);
            foreach (var (word, _) in frequent)
                Mark(word, SearchField.Frequent);
        }

        public byte[] Signature(int titleWords) => SearchSignature.Write(titleWords, fields);

        private void Take(string stem, string text, WordReader reader)
        {
            Tokens.Add(stem);
            // One character of a script without spaces is looked up as the start of a pair; elsewhere, very short words
            // and numbers are neither guessed nor corrected.
            if (
                reader.Form is WordForm.CharacterPair or WordForm.LastCharacter
                || reader.Form == WordForm.Plain
                    && stem.Length >= SpellingCorrection.ShortestWord
                    && !char.IsAsciiDigit(stem[0])
            )
                Words.TryAdd(stem, text[reader.Start..reader.End].ToLowerInvariant());
        }

        private void Mark(string stem, SearchField field)
        {
            if (field == SearchField.Title)
                Tokens.Add(IndexToken.Title(stem));
            Tokens.Add(IndexToken.Strong(stem));
            if (!fields.TryGetValue(stem, out var known) || known < field)
                fields[stem] = field;
        }
    }
}

/// <summary>Where a word was found, from the weakest to the strongest sign of what a document is about.</summary>
internal enum SearchField
{
    Body,
    Frequent,
    Summary,
    Keywords,
    Title,
}

/// <summary>
/// The strong words of a document in a few hundred bytes, so that hundreds of candidates are ranked without their
/// texts: number of title words, then hashes of words in rising order whose lowest three bits are the field.
/// </summary>
internal static class SearchSignature
{
    private const uint FieldBits = 7;

    public static byte[] Write(int titleWords, IReadOnlyDictionary<string, SearchField> fields)
    {
        var entries = fields.Select(f => (IndexToken.Hash(f.Key) & ~FieldBits) | (uint)f.Value).Order().ToArray();
        var bytes = new byte[(entries.Length + 1) * sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, (uint)titleWords);
        for (var i = 0; i < entries.Length; i++)
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan((i + 1) * sizeof(uint)), entries[i]);
        return bytes;
    }

    public static int TitleWords(ReadOnlySpan<byte> signature) =>
        (int)BinaryPrimitives.ReadUInt32LittleEndian(signature);

    public static SearchField FieldOf(ReadOnlySpan<byte> signature, uint hash)
    {
        var wanted = hash & ~FieldBits;
        var (low, high) = (1, signature.Length / sizeof(uint) - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var entry = BinaryPrimitives.ReadUInt32LittleEndian(signature[(middle * sizeof(uint))..]);
            if ((entry & ~FieldBits) == wanted)
                return (SearchField)(entry & FieldBits);
            if (entry < wanted)
                low = middle + 1;
            else
                high = middle - 1;
        }
        return SearchField.Body;
    }
}
