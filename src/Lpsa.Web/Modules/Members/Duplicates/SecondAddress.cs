using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Members;

/// <summary>Accounts that were merged into another one: their addresses lead to the person, and nothing is sent there.</summary>
static class SecondAddress
{
    /// <summary>More merges in a row than that are a mistake and not a person.</summary>
    private const int LongestChain = 8;

    public static readonly PersonalData Hook = new("second addresses", Export, Erase) { Also = Also };

    /// <summary>Where a link of a merged member leads now.</summary>
    public static async Task<(Guid Id, int Version)?> Opens(
        PlatformDb db,
        Guid id,
        int version,
        CancellationToken cancel
    )
    {
        (Guid Id, int Version)? way = null;
        for (var step = 0; step < LongestChain; step++)
        {
            var merge = await db.Set<MemberMerge>()
                .AsNoTracking()
                .SingleOrDefaultAsync(m => m.StandingId == id && m.MergedLinkVersion == version, cancel);
            if (merge is null)
                break;
            (id, version) = (merge.SurvivorId, merge.SurvivorLinkVersion);
            way = (id, version);
        }
        return way;
    }

    /// <returns>The account that stayed; null when this one was not merged.</returns>
    public static async Task<Guid?> BelongsTo(PlatformDb db, Guid id, CancellationToken cancel)
    {
        Guid? found = null;
        for (var step = 0; step < LongestChain; step++)
        {
            var at = found ?? id;
            var next = await db.Set<MemberMerge>()
                .Where(m => m.StandingId == at)
                .Select(m => (Guid?)m.SurvivorId)
                .SingleOrDefaultAsync(cancel);
            if (next is null)
                break;
            found = next;
        }
        return found;
    }

    /// <summary>A merge can be undone for a time; then what it would need is forgotten.</summary>
    public static Task ForgetOld(IServiceProvider services, CancellationToken cancel)
    {
        var db = services.GetRequiredService<PlatformDb>();
        var oldest = db.Now - MemberMerge.Undoable;
        return db.Set<MemberMerge>()
            .Where(m => m.At < oldest && m.Steps != null)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.Steps, (string?)null), cancel);
    }

    public static async Task<IReadOnlyList<string>> Of(PlatformDb db, Guid id, CancellationToken cancel)
    {
        var accounts = await Also(db, id, cancel);
        return await db.Set<Account>()
            .Where(a => accounts.Contains(a.Id))
            .OrderBy(a => a.EmailKey)
            .Select(a => a.Email)
            .ToListAsync(cancel);
    }

    private static async Task<IReadOnlyList<Guid>> Also(PlatformDb db, Guid id, CancellationToken cancel)
    {
        var all = new List<Guid>();
        var latest = new List<Guid> { id };
        while (latest.Count > 0 && all.Count < 100)
        {
            latest = await db.Set<MemberMerge>()
                .Where(m => m.StandingId != null && latest.Contains(m.SurvivorId))
                .Select(m => m.MergedId)
                .ToListAsync(cancel);
            all.AddRange(latest);
        }
        return all;
    }

    private static async Task<object?> Export(PlatformDb db, Guid id, CancellationToken cancel) =>
        await Of(db, id, cancel) is { Count: > 0 } addresses ? new { Addresses = addresses } : null;

    /// <summary>What the merge wrote down of both is personal data of both.</summary>
    private static Task Erase(PlatformDb db, Guid id, CancellationToken cancel) =>
        db.Set<MemberMerge>()
            .Where(m => m.MergedId == id || m.SurvivorId == id)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.Steps, (string?)null), cancel);
}
