using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lpsa.Platform;

/// <summary>
/// One line of the audit log: who changed what, before and after. Each line carries the hash of the one before it, so
/// that a line changed or taken out afterwards shows (<see cref="AuditLog.Verify"/>); the database refuses updates
/// and deletes besides.
/// </summary>
public sealed class AuditEntry
{
    public long Number { get; private set; }
    public DateTime At { get; private set; }
    public string Actor { get; private set; } = "";
    public string Action { get; private set; } = "";
    public string Entity { get; private set; } = "";
    public string EntityId { get; private set; } = "";
    public string? Before { get; private set; }
    public string? After { get; private set; }
    public string PreviousHash { get; private set; } = "";
    public string Hash { get; private set; } = "";

    internal static AuditEntry Next(AuditEntry? last, AuditedChange change, string actor, DateTime at)
    {
        var entry = new AuditEntry
        {
            Number = (last?.Number ?? 0) + 1,
            // PostgreSQL keeps microseconds; the hash must survive the way there and back.
            At = new DateTime(at.Ticks - at.Ticks % TimeSpan.TicksPerMicrosecond, DateTimeKind.Utc),
            Actor = actor,
            Action = change.Action,
            Entity = change.Entity,
            EntityId = change.EntityId,
            Before = change.Before,
            After = change.After,
            PreviousHash = last?.Hash ?? AuditLog.Genesis,
        };
        entry.Hash = entry.ComputeHash();
        return entry;
    }

    /// <summary>SHA-256 over the length-prefixed fields and the previous hash, in lower-case hexadecimal.</summary>
    internal string ComputeHash()
    {
        var text = new StringBuilder();
        foreach (
            var field in (string?[])
                [Number.ToString(), At.ToString("O"), Actor, Action, Entity, EntityId, Before, After, PreviousHash]
        )
            text.Append(field?.Length ?? -1).Append(':').Append(field).Append('\n');
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    internal sealed class Map : IEntityTypeConfiguration<AuditEntry>
    {
        public void Configure(EntityTypeBuilder<AuditEntry> entity)
        {
            entity.ToTable("audit_entries");
            entity.HasKey(e => e.Number);
            entity.Property(e => e.Number).ValueGeneratedNever();
            entity.HasIndex(e => new { e.Entity, e.EntityId });
        }
    }
}

public static class AuditLog
{
    public const string Genesis = "0000000000000000000000000000000000000000000000000000000000000000";
    private const long LockNumber = 0x41554449;

    internal static async Task Append(PlatformDb db, IReadOnlyList<AuditedChange> changes, CancellationToken cancel)
    {
        if (changes.Count == 0)
            return;
        // SQLite has one writer and the transaction began as one; PostgreSQL must queue for the end of the chain.
        if (db.IsPostgres)
            await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({LockNumber})", cancel);
        var last = await db.Set<AuditEntry>()
            .AsNoTracking()
            .OrderByDescending(e => e.Number)
            .FirstOrDefaultAsync(cancel);
        foreach (var change in changes)
        {
            last = AuditEntry.Next(last, change, db.Actor.Name, db.Now);
            db.Add(last);
        }
    }

    /// <summary>Walks the whole chain. Null when it is whole, otherwise the first line that does not fit and why.</summary>
    public static async Task<AuditBreak?> Verify(PlatformDb db, CancellationToken cancel)
    {
        var previous = Genesis;
        long number = 0;
        await foreach (
            var entry in db.Set<AuditEntry>()
                .AsNoTracking()
                .OrderBy(e => e.Number)
                .AsAsyncEnumerable()
                .WithCancellation(cancel)
        )
        {
            if (entry.Number != ++number)
                return new AuditBreak(number, Sentence.Of("the line is missing"));
            if (entry.PreviousHash != previous)
                return new AuditBreak(number, Sentence.Of("the line does not follow from the one before it"));
            if (entry.ComputeHash() != entry.Hash)
                return new AuditBreak(number, Sentence.Of("the line was changed after it was written"));
            previous = entry.Hash;
        }
        return null;
    }
}

public sealed record AuditBreak(long Number, string Reason);
