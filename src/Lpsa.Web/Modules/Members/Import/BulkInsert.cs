using System.Data.Common;
using System.Text;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace Lpsa.Members;

/// <summary>
/// Writes many new rows without tracking them, in the transaction of the context. Columns and their form come from the
/// model, so that a field added to an entity is not forgotten here. The audit log does not see these rows.
/// </summary>
internal sealed class BulkInsert(PlatformDb db) : IAsyncDisposable
{
    private readonly Dictionary<(IEntityType, int), DbCommand> commands = [];

    /// <summary>A statement costs PostgreSQL a journey; SQLite looks up each parameter by name among all of a statement.</summary>
    private readonly int most = db.IsPostgres ? 100 : 1;

    public Task Add<T>(IReadOnlyList<T> entities, CancellationToken cancel)
        where T : class
    {
        var type = db.Model.FindEntityType(typeof(T))!;
        var getters = type.GetProperties().Select(p => p.GetGetter()).ToArray();
        return Add(type, [.. entities.Select(e => Array.ConvertAll(getters, g => g.GetClrValue(e)))], cancel);
    }

    /// <param name="rows">Values in the order of the properties of the type.</param>
    public async Task Add(IEntityType type, IReadOnlyList<object?[]> rows, CancellationToken cancel)
    {
        var mappings = type.GetProperties().Select(p => p.GetRelationalTypeMapping()).ToArray();
        for (var from = 0; from < rows.Count; )
        {
            var count = rows.Count - from >= most ? most : rows.Count - from;
            var command = await Command(type, mappings, count, cancel);
            var parameter = 0;
            for (var end = from + count; from < end; from++)
            for (var column = 0; column < mappings.Length; column++)
                command.Parameters[parameter++].Value = Stored(mappings[column], rows[from][column]);
            await command.ExecuteNonQueryAsync(cancel);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var command in commands.Values)
            await command.DisposeAsync();
    }

    private static object Stored(RelationalTypeMapping mapping, object? value) =>
        (value is not null && mapping.Converter is { } converter ? converter.ConvertToProvider(value) : value)
        ?? DBNull.Value;

    private async Task<DbCommand> Command(
        IEntityType type,
        RelationalTypeMapping[] mappings,
        int rows,
        CancellationToken cancel
    )
    {
        if (commands.TryGetValue((type, rows), out var known))
            return known;
        var command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = db.Database.CurrentTransaction!.GetDbTransaction();
        var names = db.GetService<ISqlGenerationHelper>();
        var sql = new StringBuilder("INSERT INTO ")
            .Append(names.DelimitIdentifier(type.GetTableName()!))
            .Append(" (")
            .AppendJoin(", ", type.GetProperties().Select(p => names.DelimitIdentifier(p.GetColumnName())))
            .Append(") VALUES ");
        for (var row = 0; row < rows; row++)
        {
            sql.Append(row == 0 ? "(" : ", (");
            for (var column = 0; column < mappings.Length; column++)
            {
                var parameter = mappings[column].CreateParameter(command, $"@p{command.Parameters.Count}", null, true);
                command.Parameters.Add(parameter);
                sql.Append(column == 0 ? "" : ", ").Append(parameter.ParameterName);
            }
            sql.Append(')');
        }
        command.CommandText = sql.ToString();
        await command.PrepareAsync(cancel);
        return commands[(type, rows)] = command;
    }
}
