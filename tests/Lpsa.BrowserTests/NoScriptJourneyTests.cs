using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Lpsa.Tests;

/// <summary>A person whose browser runs no script at all.</summary>
public sealed partial class NoScriptJourneyTests(DemoSite demo)
{
    [Fact]
    public async Task A_reader_finds_a_country_and_its_levels_of_government()
    {
        var page = await Open("/");
        await page.Locator(".main-nav a[href='/countries']").ClickAsync();
        await page.GetByLabel("Name or code").FillAsync("kenya");
        await page.GetByRole(Button, Exactly("Show")).ClickAsync();
        await page.Locator("main .section a[href='/countries/ken']").ClickAsync();

        await Expect(page).ToHaveURLAsync(demo.Origin + "/countries/ken");
        await Expect(page.Locator("#levels svg:visible")).ToBeVisibleAsync();
        await Expect(page.Locator("#levels")).ToContainTextAsync("47");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_reader_filters_posts_by_two_facets_and_turns_the_page()
    {
        var page = await Open("/posts");
        await page.Locator(".facets a[href*='theme=frameworks']").First.ClickAsync();
        await page.Locator(".facets a[href*='language=en']").First.ClickAsync();
        await Expect(page.Locator("a.tag.chosen")).ToHaveCountAsync(2);
        var found = await page.Locator("h1 + .lede").InnerTextAsync();
        await page.Locator(".pages a[rel=next]").ClickAsync();

        await Expect(page).ToHaveURLAsync(SecondPageOfTwoFacets());
        await Expect(page.Locator("h1 + .lede")).ToHaveTextAsync(found);
        await Expect(page.Locator("a.tag.chosen")).ToHaveCountAsync(2);
        await Expect(page.Locator(".items article").First).ToBeVisibleAsync();
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_misspelt_search_offers_the_right_word()
    {
        var page = await Open("/");
        await page.Locator("#front-q").FillAsync("decentralizaton");
        await page.Locator(".front-search button").ClickAsync();
        await page.Locator(".did-you-mean a").ClickAsync();

        await Expect(page.Locator("#q"))
            .ToHaveValueAsync(new System.Text.RegularExpressions.Regex("^decentrali[sz]ation$"));
        await Expect(page.Locator(".items mark").First).ToBeVisibleAsync();
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData("/countries/ken")]
    [InlineData("/posts?region=SSA&theme=mlg")]
    [InlineData("/search?q=health")]
    public async Task Switching_the_language_keeps_the_page(string address)
    {
        var page = await Open(address);
        await page.Locator(".tools summary").First.ClickAsync();
        await page.Locator(".tools a[hreflang=ar]").ClickAsync();

        await Expect(page).ToHaveURLAsync(demo.Origin + "/ar" + address);
        await Expect(page.Locator("html")).ToHaveAttributeAsync("dir", "rtl");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task An_editor_signs_in_writes_previews_publishes_and_signs_out()
    {
        var page = await Open("/sign-in");
        await page.GetByLabel("E-mail address").FillAsync(DemoSite.Editor);
        await page.GetByRole(Button, Exactly("Send me a link")).ClickAsync();
        await FollowTheLetter(page);
        await page.Locator("main form button").ClickAsync();
        await Expect(page.Locator(".flash")).ToContainTextAsync("You are signed in.");

        await page.GotoAsync("/admin/posts/new");
        await page.GetByLabel("Title").FillAsync("How wards decide about water");
        await page.GetByRole(Button, Exactly("Begin writing")).ClickAsync();
        await page.GetByLabel("Summary").FillAsync("What one ward learned in a year.");
        await page.Locator("#Body").FillAsync("## The first meeting\n\nThey came **early**.");
        await page.GetByRole(Button, Exactly("Save")).ClickAsync();
        await Expect(page.Locator(".flash")).ToContainTextAsync("Saved.");

        await page.GetByRole(Link, Exactly("Preview")).ClickAsync();
        await Expect(page.Locator(".prose h2")).ToHaveTextAsync("The first meeting");
        await page.GoBackAsync();
        await page.GetByRole(Button, Exactly("Publish now")).ClickAsync();
        await Expect(page.Locator(".flash")).ToContainTextAsync("Published.");
        await page.GetByRole(Link, Exactly("See it")).ClickAsync();
        await Expect(page.Locator("article strong")).ToHaveTextAsync("early");

        await page.Locator(".tools summary").Last.ClickAsync();
        await page.GetByRole(Button, Exactly("Sign out")).ClickAsync();
        await Expect(page.Locator(".flash")).ToContainTextAsync("You are signed out.");
        await page.GotoAsync("/posts");
        await page.GetByRole(Link, Exactly("How wards decide about water")).ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("How wards decide about water");
        await page.Context.CloseAsync();
    }

    private const AriaRole Link = AriaRole.Link;
    private const AriaRole Button = AriaRole.Button;

    private static PageGetByRoleOptions Exactly(string name) => new() { Name = name, Exact = true };

    private async Task<IPage> Open(string address)
    {
        var page = await demo.Visit(options => options.JavaScriptEnabled = false);
        await page.GotoAsync(address);
        return page;
    }

    /// <summary>The letter leaves from a job; the person looks into the mailbox until it is there.</summary>
    private async Task FollowTheLetter(IPage page)
    {
        var link = page.Locator("main a[href*='/sign-in/link/']").First;
        for (var looks = 0; looks < 50; looks++)
        {
            await demo.Site.RunJobs();
            await page.GotoAsync("/dev/mail?to=" + DemoSite.Editor);
            if (await link.CountAsync() > 0)
                break;
        }
        await link.ClickAsync();
    }

    [GeneratedRegex(@"\?theme=[^&]+&language=[^&]+&page=2$")]
    private static partial Regex SecondPageOfTwoFacets();
}
