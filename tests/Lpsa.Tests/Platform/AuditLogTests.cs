using System.Data.Common;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Tests;

public sealed class AuditLogTests
{
    [Fact]
    public async Task An_untouched_log_is_whole_also_when_many_write_at_once()
    {
        await using var platform = await TestPlatform.Start();
        await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(i =>
                    platform.Db(async db =>
                    {
                        db.Add(SiteSetting.Of("key" + i, "é, \"quoted\", العربية"));
                        await db.SaveChangesAsync();
                    })
                )
        );
        Assert.Equal(8, await platform.Db(db => db.Set<AuditEntry>().CountAsync()));
        Assert.Null(await Verify(platform));
    }

    [Theory]
    [InlineData("UPDATE audit_entries SET after = '{}' WHERE number = 2", 2, "changed")]
    [InlineData("UPDATE audit_entries SET actor = 'somebody else' WHERE number = 1", 1, "changed")]
    [InlineData("DELETE FROM audit_entries WHERE number = 2", 2, "missing")]
    [InlineData("UPDATE audit_entries SET hash = previous_hash WHERE number = 3", 3, "changed")]
    [InlineData("UPDATE audit_entries SET previous_hash = hash WHERE number = 3", 3, "follow")]
    public async Task Tampering_past_the_database_shows_the_line(string tampering, long line, string reason)
    {
        await using var platform = await ThreeLines();
        await platform.Db(db => TakeTriggersAway(db));
        await platform.Db(db => Execute(db, tampering));
        var broken = await Verify(platform);
        Assert.Equal(line, broken?.Number);
        Assert.Contains(reason, broken!.Reason);
    }

    [Theory]
    [InlineData("UPDATE audit_entries SET actor = 'x' WHERE number = 1")]
    [InlineData("DELETE FROM audit_entries")]
    public async Task The_database_itself_refuses_to_change_a_line(string tampering)
    {
        await using var platform = await ThreeLines();
        var refused = await Assert.ThrowsAnyAsync<DbException>(() => platform.Db(db => Execute(db, tampering)));
        Assert.Contains("append-only", refused.Message);
        Assert.Null(await Verify(platform));
    }

    private static async Task<TestPlatform> ThreeLines()
    {
        var platform = await TestPlatform.Start();
        await platform.Db(async db =>
        {
            for (var i = 0; i < 3; i++)
            {
                db.Add(SiteSetting.Of("key" + i, "value"));
                await db.SaveChangesAsync();
            }
        });
        return platform;
    }

    private static Task<AuditBreak?> Verify(TestPlatform platform) =>
        platform.Db(db => AuditLog.Verify(db, CancellationToken.None));

    internal static async Task TakeTriggersAway(PlatformDb db)
    {
        if (db.IsPostgres)
        {
            await Execute(db, "DROP TRIGGER audit_entries_append_only ON audit_entries");
            return;
        }
        await Execute(db, "DROP TRIGGER audit_entries_no_update");
        await Execute(db, "DROP TRIGGER audit_entries_no_delete");
    }

    internal static async Task Execute(PlatformDb db, string sql)
    {
        await db.Database.OpenConnectionAsync();
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
