using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Platform;

/// <summary>One thing that was looked at, and what is wrong with it.</summary>
/// <param name="Name">Stable name for machines: <c>audit</c>.</param>
public sealed record CheckResult(string Name, IReadOnlyList<string> Problems)
{
    public bool IsGood => Problems.Count == 0;
}

/// <summary>Looks whether everything the database says is so. Changes nothing.</summary>
public sealed class Checkup(FileStore store, ModuleRegistry modules, SearchIndex search, DatabaseSettings database)
{
    private const int MostNamed = 50;

    public async Task<IReadOnlyList<CheckResult>> Run(PlatformDb db, CancellationToken cancel)
    {
        var schema = await Schema(cancel);
        // With tables missing every other question would fail for that reason alone.
        return schema.IsGood
            ?
            [
                schema,
                await Audit(db, cancel),
                await Search(db, cancel),
                await Files(db, cancel),
                await Jobs(db, cancel),
            ]
            : [schema];
    }

    private async Task<CheckResult> Schema(CancellationToken cancel)
    {
        try
        {
            await using var connection = Connections.Open(database);
            var missing = await SchemaMigrator.Missing(connection, SchemaFile.EmbeddedIn(modules.Assemblies), cancel);
            return new("schema", [.. missing.Select(name => $"{name} is not applied, or in another form")]);
        }
        catch (System.Data.Common.DbException unreadable)
        {
            return new("schema", [unreadable.Message]);
        }
    }

    private static async Task<CheckResult> Audit(PlatformDb db, CancellationToken cancel) =>
        new("audit", await AuditLog.Verify(db, cancel) is { } broken ? [$"line {broken.Number}: {broken.Reason}"] : []);

    private async Task<CheckResult> Search(PlatformDb db, CancellationToken cancel)
    {
        var found = await search.Check(db, cancel);
        var problems = new List<string>();
        if (found.IsOutdated)
            problems.Add("the index was built by an older version; run reindex");
        problems.AddRange(found.Missing.Select(key => $"{key.Kind} {key.Id} is public but not found"));
        problems.AddRange(found.Surplus.Select(key => $"{key.Kind} {key.Id} is found but not public"));
        return new("search", Shorten(problems));
    }

    private static IReadOnlyList<string> Shorten(List<string> problems) =>
        problems.Count <= MostNamed
            ? problems
            : [.. problems.Take(MostNamed), $"and {problems.Count - MostNamed} more"];

    private async Task<CheckResult> Files(PlatformDb db, CancellationToken cancel)
    {
        var problems = new List<string>();
        var hashes = await db.Set<StoredFile>().Select(f => f.Hash).Distinct().OrderBy(h => h).ToListAsync(cancel);
        foreach (var hash in hashes)
        {
            if (await store.Find(db, hash, cancel) is not { } place)
            {
                problems.Add($"{hash} is missing");
                continue;
            }
            await using var bytes = File.OpenRead(place);
            if (Convert.ToHexStringLower(await SHA256.HashDataAsync(bytes, cancel)) != hash)
                problems.Add($"{hash} has other bytes than when it was uploaded");
        }
        return new("files", Shorten(problems));
    }

    private static async Task<CheckResult> Jobs(PlatformDb db, CancellationToken cancel) =>
        new(
            "jobs",
            await db.Set<Job>()
                .Where(j => j.State == JobState.Parked)
                .GroupBy(j => j.Handler)
                .OrderBy(g => g.Key)
                .Select(g => g.Key + ": " + g.Count() + " given up")
                .ToListAsync(cancel)
        );
}
