using System.Data.Common;
using System.Reflection;
using System.Text;
using System.Text.Json;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace Lpsa.Members;

internal enum MergeStepKind
{
    /// <summary>A row named the merged account in a column and names the other one now.</summary>
    Moved,
    Dropped,
    Added,
    Changed,
}

/// <summary>One thing that a merge did to one row, with what takes it back.</summary>
/// <param name="Before">Moved: the key of the row after the move. Dropped, changed: the whole row. Added: null.</param>
/// <param name="After">Moved: null. Added: the key. Changed: the whole row as the merge left it.</param>
internal sealed record MergeStep(
    MergeStepKind Kind,
    string Table,
    string? Column,
    JsonElement? Before,
    JsonElement? After
);

/// <summary>Which of two rows goes on where only one can.</summary>
internal enum MergeWinner
{
    Survivor,
    Merged,
}

/// <summary>
/// Does the single steps of a merge in the transaction of the context and writes each down, so that the list read
/// backwards takes the merge back. Knows no table: what is to be done with a column says the model (see
/// <see cref="MergeMapping"/>).
/// </summary>
internal sealed class MergeSteps(PlatformDb db, Guid merged, Guid survivor)
{
    private static readonly MethodInfo Reader = typeof(MergeSteps).GetMethod(
        nameof(Read),
        BindingFlags.NonPublic | BindingFlags.Static
    )!;

    private readonly List<MergeStep> steps = [];

    public string Written() => JsonSerializer.Serialize(steps, EntityJson.Options);

    /// <summary>Every column of every module that names the merged account.</summary>
    public async Task Follow(Func<string, MergeWinner> winner, CancellationToken cancel)
    {
        foreach (var type in db.Model.GetEntityTypes().OrderBy(t => t.GetTableName(), StringComparer.Ordinal))
        foreach (var column in type.GetProperties())
            if (column.RuleWhenMerged() == WhenMerged.Ends)
                foreach (var row in await Rows(type, column, merged, cancel))
                    await Run(Delete(type, KeyOf(type, row)), cancel);
            else if (column.RuleWhenMerged() == WhenMerged.Moves)
                foreach (var row in await Rows(type, column, merged, cancel))
                    await Move(type, column, row, winner(type.GetTableName()!), cancel);
    }

    public async Task Drop(object entity, CancellationToken cancel)
    {
        var type = db.Model.FindEntityType(entity.GetType())!;
        steps.Add(new MergeStep(MergeStepKind.Dropped, type.GetTableName()!, null, Json(type, entity), null));
        await Run(Delete(type, KeyOf(type, entity)), cancel);
    }

    public async Task Add<T>(T entity, CancellationToken cancel)
        where T : class
    {
        var type = db.Model.FindEntityType(typeof(T))!;
        await using var bulk = new BulkInsert(db);
        await bulk.Add([entity], cancel);
        steps.Add(new MergeStep(MergeStepKind.Added, type.GetTableName()!, null, null, Key(KeyOf(type, entity))));
    }

    /// <summary>Changes rows through the context, so that the audit log and search see it.</summary>
    public async Task Change(IReadOnlyList<object> entities, Action change, CancellationToken cancel)
    {
        var before = entities.Select(e => Json(db.Model.FindEntityType(e.GetType())!, e)).ToList();
        change();
        await db.SaveChangesAsync(cancel);
        foreach (var (entity, was) in entities.Zip(before))
        {
            var type = db.Model.FindEntityType(entity.GetType())!;
            var key = type.FindPrimaryKey()!.Properties[0];
            // As it is read again: the database keeps instants less exactly than memory.
            var stored = (await Rows(type, key, (Guid)key.GetGetter().GetClrValue(entity)!, cancel)).Single();
            steps.Add(new MergeStep(MergeStepKind.Changed, type.GetTableName()!, null, was, Json(type, stored)));
        }
    }

