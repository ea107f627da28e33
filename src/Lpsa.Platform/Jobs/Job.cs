using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lpsa.Platform;

public enum JobState
{
    Waiting,
    Running,
    Parked,
}

/// <summary>
/// One row of the queue, the schedule and the outbox in one. Delivery is at least once: a job whose node died runs
/// again when its lease ends, so handlers are idempotent by a natural key. Rows of finished jobs are deleted.
/// </summary>
public sealed class Job
{
    public const int MaximumTries = 8;

    public Guid Id { get; private set; }

    /// <summary>Name of the handler as registered by a module; never a CLR name, so classes may move.</summary>
    public string Handler { get; private set; } = "";
    public string Payload { get; private set; } = "{}";

    /// <summary>At most one row has this key: how a recurring job stays single across nodes.</summary>
    public string? UniqueKey { get; private set; }
    public JobState State { get; private set; }
    public DateTime DueAt { get; private set; }
    public DateTime? LeasedUntil { get; private set; }
    public int Tries { get; private set; }
    public string? LastError { get; private set; }
    public DateTime CreatedAt { get; private set; }

    public static Job For(
        JobHandler handler,
        string payload,
        DateTime now,
        DateTime? dueAt = null,
        string? uniqueKey = null
    ) =>
        new()
        {
            Id = Guid.CreateVersion7(),
            Handler = handler.Name,
            Payload = payload,
            UniqueKey = uniqueKey,
            DueAt = dueAt ?? now,
            CreatedAt = now,
        };

    /// <summary>An administrator asks for another run of a parked job.</summary>
    public void RunAgain(DateTime now)
    {
        State = JobState.Waiting;
        (Tries, DueAt, LeasedUntil) = (0, now, null);
    }

    internal void Failed(string error, DateTime now, double chance)
    {
        LastError = error.Length > 4000 ? error[..4000] : error;
        LeasedUntil = null;
        State = Tries >= MaximumTries ? JobState.Parked : JobState.Waiting;
        DueAt = now + Delay(Tries, chance);
    }

    internal void Repeat(DateTime dueAt)
    {
        State = JobState.Waiting;
        (Tries, DueAt, LeasedUntil, LastError) = (0, dueAt, null, null);
    }

    /// <summary>10 s, 30 s, 90 s … at most six hours, spread by up to a fifth so that failures do not march in step.</summary>
    internal static TimeSpan Delay(int tries, double chance)
    {
        var seconds = Math.Min(10 * Math.Pow(3, tries - 1), TimeSpan.FromHours(6).TotalSeconds);
        return TimeSpan.FromSeconds(seconds * (1 + chance / 5));
    }

    internal sealed class Map : IEntityTypeConfiguration<Job>
    {
        public void Configure(EntityTypeBuilder<Job> entity)
        {
            entity.ToTable("jobs");
            entity.Property(j => j.Payload).IsJson();
            entity.HasIndex(j => j.UniqueKey).IsUnique();
            entity.HasIndex(j => new { j.State, j.DueAt });
        }
    }
}
