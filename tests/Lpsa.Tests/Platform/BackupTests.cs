using System.IO.Compression;
using System.Text;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lpsa.Tests;

/// <summary>From and to the database that the run is for; in the PostgreSQL run also from SQLite to PostgreSQL and back.</summary>
public sealed class BackupTests
{
    [Fact]
    public async Task Everything_comes_back_into_an_empty_database_files_and_audit_chain_included()
    {
        await using var here = await TestDatabase.Create();
        await using var there = await TestDatabase.Create();
        await RoundTrip(here, there);
    }

    [Fact]
    public async Task A_backup_of_sqlite_moves_into_the_database_of_this_run()
    {
        await using var here = await TestDatabase.Create("");
        await using var there = await TestDatabase.Create();
        await RoundTrip(here, there);
    }

    [Fact]
    public async Task A_backup_of_the_database_of_this_run_moves_into_sqlite()
    {
        await using var here = await TestDatabase.Create();
        await using var there = await TestDatabase.Create("");
        await RoundTrip(here, there);
    }

    [Fact]
    public async Task A_database_that_holds_something_is_replaced_only_when_forced()
    {
        await using var here = await TestDatabase.Create();
        await using var there = await TestDatabase.Create();
        await using var full = await Filled(here);
        var backup = await Write(full, here);
        await using var other = await TestPlatform.Join(there, new TestClock(), [.. Product.Modules]);
        await other.Db(db =>
        {
            db.Add(Account.Open("stranger@example.org", "Stranger", db.Now));
            return db.SaveChangesAsync();
        });
        var refused = await Assert.ThrowsAsync<BackupException>(() => Read(other, there, backup, force: false));
        Assert.Contains("--force", refused.Message);
        Assert.True(await other.Db(db => db.Set<Account>().AnyAsync(a => a.Name == "Stranger")));
        await Read(other, there, backup, force: true);
        Assert.Equal(["Amina"], await other.Db(db => db.Set<Account>().Select(a => a.Name).ToListAsync()));
    }

    [Theory]
    [InlineData("tables/accounts.jsonl", "accounts")]
    [InlineData("manifest.json", "manifest.json")]
    [InlineData("files/", "file")]
    public async Task A_damaged_backup_is_refused_before_anything_is_touched(string entry, string named)
    {
        await using var here = await TestDatabase.Create();
        await using var there = await TestDatabase.Create();
        await using var full = await Filled(here);
        var backup = await Write(full, here);
        using (var archive = ZipFile.Open(backup, ZipArchiveMode.Update))
        {
            var damaged = archive.Entries.First(e => e.FullName.StartsWith(entry, StringComparison.Ordinal));
            var name = damaged.FullName;
            damaged.Delete();
            if (!name.EndsWith("manifest.json", StringComparison.Ordinal))
            {
                await using var other = archive.CreateEntry(name).Open();
                await other.WriteAsync("[1]\n"u8.ToArray());
            }
        }
        await using var target = await TestPlatform.Join(there, new TestClock(), [.. Product.Modules]);
        var refused = await Assert.ThrowsAsync<BackupException>(() => Read(target, there, backup, force: true));
        Assert.Contains(named, refused.Message);
        Assert.Equal(0, await target.Db(db => db.Set<Account>().CountAsync()));
    }

    [Fact]
    public async Task What_is_no_backup_at_all_is_refused_with_its_name()
    {
        await using var here = await TestDatabase.Create();
        await using var platform = await TestPlatform.Join(here, new TestClock(), [.. Product.Modules]);
        var file = Path.Combine(here.Folder, "photo.zip");
        await File.WriteAllTextAsync(file, "not a zip");
        var refused = await Assert.ThrowsAsync<BackupException>(() => Read(platform, here, file, force: true));
        Assert.Contains("photo.zip", refused.Message);
    }

