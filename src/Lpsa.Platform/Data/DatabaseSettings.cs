using Microsoft.Data.Sqlite;
using Npgsql;

namespace Lpsa.Platform;

public enum DatabaseKind
{
    Sqlite,
    Postgres,
}

/// <summary>Which database, and how to reach it: the meaning of <c>LPSA_DATABASE</c>.</summary>
public sealed record DatabaseSettings(DatabaseKind Kind, string ConnectionString)
{
    /// <summary>
    /// Unset or empty: SQLite in <paramref name="dataFolder"/>. <c>postgres://user:password@host:port/name</c> or an
    /// Npgsql connection string (has <c>Host=</c>): PostgreSQL. Anything else that names a file: that SQLite file.
    /// </summary>
    /// <exception cref="SettingException">The value is none of these.</exception>
    public static DatabaseSettings Parse(string? value, string dataFolder)
    {
        if (string.IsNullOrWhiteSpace(value))
            return Sqlite(Path.Combine(dataFolder, "lpsa.db"));
        if (
            value.StartsWith("postgres://", StringComparison.Ordinal)
            || value.StartsWith("postgresql://", StringComparison.Ordinal)
        )
            return FromAddress(value);
        if (value.Contains("Host=", StringComparison.OrdinalIgnoreCase))
            return FromConnectionString(value);
        if (value.StartsWith("Data Source=", StringComparison.OrdinalIgnoreCase))
            return Sqlite(new SqliteConnectionStringBuilder(value).DataSource);
        if (value.EndsWith(".db", StringComparison.Ordinal) && !value.Contains("://", StringComparison.Ordinal))
            return Sqlite(value);
        throw new SettingException("LPSA_DATABASE", "expected a path ending in .db, postgres://… or Host=…;Database=…");
    }

    public static DatabaseSettings Sqlite(string file) =>
        new(
            DatabaseKind.Sqlite,
            new SqliteConnectionStringBuilder
            {
                DataSource = Path.GetFullPath(file),
                ForeignKeys = true,
                DefaultTimeout = 15,
            }.ToString()
        );

    private static DatabaseSettings FromAddress(string value)
    {
        if (!Uri.TryCreate(value, UriKind.Absolute, out var address) || address.AbsolutePath.Length < 2)
            throw new SettingException(
                "LPSA_DATABASE",
                "the address must look like postgres://user:password@host:5432/name"
            );
        var user = address.UserInfo.Split(':', 2);
        var builder = new NpgsqlConnectionStringBuilder
        {
            Host = address.Host,
            Port = address.Port > 0 ? address.Port : 5432,
            Database = Uri.UnescapeDataString(address.AbsolutePath[1..]),
            Username = user[0].Length > 0 ? Uri.UnescapeDataString(user[0]) : null,
            Password = user.Length > 1 ? Uri.UnescapeDataString(user[1]) : null,
        };
        return new(DatabaseKind.Postgres, builder.ToString());
    }

    private static DatabaseSettings FromConnectionString(string value)
    {
        try
        {
            return new(DatabaseKind.Postgres, new NpgsqlConnectionStringBuilder(value).ToString());
        }
        catch (ArgumentException wrong)
        {
            throw new SettingException("LPSA_DATABASE", wrong.Message);
        }
    }
}

/// <summary>A setting that cannot be used; the start stops with this message, which names the variable.</summary>
public sealed class SettingException(string variable, string reason) : Exception($"{variable}: {reason}");
