using System.Data.Common;
using System.Globalization;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Lpsa.Tests;

/// <summary>A database as a set of plain statements, so that two of them can be compared and every difference named.</summary>
internal static class SchemaShape
{
    /// <summary>Tables that code reads by hand and EF does not map.</summary>
    private static bool IsOutsideTheModel(string table) =>
        table is "schema_history" || table.StartsWith("search_", StringComparison.Ordinal);

    public static IReadOnlyList<string> Differences(IReadOnlySet<string> model, IReadOnlySet<string> database) =>
        [
            .. model.Except(database).Order(StringComparer.Ordinal).Select(s => "the schema files lack: " + s),
            .. database.Except(model).Order(StringComparer.Ordinal).Select(s => "the model lacks: " + s),
        ];

    public static IReadOnlySet<string> OfModel(PlatformDb db)
    {
        var shape = new HashSet<string>(StringComparer.Ordinal);
        foreach (var table in db.GetService<IDesignTimeModel>().Model.GetRelationalModel().Tables)
        {
            shape.Add($"table {table.Name}");
            foreach (var column in table.Columns)
                shape.Add(
                    Column(
                        table.Name,
                        column.Name,
                        column.StoreType,
                        column.IsNullable,
                        column.DefaultValueSql ?? Literal(column)
                    )
                );
            if (table.PrimaryKey is { } key)
                shape.Add(Key(table.Name, Names(key.Columns)));
            foreach (var foreign in table.ForeignKeyConstraints)
                shape.Add(
                    Foreign(
                        table.Name,
                        Names(foreign.Columns),
                        foreign.PrincipalTable.Name,
                        Names(foreign.PrincipalColumns),
                        Delete(foreign.OnDeleteAction)
                    )
                );
            foreach (var index in table.Indexes)
                shape.Add(
                    Index(table.Name, index.Name, index.IsUnique, Names(index.Columns), index.Filter is not null)
                );
            foreach (var unique in table.UniqueConstraints.Where(u => !u.GetIsPrimaryKey()))
                shape.Add(Index(table.Name, unique.Name, true, Names(unique.Columns), false));
        }
        return shape;
    }

    public static async Task<IReadOnlySet<string>> OfDatabase(PlatformDb db)
    {
        await db.Database.OpenConnectionAsync();
        var connection = db.Database.GetDbConnection();
        return db.IsPostgres ? await OfPostgres(connection) : await OfSqlite(connection);
    }

    private static async Task<HashSet<string>> OfSqlite(DbConnection connection)
    {
        var shape = new HashSet<string>(StringComparer.Ordinal);
        var tables = await Rows(
            connection,
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        );
        foreach (var table in tables.Select(t => (string)t[0]!).Where(t => !IsOutsideTheModel(t)))
        {
            shape.Add($"table {table}");
            var columns = await Rows(
                connection,
                $"SELECT name, type, \"notnull\", dflt_value, pk FROM pragma_table_info('{table}')"
            );
            foreach (var c in columns)
                shape.Add(Column(table, (string)c[0]!, (string)c[1]!, (long)c[2]! == 0, (string?)c[3]));
            var key = columns.Where(c => (long)c[4]! > 0).OrderBy(c => (long)c[4]!).Select(c => (string)c[0]!).ToList();
            if (key.Count > 0)
                shape.Add(Key(table, string.Join(", ", key)));
            var foreign = await Rows(
                connection,
                $"SELECT id, \"table\", \"from\", \"to\", on_delete FROM pragma_foreign_key_list('{table}') ORDER BY id, seq"
            );
            foreach (var f in foreign.GroupBy(f => (long)f[0]!))
                shape.Add(
                    Foreign(
                        table,
                        string.Join(", ", f.Select(r => (string)r[2]!)),
                        (string)f.First()[1]!,
                        string.Join(", ", f.Select(r => (string)r[3]!)),
                        (string)f.First()[4]!
                    )
                );
            foreach (
                var i in await Rows(
                    connection,
                    $"SELECT name, \"unique\", origin, partial FROM pragma_index_list('{table}')"
                )
            )
            {
                if ((string)i[2]! == "pk")
                    continue;
                var of = await Rows(connection, $"SELECT name FROM pragma_index_info('{i[0]}') ORDER BY seqno");
                shape.Add(
                    Index(
                        table,
                        (string)i[0]!,
                        (long)i[1]! == 1,
                        string.Join(", ", of.Select(r => (string)r[0]!)),
                        (long)i[3]! == 1
                    )
                );
            }
        }
        return shape;
    }

