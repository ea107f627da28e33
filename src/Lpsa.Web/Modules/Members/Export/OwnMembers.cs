using System.Text.Json;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Members;

/// <summary>
/// Reads our own form: one JSON object in a line, the first says the form and the key of links and hashes. Taken into
/// an empty database and written again it gives the same bytes.
/// </summary>
internal sealed class OwnMembers(PlatformDb db, MemberSecrets secrets)
{
    public const string Form = "lpsa-members";
    public const int Version = 1;
    private const int BatchSize = 500;
    private static readonly Type[] Order =
    [
        typeof(Account),
        typeof(Member),
        typeof(MemberPeriod),
        typeof(MemberInterest),
        typeof(MemberConsent),
    ];

    public async Task Import(
        string name,
        MemberFile file,
        BulkInsert bulk,
        MemberImportReport report,
        Action<MemberDifference> tell,
        CancellationToken cancel
    )
    {
        report.Format = "own";
        using var lines = file.Lines();
        var isSameKey = await Open(name, await lines.ReadLineAsync(cancel) ?? "", cancel);
        var (people, stops, seen) = (new List<OwnMember>(), new List<Suppression>(), new SeenAddresses());
        var known = new MemberBatch(db, secrets, bulk, "own", name, tell);
        for (var number = 2L; await lines.ReadLineAsync(cancel) is { } line; number++)
        {
            if (line.Length > 0)
                Read(number, line);
            if (people.Count + stops.Count >= BatchSize)
                await Write();
        }
        await Write();

        void Read(long number, string line)
        {
            try
            {
                var row = JsonSerializer.Deserialize<JsonElement>(line);
                if (row.TryGetProperty("suppression", out var stop))
                {
                    if (isSameKey)
                        stops.Add(stop.Deserialize<Stop>(EntityJson.Options)!.Read());
                    else
                        report.Lose(
                            name,
                            number,
                            "suppression",
                            "",
                            "It was made with another key and cannot be read here."
                        );
                    return;
                }
                var person = OwnMember.Read(number, row, db.Model);
                if (seen.Before(person.Email, number) is { } first)
                    report.Reject(
                        name,
                        number,
                        "account.email",
                        person.Email,
                        $"The address stands in line {first} already."
                    );
                else
                    people.Add(person);
            }
            catch (Exception wrong)
                when (wrong is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
            {
                report.Reject(name, number, "line", line, wrong.Message);
            }
        }

        async Task Write()
        {
            await Take(name, people, bulk, known, report, tell, cancel);
            var hashes = stops.Select(s => s.AddressHash).ToArray();
            var here = (
                await db.Set<Suppression>()
                    .AsNoTracking()
                    .Where(s => hashes.Contains(s.AddressHash))
                    .ToListAsync(cancel)
            )
                .Select(s => (s.AddressHash, s.Scope))
                .ToHashSet();
            await bulk.Add<Suppression>([.. stops.Where(s => here.Add((s.AddressHash, s.Scope)))], cancel);
            people.Clear();
            stops.Clear();
        }
    }

    /// <returns>Whether hashes in the file are those of this database.</returns>
    private async Task<bool> Open(string name, string line, CancellationToken cancel)
    {
        Head? head;
        try
        {
            head = JsonSerializer.Deserialize<Head>(line, EntityJson.Options);
        }
        catch (JsonException)
        {
            head = null;
        }
        if (head is not { format: Form, key: { Length: 32 } key })
            throw new ImportException(name, 1, $"the first line does not say that this is a file of the form {Form}");
        if (head.version != Version)
            throw new ImportException(name, 1, $"version {head.version} is not known to this program");
        if (!await db.Set<Member>().AnyAsync(cancel) && !await db.Set<Suppression>().AnyAsync(cancel))
            await secrets.Adopt(db, key, cancel);
        var own = await secrets.Reveal(db, cancel);
        return key.AsSpan().SequenceEqual(own);
    }

    private async Task Take(
        string file,
        List<OwnMember> people,
        BulkInsert bulk,
        MemberBatch known,
        MemberImportReport report,
        Action<MemberDifference> tell,
        CancellationToken cancel
    )
    {
        var keys = people.Select(p => Account.KeyOf(p.Email)).ToArray();
        var ids = people.Select(p => p.Id).ToArray();
        var hashes = await secrets.HashesOf(db, keys, cancel);
        var here = await db.Set<Account>()
            .Where(a => keys.Contains(a.EmailKey) || ids.Contains(a.Id))
            .Select(a => new { a.Id, a.EmailKey })
            .ToListAsync(cancel);
        var (takenKeys, takenIds) = (here.Select(a => a.EmailKey).ToHashSet(), here.Select(a => a.Id).ToHashSet());
        var stopped = (
            await db.Set<Suppression>().AsNoTracking().Where(s => hashes.Contains(s.AddressHash)).ToListAsync(cancel)
        )
            .Select(s => (s.AddressHash, s.Scope))
            .ToHashSet();
        var (fresh, others) = (new List<OwnMember>(), new List<ImportedMember>());
        var stops = new List<Suppression>();
        for (var at = 0; at < people.Count; at++)
        {
            var person = people[at];
            if (takenKeys.Contains(keys[at]) || stopped.Contains((hashes[at], Suppression.Bulk)))
            {
                others.Add(person.AsImported(file));
                continue;
            }
            if (!takenIds.Add(person.Id))
            {
                report.Reject(
                    file,
                    person.Line,
                    "account.id",
                    person.Id.ToString(),
                    "The id belongs to another address."
                );
                continue;
            }
            fresh.Add(person);
            foreach (var stop in person.Suppressions)
                if (stopped.Add((hashes[at], stop.Scope)))
                    stops.Add(Suppression.Of(hashes[at], stop.Scope, stop.Reason, stop.Origin, stop.At));
            tell(
                new MemberDifference(
                    file,
                    person.Line,
                    MemberDifferenceKind.New,
                    person.Email,
                    "comes with all that was kept"
                )
            );
        }
        foreach (var type in Order)
            await bulk.Add(db.Model.FindEntityType(type)!, [.. fresh.SelectMany(p => p.Rows[type])], cancel);
        await bulk.Add(stops, cancel);
        await known.Take(others, cancel);
    }

    // Names as they stand in the file.
#pragma warning disable IDE1006
    internal sealed record Head(string format, int version, byte[] key);

    internal sealed record Stop(string addressHash, string scope, SuppressionReason reason, string origin, DateTime at)
    {
        public Suppression Read() => Suppression.Of(addressHash, scope, reason, origin, at);
    }
#pragma warning restore IDE1006
}
