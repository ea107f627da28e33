using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lpsa.Platform;

/// <summary>Somebody wants everything about them removed. Holds once the mailbox confirmed it, and then after a grace period.</summary>
public sealed class ErasureRequest
{
    /// <summary>Time to change one's mind, or to notice that somebody else asked.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromDays(14);

    public Guid AccountId { get; private set; }

    /// <summary>SHA-256 of the token in the mail.</summary>
    public string TokenHash { get; private set; } = "";
    public DateTime AskedAt { get; private set; }

    /// <summary>When it is done; null until it is confirmed.</summary>
    public DateTime? DueAt { get; private set; }

    public static ErasureRequest Ask(Guid account, string tokenHash, DateTime now) =>
        new()
        {
            AccountId = account,
            TokenHash = tokenHash,
            AskedAt = now,
        };

    public void Confirm(DateTime now) => DueAt ??= now + Grace;

    internal sealed class Map : IEntityTypeConfiguration<ErasureRequest>
    {
        public void Configure(EntityTypeBuilder<ErasureRequest> entity)
        {
            entity.ToTable("erasure_requests");
            entity.HasKey(r => r.AccountId);
            entity.Property(r => r.AccountId).ValueGeneratedNever();
            entity.Property(r => r.AccountId).WhenMerged(WhenMerged.Stays);
            entity.HasOne<Account>().WithOne().HasForeignKey<ErasureRequest>(r => r.AccountId);
            entity.HasIndex(r => r.TokenHash).IsUnique();
            entity.HasIndex(r => r.DueAt);
        }
    }
}

/// <summary>An account that was erased: its number and nothing else, so that a restored backup forgets it again.</summary>
public sealed class ErasedAccount
{
    public Guid Id { get; private set; }
    public DateTime At { get; private set; }

    internal static ErasedAccount Of(Guid id, DateTime at) => new() { Id = id, At = at };

    internal sealed class Map : IEntityTypeConfiguration<ErasedAccount>
    {
        public void Configure(EntityTypeBuilder<ErasedAccount> entity)
        {
            entity.ToTable("erased_accounts");
            entity.Property(e => e.Id).ValueGeneratedNever();
        }
    }
}

/// <summary>
/// Removes a person: every module by its own hook, the platform last. The list of erased accounts stands in the database
/// and beside it in <c>erased-accounts.txt</c>, because a backup that is restored would take the first one back in time.
/// </summary>
public sealed class Erasure(ModuleRegistry modules, PlatformOptions options)
{
    private string ListFile => Path.Combine(options.DataFolder, "erased-accounts.txt");

    public async Task Run(PlatformDb db, Guid account, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var accounts = new List<Guid> { account };
        foreach (var hook in modules.PersonalData)
            if (hook.Also is { } also)
                accounts.AddRange((await also(db, account, cancel)).Except(accounts));
        foreach (var one in accounts)
            await Erase(db, one, cancel);
        db.Evict(CacheTags.Everything);
        await transaction.CommitAsync(cancel);
        Directory.CreateDirectory(options.DataFolder);
        await File.AppendAllLinesAsync(
            ListFile,
            accounts.Select(one => string.Create(CultureInfo.InvariantCulture, $"{one} {db.Now:O}")),
            cancel
        );
    }

    private async Task Erase(PlatformDb db, Guid account, CancellationToken cancel)
    {
        // Against the order of registration: modules still find the address by which they know the person.
        foreach (var hook in modules.PersonalData.Reverse())
        {
            await hook.Erase(db, account, cancel);
            await db.SaveChangesAsync(cancel);
            db.ChangeTracker.Clear();
        }
        await db.Set<ErasureRequest>().Where(r => r.AccountId == account).ExecuteDeleteAsync(cancel);
        if (!await db.Set<ErasedAccount>().AnyAsync(e => e.Id == account, cancel))
            db.Add(ErasedAccount.Of(account, db.Now));
        await db.SaveChangesAsync(cancel);
    }

    internal static async Task RunDue(IServiceProvider services, CancellationToken cancel)
    {
        var (db, erasure) = (services.GetRequiredService<PlatformDb>(), services.GetRequiredService<Erasure>());
        var now = db.Now;
        // What was never confirmed is forgotten after a week.
        var stale = now - TimeSpan.FromDays(7);
        await db.Set<ErasureRequest>().Where(r => r.DueAt == null && r.AskedAt < stale).ExecuteDeleteAsync(cancel);
        foreach (
            var account in await db.Set<ErasureRequest>()
                .Where(r => r.DueAt <= now)
                .Select(r => r.AccountId)
                .ToListAsync(cancel)
        )
            await erasure.Run(db, account, cancel);
    }

    /// <summary>All that were ever erased here, by the database that is about to be replaced and by the file beside it.</summary>
    internal async Task<IReadOnlySet<Guid>> Known(DatabaseSettings database, CancellationToken cancel)
    {
        var known = new HashSet<Guid>();
        if (File.Exists(ListFile))
            foreach (var line in await File.ReadAllLinesAsync(ListFile, cancel))
                if (Guid.TryParse(line.Split(' ')[0], out var id))
                    known.Add(id);
        await using var connection = Connections.Open(database);
        if (database.Kind == DatabaseKind.Sqlite && !File.Exists(connection.DataSource))
            return known;
        await connection.OpenAsync(cancel);
        await using var command = connection.CreateCommand();
        command.CommandText =
            database.Kind == DatabaseKind.Sqlite
                ? "SELECT COUNT(*) FROM sqlite_schema WHERE name = 'erased_accounts'"
                : "SELECT COUNT(*) FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'erased_accounts'";
        if (Convert.ToInt64(await command.ExecuteScalarAsync(cancel), CultureInfo.InvariantCulture) == 0)
            return known;
        command.CommandText = "SELECT id FROM erased_accounts";
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
            known.Add(rows.GetGuid(0));
        return known;
    }

    /// <summary>Erases again whom an older state of the database still knows.</summary>
    internal async Task Repeat(PlatformDb db, IReadOnlySet<Guid> erased, CancellationToken cancel)
    {
        foreach (var account in erased)
            if (await db.Set<Account>().AnyAsync(a => a.Id == account, cancel))
                await Run(db, account, cancel);
    }
}
