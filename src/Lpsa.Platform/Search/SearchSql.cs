using System.Data;
using System.Data.Common;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Lpsa.Platform;

/// <summary>
/// Plain commands on the context's own connection and transaction. The tables of the index are written and read by
/// nobody else and a search reads thousands of rows, so nothing here passes through the change tracker.
/// </summary>
internal sealed class SearchSql(PlatformDb db)
{
    public bool IsPostgres { get; } = db.IsPostgres;

    public async Task<int> Execute(string sql, CancellationToken cancel, params (string Name, object? Value)[] values)
    {
        await using var command = await Command(sql, values, cancel);
        return await command.ExecuteNonQueryAsync(cancel);
    }

    public async Task<List<T>> Read<T>(
        string sql,
        Func<DbDataReader, T> read,
        CancellationToken cancel,
        params (string Name, object? Value)[] values
    )
    {
        await using var command = await Command(sql, values, cancel);
        await using var rows = await command.ExecuteReaderAsync(CommandBehavior.SingleResult, cancel);
        var found = new List<T>();
        while (await rows.ReadAsync(cancel))
            found.Add(read(rows));
        return found;
    }

    /// <summary>A list as one value: an array on PostgreSQL, JSON on SQLite. Use it with <see cref="In"/>.</summary>
    public object List<T>(IEnumerable<T> values) =>
        IsPostgres ? values.ToArray() : JsonSerializer.Serialize(values.ToArray());

    public string In(string parameter) =>
        IsPostgres ? $"= ANY({parameter})" : $"IN (SELECT value FROM json_each({parameter}))";

    private async Task<DbCommand> Command(string sql, (string Name, object? Value)[] values, CancellationToken cancel)
    {
        var connection = db.Database.GetDbConnection();
        if (connection.State != ConnectionState.Open)
            await db.Database.OpenConnectionAsync(cancel);
        var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
        foreach (var (name, value) in values)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value ?? DBNull.Value);
            command.Parameters.Add(parameter);
        }
        // Kept by the connection: planning costs more than most of these queries. SQLite's provider keeps none.
        if (IsPostgres)
            await command.PrepareAsync(cancel);
        return command;
    }
}
