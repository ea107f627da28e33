using System.Diagnostics;
using System.Net;
using System.Text;
using Lpsa.Members;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lpsa.Tests;

/// <summary>The secretariat takes people in from files, on pages.</summary>
public sealed class StaffImportTests
{
    [Fact]
    public async Task A_file_is_recognised_checked_and_taken_and_then_deleted()
    {
        await using var site = await TestSite.Start();
        var staff = await site.SignedIn(Roles.Secretariat);
        var path = await staff.Sent("audience.zip", ImportScene.Audience());
        var columns = await staff.Page(path);
        Assert.Contains("Mailchimp", columns.Body!.TextContent);
        Assert.Contains("UTF-8", columns.Body!.TextContent);
        Assert.Contains("amina@example.org", columns.Body!.TextContent);

        await staff.Submit(path, "#check", columns.Chosen());
        Assert.NotNull((await staff.Page(path)).QuerySelector("noscript meta[http-equiv=refresh]"));
        await site.RunJobs();
        var told = await staff.Page(path);
        Assert.Equal(["2", "0", "0", "2", "0"], told.Counts());
        Assert.Equal(0, await site.Db(db => db.Set<Member>().CountAsync()));

        await staff.Submit(path, "#run");
        await site.RunJobs();
        Assert.Equal(["2", "0", "0", "2", "0"], (await staff.Page(path)).Counts());
        await site.Db(async db =>
        {
            Assert.Equal(2, await db.Set<Member>().CountAsync());
            Assert.Equal(2, await db.Set<Suppression>().CountAsync());
            Assert.Equal(1, await db.Set<MemberImport>().CountAsync());
            var upload = await db.Set<MemberUpload>().SingleAsync();
            Assert.Equal((MemberUploadState.Done, (string?)null), (upload.State, upload.Stored));
            Assert.DoesNotContain("amina", upload.Shape);
            var actors = await db.Set<AuditEntry>()
                .Where(e => e.Entity == "member_imports")
                .Select(e => e.Actor)
                .ToListAsync();
            Assert.Equal([upload.ByAccount.ToString()!], actors);
        });
        Assert.Empty(site.PrivateBytes());
        Assert.Contains("audience.zip", (await staff.Page("/admin/members/import")).Body!.TextContent);
    }

    [Fact]
    public async Task A_rejected_row_stops_everything_until_one_goes_on_with_the_good_ones()
    {
        await using var site = await TestSite.Start();
        var staff = await site.SignedIn(Roles.Secretariat);
        var path = await staff.Sent(
            "people.csv",
            "Mail;Name\nana@example.org;Ana\nnobody;Bad\ncaio@example.org;Caio\n"
        );
        await staff.Submit(path, "#check", (await staff.Page(path)).Chosen());
        await site.RunJobs();
        var told = await staff.Page(path);
        Assert.Equal(["2", "0", "0", "0", "1"], told.Counts());
        var row = told.QuerySelector("table tbody tr")!.TextContent;
        Assert.Contains("3", row);
        Assert.Contains("Mail", row);
        Assert.Contains("nobody", row);
        Assert.Contains("people.csv,3,Mail,nobody", await staff.GetStringAsync(path + "/rows.csv?kind=rejected"));

        using var stopped = await staff.Submit(path, "#run");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, stopped.StatusCode);
        await site.RunJobs();
        Assert.Equal(0, await site.Db(db => db.Set<Member>().CountAsync()));