    [Fact]
    public async Task A_checkup_finds_what_is_not_whole_and_names_it()
    {
        await using var here = await TestDatabase.Create();
        await using var platform = await Filled(here);
        Assert.All(await Check(platform), r => Assert.Empty(r.Problems));
        var store = platform.Services.GetRequiredService<FileStore>();
        var hash = await platform.Db(db => db.Set<StoredFile>().Select(f => f.Hash).SingleAsync());
        await File.WriteAllTextAsync(store.PathOf(hash), "something else");
        await platform.Db(async db =>
        {
            await AuditLogTests.TakeTriggersAway(db);
            await AuditLogTests.Execute(db, "UPDATE audit_entries SET actor = 'x' WHERE number = 1");
            await db.Set<Job>().ExecuteUpdateAsync(s => s.SetProperty(j => j.State, JobState.Parked));
        });
        var results = (await Check(platform)).ToDictionary(r => r.Name, r => r.IsGood);
        Assert.Equal(
            (true, false, false, false),
            (results["schema"], results["audit"], results["files"], results["jobs"])
        );
    }

    private static async Task RoundTrip(TestDatabase here, TestDatabase there)
    {
        await using var full = await Filled(here);
        var backup = await Write(full, here);
        await using var target = await TestPlatform.Join(there, new TestClock(), [.. Product.Modules]);
        var manifest = await Read(target, there, backup, force: false);
        Assert.Single(manifest.Files);
        Assert.Equal(await Everything(full), await Everything(target));
        Assert.All(await Check(target), r => Assert.Empty(r.Problems));
        await target.Db(async db =>
        {
            // The chain goes on where it was.
            db.Add(SiteSetting.Of("later", "1"));
            await db.SaveChangesAsync();
            Assert.Null(await AuditLog.Verify(db, CancellationToken.None));
            Assert.Empty(SchemaShape.Differences(SchemaShape.OfModel(db), await SchemaShape.OfDatabase(db)));
        });
    }

    private static async Task<TestPlatform> Filled(TestDatabase database)
    {
        var platform = await TestPlatform.Join(database, new TestClock(), [.. Product.Modules]);
        await platform.Db(async db =>
        {
            var account = Account.Open("amina@example.org", "Amina", db.Now.AddTicks(1230));
            account.Grant(Roles.Editor, db.Now.AddDays(3));
            var upload = platform.Services.GetRequiredService<FileUpload>();
            var bytes = new MemoryStream(SampleFiles.Png(3, 4));
            var file = (await upload.Take(db, bytes, "mapa.png", CancellationToken.None)).File!;
            file.Describe("A map, “carte”, خريطة\n\"quoted\" \\ and 😀");
            db.AddRange(account, Session.Start(account.Id, "Firefox", db.Now), SiteSetting.Of("k", "v"));
            await db.SaveChangesAsync();
        });
        return platform;
    }

    private static async Task<string> Write(TestPlatform platform, TestDatabase database)
    {
        var path = Path.Combine(database.Folder, "backup.zip");
        await platform.Db(db => platform.Services.GetRequiredService<Backup>().Write(db, path, CancellationToken.None));
        Assert.False(File.Exists(path + ".part"));
        return path;
    }

    private static Task<BackupManifest> Read(TestPlatform platform, TestDatabase database, string path, bool force) =>
        platform
            .Services.GetRequiredService<Restore>()
            .Read(
                platform.Services.GetRequiredService<IServiceScopeFactory>(),
                database.Settings,
                path,
                force,
                CancellationToken.None
            );

    private static Task<IReadOnlyList<CheckResult>> Check(TestPlatform platform) =>
        platform.Db(db => platform.Services.GetRequiredService<Checkup>().Run(db, CancellationToken.None));

    /// <summary>All rows of all tables, in an order that does not depend on the database.</summary>
    private static Task<string> Everything(TestPlatform platform) =>
        platform.Db(async db =>
        {
            await db.Database.OpenConnectionAsync();
            var all = new StringBuilder();
            foreach (var shape in TableShape.Of(db))
            {
                await using var command = db.Database.GetDbConnection().CreateCommand();
                command.CommandText = shape.SelectAll;
                await using var reader = await command.ExecuteReaderAsync();
                var rows = new List<string>();
                while (await reader.ReadAsync())
                {
                    using var line = new MemoryStream();
                    await using (var json = new System.Text.Json.Utf8JsonWriter(line))
                        shape.Write(reader, json);
                    rows.Add(Encoding.UTF8.GetString(line.ToArray()));
                }
                all.Append(shape.Name).Append('\n').AppendJoin('\n', rows.Order(StringComparer.Ordinal)).Append('\n');
            }
            // PostgreSQL writes JSON columns with spaces of its own.
            return all.Replace(": ", ":").Replace(", ", ",").ToString();
        });
}
