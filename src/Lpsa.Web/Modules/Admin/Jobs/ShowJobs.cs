using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Admin;

/// <summary>The queue for staff: what waits, what runs, what was given up and why; run it again or take it out.</summary>
public static class ShowJobs
{
    private const int RowsOnPage = 100;

    public static void Map(IEndpointRouteBuilder pages)
    {
        var jobs = pages.MapGroup("/admin/jobs").Requires(AdminPermissions.Operate);
        jobs.MapGet("", Get);
        jobs.MapPost("/{id:guid}/again", RunAgain);
        jobs.MapPost("/{id:guid}/delete", Delete);
        jobs.MapPost("/again", RunAllAgain);
    }

    public sealed record Row(
        Guid Id,
        string Handler,
        JobState State,
        DateTime DueAt,
        DateTime CreatedAt,
        int Tries,
        bool Repeats,
        string Payload,
        string? Error
    );

    public sealed record Model(
        JobState? State,
        IReadOnlyDictionary<JobState, int> Counts,
        IReadOnlyList<Row> Rows,
        int Page,
        int Pages
    );

    static async Task<PageResult> Get(string? state, int? page, PlatformDb db, CancellationToken cancel)
    {
        JobState? chosen =
            Enum.TryParse<JobState>(state, ignoreCase: true, out var named) && Enum.IsDefined(named) ? named : null;
        var counts = await db.Set<Job>()
            .GroupBy(j => j.State)
            .Select(g => new { g.Key, Count = g.Count() })
            .ToDictionaryAsync(g => g.Key, g => g.Count, cancel);
        var total = chosen is { } one ? counts.GetValueOrDefault(one) : counts.Values.Sum();
        var pages = Math.Max(1, (total + RowsOnPage - 1) / RowsOnPage);
        var number = Math.Clamp(page ?? 1, 1, pages);
        var rows = await db.Set<Job>()
            .AsNoTracking()
            .Where(j => chosen == null || j.State == chosen)
            .OrderBy(j => j.State)
            .ThenBy(j => j.DueAt)
            .Skip((number - 1) * RowsOnPage)
            .Take(RowsOnPage)
            .Select(j => new Row(
                j.Id,
                j.Handler,
                j.State,
                j.DueAt,
                j.CreatedAt,
                j.Tries,
                j.UniqueKey != null && j.UniqueKey.StartsWith("every:"),
                j.Payload,
                j.LastError
            ))
            .ToListAsync(cancel);
        return ShowJobsPage.View(new Model(chosen, counts, rows, number, pages));
    }

    static async Task<IResult> RunAgain(Guid id, PlatformDb db, CancellationToken cancel)
    {
        // A running job is left alone: its node may be alive, and it would run twice at once.
        var job = await db.Set<Job>().SingleOrDefaultAsync(j => j.Id == id && j.State != JobState.Running, cancel);
        if (job is null)
            return Back.Saying("This job is running or done.");
        job.RunAgain(db.Now);
        await Wake(db, cancel);
        return Back.Saying("The job runs again now.");
    }

    static async Task<IResult> RunAllAgain(PlatformDb db, CancellationToken cancel)
    {
        foreach (var job in await db.Set<Job>().Where(j => j.State == JobState.Parked).ToListAsync(cancel))
            job.RunAgain(db.Now);
        await Wake(db, cancel);
        return Back.Saying("All jobs that were given up run again now.");
    }

    static async Task<IResult> Delete(Guid id, PlatformDb db, CancellationToken cancel)
    {
        // A recurring job would stay away for ever, and the next start would not know that somebody meant it.
        var taken = await db.Set<Job>()
            .Where(j => j.Id == id && j.State != JobState.Running)
            .Where(j => j.UniqueKey == null || !j.UniqueKey.StartsWith("every:"))
            .ExecuteDeleteAsync(cancel);
        return taken > 0 ? Back.Saying("The job was taken out.") : Back.Saying("This job is running or done.");
    }

    private static RedirectTo Back => Redirect.To("/admin/jobs");

    private static async Task Wake(PlatformDb db, CancellationToken cancel)
    {
        db.WakeJobs();
        await db.SaveChangesAsync(cancel);
    }
}