    private async Task Move(
        IEntityType type,
        IProperty column,
        object row,
        MergeWinner winner,
        CancellationToken cancel
    )
    {
        // What was between the two is nothing between one person and the same person.
        if (
            type.GetProperties()
                .Any(p =>
                    p != column
                    && p.RuleWhenMerged() == WhenMerged.Moves
                    && Equals(p.GetGetter().GetClrValue(row), survivor)
                )
        )
        {
            await Drop(row, cancel);
            return;
        }
        foreach (var rival in await Rivals(type, column, row, cancel))
            if (winner == MergeWinner.Survivor)
            {
                await Drop(row, cancel);
                return;
            }
            else
                await Drop(rival, cancel);
        var key = KeyOf(type, row);
        await Run(
            Statement(
                type,
                $"UPDATE {Name(type.GetTableName()!)} SET {Name(column.GetColumnName())} = ",
                [(column, survivor)],
                key
            ),
            cancel
        );
        var moved = key.Select(k => k.Property == column ? (k.Property, survivor) : k).ToList();
        steps.Add(new MergeStep(MergeStepKind.Moved, type.GetTableName()!, column.Name, Key(moved), null));
    }

    /// <summary>Rows of the survivor that stand where the row would go, by the primary key or a unique index.</summary>
    private async Task<IReadOnlyList<object>> Rivals(
        IEntityType type,
        IProperty column,
        object row,
        CancellationToken cancel
    )
    {
        var rules = type.GetIndexes()
            .Where(i => i.IsUnique)
            .Select(i => i.Properties)
            .Append(type.FindPrimaryKey()!.Properties)
            .Where(p => p.Contains(column))
            .ToList();
        if (rules.Count == 0)
            return [];
        return
        [
            .. (await Rows(type, column, survivor, cancel)).Where(other =>
                rules.Any(rule =>
                    rule.All(p =>
                        p == column || Equals(p.GetGetter().GetClrValue(other), p.GetGetter().GetClrValue(row))
                    )
                )
            ),
        ];
    }

    /// <summary>Takes all steps back, the last first.</summary>
    /// <returns>The table of a row that was changed since; null when everything was taken back.</returns>
    public async Task<string?> TakeBack(string written, CancellationToken cancel)
    {
        var known = JsonSerializer.Deserialize<List<MergeStep>>(written, EntityJson.Options)!;
        known.Reverse();
        foreach (var step in known)
            if (step.Kind == MergeStepKind.Changed && !await IsAsLeft(step, cancel))
                return step.Table;
        foreach (var step in known)
        {
            var type = Type(step.Table);
            switch (step.Kind)
            {
                case MergeStepKind.Moved:
                    var column = type.FindProperty(step.Column!)!;
                    await Run(
                        Statement(
                            type,
                            $"UPDATE {Name(step.Table)} SET {Name(column.GetColumnName())} = ",
                            [(column, merged)],
                            Key(type, step.Before!.Value)
                        ),
                        cancel
                    );
                    break;
                case MergeStepKind.Added:
                    await Run(Delete(type, Key(type, step.After!.Value)), cancel);
                    break;
                case MergeStepKind.Dropped:
                    await using (var bulk = new BulkInsert(db))
                        await bulk.Add(type, [EntityJson.Read(type, step.Before!.Value)], cancel);
                    break;
                default:
                    await Restore(type, step.Before!.Value, cancel);
                    break;
            }
        }
        return null;
    }

    private async Task<bool> IsAsLeft(MergeStep step, CancellationToken cancel)
    {
        var type = Type(step.Table);
        var key = type.FindPrimaryKey()!.Properties[0];
        var id = (Guid)EntityJson.Read(type, step.After!.Value)[IndexOf(type, key)]!;
        return await Rows(type, key, id, cancel) is [var row]
            && JsonElement.DeepEquals(Json(type, row), step.After.Value);
    }

