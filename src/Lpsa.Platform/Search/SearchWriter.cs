using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Lpsa.Platform;

/// <summary>
/// Writes documents into the index within the caller's transaction. Making one takes the next revision of the index and
/// with it a lock, so that revisions are committed in their order; <see cref="Flush"/> ends the work.
/// </summary>
internal sealed class SearchWriter
{
    /// <summary>Raise it when <see cref="WordReader"/> or <see cref="IndexToken"/> change: the index must be built anew then.</summary>
    public const int Analysis = 1;

    private const int WordsAtOnce = 4000;

    /// <summary>Of the forms of a word the shortest is shown, whichever came first.</summary>
    private const string Shorter = """
        shown = CASE
          WHEN length(excluded.shown) < length(search_words.shown)
            OR length(excluded.shown) = length(search_words.shown) AND excluded.shown < search_words.shown
          THEN excluded.shown ELSE search_words.shown END
        """;

    private readonly SearchSql sql;
    private readonly SearchReader reader;
    private readonly NumberSource numbers;
    private readonly Dictionary<string, (int Change, string Shown)> words;
    private readonly long revision;

    private SearchWriter(PlatformDb db, SearchSql sql, long revision, SearchWriter? before)
    {
        (this.sql, this.revision) = (sql, revision);
        words = before?.words ?? new(StringComparer.Ordinal);
        reader = new SearchReader(db);
        numbers = new NumberSource(sql);
    }

    /// <param name="before">A writer of an earlier transaction whose words are not flushed yet.</param>
    public static async Task<SearchWriter> Begin(PlatformDb db, CancellationToken cancel, SearchWriter? before = null)
    {
        var sql = new SearchSql(db);
        var revision = await sql.Read(
            "UPDATE search_state SET revision = revision + 1 RETURNING revision",
            r => r.GetInt64(0),
            cancel
        );
        return new SearchWriter(db, sql, revision[0], before);
    }

    /// <summary>Makes the index hold exactly these documents of a thing.</summary>
    public async Task Replace(SearchKey key, IReadOnlyList<SearchDocument> documents, CancellationToken cancel)
    {
        var stored = await sql.Read(
            "SELECT language, number, hash FROM search_documents WHERE kind = @kind AND id = @id",
            r => (Language: r.GetString(0), Number: r.GetInt64(1), Hash: r.GetString(2)),
            cancel,
            ("@kind", key.Kind),
            ("@id", key.Id)
        );
        foreach (var old in stored.Where(s => documents.All(d => d.Language != s.Language)))
            await Remove(old.Number, cancel);
        foreach (var document in documents)
        {
            var entry = IndexEntry.Of(document);
            var old = stored.Find(s => s.Language == document.Language);
            if (old.Hash == entry.Hash)
                continue;
            if (old.Hash is not null)
                await Remove(old.Number, cancel);
            await Add(entry, cancel);
        }
    }

    /// <summary>Adds a document of a thing that has none in this language yet.</summary>
    public async Task Add(IndexEntry entry, CancellationToken cancel)
    {
        var (document, number) = (entry.Document, await numbers.Next(entry.Document.Date, cancel));
        var tokens = entry.Analyse();
        await sql.Execute(
            """
            INSERT INTO search_documents (number, kind, id, language, date, facets, hash, revision, signature)
            VALUES (@number, @kind, @id, @language, @date, @facets, @hash, @revision, @signature)
            """,
            cancel,
            ("@number", number),
            ("@kind", document.Key.Kind),
            ("@id", document.Key.Id),
            ("@language", document.Language),
            ("@date", document.Date),
            ("@facets", string.Join('\n', entry.Facets)),
            ("@hash", entry.Hash),
            ("@revision", revision),
            ("@signature", tokens.Signature)
        );
        await sql.Execute(
            """
            INSERT INTO search_texts (number, path, title, summary, keywords, body)
            VALUES (@number, @path, @title, @summary, @keywords, @body)
            """,
            cancel,
            ("@number", number),
            ("@path", document.Path),
            ("@title", document.Title),
            ("@summary", document.Summary),
            ("@keywords", document.Keywords),
            ("@body", PackedText.Pack(document.Body))
        );
        await sql.Execute(
            sql.IsPostgres
                ? "INSERT INTO search_tokens (number, tokens) VALUES (@number, array_to_tsvector(@tokens))"
                : "INSERT INTO search_tokens (rowid, tokens) VALUES (@number, @tokens)",
            cancel,
            ("@number", number),
            ("@tokens", sql.IsPostgres ? tokens.Tokens.ToArray() : string.Join(' ', tokens.Tokens))
        );
        Count(tokens, 1);
    }

    public async Task Remove(long number, CancellationToken cancel)
    {
        foreach (var old in await reader.TextsOf([number], cancel))
            Count(DocumentTokens.Of(old.Title, old.Keywords, old.Summary, PackedText.Unpack(old.Body), []), -1);
        await sql.Execute("DELETE FROM search_texts WHERE number = @number", cancel, ("@number", number));
        await sql.Execute("DELETE FROM search_documents WHERE number = @number", cancel, ("@number", number));
        await sql.Execute(
            sql.IsPostgres
                ? "DELETE FROM search_tokens WHERE number = @number"
                : "DELETE FROM search_tokens WHERE rowid = @number",
            cancel,
            ("@number", number)
        );
        await sql.Execute(
            """
            INSERT INTO search_removals (number, revision) VALUES (@number, @revision)
            ON CONFLICT (number) DO UPDATE SET revision = excluded.revision
            """,
            cancel,
            ("@number", number),
            ("@revision", revision)
        );
    }

