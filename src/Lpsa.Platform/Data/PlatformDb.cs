using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Lpsa.Platform;

/// <summary>
/// The one database of the product. Modules add their entities through <see cref="ModuleBuilder.Entity{T,TMap}"/>.
/// Saving also appends the audit log, refreshes the search index and, once the transaction has committed, evicts
/// cached pages and wakes the job runner: a change that is not committed is seen by nobody.
/// </summary>
public sealed class PlatformDb(
    DbContextOptions<PlatformDb> options,
    ModuleRegistry modules,
    CurrentActor actor,
    SearchIndex search,
    INotifier notifier,
    TimeProvider clock
) : DbContext(options)
{
    private readonly HashSet<string> tagsToEvict = [];
    private bool jobsWaiting;
    private bool? isPostgres;

    public CurrentActor Actor => actor;
    public DateTime Now => clock.GetUtcNow().UtcDateTime;
    internal string ModelKey => modules.ModelKey;
    public bool IsPostgres => isPostgres ??= Database.ProviderName!.EndsWith("PostgreSQL", StringComparison.Ordinal);

    /// <summary>Puts a job in the queue for every subscriber of the event, in the caller's transaction.</summary>
    public void Publish<TEvent>(TEvent happened)
        where TEvent : notnull
    {
        foreach (var subscriber in modules.SubscribersOf(typeof(TEvent)))
            Add(Job.For(subscriber, subscriber.Write(happened), Now));
    }

    /// <summary>Evicts cached pages with these tags after the running transaction commits.</summary>
    public void Evict(params IEnumerable<string> tags) => tagsToEvict.UnionWith(tags);

    /// <summary>Wakes the job runner after the commit, for jobs that became due without being new.</summary>
    public void WakeJobs() => jobsWaiting = true;

    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancel = default)
    {
        var changes = PendingChanges.Of(this);
        jobsWaiting |= changes.HasJobs;
        tagsToEvict.UnionWith(changes.Tags);
        if (changes.Audited.Count == 0 && changes.Searchable.Count == 0)
        {
            var rows = await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancel);
            if (Database.CurrentTransaction is null)
                AfterCommit();
            return rows;
        }

        await using var own = Database.CurrentTransaction is null ? await Database.BeginTransactionAsync(cancel) : null;
        try
        {
            await AuditLog.Append(this, changes.Audited, cancel);
            var saved = await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancel);
            foreach (var key in changes.Searchable)
                await search.Refresh(this, key, cancel);
            if (own is not null)
                await own.CommitAsync(cancel);
            return saved;
        }
        catch when (own is not null)
        {
            AfterRollback();
            throw;
        }
        finally
        {
            // Kept, a line of a save that failed or was rolled back would be written by the next save, out of turn.
            foreach (var line in ChangeTracker.Entries<AuditEntry>().ToList())
                line.State = EntityState.Detached;
        }
    }

    public override int SaveChanges(bool acceptAllChangesOnSuccess) =>
        throw new NotSupportedException("Save with SaveChangesAsync: the audit log and the search index need it.");

    /// <summary>Called when a transaction has committed (see <see cref="CommitInterceptor"/>).</summary>
    internal void AfterCommit()
    {
        if (tagsToEvict.Count > 0)
            notifier.Send(new Notice(NoticeKind.Evict, [.. tagsToEvict]));
        if (jobsWaiting)
            notifier.Send(new Notice(NoticeKind.WakeJobs, []));
        tagsToEvict.Clear();
        jobsWaiting = false;
    }

    internal void AfterRollback()
    {
        tagsToEvict.Clear();
        jobsWaiting = false;
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder conventions)
    {
        conventions.Properties<DateTime>().HaveConversion<Utc>();
        conventions.Properties<Enum>().HaveConversion<string>();
    }

    protected override void OnModelCreating(ModelBuilder model)
    {
        foreach (var map in modules.Maps)
            map(model);
        SqlNames.Apply(model, IsPostgres);
    }

    /// <summary>SQLite forgets the kind of an instant; every instant in the database is UTC.</summary>
    private sealed class Utc()
        : ValueConverter<DateTime, DateTime>(
            written => written.Kind == DateTimeKind.Utc ? written : written.ToUniversalTime(),
            read => DateTime.SpecifyKind(read, DateTimeKind.Utc)
        );
}
