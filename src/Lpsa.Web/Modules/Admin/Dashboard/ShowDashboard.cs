using Lpsa.Platform;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Admin;

/// <summary>The first staff page: what needs attention, then how much there is.</summary>
public static class ShowDashboard
{
    public static void Map(IEndpointRouteBuilder pages) =>
        pages.MapGet("/admin", Get).Requires(AdminPermissions.Overview);

    public sealed record Model(
        int Waiting,
        int Parked,
        DateTime? OldestDue,
        int Accounts,
        int SignedIn,
        long AuditLines,
        DateTime? LastChange,
        IReadOnlyList<RenderFragment> Attention
    );

    static async Task<IResult> Get(HttpContext http, PlatformDb db, ModuleRegistry modules, CancellationToken cancel)
    {
        var now = db.Now;
        var scope = new SlotScope(db, http.Viewer(), http.Texts(), http.RequestServices);
        var jobs = db.Set<Job>().AsNoTracking();
        var last = await db.Set<AuditEntry>()
            .AsNoTracking()
            .OrderByDescending(e => e.Number)
            .Select(e => new { e.Number, e.At })
            .FirstOrDefaultAsync(cancel);
        return ShowDashboardPage.View(
            new Model(
                await jobs.CountAsync(j => j.State != JobState.Parked && j.DueAt <= now, cancel),
                await jobs.CountAsync(j => j.State == JobState.Parked, cancel),
                await jobs.Where(j => j.State == JobState.Waiting && j.DueAt <= now)
                    .MinAsync(j => (DateTime?)j.DueAt, cancel),
                await db.Set<Platform.Account>().CountAsync(a => a.ClosedAt == null, cancel),
                await db.Set<Session>().CountAsync(s => s.ExpiresAt > now, cancel),
                last?.Number ?? 0,
                last?.At,
                await modules.Fill(AdminSlots.Attention, now, scope, cancel)
            )
        );
    }
}