    /// <summary>Writes how many documents each word is in now.</summary>
    public async Task Flush(CancellationToken cancel)
    {
        foreach (var some in words.Where(w => w.Value.Change != 0).Chunk(WordsAtOnce))
            await sql.Execute(
                sql.IsPostgres
                    ? $"""
                    INSERT INTO search_words (word, size, tail, shown, documents)
                    SELECT word, length(word), right(word, 3), shown, change
                    FROM unnest(@words, @shown, @changes) AS t (word, shown, change)
                    ON CONFLICT (word) DO UPDATE SET documents = search_words.documents + excluded.documents, {Shorter}
                    """
                    : $"""
                    INSERT INTO search_words (word, size, tail, shown, documents)
                    SELECT w.value, length(w.value), substr(w.value, -3), s.value, c.value
                    FROM json_each(@words) w JOIN json_each(@shown) s ON s.key = w.key JOIN json_each(@changes) c ON c.key = w.key
                    WHERE true
                    ON CONFLICT (word) DO UPDATE SET documents = search_words.documents + excluded.documents, {Shorter}
                    """,
                cancel,
                ("@words", sql.List(some.Select(w => w.Key))),
                ("@shown", sql.List(some.Select(w => w.Value.Shown))),
                ("@changes", sql.List(some.Select(w => w.Value.Change)))
            );
        foreach (var some in words.Where(w => w.Value.Change < 0).Select(w => w.Key).Chunk(WordsAtOnce))
            await sql.Execute(
                $"DELETE FROM search_words WHERE documents <= 0 AND word {sql.In("@words")}",
                cancel,
                ("@words", sql.List(some))
            );
        words.Clear();
    }

    internal static string Shortest(string a, string b) =>
        a.Length != b.Length ? (a.Length < b.Length ? a : b)
        : string.CompareOrdinal(a, b) < 0 ? a
        : b;

    private void Count(DocumentTokens tokens, int change)
    {
        foreach (var (word, shown) in tokens.Words)
        {
            ref var counted = ref CollectionsMarshal.GetValueRefOrAddDefault(words, word, out var seen);
            counted = (counted.Change + change, seen ? Shortest(counted.Shown, shown) : shown);
        }
    }
}

/// <summary>A document made ready: cleaned text, its facets with those every document has, and a hash of it all.</summary>
internal sealed record IndexEntry(SearchDocument Document, IReadOnlyList<string> Facets, string Hash)
{
    public static IndexEntry Of(SearchDocument document)
    {
        var clean = document with
        {
            Title = IndexedText.Clean(document.Title),
            Summary = IndexedText.Clean(document.Summary),
            Body = IndexedText.Clean(document.Body),
            Keywords = IndexedText.Clean(document.Keywords),
            // PostgreSQL keeps microseconds; both must sort alike.
            Date = document.Date is { } date ? new DateTime(date.Ticks - date.Ticks % 10, DateTimeKind.Utc) : null,
        };
        var facets = new List<string> { "kind:" + clean.Key.Kind, "language:" + clean.Language };
        if (clean.Date is { } at)
            facets.Add("year:" + at.Year.ToString(System.Globalization.CultureInfo.InvariantCulture));
        facets.AddRange(
            clean.Facets.Select(f => IndexedText.Clean(f).ReplaceLineEndings(" ")).Distinct().Except(facets)
        );
        var all = JsonSerializer.SerializeToUtf8Bytes(
            new[]
            {
                clean.Path,
                clean.Title,
                clean.Summary,
                clean.Keywords,
                clean.Body,
                clean.Date?.Ticks.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "",
                string.Join('\n', facets),
            }
        );
        return new IndexEntry(clean, facets, Convert.ToHexStringLower(SHA256.HashData(all))[..32]);
    }

    public DocumentTokens Analyse() =>
        DocumentTokens.Of(Document.Title, Document.Keywords, Document.Summary, Document.Body, Facets);
}

/// <summary>
/// Gives out the numbers of documents. Rising numbers mean falling dates, so that "the newest thousand matches" is a
/// walk from the start in both databases; things without a date come after all that have one.
/// </summary>
internal sealed class NumberSource(SearchSql sql)
{
    private const int BitsForOneDay = 12;
    private static readonly int LastDay = new DateTime(2100, 1, 1, 0, 0, 0, DateTimeKind.Utc)
        .Subtract(DateTime.UnixEpoch)
        .Days;

    private readonly Dictionary<long, long> firstFree = [];

    public async Task<long> Next(DateTime? date, CancellationToken cancel)
    {
        long Undated() => LastDay * 2L;
        var wanted = date is { } at
            ? LastDay - Math.Clamp((at - DateTime.UnixEpoch).Days, -LastDay + 1, LastDay)
            : Undated();
        var day = firstFree.GetValueOrDefault(wanted, wanted);
        while (true)
        {
            // A day with more documents than numbers goes on in the day before it.
            var (first, end) = (day << BitsForOneDay, wanted == Undated() ? long.MaxValue : (day + 1) << BitsForOneDay);
            var last = await sql.Read(
                "SELECT max(number) FROM search_documents WHERE number >= @first AND number < @end",
                r => r.IsDBNull(0) ? first - 1 : r.GetInt64(0),
                cancel,
                ("@first", first),
                ("@end", end)
            );
            if (last[0] + 1 < end)
                return last[0] + 1;
            firstFree[wanted] = ++day;
        }
    }
}
