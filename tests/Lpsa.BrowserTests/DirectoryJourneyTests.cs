using Lpsa.Members;
using static Microsoft.Playwright.Assertions;

namespace Lpsa.Tests;

/// <summary>Members who want to be found, by some and in part, and then no more.</summary>
public sealed class DirectoryJourneyTests(DemoSite demo)
{
    [Fact]
    public async Task A_member_lists_herself_for_some_and_withdraws()
    {
        const string zawadi = "zawadi@journeys.example";
        await demo.Site.Joined(
            zawadi,
            ("Name", "Zawadi Mrefu"),
            ("Country", "KEN"),
            ("Institution", "Quillwater College")
        );
        var stranger = await demo.Visit();
        await Search(stranger, "Zawadi");
        await Expect(stranger.Locator(".items article")).ToHaveCountAsync(0);

        var member = await demo.VisitAs(zawadi);
        await member.GotoAsync("/account");
        await member.Follow("Your profile in the directory");
        await member.Locator("#Listed").CheckAsync();
        await member.Locator("#NameSeenBy").SelectOptionAsync("Everyone");
        await member.Locator("#Headline").FillAsync("Property tax in small towns");
        await member.Locator("#HeadlineSeenBy").SelectOptionAsync("Everyone");
        await member.Locator("#About").FillAsync("I wrote **twenty** valuation rolls.");
        await member.Locator("#AboutSeenBy").SelectOptionAsync("Members who are signed in");
        await member.Locator("#Website").FillAsync("https://zawadi.example/");
        await member.Locator("#WebsiteSeenBy").SelectOptionAsync("Nobody");
        await member.Locator("#Advice").CheckAsync();
        await member.Locator("#AvailabilitySeenBy").SelectOptionAsync("Everyone");
        await member.Press("Save");
        await Expect(member.Locator("main")).ToContainTextAsync("You are listed.");
        await Expect(member.Locator("#as-stranger")).ToContainTextAsync("Property tax in small towns");
        await Expect(member.Locator("#as-stranger")).Not.ToContainTextAsync("valuation rolls");
        await Expect(member.Locator("#as-member strong")).ToHaveTextAsync("twenty");

        await Search(stranger, "Zawadi");
        await stranger.Follow("Zawadi Mrefu");
        var hers = new Uri(stranger.Url).AbsolutePath;
        await Expect(stranger.Locator("main")).ToContainTextAsync("Property tax in small towns");
        await Expect(stranger.Locator("main")).ToContainTextAsync("Advice");
        var source = await stranger.ContentAsync();
        Assert.DoesNotContain("valuation rolls", source, StringComparison.Ordinal);
        Assert.DoesNotContain("Quillwater", source, StringComparison.Ordinal);
        Assert.DoesNotContain("zawadi.example", source, StringComparison.Ordinal);
        Assert.DoesNotContain(zawadi, source, StringComparison.Ordinal);
        await Search(stranger, "Quillwater");
        await Expect(stranger.Locator(".items article")).ToHaveCountAsync(0);

        var colleague = await Colleague();
        await Search(colleague, "Quillwater");
        await colleague.Follow("Zawadi Mrefu");
        await Expect(colleague.Locator("main strong")).ToHaveTextAsync("twenty");
        await Expect(colleague.Locator("main")).ToContainTextAsync("Quillwater College");
        Assert.DoesNotContain("https://zawadi.example", await colleague.ContentAsync(), StringComparison.Ordinal);

        await member.Locator("#Listed").UncheckAsync();
        await member.Press("Save");
        await Expect(member.Locator("main")).ToContainTextAsync("You are not listed.");
        foreach (var page in new[] { stranger, colleague })
        {
            Assert.Equal(404, (await page.GotoAsync(hers))!.Status);
            await Search(page, "Zawadi");
            await Expect(page.Locator(".items article")).ToHaveCountAsync(0);
            await page.Context.CloseAsync();
        }
        await member.Context.CloseAsync();
    }

    [Fact]
    public async Task A_member_stands_on_the_page_of_her_organisation_when_she_says_so_and_only_then()
    {
        const string address = "/organisations/lakeside-institute-for-local-governance";
        const string baraka = "baraka@journeys.example";
        using (
            var form = await demo.Site.SignedInMember(
                baraka,
                ("Name", "Baraka Njoroge"),
                ("Institution", "Lakeside Institute for Local Governance"),
                ("Position", "Lecturer")
            )
        )
            await form.SaveProfile(DirectoryScene.Profile(Visibility.Everyone));
        var stranger = await demo.Visit();
        await stranger.GotoAsync(address);
        await Expect(stranger.Locator("#people")).Not.ToContainTextAsync("Baraka");

        var member = await demo.VisitAs(baraka);
        await member.GotoAsync(address);
        await member.Follow("I work here");
        await Expect(member.Locator("#Role")).ToHaveValueAsync("Lecturer");
        await member.Locator("#Role").FillAsync("Head of training");
        await member.Locator("#From").FillAsync("2024-02-01");
        await member.Locator("#SeenBy").SelectOptionAsync("Everyone");
        await member.Press("Save");
        await Expect(member.Locator(".flash")).ToContainTextAsync("Saved.");
        await Expect(member.Locator("#affiliations")).ToContainTextAsync("Head of training");

        await stranger.ReloadAsync();
        await Expect(stranger.Locator("#people")).ToContainTextAsync("Baraka Njoroge, Head of training");
        await stranger.Locator("#people").GetByText("Baraka Njoroge").ClickAsync();
        await Expect(stranger.Locator("h1")).ToHaveTextAsync("Baraka Njoroge");
        await Expect(stranger.Locator($"main a[href='{address}']")).ToBeVisibleAsync();

        await member.GotoAsync(address);
        await member.Follow("Change what you say here");
        await member.Press("I do not want to be linked with this organisation");
        await Expect(member.Locator("#affiliations")).ToContainTextAsync("You have not said where you work.");
        await stranger.GotoAsync(address);
        await Expect(stranger.Locator("#people")).Not.ToContainTextAsync("Baraka");
        await stranger.Context.CloseAsync();
        await member.Context.CloseAsync();
    }

    private async Task<IPage> Colleague()
    {
        const string colleague = "colleague@journeys.example";
        await demo.Site.Joined(colleague, ("Name", "Chipo Banda"));
        return await demo.VisitAs(colleague);
    }

    private static async Task Search(IPage page, string words)
    {
        await page.GotoAsync("/directory");
        await page.Locator("#q").FillAsync(words);
        await page.Press("Show");
        await Expect(page.Locator("#q")).ToHaveValueAsync(words);
    }
}
