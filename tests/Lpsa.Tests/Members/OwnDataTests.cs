using System.IO.Compression;
using System.Net;
using Lpsa.Members;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lpsa.Tests;

/// <summary>A person takes the own data along, and is forgotten.</summary>
public sealed class OwnDataTests
{
    [Fact]
    public async Task Everything_comes_in_one_archive_for_programs_and_for_people()
    {
        await using var site = await TestSite.Start();
        await site.Joined("amina@example.org", ("Name", "Amina <b>"), ("Country", "KEN"));
        using var browser = await site.SignedInAs("amina@example.org");
        using var archive = new ZipArchive(await browser.GetStreamAsync("/account/data.zip"));
        Assert.Equal(["my-data.html", "my-data.json"], archive.Entries.Select(e => e.Name).Order());
        using var json = new StreamReader(archive.GetEntry("my-data.json")!.Open());
        var text = await json.ReadToEndAsync();
        Assert.Contains("amina@example.org", text);
        Assert.Contains("I want to be a member", text);
        using var page = new StreamReader(archive.GetEntry("my-data.html")!.Open());
        Assert.DoesNotContain("<b>", await page.ReadToEndAsync());
    }

    [Fact]
    public async Task Erasure_needs_the_mailbox_and_waits_two_weeks_in_which_one_click_keeps_everything()
    {
        await using var site = await TestSite.Start();
        await site.Joined("amina@example.org");
        using var browser = await site.SignedInAs("amina@example.org");
        await site.Ask(browser);
        site.Clock.Advance(TimeSpan.FromDays(3));
        await site.RunJobs();
        Assert.Equal(1, await site.Db(db => db.Set<Member>().CountAsync()));

        var link = await site.LinkIn("amina@example.org", "/erase/");
        await site.Anonymous().Page(link);
        Assert.Null((await site.Db(db => db.Set<ErasureRequest>().SingleAsync())).DueAt);
        await site.Anonymous().Send(link);
        await site.Anonymous().Send(link + "/keep");
        site.Clock.Advance(TimeSpan.FromDays(30));
        await site.RunJobs();
        Assert.Equal(1, await site.Db(db => db.Set<Member>().CountAsync()));
    }

    [Fact]
    public async Task After_the_grace_nothing_of_the_person_is_left_and_no_file_brings_the_address_back()
    {
        await using var site = await TestSite.Start();
        await site.Joined("amina@example.org", ("Name", "Amina Otieno"), ("Institution", "County of Kisumu"));
        await site.Erased("amina@example.org");
        await site.Db(async db =>
        {
            Assert.Equal(0, await db.Set<Member>().CountAsync());
            Assert.Equal(0, await db.Set<MemberConsent>().CountAsync());
            Assert.Equal(0, await db.Set<OutgoingMail>().CountAsync(m => m.ToAddress == "amina@example.org"));
            Assert.Equal(0, await db.Set<Session>().CountAsync());
            Assert.Equal(SuppressionReason.Erased, (await db.Set<Suppression>().SingleAsync()).Reason);
            // The log cannot be changed, so the person was never in it.
            Assert.DoesNotContain(
                await db.Set<AuditEntry>().ToListAsync(),
                e => $"{e.Before}{e.After}".Contains("amina", StringComparison.OrdinalIgnoreCase)
            );
            Assert.Null(await AuditLog.Verify(db, CancellationToken.None));
        });
    }

    [Fact]
    public async Task A_backup_from_before_the_erasure_forgets_the_person_again_when_it_is_restored()
    {
        await using var database = await TestDatabase.Create();
        var backup = Path.Combine(database.Folder, "before.zip");
        await using (var site = await TestSite.Join(database))
        {
            await site.Joined("amina@example.org");
            await site.Joined("baraka@example.org");
            await site.Db(db => site.Services.GetRequiredService<Backup>().Write(db, backup, CancellationToken.None));
            await site.Erased("amina@example.org");
            await site
                .Services.GetRequiredService<Restore>()
                .Read(
                    site.Services.GetRequiredService<IServiceScopeFactory>(),
                    database.Settings,
                    backup,
                    force: true,
                    CancellationToken.None
                );
        }
        await using var after = await TestSite.Join(database);
        var addresses = await after.Db(db => db.Set<Account>().Select(a => a.EmailKey).ToListAsync());
        Assert.Contains("baraka@example.org", addresses);
        Assert.DoesNotContain("amina@example.org", addresses);
        Assert.Equal(1, await after.Db(db => db.Set<Member>().CountAsync()));
    }

    [Fact]
    public async Task A_stranger_is_sent_to_sign_in_and_a_made_up_link_erases_nobody()
    {
        await using var site = await TestSite.Start();
        await site.Joined("amina@example.org");
        using var answer = await site.Anonymous().GetAsync("/account/data.zip");
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        using var forged = await site.Anonymous().Send("/erase/" + new string('x', 43));
        Assert.Equal(HttpStatusCode.Gone, forged.StatusCode);
    }
}

file static class OwnDataScene
{
    public static async Task Ask(this TestSite site, HttpClient browser)
    {
        using var _ = await browser.Submit("/account/erase", "#erase");
        await site.RunJobs();
    }

    public static async Task Erased(this TestSite site, string email)
    {
        using var browser = await site.SignedInAs(email);
        await site.Ask(browser);
        await site.Anonymous().Send(await site.LinkIn(email, "/erase/"));
        site.Clock.Advance(TimeSpan.FromDays(15));
        await site.RunJobs();
    }
}
