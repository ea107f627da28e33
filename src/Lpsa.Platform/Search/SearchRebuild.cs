using Microsoft.EntityFrameworkCore;

namespace Lpsa.Platform;

/// <summary>
/// Builds the index anew from the sources, each kind in one transaction: a search sees the old documents of a kind or
/// the new ones. Also holds the index against the sources.
/// </summary>
internal sealed class SearchRebuild(PlatformDb db, IReadOnlyList<SearchSource> sources)
{
    private readonly SearchSql sql = new(db);

    public async Task<int> Run(CancellationToken cancel)
    {
        SearchWriter? writer = null;
        var count = 0;
        foreach (var source in sources)
        {
            await using var own = await BeginOwn(cancel);
            writer = await SearchWriter.Begin(db, cancel, writer);
            await Empty("kind = @kind", source.Kind, cancel);
            await foreach (var id in source.AllIds(db).WithCancellation(cancel))
            foreach (var document in await source.Load(db, id, cancel))
            {
                await writer.Add(IndexEntry.Of(document), cancel);
                count++;
            }
            if (own is not null)
                await own.CommitAsync(cancel);
        }
        await Finish(writer, cancel);
        return count;
    }

    public async Task<SearchCheck> Check(CancellationToken cancel)
    {
        var stored = (
            await sql.Read(
                "SELECT kind, id, language, hash FROM search_documents",
                r => (Key: new SearchKey(r.GetString(0), r.GetGuid(1)), Language: r.GetString(2), Hash: r.GetString(3)),
                cancel
            )
        ).ToDictionary(s => (s.Key, s.Language), s => s.Hash);
        var missing = new HashSet<SearchKey>();
        foreach (var source in sources)
        await foreach (var id in source.AllIds(db).WithCancellation(cancel))
        foreach (var document in await source.Load(db, id, cancel))
            if (!stored.Remove((document.Key, document.Language), out var hash) || hash != IndexEntry.Of(document).Hash)
                missing.Add(document.Key);
        var state = await new SearchReader(db).State(cancel);
        return new SearchCheck(
            [.. missing],
            [.. stored.Keys.Select(k => k.Key).Distinct()],
            state.Analysis != SearchWriter.Analysis
        );
    }

    /// <summary>Kinds that no module has any more go, and the words are counted afresh.</summary>
    private async Task Finish(SearchWriter? writer, CancellationToken cancel)
    {
        await using var own = await BeginOwn(cancel);
        writer = await SearchWriter.Begin(db, cancel, writer);
        await Empty($"NOT (kind {sql.In("@kind")})", sql.List(sources.Select(s => s.Kind)), cancel);
        await sql.Execute("DELETE FROM search_words", cancel);
        await sql.Execute("DELETE FROM search_removals", cancel);
        await writer.Flush(cancel);
        await sql.Execute("UPDATE search_state SET analysis = @analysis", cancel, ("@analysis", SearchWriter.Analysis));
        if (sql.IsPostgres)
            await sql.Execute("SELECT gin_clean_pending_list('ix_search_tokens_tokens')", cancel);
        if (own is not null)
            await own.CommitAsync(cancel);
    }

    private async Task Empty(string where, object kind, CancellationToken cancel)
    {
        var numbers = $"(SELECT number FROM search_documents WHERE {where})";
        var column = sql.IsPostgres ? "number" : "rowid";
        await sql.Execute($"DELETE FROM search_tokens WHERE {column} IN {numbers}", cancel, ("@kind", kind));
        await sql.Execute($"DELETE FROM search_texts WHERE number IN {numbers}", cancel, ("@kind", kind));
        await sql.Execute($"DELETE FROM search_documents WHERE {where}", cancel, ("@kind", kind));
        await sql.Execute("UPDATE search_state SET generation = generation + 1", cancel);
    }

    private async Task<Microsoft.EntityFrameworkCore.Storage.IDbContextTransaction?> BeginOwn(
        CancellationToken cancel
    ) => db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(cancel) : null;
}
