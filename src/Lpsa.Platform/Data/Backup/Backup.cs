using System.Data;
using System.Data.Common;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Platform;

/// <summary>Writes everything into one file while the site keeps serving. All tables are read at one moment.</summary>
public sealed class Backup(FileStore store, TimeProvider clock)
{
    private static readonly byte[] LineEnd = "\n"u8.ToArray();

    /// <summary>The file appears under its name only when it is complete.</summary>
    public async Task<BackupManifest> Write(PlatformDb db, string path, CancellationToken cancel)
    {
        var unfinished = path + ".part";
        try
        {
            BackupManifest manifest;
            await using (var file = File.Create(unfinished))
            {
                using (var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
                    manifest = await Write(db, archive, cancel);
                file.Flush(flushToDisk: true);
            }
            File.Move(unfinished, path, overwrite: true);
            return manifest;
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    private async Task<BackupManifest> Write(PlatformDb db, ZipArchive archive, CancellationToken cancel)
    {
        await db.Database.OpenConnectionAsync(cancel);
        var connection = db.Database.GetDbConnection();
        await using var moment = await Moment(db, connection, cancel);
        var tables = new List<BackupTable>();
        foreach (var shape in TableShape.Of(db))
            tables.Add(await WriteTable(connection, moment, archive, shape, cancel));
        var schema = await Texts(connection, moment, "SELECT name FROM schema_history ORDER BY name", cancel);
        var heads = await Texts(
            connection,
            moment,
            "SELECT hash FROM audit_entries ORDER BY number DESC LIMIT 1",
            cancel
        );
        var hashes = await Texts(connection, moment, "SELECT DISTINCT hash FROM files ORDER BY hash", cancel);
        await moment.RollbackAsync(cancel);

        var (files, missing) = (new List<BackupFile>(), new List<string>());
        foreach (var hash in hashes)
            if (await store.Find(db, hash, cancel) is { } place)
                files.Add(await WriteFile(archive, hash, place, cancel));
            else
                missing.Add(hash);
        var manifest = new BackupManifest(
            BackupFormat.Version,
            clock.GetUtcNow().UtcDateTime,
            schema,
            tables,
            files,
            heads.FirstOrDefault() ?? AuditLog.Genesis,
            missing
        );
        await using var entry = archive.CreateEntry(BackupFormat.ManifestName).Open();
        await JsonSerializer.SerializeAsync(entry, manifest, cancellationToken: cancel);
        return manifest;
    }

    /// <summary>A transaction that sees one state of all tables and keeps nobody from writing.</summary>
    private static ValueTask<DbTransaction> Moment(PlatformDb db, DbConnection connection, CancellationToken cancel) =>
        db.IsPostgres
            ? connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel)
            : ValueTask.FromResult<DbTransaction>(
                ((Microsoft.Data.Sqlite.SqliteConnection)connection).BeginTransaction(deferred: true)
            );

    private static async Task<BackupTable> WriteTable(
        DbConnection connection,
        DbTransaction moment,
        ZipArchive archive,
        TableShape shape,
        CancellationToken cancel
    )
    {
        using var hash = SHA256.Create();
        long rows = 0;
        await using (
            var entry = archive.CreateEntry(BackupFormat.TableEntry(shape.Name), CompressionLevel.Fastest).Open()
        )
        await using (var hashing = new CryptoStream(entry, hash, CryptoStreamMode.Write))
        {
            await using var command = connection.CreateCommand();
            command.Transaction = moment;
            command.CommandText = shape.SelectAll;
            await using var reader = await command.ExecuteReaderAsync(cancel);
            await using var json = new Utf8JsonWriter(hashing);
            while (await reader.ReadAsync(cancel))
            {
                shape.Write(reader, json);
                await json.FlushAsync(cancel);
                json.Reset();
                await hashing.WriteAsync(LineEnd, cancel);
                rows++;
            }
        }
        return new BackupTable(
            shape.Name,
            [.. shape.Columns.Select(c => c.Name)],
            rows,
            Convert.ToHexStringLower(hash.Hash!)
        );
    }

    private static async Task<BackupFile> WriteFile(
        ZipArchive archive,
        string hash,
        string place,
        CancellationToken cancel
    )
    {
        await using var bytes = File.OpenRead(place);
        await using var entry = archive
            .CreateEntry(BackupFormat.FileEntry(hash), CompressionLevel.NoCompression)
            .Open();
        await bytes.CopyToAsync(entry, cancel);
        return new BackupFile(hash, bytes.Length);
    }

    private static async Task<List<string>> Texts(
        DbConnection connection,
        DbTransaction moment,
        string sql,
        CancellationToken cancel
    )
    {
        await using var command = connection.CreateCommand();
        (command.Transaction, command.CommandText) = (moment, sql);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var texts = new List<string>();
        while (await reader.ReadAsync(cancel))
            texts.Add(reader.GetString(0));
        return texts;
    }
}
