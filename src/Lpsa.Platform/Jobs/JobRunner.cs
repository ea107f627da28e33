using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Lpsa.Platform;

/// <summary>
/// Claims due jobs in batches and runs them. Any number of nodes may run one; a claim is a lease that other nodes
/// respect until it ends, so a node that dies delays its jobs and loses none.
/// </summary>
public sealed class JobRunner(
    IServiceScopeFactory scopes,
    ModuleRegistry modules,
    INotifier notifier,
    TimeProvider clock,
    ILogger<JobRunner> log
) : BackgroundService
{
    private const int BatchSize = 8;
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan LongestNap = TimeSpan.FromSeconds(15);

    private readonly SemaphoreSlim wake = new(0, 1);

    // Whoever asks this node to run what is due also waits for what it is running already.
    private readonly SemaphoreSlim turn = new(1, 1);

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        notifier.Received += Hear;
        try
        {
            var planned = false;
            while (!stop.IsCancellationRequested)
            {
                try
                {
                    if (!planned)
                        await PlanRecurring(stop);
                    planned = true;
                    if (await RunBatch(stop) == 0)
                        await wake.WaitAsync(await UntilNext(stop), stop);
                }
                catch (Exception lost) when (lost is System.Data.Common.DbException or DbUpdateException)
                {
                    // Let through, it would stop the whole server: a database that restarts must cost seconds only.
                    log.LogWarning(lost, "The queue cannot be reached; trying again shortly");
                    await Task.Delay(TimeSpan.FromSeconds(1), clock, stop);
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested) { }
        finally
        {
            notifier.Received -= Hear;
        }
    }

    /// <summary>Runs everything that is due, and what that makes due, then returns. For commands and tests.</summary>
    public async Task RunUntilIdle(CancellationToken cancel)
    {
        while (await RunBatch(cancel) > 0) { }
    }

    /// <returns>Number of jobs claimed.</returns>
    internal async Task<int> RunBatch(CancellationToken cancel)
    {
        await turn.WaitAsync(cancel);
        try
        {
            var claimed = await Claim(cancel);
            foreach (var id in claimed)
                await RunOne(id, cancel);
            return claimed.Count;
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task<IReadOnlyList<Guid>> Claim(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PlatformDb>();
        var now = db.Now;
        if (!await db.Set<Job>().AnyAsync(Due(now), cancel))
            return [];
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var due = db.IsPostgres
            ? db.Set<Job>()
                .FromSql(
                    $"""
                    SELECT * FROM jobs
                    WHERE (state = 'Waiting' AND due_at <= {now}) OR (state = 'Running' AND leased_until < {now})
                    ORDER BY due_at LIMIT {BatchSize} FOR UPDATE SKIP LOCKED
                    """
                )
            : db.Set<Job>().Where(Due(now)).OrderBy(j => j.DueAt).Take(BatchSize);
        var ids = (await due.AsNoTracking().ToListAsync(cancel)).ConvertAll(j => j.Id);
        await db.Set<Job>()
            .Where(j => ids.Contains(j.Id))
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(j => j.State, JobState.Running)
                        .SetProperty(j => j.LeasedUntil, now + Lease)
                        .SetProperty(j => j.Tries, j => j.Tries + 1),
                cancel
            );
        await transaction.CommitAsync(cancel);
        return ids;
    }

    private async Task RunOne(Guid id, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PlatformDb>();
        if (await db.Set<Job>().AsNoTracking().SingleOrDefaultAsync(j => j.Id == id, cancel) is not { } job)
            return;
        db.Actor.Name = "job:" + job.Handler;
        using var activity = Telemetry.Source.StartActivity("job " + job.Handler);
        var started = Stopwatch.GetTimestamp();
        string? error = null;
        try
        {
            if (job.Tries > Job.MaximumTries)
                error = "The server died each time while this job ran.";
            else if (modules.Handler(job.Handler) is { } handler)
                await handler.Run(scope.ServiceProvider, job.Payload, cancel);
            else
                error = $"No module handles jobs named {job.Handler}.";
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            error = "The server stopped while this job ran.";
        }
        catch (Exception failure)
        {
            log.LogWarning(failure, "Job {Handler} failed on try {Try}", job.Handler, job.Tries);
            error = failure.ToString();
        }
        Telemetry.Job(job.Handler, error is null, Stopwatch.GetElapsedTime(started));
        await Record(id, error, CancellationToken.None);
    }

    private async Task Record(Guid id, string? error, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PlatformDb>();
        if (await db.Set<Job>().SingleOrDefaultAsync(j => j.Id == id, cancel) is not { } job)
            return;
        if (error is not null)
            job.Failed(error, db.Now, Random.Shared.NextDouble());
        else if (modules.Handler(job.Handler)?.Every is { } every)
            job.Repeat(db.Now + every);
        else
            db.Remove(job);
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateConcurrencyException)
        {
            // The job outlived its lease and another run has ended the row meanwhile; uncaught this would end the host.
        }
    }

    /// <summary>Every recurring job has exactly one row, whoever makes it first.</summary>
    internal async Task PlanRecurring(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PlatformDb>();
        foreach (var handler in modules.Recurring)
        {
            var key = "every:" + handler.Name;
            if (await db.Set<Job>().AnyAsync(j => j.UniqueKey == key, cancel))
                continue;
            db.Add(Job.For(handler, "{}", db.Now, db.Now + handler.Every, key));
            try
            {
                await db.SaveChangesAsync(cancel);
            }
            catch (DbUpdateException)
            {
                // Another node wrote the row between our look and our insert, which is just as good.
                db.ChangeTracker.Clear();
            }
        }
    }

    private async Task<TimeSpan> UntilNext(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PlatformDb>();
        var next = await db.Set<Job>()
            .Where(j => j.State == JobState.Waiting)
            .MinAsync(j => (DateTime?)j.DueAt, cancel);
        var nap = next - clock.GetUtcNow().UtcDateTime ?? LongestNap;
        return nap <= TimeSpan.Zero ? TimeSpan.FromMilliseconds(50)
            : nap < LongestNap ? nap
            : LongestNap;
    }

    private static System.Linq.Expressions.Expression<Func<Job, bool>> Due(DateTime now) =>
        j => (j.State == JobState.Waiting && j.DueAt <= now) || (j.State == JobState.Running && j.LeasedUntil < now);

    private void Hear(Notice notice)
    {
        if (notice.Kind != NoticeKind.WakeJobs || wake.CurrentCount > 0)
            return;
        try
        {
            wake.Release();
        }
        catch (SemaphoreFullException)
        {
            // Two notices at once: the runner is already being woken.
        }
    }
}
