using Lpsa.Platform;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Lpsa.Tests;

/// <summary>An empty database of its own, gone when disposed.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private readonly string? server;
    private readonly string name = "lpsa_test_" + Guid.NewGuid().ToString("N");

    private TestDatabase(string? server)
    {
        this.server = server;
        Folder = Directory.CreateTempSubdirectory("lpsa-test-").FullName;
        Settings = server is null
            ? DatabaseSettings.Sqlite(Path.Combine(Folder, "lpsa.db"))
            : DatabaseSettings.Parse(
                new NpgsqlConnectionStringBuilder(server) { Database = name, MaxPoolSize = 20 }.ToString(),
                Folder
            );
    }

    public string Folder { get; }
    public DatabaseSettings Settings { get; }

    /// <summary>On the server that the run is for: <c>LPSA_TEST_POSTGRES</c>, or SQLite when it is not set.</summary>
    public static Task<TestDatabase> Create() => Create(Environment.GetEnvironmentVariable("LPSA_TEST_POSTGRES"));

    public static async Task<TestDatabase> Create(string? server)
    {
        var database = new TestDatabase(string.IsNullOrEmpty(server) ? null : server);
        await database.OnServer($"CREATE DATABASE {database.name} TEMPLATE template0 ENCODING 'UTF8'");
        return database;
    }

    /// <summary>A new database with everything that is in another one, which nobody may have open.</summary>
    public static async Task<TestDatabase> CopyOf(TestDatabase original)
    {
        var copy = new TestDatabase(original.server);
        if (original.server is null)
            File.Copy(Path.Combine(original.Folder, "lpsa.db"), Path.Combine(copy.Folder, "lpsa.db"));
        await copy.OnServer($"CREATE DATABASE {copy.name} TEMPLATE {original.name} STRATEGY FILE_COPY");
        return copy;
    }

    /// <summary>Closes what the pool keeps open, so that the file is whole and the database can be copied.</summary>
    public void Close()
    {
        if (server is null)
            SqliteConnection.ClearPool(new SqliteConnection(Settings.ConnectionString));
        else
            NpgsqlConnection.ClearPool(new NpgsqlConnection(Settings.ConnectionString));
    }

    public async ValueTask DisposeAsync()
    {
        Close();
        await OnServer($"DROP DATABASE IF EXISTS {name} WITH (FORCE)");
        Directory.Delete(Folder, recursive: true);
    }

    private async Task OnServer(string sql)
    {
        if (server is null)
            return;
        await using var connection = new NpgsqlConnection(server);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
