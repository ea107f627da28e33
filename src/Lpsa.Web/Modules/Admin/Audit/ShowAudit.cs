using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Admin;

/// <summary>The audit log for staff: who changed what, before and after, and whether the chain is whole.</summary>
public static class ShowAudit
{
    private const int RowsOnPage = 50;

    public static void Map(IEndpointRouteBuilder pages)
    {
        var audit = pages.MapGroup("/admin/audit").Requires(AdminPermissions.Audit);
        audit.MapGet("", Get);
        audit.MapPost("/verify", Verify).RequireRateLimiting(PlatformApp.CautiousLimit);
    }

    public sealed record Row(
        long Number,
        DateTime At,
        string Actor,
        string Action,
        string Entity,
        string EntityId,
        IReadOnlyList<FieldChange> Changes
    );

    /// <param name="Entity">Table whose lines are shown; empty for all.</param>
    /// <param name="Checked">Set after a check of the chain.</param>
    public sealed record Model(
        string Entity,
        string EntityId,
        string Actor,
        IReadOnlyList<string> Entities,
        IReadOnlyList<Row> Rows,
        long? Older,
        ChainState? Checked
    );

    public sealed record ChainState(long Lines, string LastHash, AuditBreak? Break);

    static async Task<IResult> Get(
        string? entity,
        string? id,
        string? actor,
        long? before,
        PlatformDb db,
        CancellationToken cancel
    ) => ShowAuditPage.View(await Load(db, entity ?? "", id ?? "", actor ?? "", before, null, cancel));

    static async Task<IResult> Verify(PlatformDb db, CancellationToken cancel)
    {
        var broken = await AuditLog.Verify(db, cancel);
        var last = await db.Set<AuditEntry>()
            .AsNoTracking()
            .OrderByDescending(e => e.Number)
            .Select(e => new { e.Number, e.Hash })
            .FirstOrDefaultAsync(cancel);
        var state = new ChainState(last?.Number ?? 0, last?.Hash ?? AuditLog.Genesis, broken);
        return ShowAuditPage.View(await Load(db, "", "", "", null, state, cancel));
    }

    private static async Task<Model> Load(
        PlatformDb db,
        string entity,
        string id,
        string actor,
        long? before,
        ChainState? state,
        CancellationToken cancel
    )
    {
        var lines = db.Set<AuditEntry>().AsNoTracking();
        var entities = await lines.Select(e => e.Entity).Distinct().OrderBy(e => e).ToListAsync(cancel);
        var actors = await ActorsNamed(db, actor.Trim(), cancel);
        var found = await lines
            .Where(e => entity == "" || e.Entity == entity)
            .Where(e => id == "" || e.EntityId == id)
            .Where(e => actor == "" || actors.Contains(e.Actor))
            .Where(e => before == null || e.Number < before)
            .OrderByDescending(e => e.Number)
            .Take(RowsOnPage + 1)
            .ToListAsync(cancel);
        var shown = found.Take(RowsOnPage).ToList();
        var names = await NamesOf(db, shown.Select(e => e.Actor), cancel);
        return new Model(
            entity,
            id,
            actor,
            entities,
            [
                .. shown.Select(e => new Row(
                    e.Number,
                    e.At,
                    names.GetValueOrDefault(e.Actor, e.Actor),
                    e.Action,
                    e.Entity,
                    e.EntityId,
                    FieldChange.Between(e.Before, e.After)
                )),
            ],
            found.Count > RowsOnPage ? shown[^1].Number : null,
            state
        );
    }

    /// <summary>What is typed may be a name, an address, an account id, or the name of a job.</summary>
    private static async Task<List<string>> ActorsNamed(PlatformDb db, string typed, CancellationToken cancel)
    {
        if (typed == "")
            return [];
        var key = typed.ToLowerInvariant();
        var accounts = await db.Set<Platform.Account>()
            .Where(a => a.EmailKey == key || a.Name.ToLower() == key)
            .Select(a => a.Id)
            .ToListAsync(cancel);
        return [typed, .. accounts.Select(a => a.ToString())];
    }

    private static async Task<Dictionary<string, string>> NamesOf(
        PlatformDb db,
        IEnumerable<string> actors,
        CancellationToken cancel
    )
    {
        var ids = actors.Distinct().Where(a => Guid.TryParse(a, out _)).Select(Guid.Parse).ToList();
        return await db.Set<Platform.Account>()
            .Where(a => ids.Contains(a.Id))
            .ToDictionaryAsync(a => a.Id.ToString(), a => a.Name, cancel);
    }
}
