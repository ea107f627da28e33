using System.IO.Compression;
using System.Text.Json;
using Lpsa.Members;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;
using static Microsoft.Playwright.Assertions;

namespace Lpsa.Tests;

/// <summary>What a person does with everything that is held about her: takes it along, has it erased, moves it.</summary>
public sealed class OwnDataJourneyTests(DemoSite demo)
{
    [Fact]
    public async Task A_member_takes_her_data_along_in_one_archive_that_people_and_programs_read()
    {
        const string thandi = "thandi@journeys.example";
        await demo.Site.Joined(thandi, ("Name", "Thandi Nkosi"), ("Country", "ZAF"), ("Sectors", "health"));
        var page = await demo.VisitAs(thandi);
        await page.GotoAsync("/account");
        var download = await page.RunAndWaitForDownloadAsync(() => page.Follow("Download your data"));
        Assert.Equal("my-data.zip", download.SuggestedFilename);
        await using var archive = await ZipFile.OpenReadAsync(await download.PathAsync());
        Assert.Equal(["my-data.html", "my-data.json"], archive.Entries.Select(e => e.FullName).Order());

        await using (var json = await archive.GetEntry("my-data.json")!.OpenAsync())
        using (var read = await JsonDocument.ParseAsync(json))
        {
            Assert.Contains(thandi, read.RootElement.ToString(), StringComparison.Ordinal);
            var choices = read.RootElement.GetProperty("membership").GetProperty("choices");
            Assert.Equal("ZAF", choices.GetProperty("country").GetString());
            Assert.Equal("each", choices.GetProperty("channels").GetProperty("newsletter").GetString());
        }
        using (var html = new StreamReader(await archive.GetEntry("my-data.html")!.OpenAsync()))
            await page.SetContentAsync(await html.ReadToEndAsync());
        await Expect(page.Locator("h1")).ToHaveTextAsync("Everything we hold about you");
        await Expect(page.Locator("body")).ToContainTextAsync("Thandi Nkosi");
        await Expect(page.Locator("dt", new() { HasText = "created at" }).First).ToBeVisibleAsync();

        await page.GotoAsync("/account");
        await page.Press("Sign out");
        await page.GotoAsync("/account/data.zip");
        await Expect(page).ToHaveURLAsync(demo.Origin + "/sign-in?back=%2Faccount%2Fdata.zip");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_member_asks_to_be_erased_thinks_again_and_then_is_gone_everywhere()
    {
        const string imani = "imani@journeys.example";
        using (var form = await demo.Site.SignedInMember(imani, ("Name", "Imani Quorra")))
            await form.SaveProfile(DirectoryScene.Profile(Visibility.Everyone));
        var member = await demo.VisitAs(imani);
        var stranger = await demo.Visit();
        await demo.Site.RunJobs();
        await IsFound(stranger, "Quorra", 1);

        await Ask(member, imani);
        await Expect(member.Locator(".lede")).ToContainTextAsync("Everything about you is erased on");
        await member.Press("Keep my account");
        await Expect(member.Locator(".flash")).ToContainTextAsync("Everything stays as it is.");
        await TheGraceEnds(imani);
        await IsFound(stranger, "Quorra", 1);

        await Ask(member, imani);
        await IsFound(stranger, "Quorra", 1);
        await TheGraceEnds(imani);
        await IsFound(stranger, "Quorra", 0);
        await member.GotoAsync("/account");
        await Expect(member).ToHaveURLAsync(demo.Origin + "/sign-in?back=%2Faccount");
        await member.AskToSignIn(imani);
        Assert.Empty(await demo.Mailbox(imani, "identity.sign-in"));
        Assert.False(await demo.Site.Db(db => db.Set<Account>().AnyAsync(a => a.EmailKey == imani)));
        await member.Context.CloseAsync();
        await stranger.Context.CloseAsync();
    }

    [Fact]
    public async Task A_member_moves_to_another_mailbox_with_both_and_back_with_one()
    {
        const string old = "nadia.old@journeys.example";
        const string fresh = "nadia.new@journeys.example";
        var choices = "/preferences/" + await demo.Site.Joined(old, ("Name", "Nadia Rahmani"));
        var member = await demo.VisitAs(old);
        await member.GotoAsync("/account");
        await member.Follow("Change");
        await member.Locator("#Email").FillAsync(fresh);
        await member.Press("Send both messages");
        await Expect(member.Locator("main")).ToContainTextAsync("Still to be confirmed in the old mailbox.");

        var mailbox = await demo.Visit();
        await mailbox.GotoAsync(await demo.Letter(fresh, "/change-address/"));
        Assert.DoesNotContain(old, await mailbox.ContentAsync(), StringComparison.Ordinal);
        await mailbox.Press("Yes, this is my new address");
        await Expect(mailbox.Locator("main")).ToContainTextAsync("Now confirm it in the other mailbox.");
        await member.ReloadAsync();
        await Expect(member.Locator(".lede")).ToHaveTextAsync(old);
        await Expect(member.Locator("main")).ToContainTextAsync("Confirmed in the new mailbox.");

        await mailbox.GotoAsync(await demo.Letter(old, "/change-address/"));
        await mailbox.Press("Yes, change my address");
        await Expect(mailbox.Locator("h1")).ToHaveTextAsync("The address was changed");
        Assert.Equal(404, (await mailbox.GotoAsync(choices))!.Status);
        await SignInByMail(member, fresh);
        await Expect(member.Locator("#address")).ToContainTextAsync(fresh);

        await mailbox.GotoAsync(await demo.Letter(old, "/change-address/undo/"));
        await mailbox.Press("Take the change back");
        await Expect(mailbox.Locator("h1")).ToHaveTextAsync("The old address is back");
        await member.GotoAsync("/account");
        await Expect(member).ToHaveURLAsync(demo.Origin + "/sign-in?back=%2Faccount");
        await SignInByMail(member, old);
        await Expect(member.Locator("#address")).ToContainTextAsync(old);
        await mailbox.Context.CloseAsync();
        await member.Context.CloseAsync();
    }

    /// <summary>From the own page to the second click in the mailbox.</summary>
    private async Task Ask(IPage member, string email)
    {
        await member.GotoAsync("/account");
        await member.Follow("Erase everything about you");
        await member.Press("Send me the message to confirm");
        await Expect(member.Locator("main")).ToContainTextAsync("Nothing happens before you confirm it there.");
        await member.GotoAsync(await demo.Letter(email, "/erase/"));
        await member.Press("Yes, erase everything in two weeks");
    }

    /// <summary>Two weeks and an hour later: what was asked for is due, and so is the job that looks for it.</summary>
    private async Task TheGraceEnds(string email)
    {
        await demo.Site.Db(async db =>
        {
            var key = Account.KeyOf(email);
            var (past, now) = (db.Now - TimeSpan.FromMinutes(1), db.Now);
            await db.Set<ErasureRequest>()
                .Where(r => r.DueAt != null && db.Set<Account>().Any(a => a.Id == r.AccountId && a.EmailKey == key))
                .ExecuteUpdateAsync(set => set.SetProperty(r => r.DueAt, past));
            var due = await db.Set<Job>()
                .Where(j => j.Handler == "identity.erase-due" && j.State == JobState.Waiting)
                .ExecuteUpdateAsync(set => set.SetProperty(j => j.DueAt, now));
            Assert.Equal(1, due);
        });
        await demo.Site.RunJobs();
    }

    private static async Task IsFound(IPage stranger, string name, int times)
    {
        await stranger.GotoAsync("/directory?q=" + name);
        await Expect(stranger.Locator(".items article")).ToHaveCountAsync(times);
        await stranger.GotoAsync("/search?q=" + name);
        await Expect(stranger.Locator("main a[href^='/members/']")).ToHaveCountAsync(times);
    }

    private async Task SignInByMail(IPage page, string email)
    {
        await page.AskToSignIn(email);
        await page.GotoAsync(await demo.Letter(email, "/sign-in/link/"));
        await page.Press("Sign in");
        await page.GotoAsync("/account");
    }
}