        await staff.Submit(path, "#run", ("KeepsGoing", "true"));
        await site.RunJobs();
        Assert.Equal(2, await site.Db(db => db.Set<Member>().CountAsync()));
    }

    [Fact]
    public async Task Columns_of_unknown_names_are_said_by_hand()
    {
        await using var site = await TestSite.Start();
        var staff = await site.SignedIn(Roles.Secretariat);
        var path = await staff.Sent("people.csv", "Where to write,Who,Where\nana@example.org,Ana,Kenya\n");
        using var refused = await staff.Submit(path, "#check");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        await staff.Submit(path, "#check", ("Column0", "Email"), ("Column1", "Name"), ("Column2", "Country"));
        await site.RunJobs();
        await staff.Submit(path, "#run");
        await site.RunJobs();
        await site.Db(async db =>
        {
            var member = await db.Set<Member>().SingleAsync();
            Assert.Equal("KEN", member.Country);
            Assert.Equal("Ana", (await db.Set<Account>().SingleAsync(a => a.Id == member.Id)).Name);
        });
    }

    [Fact]
    public async Task Taken_a_second_time_a_file_changes_nothing()
    {
        await using var site = await TestSite.Start();
        var staff = await site.SignedIn(Roles.Secretariat);
        for (var time = 0; time < 2; time++)
        {
            var path = await staff.Sent("audience.zip", ImportScene.Audience());
            await staff.Submit(path, "#check", (await staff.Page(path)).Chosen());
            await site.RunJobs();
            await staff.Submit(path, "#run");
            await site.RunJobs();
            Assert.Equal(
                time == 0 ? ["2", "0", "0", "2", "0"] : ["0", "0", "4", "0", "0"],
                (await staff.Page(path)).Counts()
            );
        }
        Assert.Equal(1, await site.Db(db => db.Set<MemberImport>().CountAsync()));
    }

    [Fact]
    public async Task What_cannot_be_read_is_told_with_its_place_and_leaves_nothing()
    {
        await using var site = await TestSite.Start();
        var staff = await site.SignedIn(Roles.Secretariat);
        (string Name, byte[] Bytes, string Said)[] files =
        [
            ("broken.zip", [.. "PK\u0003\u0004"u8, .. new byte[50]], "damaged"),
            ("old.xls", [0xD0, 0xCF, 0x11, 0xE0, 0, 0, 0, 0], ".xlsx"),
            ("bomb.zip", ImportScene.Archive(("a.csv", new string('a', 5 << 20))), "200 times"),
            ("own.jsonl", "{\"format\":\"lpsa-members\"}"u8.ToArray(), "on the server only"),
            ("empty.csv", " \n"u8.ToArray(), "empty"),
        ];
        foreach (var (name, bytes, said) in files)
        {
            using var answer = await staff.SendFile(name, bytes);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
            Assert.Contains(said, await answer.Content.ReadAsStringAsync());
        }
        Assert.Equal(0, await site.Db(db => db.Set<MemberUpload>().CountAsync()));
        Assert.Empty(site.PrivateBytes());
    }

    [Fact]
    public async Task Damage_further_down_the_file_is_found_before_anything_is_taken()
    {
        await using var site = await TestSite.Start();
        var staff = await site.SignedIn(Roles.Secretariat);
        var rows = string.Concat(Enumerable.Range(0, 1500).Select(n => $"p{n}@example.org,P {n}\n"));
        var path = await staff.Sent("people.csv", "Email,Name\n" + rows + "q@example.org,\"never closed\n");
        await staff.Submit(path, "#check", (await staff.Page(path)).Chosen());
        await site.RunJobs();
        var told = await staff.Page(path);
        Assert.Contains("people.csv:1502", told.Body!.TextContent);
        Assert.Contains("not closed", told.Body!.TextContent);
        Assert.Equal(0, await site.Db(db => db.Set<Member>().CountAsync()));
        Assert.Empty(site.PrivateBytes());
    }

    [Fact]
    public async Task Killed_in_the_middle_the_import_goes_on_and_takes_nobody_twice()
    {
        const int people = 12_000;
        await using var database = await TestDatabase.Create();
        var id = Guid.Empty;
        await using (var site = await TestSite.Join(database))
        {
            var staff = await site.SignedIn(Roles.Administrator);
            var rows = string.Concat(Enumerable.Range(0, people).Select(n => $"p{n}@example.org,P {n}\n"));
            await site.Db(async db =>
            {
                var files = site.Services.GetRequiredService<PrivateFiles>();
                using var bytes = new MemoryStream(Encoding.UTF8.GetBytes("Email,Name\n" + rows));
                var stored = await files.Take(bytes, long.MaxValue, CancellationToken.None);
                var upload = MemberUpload.Arrive(
                    "people.csv",
                    bytes.Length,
                    stored!,
                    new MemberFileShape([new("people.csv", "csv", "UTF-8", ",", [])]),
                    null,
                    db.Now
                );
                upload.Told("csv", people, 0, default);
                upload.Start(false, db.Now);
                db.Add(upload);
                await db.SaveChangesAsync();
                id = upload.Id;
            });
        }
        await using var node = await Offline.Open(Options(database), CancellationToken.None);
        node.Services.GetRequiredService<JobQueue>().Add(node.Db, TakeMemberUpload.Job, id);
        await node.Db.SaveChangesAsync();
        using (var product = StartProduct(database))
        {
            await MailTools.Await(
                async () => await Done(node.Db, id) is > 0 ? "" : null,
                () => "The product does not take the file."
            );
            product.Kill();
            await product.WaitForExitAsync();
        }
        Assert.InRange(await Done(node.Db, id), 1, people);
        var past = node.Db.Now - TimeSpan.FromMinutes(1);
        await node
            .Db.Set<Job>()
            .Where(j => j.State == JobState.Running)
            .ExecuteUpdateAsync(set => set.SetProperty(j => j.LeasedUntil, past));
        await node.Services.GetRequiredService<JobRunner>().RunUntilIdle(CancellationToken.None);

        var done = await node.Db.Set<MemberUpload>().AsNoTracking().SingleAsync();
        Assert.Equal((MemberUploadState.Done, people, people), (done.State, done.RowsDone, done.Taken));
        Assert.Equal(people, await node.Db.Set<Member>().CountAsync());
        Assert.Equal(people, await node.Db.Set<MemberConsent>().CountAsync());
        Assert.Equal(people, (await node.Db.Set<MemberImport>().SingleAsync()).Taken);
    }

    [Fact]
    public async Task Stopped_by_hand_it_goes_on_from_there()
    {
        await using var site = await TestSite.Start();
        var staff = await site.SignedIn(Roles.Secretariat);
        var path = await staff.Sent("people.csv", "Email\nana@example.org\n");
        await staff.Submit(path, "#check", (await staff.Page(path)).Chosen());
        await site.RunJobs();
        await site.Db(async db =>
        {
            (await db.Set<MemberUpload>().SingleAsync()).Start(false, db.Now);
            await db.SaveChangesAsync();
        });
        await staff.Submit(path, "#stop");
        await site.RunJobs();
        Assert.Equal(0, await site.Db(db => db.Set<Member>().CountAsync()));
        await staff.Submit(path, "#go-on");
        await site.RunJobs();
        Assert.Equal(1, await site.Db(db => db.Set<Member>().CountAsync()));
    }

    [Fact]
    public async Task A_file_that_nobody_runs_is_forgotten_and_findings_go_after_a_month()
    {
        await using var site = await TestSite.Start();
        var staff = await site.SignedIn(Roles.Secretariat);
        var path = await staff.Sent("people.csv", "Email\nana@example.org\n");
        await staff.Submit(path, "#check", (await staff.Page(path)).Chosen());
        await site.RunJobs();
        Assert.Equal(1, await site.Db(db => db.Set<MemberUploadLine>().CountAsync()));
        site.Clock.Advance(TimeSpan.FromDays(3));
        await site.Upkeep();
        Assert.Empty(site.PrivateBytes());
        site.Clock.Advance(TimeSpan.FromDays(30));
        await site.Upkeep();
        Assert.Equal(0, await site.Db(db => db.Set<MemberUploadLine>().CountAsync()));
    }

    [Theory]
    [InlineData(Roles.Member)]
    [InlineData(Roles.Coordinator)]
    [InlineData(Roles.Editor)]
    [InlineData(Roles.Treasurer)]
    public async Task Other_roles_do_not_get_there(string role)
    {
        await using var site = await TestSite.Start();
        var staff = await site.SignedIn(Roles.Secretariat);
        var path = await staff.Sent("people.csv", "Email\nana@example.org\n");
        using var other = await site.SignedIn(role);
        foreach (var page in new[] { "/admin/members/import", path, path + "/rows.csv" })
            Assert.Equal(HttpStatusCode.Forbidden, (await other.GetAsync(page)).StatusCode);
        await staff.Page($"/admin/members/import/{Guid.NewGuid()}", HttpStatusCode.NotFound);
    }

    private static Task<int> Done(PlatformDb db, Guid id) =>
        db.Set<MemberUpload>().AsNoTracking().Where(u => u.Id == id).Select(u => u.RowsDone).SingleAsync();

    private static PlatformOptions Options(TestDatabase database) =>
        new()
        {
            DataFolder = database.Folder,
            Database = database.Settings,
            Url = new Uri("http://lpsa.test"),
            Languages = Language.All,
        };

    private static Process StartProduct(TestDatabase database)
    {
        var start = new ProcessStartInfo(
            "dotnet",
            [typeof(Product).Assembly.Location, "serve", "--listen", "http://127.0.0.1:0"]
        );
        start.Environment["LPSA_DATA"] = database.Folder;
        start.Environment["LPSA_DATABASE"] = database.Settings.ConnectionString;
        start.Environment.Remove("ASPNETCORE_URLS");
        return Process.Start(start)!;
    }
}
