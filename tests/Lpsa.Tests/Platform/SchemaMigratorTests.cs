using Lpsa.Platform;

namespace Lpsa.Tests;

public sealed class SchemaMigratorTests
{
    private static readonly DateTime Now = new(2026, 11, 21, 9, 0, 0, DateTimeKind.Utc);
    private static readonly SchemaFile First = new(
        "1_first.sql",
        "CREATE TABLE first (id {id} NOT NULL, note {text} NULL);\n"
    );
    private static readonly SchemaFile Second = new("2_second.sql", "CREATE TABLE second (id {long} NOT NULL);\n");

    [Fact]
    public async Task Files_are_applied_once_and_recorded()
    {
        await using var database = await TestDatabase.Create();
        Assert.Equal(["1_first.sql"], await Apply(database, First));
        Assert.Equal(["2_second.sql"], await Apply(database, First, Second));
        Assert.Empty(await Apply(database, First, Second));
    }

    [Fact]
    public async Task Two_nodes_that_start_together_apply_each_file_once()
    {
        await using var database = await TestDatabase.Create();
        var applied = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => Task.Run(() => Apply(database, First, Second)))
        );
        Assert.Equal(["1_first.sql", "2_second.sql"], applied.SelectMany(a => a));
    }

    [Fact]
    public async Task A_file_changed_after_it_was_applied_stops_the_start_and_is_named()
    {
        await using var database = await TestDatabase.Create();
        await Apply(database, First);
        var refused = await Assert.ThrowsAsync<SchemaException>(() =>
            Apply(database, new SchemaFile(First.Name, First.Text + "-- changed\n"), Second)
        );
        Assert.Contains("1_first.sql", refused.Message);
        Assert.False(await Exists(database, "second"));
    }

    [Fact]
    public async Task A_file_that_fails_leaves_nothing_of_itself_or_of_those_before_it_in_the_same_run()
    {
        await using var database = await TestDatabase.Create();
        var broken = new SchemaFile(
            "2_broken.sql",
            "CREATE TABLE half (id {id} NOT NULL);\nCREATE TABLE half (id {id} NOT NULL);\n"
        );
        var refused = await Assert.ThrowsAsync<SchemaException>(() => Apply(database, First, broken));
        Assert.Contains("2_broken.sql", refused.Message);
        Assert.False(await Exists(database, "half"));
        Assert.Equal(["1_first.sql", "2_second.sql"], await Apply(database, First, Second));
    }

    [Fact]
    public void An_unknown_column_type_is_named()
    {
        var wrong = Assert.Throws<FormatException>(() => SchemaDialect.Translate("a {money}", DatabaseKind.Sqlite));
        Assert.Contains("{money}", wrong.Message);
    }

    [Fact]
    public void Blocks_for_the_other_database_are_left_out()
    {
        const string Text = "a\n--only sqlite\nb\n--end\n--only postgres\nc\n--end\nd";
        Assert.Equal("a\nb\nd\n", SchemaDialect.Translate(Text, DatabaseKind.Sqlite).Replace("--only sqlite\n", ""));
        Assert.Equal(
            "a\nc\nd\n",
            SchemaDialect.Translate(Text, DatabaseKind.Postgres).Replace("--only postgres\n", "")
        );
    }

    private static async Task<IReadOnlyList<string>> Apply(TestDatabase database, params SchemaFile[] files)
    {
        await using var connection = Connections.Open(database.Settings);
        return await SchemaMigrator.Apply(connection, database.Settings.Kind, files, Now, CancellationToken.None);
    }

    private static async Task<bool> Exists(TestDatabase database, string table)
    {
        await using var connection = Connections.Open(database.Settings);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText =
            database.Settings.Kind == DatabaseKind.Sqlite
                ? $"SELECT COUNT(*) FROM sqlite_schema WHERE name = '{table}'"
                : $"SELECT COUNT(*) FROM pg_class WHERE relname = '{table}'";
        return (long)(await command.ExecuteScalarAsync())! > 0;
    }
}
