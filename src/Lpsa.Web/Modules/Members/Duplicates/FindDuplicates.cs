using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Members;

/// <summary>
/// Finds members who may be one person, in the background. Every member gets a few keys; only members with an equal key
/// are put beside each other, by an index, so the work grows with the members and not with their pairs.
/// </summary>
internal static class FindDuplicates
{
    public const string Job = "members.find-duplicates";

    private const int BatchSize = 2_000;

    private sealed record Person(Guid Id, string EmailKey, string Name, string? Country, string Institution);

    public static Task Run(IServiceProvider services, CancellationToken cancel) =>
        Search(services.GetRequiredService<PlatformDb>(), cancel);

    public static async Task Search(PlatformDb db, CancellationToken cancel)
    {
        await WriteKeys(db, cancel);
        await WritePairs(db, cancel);
    }

    /// <summary>Anew, batch by batch: between two batches others write, and a run that dies leaves no half batch.</summary>
    private static async Task WriteKeys(PlatformDb db, CancellationToken cancel)
    {
        var ids = await db.Set<Member>().OrderBy(m => m.Id).Select(m => m.Id).ToListAsync(cancel);
        foreach (var (number, batch) in ids.Chunk(BatchSize).Index())
        {
            if (number > 0)
                await db.LetOthersWrite(cancel);
            var people = await db.Set<Member>()
                .Where(m => batch.Contains(m.Id))
                .Join(
                    db.Set<Account>().Where(a => a.ClosedAt == null),
                    m => m.Id,
                    a => a.Id,
                    (m, a) => new Person(m.Id, a.EmailKey, a.Name, m.Country, m.Institution)
                )
                .ToListAsync(cancel);
            await using var transaction = await db.Database.BeginTransactionAsync(cancel);
            await db.Set<MemberLikeness>().Where(l => batch.Contains(l.MemberId)).ExecuteDeleteAsync(cancel);
            // Who left in this moment takes the keys along; the next run finds the others.
            var here = (
                await db.Set<Member>().Where(m => batch.Contains(m.Id)).Select(m => m.Id).ToListAsync(cancel)
            ).ToHashSet();
            await using (var bulk = new BulkInsert(db))
                await bulk.Add<MemberLikeness>(
                    [
                        .. people
                            .Where(p => here.Contains(p.Id))
                            .SelectMany(p =>
                                Likeness
                                    .Keys(p.EmailKey, p.Name, p.Country, p.Institution)
                                    .Distinct()
                                    .Select(k => new MemberLikeness(p.Id, k))
                            ),
                    ],
                    cancel
                );
            await transaction.CommitAsync(cancel);
        }
    }

    private static async Task WritePairs(PlatformDb db, CancellationToken cancel)
    {
        var shared = await db.Set<MemberLikeness>()
            .GroupBy(l => l.Key)
            .Where(g => g.Count() > 1 && g.Count() <= Likeness.MostAlike)
            .Select(g => g.Key)
            .ToListAsync(cancel);
        var found = new Dictionary<(Guid, Guid), List<LikenessKind>>();
        foreach (var keys in shared.Order(StringComparer.Ordinal).Chunk(BatchSize))
        {
            var alike = await db.Set<MemberLikeness>()
                .Where(l => keys.Contains(l.Key))
                .Join(
                    db.Set<Account>(),
                    l => l.MemberId,
                    a => a.Id,
                    (l, a) =>
                        new
                        {
                            l.Key,
                            l.MemberId,
                            a.Name,
                        }
                )
                .ToListAsync(cancel);
            foreach (var group in alike.GroupBy(a => a.Key))
            foreach (var one in group)
            foreach (var other in group)
                if (
                    one.MemberId.CompareTo(other.MemberId) < 0
                    && Likeness.Of(group.Key, one.Name, other.Name) is { } kind
                )
                {
                    if (!found.TryGetValue((one.MemberId, other.MemberId), out var kinds))
                        found[(one.MemberId, other.MemberId)] = kinds = [];
                    kinds.Add(kind);
                }
        }
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await db.Set<MemberPair>().Where(p => p.State == MemberPairState.Open).ExecuteDeleteAsync(cancel);
        var apart = (await db.Set<MemberPair>().Select(p => new { p.FirstId, p.SecondId }).ToListAsync(cancel))
            .Select(p => (p.FirstId, p.SecondId))
            .ToHashSet();
        var members = (await db.Set<Member>().Select(m => m.Id).ToListAsync(cancel)).ToHashSet();
        await using (var bulk = new BulkInsert(db))
            await bulk.Add<MemberPair>(
                [
                    .. found
                        .Where(p =>
                            !apart.Contains(p.Key) && members.Contains(p.Key.Item1) && members.Contains(p.Key.Item2)
                        )
                        .Select(p => MemberPair.Of(p.Key.Item1, p.Key.Item2, p.Value, db.Now)),
                ],
                cancel
            );
        await transaction.CommitAsync(cancel);
    }
}
