using System.Data.Common;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Platform;

/// <summary>
/// Puts a backup in the place of a database. Every checksum is verified before anything is touched, and the database is
/// replaced in one step: a new file moved into place on SQLite, one transaction on PostgreSQL. The server must not run.
/// </summary>
public sealed class Restore(
    FileStore store,
    ModuleRegistry modules,
    SearchIndex search,
    Erasure erasure,
    TimeProvider clock
)
{
    /// <param name="force">Also over a database that holds something.</param>
    /// <exception cref="BackupException">The backup is damaged or newer, or the database is not empty.</exception>
    public async Task<BackupManifest> Read(
        IServiceScopeFactory scopes,
        DatabaseSettings database,
        string path,
        bool force,
        CancellationToken cancel
    )
    {
        using var archive = Open(path);
        var manifest = await Verify(archive, cancel);
        if (!force && await HoldsSomething(database, cancel))
            throw new BackupException("The database is not empty. Give --force to replace everything in it.");
        IReadOnlyList<TableShape> shapes;
        await using (var scope = scopes.CreateAsyncScope())
            shapes = TableShape.Of(scope.ServiceProvider.GetRequiredService<PlatformDb>());

        var erased = await erasure.Known(database, cancel);
        if (database.Kind == DatabaseKind.Sqlite)
            await ReplaceFile(database, archive, manifest, shapes, cancel);
        else
            await ReplaceInPlace(database, archive, manifest, shapes, cancel);

        await using var after = scopes.CreateAsyncScope();
        var db = after.ServiceProvider.GetRequiredService<PlatformDb>();
        foreach (var file in manifest.Files)
            await TakeFile(archive, file, cancel);
        // The backup is older than their wish to be forgotten.
        await erasure.Repeat(db, erased, cancel);
        await search.Rebuild(db, cancel);
        return manifest;
    }

    private static ZipArchive Open(string path)
    {
        try
        {
            return ZipFile.OpenRead(path);
        }
        catch (Exception wrong) when (wrong is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new BackupException($"{path}: {wrong.Message}");
        }
    }

    private async Task<BackupManifest> Verify(ZipArchive archive, CancellationToken cancel)
    {
        try
        {
            var manifest = await ReadManifest(archive, cancel);
            var known = SchemaFile.EmbeddedIn(modules.Assemblies).Select(f => f.Name).ToHashSet();
            if (
                manifest.Version > BackupFormat.Version
                || manifest.Schema.FirstOrDefault(n => !known.Contains(n)) is not null
            )
                throw new BackupException(
                    "This backup was made by a newer version of the program. Install that one first."
                );
            foreach (var table in manifest.Tables)
                if (await Checksum(archive, BackupFormat.TableEntry(table.Name), cancel) != table.Checksum)
                    throw new BackupException(
                        $"The backup is damaged: the rows of {table.Name} are not those that were written."
                    );
            foreach (var file in manifest.Files)
                if (await Checksum(archive, BackupFormat.FileEntry(file.Hash), cancel) != file.Hash)
                    throw new BackupException(
                        $"The backup is damaged: the file {file.Hash} is not the one that was written."
                    );
            return manifest;
        }
        catch (Exception wrong) when (wrong is InvalidDataException or JsonException)
        {
            throw new BackupException("The backup is damaged: " + wrong.Message);
        }
    }

    private static async Task<BackupManifest> ReadManifest(ZipArchive archive, CancellationToken cancel)
    {
        var entry =
            archive.GetEntry(BackupFormat.ManifestName)
            ?? throw new BackupException("This is not a backup: it has no manifest.json.");
        await using var bytes = entry.Open();
        return await JsonSerializer.DeserializeAsync<BackupManifest>(bytes, cancellationToken: cancel)
            ?? throw new BackupException("This is not a backup: its manifest is empty.");
    }

    private static async Task<string> Checksum(ZipArchive archive, string name, CancellationToken cancel)
    {
        if (archive.GetEntry(name) is not { } entry)
            return "";
        await using var bytes = entry.Open();
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(bytes, cancel));
    }

    private static async Task<bool> HoldsSomething(DatabaseSettings database, CancellationToken cancel)
    {
        await using var connection = Connections.Open(database);
        if (database.Kind == DatabaseKind.Sqlite && !File.Exists(connection.DataSource))
            return false;
        await connection.OpenAsync(cancel);
        await using var command = connection.CreateCommand();
        command.CommandText =
            database.Kind == DatabaseKind.Sqlite
                ? "SELECT COUNT(*) FROM sqlite_schema WHERE name = 'accounts'"
                : "SELECT COUNT(*) FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'accounts'";
        if ((long)(await command.ExecuteScalarAsync(cancel))! == 0)
            return false;
        command.CommandText = "SELECT (SELECT COUNT(*) FROM accounts) + (SELECT COUNT(*) FROM audit_entries)";
        return Convert.ToInt64(await command.ExecuteScalarAsync(cancel)) > 0;
    }

    private async Task ReplaceFile(
        DatabaseSettings database,
        ZipArchive archive,
        BackupManifest manifest,
        IReadOnlyList<TableShape> shapes,
        CancellationToken cancel
    )
    {
        var place = new SqliteConnectionStringBuilder(database.ConnectionString).DataSource;
        var unfinished = place + ".restoring";
        Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        Remove(unfinished);
        try
        {
            await using (
                var connection = new SqliteConnection($"Data Source={unfinished};Pooling=False;Foreign Keys=False")
            )
            {
                await connection.OpenAsync(cancel);
                await using var transaction = await connection.BeginTransactionAsync(cancel);
                await Fill(connection, transaction, DatabaseKind.Sqlite, archive, manifest, shapes, cancel);
                await ForeignKeysHold(connection, cancel);
                await transaction.CommitAsync(cancel);
            }
            SqliteConnection.ClearAllPools();
            // A log left from the old database would be played into the new one.
            File.Delete(place + "-wal");
            File.Delete(place + "-shm");
            File.Move(unfinished, place, overwrite: true);
        }
        finally
        {
            Remove(unfinished);
        }
    }

    private async Task ReplaceInPlace(
        DatabaseSettings database,
        ZipArchive archive,
        BackupManifest manifest,
        IReadOnlyList<TableShape> shapes,
        CancellationToken cancel
    )
    {
        await using var connection = Connections.Open(database);
        await connection.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await PostgresSchema.DropEverything(connection, cancel);
        await Fill(connection, transaction, DatabaseKind.Postgres, archive, manifest, shapes, cancel);
        await transaction.CommitAsync(cancel);
    }

    /// <summary>The schema of the backup, its rows, then what this version added since.</summary>
    private async Task Fill(
        DbConnection connection,
        DbTransaction transaction,
        DatabaseKind kind,
        ZipArchive archive,
        BackupManifest manifest,
        IReadOnlyList<TableShape> shapes,
        CancellationToken cancel
    )
    {
        var files = SchemaFile.EmbeddedIn(modules.Assemblies);
        var now = clock.GetUtcNow().UtcDateTime;
        await SchemaMigrator.ApplyWithin(
            connection,
            kind,
            [.. files.Where(f => manifest.Schema.Contains(f.Name))],
            now,
            cancel
        );
        var keys = kind == DatabaseKind.Postgres ? await PostgresSchema.TakeForeignKeysOff(connection, cancel) : [];
        foreach (var table in manifest.Tables)
            if (shapes.FirstOrDefault(s => s.Name == table.Name) is { } shape)
                await Load(connection, transaction, kind, archive, table, shape, cancel);
        await PostgresSchema.Run(connection, keys, cancel);
        await SchemaMigrator.ApplyWithin(connection, kind, files, now, cancel);
    }

    private static async Task Load(
        DbConnection connection,
        DbTransaction transaction,
        DatabaseKind kind,
        ZipArchive archive,
        BackupTable table,
        TableShape shape,
        CancellationToken cancel
    )
    {
        // Only columns that the backup knows: the others come with schema files that follow.
        var kept = shape with
        {
            Columns = [.. shape.Columns.Where(c => table.Columns.Contains(c.Name))],
        };
        var order = kept.Columns.Select(c => table.Columns.ToList().IndexOf(c.Name)).ToList();
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        // A schema file may have brought rows of its own; the backup has them too, perhaps changed.
        command.CommandText = $"DELETE FROM \"{table.Name}\"";
        if (table.Name != "audit_entries")
            await command.ExecuteNonQueryAsync(cancel);
        command.CommandText = kept.Insert;
        using var lines = new StreamReader(archive.GetEntry(BackupFormat.TableEntry(table.Name))!.Open());
        for (var number = 1; await lines.ReadLineAsync(cancel) is { } line; number++)
        {
            using var row = JsonDocument.Parse(line);
            kept.Bind(command, row.RootElement, order, kind == DatabaseKind.Postgres);
            try
            {
                await command.ExecuteNonQueryAsync(cancel);
            }
            catch (DbException wrong)
            {
                throw new BackupException($"{table.Name}, row {number}: {wrong.Message}");
            }
        }
    }

    private static async Task ForeignKeysHold(DbConnection connection, CancellationToken cancel)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA foreign_key_check";
        await using var rows = await command.ExecuteReaderAsync(cancel);
        if (await rows.ReadAsync(cancel))
            throw new BackupException(
                $"A row of {rows.GetString(0)} points to one of {rows.GetString(2)} that is not there."
            );
    }

    private async Task TakeFile(ZipArchive archive, BackupFile file, CancellationToken cancel)
    {
        var temporary = store.NewTemporary();
        await using (var bytes = archive.GetEntry(BackupFormat.FileEntry(file.Hash))!.Open())
        await using (var copy = File.Create(temporary))
            await bytes.CopyToAsync(copy, cancel);
        await store.Keep(temporary, file.Hash, cancel);
    }

    private static void Remove(string file)
    {
        foreach (var ending in (string[])["", "-wal", "-shm", "-journal"])
            File.Delete(file + ending);
    }
}
