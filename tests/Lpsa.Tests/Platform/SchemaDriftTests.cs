using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Tests;

/// <summary>The schema files and the mapping say the same, on the database that this run is for.</summary>
public sealed class SchemaDriftTests
{
    [Fact]
    public async Task The_schema_files_make_exactly_the_database_that_the_mapping_expects()
    {
        await using var platform = await TestPlatform.Start([.. Product.Modules]);
        var differences = await platform.Db(Differences);
        Assert.True(differences.Count == 0, string.Join('\n', differences));
    }

    [Fact]
    public async Task Every_kind_of_difference_is_named()
    {
        await using var platform = await TestPlatform.Start();
        var differences = await platform.Db(async db =>
        {
            await db.Database.ExecuteSqlAsync($"ALTER TABLE accounts ADD COLUMN nickname TEXT NOT NULL DEFAULT 'x'");
            await db.Database.ExecuteSqlAsync($"DROP INDEX ix_sessions_account_id");
            await db.Database.ExecuteSqlAsync($"CREATE TABLE forgotten (id INTEGER NOT NULL)");
            await db.Database.ExecuteSqlAsync($"DROP TABLE sign_in_codes");
            await db.Database.ExecuteSqlAsync($"DROP TABLE sign_in_links");
            await db.Database.ExecuteSqlAsync(
                $"CREATE TABLE sign_in_links (token_hash TEXT NOT NULL PRIMARY KEY, used_at INTEGER NULL)"
            );
            return await Differences(db);
        });
        foreach (
            var expected in (string[])
                [
                    "the model lacks: column accounts.nickname text not null default x",
                    "the schema files lack: index ix_sessions_account_id on sessions (account_id)",
                    "the model lacks: table forgotten",
                    "the schema files lack: foreign key sign_in_links (account_id) to accounts (id) on delete CASCADE",
                    "the model lacks: column sign_in_links.used_at integer null default none",
                ]
        )
            Assert.Contains(expected, differences);
    }

    private static async Task<IReadOnlyList<string>> Differences(PlatformDb db) =>
        SchemaShape.Differences(SchemaShape.OfModel(db), await SchemaShape.OfDatabase(db));
}