    private static async Task<HashSet<string>> OfPostgres(DbConnection connection)
    {
        var shape = new HashSet<string>(StringComparer.Ordinal);
        var columns = await Rows(
            connection,
            """
            SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), NOT a.attnotnull,
                   pg_get_expr(d.adbin, d.adrelid), coalesce(l.collname, '')
            FROM pg_class c
            JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'public'
            JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
            LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
            LEFT JOIN pg_collation l ON l.oid = a.attcollation
            WHERE c.relkind = 'r'
            """
        );
        foreach (var c in columns.Where(c => !IsOutsideTheModel((string)c[0]!)))
        {
            shape.Add($"table {c[0]}");
            shape.Add(Column((string)c[0]!, (string)c[1]!, (string)c[2]!, (bool)c[3]!, (string?)c[4]));
            if ((string)c[2]! == "text" && (string)c[5]! != "C")
                shape.Add($"column {c[0]}.{c[1]} sorts by {c[5]}, not by bytes as on SQLite");
        }
        var constraints = await Rows(
            connection,
            """
            SELECT c.relname, k.contype::text, k.conname, p.relname, k.confdeltype::text,
              (SELECT string_agg(a.attname, ', ' ORDER BY u.n) FROM unnest(k.conkey) WITH ORDINALITY u(col, n)
                 JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.col),
              (SELECT string_agg(a.attname, ', ' ORDER BY u.n) FROM unnest(k.confkey) WITH ORDINALITY u(col, n)
                 JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = u.col)
            FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid LEFT JOIN pg_class p ON p.oid = k.confrelid
            JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'public'
            """
        );
        foreach (var k in constraints.Where(k => !IsOutsideTheModel((string)k[0]!)))
            if ((string)k[1]! == "p")
                shape.Add(Key((string)k[0]!, (string)k[5]!));
            else if ((string)k[1]! == "f")
                shape.Add(
                    Foreign((string)k[0]!, (string)k[5]!, (string)k[3]!, (string)k[6]!, PostgresDelete((string)k[4]!))
                );
        var indexes = await Rows(
            connection,
            """
            SELECT t.relname, i.relname, x.indisunique, x.indpred IS NOT NULL,
              (SELECT string_agg(coalesce(a.attname, '(expression)'), ', ' ORDER BY u.n) FROM unnest(x.indkey) WITH ORDINALITY u(col, n)
                 LEFT JOIN pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = u.col)
            FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid
            JOIN pg_namespace n ON n.oid = t.relnamespace AND n.nspname = 'public'
            WHERE NOT x.indisprimary
            """
        );
        foreach (var i in indexes.Where(i => !IsOutsideTheModel((string)i[0]!)))
            shape.Add(Index((string)i[0]!, (string)i[1]!, (bool)i[2]!, (string)i[4]!, (bool)i[3]!));
        return shape;
    }

    private static string Column(string table, string name, string type, bool nullable, string? fallback) =>
        $"column {table}.{name} {type.ToLowerInvariant()} {(nullable ? "null" : "not null")} default {Default(fallback)}";

    private static string Key(string table, string columns) => $"primary key of {table} ({columns})";

    private static string Foreign(string table, string columns, string to, string toColumns, string delete) =>
        $"foreign key {table} ({columns}) to {to} ({toColumns}) on delete {delete}";

    private static string Index(string table, string name, bool unique, string columns, bool partial) =>
        $"{(unique ? "unique " : "")}index {name} on {table} ({columns}){(partial ? " where …" : "")}";

    /// <summary>PostgreSQL writes the type behind a text default: <c>''::text</c>.</summary>
    private static string Default(string? text) =>
        text is null ? "none" : text.Split("::")[0].Trim('(', ')', '\'').ToLowerInvariant();

    private static string? Literal(IColumn column) =>
        column.TryGetDefaultValue(out var value) ? Convert.ToString(value, CultureInfo.InvariantCulture) : null;

    private static string Names(IEnumerable<IColumn> columns) => string.Join(", ", columns.Select(c => c.Name));

    private static string Delete(ReferentialAction action) =>
        action switch
        {
            ReferentialAction.Cascade => "CASCADE",
            ReferentialAction.SetNull => "SET NULL",
            ReferentialAction.SetDefault => "SET DEFAULT",
            ReferentialAction.Restrict => "RESTRICT",
            _ => "NO ACTION",
        };

    private static string PostgresDelete(string code) =>
        code switch
        {
            "c" => "CASCADE",
            "n" => "SET NULL",
            "d" => "SET DEFAULT",
            "r" => "RESTRICT",
            _ => "NO ACTION",
        };

    private static async Task<List<object?[]>> Rows(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<object?[]>();
        while (await reader.ReadAsync())
            rows.Add([
                .. Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? null : reader.GetValue(i)),
            ]);
        return rows;
    }
}
