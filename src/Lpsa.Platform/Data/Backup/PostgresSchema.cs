using System.Data.Common;

namespace Lpsa.Platform;

/// <summary>What only PostgreSQL needs while a database is replaced. All of it is undone when the transaction is.</summary>
internal static class PostgresSchema
{
    /// <summary>Drops our tables and functions one by one: the role may not own the schema, only what is in it.</summary>
    public static async Task DropEverything(DbConnection connection, CancellationToken cancel)
    {
        var drops = await Read(
            connection,
            """
            SELECT 'DROP TABLE ' || c.oid::regclass || ' CASCADE'
            FROM pg_class c
            WHERE c.relkind IN ('r', 'p') AND c.relnamespace = current_schema()::regnamespace
              AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
            UNION ALL
            SELECT 'DROP FUNCTION ' || p.oid::regprocedure || ' CASCADE'
            FROM pg_proc p
            WHERE p.pronamespace = current_schema()::regnamespace
              AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
            """,
            cancel
        );
        // Tables first: their triggers and columns hold on to functions.
        await Run(
            connection,
            drops.OrderByDescending(d => d.StartsWith("DROP TABLE", StringComparison.Ordinal)),
            cancel
        );
    }

    /// <summary>Rows come table by table, and a row may point to one that comes later.</summary>
    /// <returns>The statements that put the keys back, which also checks every row.</returns>
    public static async Task<IReadOnlyList<string>> TakeForeignKeysOff(
        DbConnection connection,
        CancellationToken cancel
    )
    {
        const string Keys =
            "FROM pg_constraint k WHERE k.contype = 'f' AND k.connamespace = current_schema()::regnamespace";
        var back = await Read(
            connection,
            $"SELECT format('ALTER TABLE %s ADD CONSTRAINT %I %s', k.conrelid::regclass, k.conname, pg_get_constraintdef(k.oid)) {Keys}",
            cancel
        );
        var off = await Read(
            connection,
            $"SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', k.conrelid::regclass, k.conname) {Keys}",
            cancel
        );
        await Run(connection, off, cancel);
        return back;
    }

    public static async Task Run(DbConnection connection, IEnumerable<string> statements, CancellationToken cancel)
    {
        foreach (var sql in statements)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = sql;
            await command.ExecuteNonQueryAsync(cancel);
        }
    }

    private static async Task<List<string>> Read(DbConnection connection, string sql, CancellationToken cancel)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var texts = new List<string>();
        while (await rows.ReadAsync(cancel))
            texts.Add(rows.GetString(0));
        return texts;
    }
}
