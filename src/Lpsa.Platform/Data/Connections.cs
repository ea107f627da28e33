using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Npgsql;

namespace Lpsa.Platform;

/// <summary>Tells the context that a transaction ended, whoever began it.</summary>
internal sealed class CommitInterceptor : DbTransactionInterceptor
{
    public override Task TransactionCommittedAsync(
        DbTransaction transaction,
        TransactionEndEventData eventData,
        CancellationToken cancellationToken = default
    )
    {
        (eventData.Context as PlatformDb)?.AfterCommit();
        return Task.CompletedTask;
    }

    public override void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData) =>
        (eventData.Context as PlatformDb)?.AfterCommit();

    public override Task TransactionRolledBackAsync(
        DbTransaction transaction,
        TransactionEndEventData eventData,
        CancellationToken cancellationToken = default
    )
    {
        (eventData.Context as PlatformDb)?.AfterRollback();
        return Task.CompletedTask;
    }
}

/// <summary>
/// In WAL mode a commit survives the death of the process with synchronous=NORMAL; only loss of power can drop the
/// newest commits, and never corrupts. FULL would cost one disk flush for each save.
/// </summary>
internal sealed class SqlitePragmas : DbConnectionInterceptor
{
    private const string Pragmas =
        "PRAGMA synchronous=NORMAL; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-8192; PRAGMA mmap_size=67108864;";

    public override async Task ConnectionOpenedAsync(
        DbConnection connection,
        ConnectionEndEventData eventData,
        CancellationToken cancellationToken = default
    )
    {
        await using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}

/// <summary>EF keeps one model for each context class; ours also depends on the modules that are on.</summary>
internal sealed class ModelOfModules : IModelCacheKeyFactory
{
    public object Create(DbContext context, bool designTime) =>
        (context.GetType(), ((PlatformDb)context).ModelKey, designTime);
}

public static class Connections
{
    public static DbConnection Open(DatabaseSettings database) =>
        database.Kind == DatabaseKind.Sqlite
            ? new SqliteConnection(database.ConnectionString)
            : new NpgsqlConnection(database.ConnectionString);

    public static IServiceCollection AddPlatformDb(this IServiceCollection services, DatabaseSettings database)
    {
        services.AddSingleton(database);
        services.AddDbContext<PlatformDb>(
            options =>
            {
                options.AddInterceptors(new CommitInterceptor());
                options.ReplaceService<IModelCacheKeyFactory, ModelOfModules>();
                options.ConfigureWarnings(w => w.Ignore(RelationalEventId.PendingModelChangesWarning));
                if (database.Kind == DatabaseKind.Sqlite)
                    options.UseSqlite(database.ConnectionString).AddInterceptors(new SqlitePragmas());
                else
                    options.UseNpgsql(database.ConnectionString);
            },
            // They never change; made for every request they would cost a tenth of a page.
            optionsLifetime: ServiceLifetime.Singleton
        );
        return services;
    }
}
