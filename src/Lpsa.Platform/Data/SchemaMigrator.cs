using System.Data.Common;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Lpsa.Platform;

/// <summary>One schema file, in the portable dialect of <see cref="SchemaDialect"/>.</summary>
public sealed record SchemaFile(string Name, string Text)
{
    public string Checksum { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text)));

    /// <summary>The files embedded as <c>schema/*.sql</c>, in the order of their names.</summary>
    public static IReadOnlyList<SchemaFile> EmbeddedIn(params IEnumerable<Assembly> assemblies) =>
        [
            .. assemblies
                .SelectMany(a =>
                    a.GetManifestResourceNames()
                        .Where(n => n.StartsWith("schema/", StringComparison.Ordinal))
                        .Select(n => Read(a, n))
                )
                .OrderBy(f => f.Name, StringComparer.Ordinal),
        ];

    private static SchemaFile Read(Assembly assembly, string resource)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        return new SchemaFile(resource["schema/".Length..], reader.ReadToEnd().ReplaceLineEndings("\n"));
    }
}

/// <summary>
/// Brings a database up to the shipped schema: files in name order, each in one transaction with its record, under a
/// lock so that two nodes that start together do not both try. A file that was changed after it shipped stops the
/// start, because databases in the field would silently differ.
/// </summary>
public static class SchemaMigrator
{
    private const long LockNumber = 0x4C505341;

    /// <returns>The names of the files applied now.</returns>
    public static async Task<IReadOnlyList<string>> Apply(
        DbConnection connection,
        DatabaseKind kind,
        IReadOnlyList<SchemaFile> files,
        DateTime now,
        CancellationToken cancel
    )
    {
        await connection.OpenAsync(cancel);
        if (kind == DatabaseKind.Sqlite)
            await Run(connection, "PRAGMA journal_mode = WAL", cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var applied = await ApplyWithin(connection, kind, files, now, cancel);
        await transaction.CommitAsync(cancel);
        return applied;
    }

    /// <summary>The same inside the transaction that is open on the connection.</summary>
    internal static async Task<IReadOnlyList<string>> ApplyWithin(
        DbConnection connection,
        DatabaseKind kind,
        IReadOnlyList<SchemaFile> files,
        DateTime now,
        CancellationToken cancel
    )
    {
        if (kind == DatabaseKind.Postgres)
            await Run(connection, $"SELECT pg_advisory_xact_lock({LockNumber})", cancel);
        await Run(
            connection,
            "CREATE TABLE IF NOT EXISTS schema_history (name TEXT PRIMARY KEY, checksum TEXT NOT NULL, applied_at TEXT NOT NULL)",
            cancel
        );

        var done = await History(connection, cancel);
        var applied = new List<string>();
        foreach (var file in files)
        {
            if (done.TryGetValue(file.Name, out var checksum))
            {
                if (checksum != file.Checksum)
                    throw new SchemaException(file.Name, "was changed after it was applied; add a new file instead");
                continue;
            }
            try
            {
                await Run(connection, SchemaDialect.Translate(file.Text, kind), cancel);
            }
            catch (DbException wrong)
            {
                throw new SchemaException(file.Name, wrong.Message, wrong);
            }
            await Record(connection, file, now, cancel);
            applied.Add(file.Name);
        }
        return applied;
    }

    /// <summary>Files that this version brings and the database lacks, or has in another form. Changes nothing.</summary>
    public static async Task<IReadOnlyList<string>> Missing(
        DbConnection connection,
        IReadOnlyList<SchemaFile> files,
        CancellationToken cancel
    )
    {
        await connection.OpenAsync(cancel);
        var done = await History(connection, cancel);
        return [.. files.Where(f => done.GetValueOrDefault(f.Name) != f.Checksum).Select(f => f.Name)];
    }

    private static async Task<Dictionary<string, string>> History(DbConnection connection, CancellationToken cancel)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT name, checksum FROM schema_history";
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var done = new Dictionary<string, string>(StringComparer.Ordinal);
        while (await rows.ReadAsync(cancel))
            done[rows.GetString(0)] = rows.GetString(1);
        return done;
    }

    private static async Task Record(DbConnection connection, SchemaFile file, DateTime now, CancellationToken cancel)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "INSERT INTO schema_history (name, checksum, applied_at) VALUES (@name, @checksum, @at)";
        foreach (
            var (name, value) in new[]
            {
                ("@name", file.Name),
                ("@checksum", file.Checksum),
                ("@at", now.ToString("O")),
            }
        )
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }
        await command.ExecuteNonQueryAsync(cancel);
    }

    private static async Task Run(DbConnection connection, string sql, CancellationToken cancel)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(cancel);
    }
}

public sealed class SchemaException(string file, string reason, Exception? inner = null)
    : Exception($"Schema file {file}: {reason}", inner);

/// <summary>
/// The portable dialect: SQL that both databases take, with column types in braces and rare blocks
/// <c>--only sqlite</c> / <c>--only postgres</c> … <c>--end</c>.
/// </summary>
public static partial class SchemaDialect
{
    private static readonly Dictionary<string, (string Sqlite, string Postgres)> Types = new()
    {
        ["id"] = ("TEXT", "uuid"),
        // Byte order, so that both databases sort alike; people see lists sorted by the rules of their language.
        ["text"] = ("TEXT", "text COLLATE \"C\""),
        ["int"] = ("INTEGER", "integer"),
        ["long"] = ("INTEGER", "bigint"),
        ["double"] = ("REAL", "double precision"),
        ["decimal"] = ("TEXT", "numeric"),
        ["bool"] = ("INTEGER", "boolean"),
        ["instant"] = ("TEXT", "timestamp with time zone"),
        ["date"] = ("TEXT", "date"),
        ["json"] = ("TEXT", "jsonb"),
        ["bytes"] = ("BLOB", "bytea"),
    };

    public static string Translate(string text, DatabaseKind kind)
    {
        var other = kind == DatabaseKind.Sqlite ? "postgres" : "sqlite";
        var kept = new StringBuilder();
        var skipping = false;
        foreach (var line in text.Split('\n'))
        {
            var mark = line.Trim();
            if (mark == "--only " + other)
                skipping = true;
            else if (mark == "--end")
                skipping = false;
            else if (!skipping)
                kept.Append(line).Append('\n');
        }
        return Braces()
            .Replace(
                kept.ToString(),
                m =>
                    Types.TryGetValue(m.Groups[1].Value, out var type)
                        ? kind == DatabaseKind.Sqlite
                            ? type.Sqlite
                            : type.Postgres
                        : throw new FormatException($"unknown column type {m.Value}")
            );
    }

    [GeneratedRegex(@"\{([a-z]+)\}")]
    private static partial Regex Braces();
}