    private async Task Restore(IEntityType type, JsonElement before, CancellationToken cancel)
    {
        var values = EntityJson.Read(type, before);
        var key = values[IndexOf(type, type.FindPrimaryKey()!.Properties[0])];
        var entry = db.Entry((await db.FindAsync(type.ClrType, [key], cancel))!);
        foreach (var (property, value) in type.GetProperties().Zip(values))
            if (!property.IsPrimaryKey())
                entry.Property(property.Name).CurrentValue = value;
        await db.SaveChangesAsync(cancel);
        db.ChangeTracker.Clear();
    }

    private IEntityType Type(string table) => db.Model.GetEntityTypes().Single(t => t.GetTableName() == table);

    private static int IndexOf(IEntityType type, IProperty property) => type.GetProperties().ToList().IndexOf(property);

    private static List<(IProperty Property, object Value)> KeyOf(IEntityType type, object row) =>
        [.. type.FindPrimaryKey()!.Properties.Select(p => (p, p.GetGetter().GetClrValue(row)!))];

    private static JsonElement Key(IEnumerable<(IProperty Property, object Value)> key) =>
        JsonSerializer.SerializeToElement(key.Select(k => k.Value).ToArray(), EntityJson.Options);

    private static List<(IProperty Property, object Value)> Key(IEntityType type, JsonElement key) =>
        [
            .. type.FindPrimaryKey()!
                .Properties.Zip(key.EnumerateArray(), (p, v) => (p, v.Deserialize(p.ClrType, EntityJson.Options)!)),
        ];

    private static JsonElement Json(IEntityType type, object entity)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text))
            EntityJson.Write(json, type, entity);
        return JsonSerializer.Deserialize<JsonElement>(text.ToArray());
    }

    private Task<List<object>> Rows(IEntityType type, IProperty column, Guid id, CancellationToken cancel) =>
        (Task<List<object>>)
            Reader
                .MakeGenericMethod(type.ClrType)
                .Invoke(null, [db, column.Name, column.ClrType == typeof(Guid), id, cancel])!;

    private static async Task<List<object>> Read<T>(
        PlatformDb db,
        string column,
        bool isRequired,
        Guid id,
        CancellationToken cancel
    )
        where T : class
    {
        var rows = db.Set<T>().AsNoTracking();
        rows = isRequired
            ? rows.Where(r => EF.Property<Guid>(r, column) == id)
            : rows.Where(r => EF.Property<Guid?>(r, column) == id);
        return [.. await rows.ToListAsync(cancel)];
    }

    private string Name(string name) => db.GetService<ISqlGenerationHelper>().DelimitIdentifier(name);

    private DbCommand Delete(IEntityType type, IReadOnlyList<(IProperty Property, object Value)> key) =>
        Statement(type, $"DELETE FROM {Name(type.GetTableName()!)}", [], key);

    /// <param name="values">Put behind the start, one after the other.</param>
    private DbCommand Statement(
        IEntityType type,
        string start,
        IReadOnlyList<(IProperty Property, object Value)> values,
        IReadOnlyList<(IProperty Property, object Value)> key
    )
    {
        var command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = db.Database.CurrentTransaction!.GetDbTransaction();
        var sql = new StringBuilder(start);
        foreach (var (property, value) in values)
            sql.Append(Parameter(property, value));
        for (var at = 0; at < key.Count; at++)
            sql.Append(at == 0 ? " WHERE " : " AND ")
                .Append(Name(key[at].Property.GetColumnName()))
                .Append(" = ")
                .Append(Parameter(key[at].Property, key[at].Value));
        command.CommandText = sql.ToString();
        return command;

        string Parameter(IProperty property, object value)
        {
            var mapping = property.GetRelationalTypeMapping();
            var parameter = mapping.CreateParameter(command, $"@p{command.Parameters.Count}", value, false);
            command.Parameters.Add(parameter);
            return parameter.ParameterName;
        }
    }

    private static async Task Run(DbCommand command, CancellationToken cancel)
    {
        await using (command)
            await command.ExecuteNonQueryAsync(cancel);
    }
}
