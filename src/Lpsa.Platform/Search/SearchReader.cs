using System.Buffers.Text;
using System.IO.Compression;
using System.Text;

namespace Lpsa.Platform;

internal sealed record IndexState(int Generation, long Revision, int Analysis);

internal sealed record StoredText(long Number, string Path, string Title, string Summary, string Keywords, byte[] Body);

/// <summary>What a search asks the database. The same answers from both, number by number.</summary>
internal sealed class SearchReader(PlatformDb db)
{
    private readonly SearchSql sql = new(db);

    public bool IsPostgres => sql.IsPostgres;

    public async Task<IndexState> State(CancellationToken cancel) =>
        (
            await sql.Read(
                "SELECT generation, revision, analysis FROM search_state",
                r => new IndexState(r.GetInt32(0), r.GetInt64(1), r.GetInt32(2)),
                cancel
            )
        )[0];

    public async Task<SearchColumns> Update(SearchColumns known, IndexState state, CancellationToken cancel)
    {
        var since = known.Generation == state.Generation ? known.Revision : -1;
        var removed = await sql.Read(
            "SELECT number FROM search_removals WHERE revision > @since",
            r => r.GetInt64(0),
            cancel,
            ("@since", since)
        );
        var changed = await sql.Read(
            "SELECT number, kind, id, language, date, facets FROM search_documents WHERE revision > @since",
            r => new SearchColumns.Row(
                r.GetInt64(0),
                r.GetString(1),
                r.GetGuid(2),
                r.GetString(3),
                r.IsDBNull(4) ? null : r.GetDateTime(4),
                r.GetString(5).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            ),
            cancel,
            ("@since", since)
        );
        return known.With(state.Generation, state.Revision, changed, removed);
    }

    /// <summary>Numbers of matching documents in rising order, which is newest first.</summary>
    public async Task<IReadOnlyList<long>> Match(MatchExpression expression, int limit, CancellationToken cancel)
    {
        var values = new (string, object?)[] { ("@query", expression.ToString()), ("@limit", limit) };
        if (IsPostgres)
            return (
                await sql.Read(
                    "SELECT search_match(@query::tsquery, @limit)",
                    static r => r.GetFieldValue<long[]>(0),
                    cancel,
                    values
                )
            )[0];
        // All in one value: to step through thousands of rows one by one costs more than to find them.
        return (
            await sql.Read(
                """
                SELECT group_concat(number) FROM (
                  SELECT rowid AS number FROM search_tokens WHERE search_tokens MATCH @query ORDER BY rowid LIMIT @limit
                )
                """,
                static r => r.IsDBNull(0) ? [] : Numbers(r.GetFieldValue<byte[]>(0)),
                cancel,
                values
            )
        )[0];
    }

    /// <param name="list">Decimal numbers in ASCII, parted by commas.</param>
    private static List<long> Numbers(ReadOnlySpan<byte> list)
    {
        var numbers = new List<long>();
        while (Utf8Parser.TryParse(list, out long number, out var length))
        {
            numbers.Add(number);
            list = list[Math.Min(list.Length, length + 1)..];
        }
        return numbers;
    }

    /// <summary>The words that begin so, those of most documents first.</summary>
    public Task<List<string>> Beginning(string start, int limit, CancellationToken cancel) =>
        sql.Read(
            "SELECT word FROM search_words WHERE word >= @start AND word < @end ORDER BY documents DESC, word LIMIT @limit",
            static r => r.GetString(0),
            cancel,
            ("@start", start),
            ("@end", start + '\uFFFD'),
            ("@limit", limit)
        );

    public Task<List<(string Word, string Shown, int Documents)>> WordsNear(
        int size,
        string start,
        string tail,
        CancellationToken cancel
    ) =>
        sql.Read(
            """
            SELECT word, shown, documents FROM search_words WHERE size = @size AND word >= @start AND word < @end
            UNION
            SELECT word, shown, documents FROM search_words WHERE tail = @tail AND size = @size
            """,
            static r => (r.GetString(0), r.GetString(1), r.GetInt32(2)),
            cancel,
            ("@size", size),
            ("@start", start),
            ("@end", start + '\uFFFD'),
            ("@tail", tail)
        );

    public async Task<int> DocumentsWith(string word, CancellationToken cancel) =>
        (
            await sql.Read(
                "SELECT documents FROM search_words WHERE word = @word",
                static r => r.GetInt32(0),
                cancel,
                ("@word", word)
            )
        ).FirstOrDefault();

    public Task<List<(long Number, byte[] Signature)>> Signatures(
        IEnumerable<long> numbers,
        CancellationToken cancel
    ) =>
        sql.Read(
            $"SELECT number, signature FROM search_documents WHERE number {sql.In("@numbers")}",
            static r => (r.GetInt64(0), r.GetFieldValue<byte[]>(1)),
            cancel,
            ("@numbers", sql.List(numbers))
        );

    public Task<List<StoredText>> TextsOf(IEnumerable<long> numbers, CancellationToken cancel) =>
        sql.Read(
            $"SELECT number, path, title, summary, keywords, body FROM search_texts WHERE number {sql.In("@numbers")}",
            static r => new StoredText(
                r.GetInt64(0),
                r.GetString(1),
                r.GetString(2),
                r.GetString(3),
                r.GetString(4),
                r.GetFieldValue<byte[]>(5)
            ),
            cancel,
            ("@numbers", sql.List(numbers))
        );
}

/// <summary>The body is kept for snippets only, packed: text shrinks to about two fifths.</summary>
internal static class PackedText
{
    public static byte[] Pack(string text)
    {
        if (text.Length == 0)
            return [];
        var plain = Encoding.UTF8.GetBytes(text);
        var packed = new byte[BrotliEncoder.GetMaxCompressedLength(plain.Length)];
        if (!BrotliEncoder.TryCompress(plain, packed, out var written, quality: 4, window: 18))
            throw new InvalidOperationException("The packed text did not fit its buffer.");
        return packed[..written];
    }

    /// <summary>The first <paramref name="longest"/> bytes of the text, cut at a whole character.</summary>
    public static string Unpack(ReadOnlySpan<byte> packed, int longest = int.MaxValue)
    {
        if (packed.IsEmpty)
            return "";
        using var decoder = new BrotliDecoder();
        var plain = new byte[Math.Min(longest, Math.Max(1024, packed.Length * 4))];
        var length = 0;
        while (true)
        {
            var status = decoder.Decompress(packed, plain.AsSpan(length), out var consumed, out var written);
            packed = packed[consumed..];
            length += written;
            if (status != System.Buffers.OperationStatus.DestinationTooSmall || plain.Length >= longest)
                break;
            Array.Resize(ref plain, (int)Math.Min(longest, plain.Length * 2L));
        }
        while (length == longest && length > 0 && (plain[length - 1] & 0x80) != 0)
            length--;
        return Encoding.UTF8.GetString(plain, 0, length);
    }
}
