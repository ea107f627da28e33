using System.Text.RegularExpressions;
using Lpsa.Members;
using Lpsa.Places;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Lpsa.Tests;

/// <summary>From the form to the last click: join, confirm, choose, leave.</summary>
public sealed partial class MembershipJourneyTests(DemoSite demo)
{
    private const int Phone = 360;

    [Fact]
    public async Task A_person_with_a_phone_joins_confirms_changes_her_choices_and_leaves()
    {
        const string wanjiru = "wanjiru@journeys.example";
        var page = await demo.Visit(options =>
        {
            options.ViewportSize = new() { Width = Phone, Height = 740 };
            options.HasTouch = true;
        });
        await page.GotoAsync("/directory");
        await page.Follow("Join");
        await page.Locator("#Email").FillAsync(wanjiru);
        await page.Locator("#Name").FillAsync("Wanjiru Kamau");
        await page.Locator("summary", new() { HasText = "About you" }).TapAsync();
        await page.Locator("#Country").SelectOptionAsync("Kenya");
        await page.Locator("#Institution").FillAsync("County of Kisumu");
        await page.Locator("summary", new() { HasText = "What interests you" }).TapAsync();
        await page.Locator("[name=Themes][value=fiscal]").CheckAsync();
        await page.Locator("[name=Sectors][value=health]").CheckAsync();
        await page.Locator("summary", new() { HasText = "What we send" }).TapAsync();
        await page.Locator("[name=Languages][value=fr]").CheckAsync();
        await page.Locator("#Digests").SelectOptionAsync("Once a week");
        await FitsAPhone(page);
        await page.Press("Join");
        await Expect(page.Locator("h1")).ToHaveTextAsync("Look in your mailbox");
        await FitsAPhone(page);

        await page.GotoAsync(await demo.Letter(wanjiru, "/welcome/"));
        await Expect(page.Locator("main")).ToContainTextAsync("Wanjiru Kamau");
        await Expect(page.Locator("main")).ToContainTextAsync("Kenya");
        await FitsAPhone(page);
        Assert.Null(await Record(wanjiru));
        await page.Press("Confirm");
        await Expect(page.Locator(".flash")).ToContainTextAsync("Welcome. You are a member.");
        await Expect(page.Locator("main a[href='/countries/ken']")).ToBeVisibleAsync();
        await Expect(page.Locator("#Institution")).ToHaveValueAsync("County of Kisumu");
        await Expect(page.Locator("[name=Themes][value=fiscal]")).ToBeCheckedAsync();
        await FitsAPhone(page);

        await page.Locator("[name=Themes][value=fiscal]").UncheckAsync();
        await page.Locator("#Newsletter").SelectOptionAsync("Not at all");
        await page.Press("Save");
        await Expect(page.Locator(".flash")).ToContainTextAsync("Your choices hold from now on.");
        await Expect(page.Locator("[name=Themes][value=fiscal]")).Not.ToBeCheckedAsync();
        await Expect(page.Locator("#Newsletter")).ToHaveValueAsync("Never");
        await Expect(page.Locator("#Digests")).ToHaveValueAsync("Weekly");

        await page.GotoAsync(await demo.Letter(wanjiru, "/unsubscribe/"));
        await FitsAPhone(page);
        Assert.Equal(MemberState.Member, (await Record(wanjiru))!.State);
        await page.Press("Leave");
        await Expect(page.Locator("h1")).ToHaveTextAsync("Done");
        await page.Context.CloseAsync();

        var member = (await Record(wanjiru))!;
        Assert.Equal(MemberState.Left, member.State);
        Assert.Equal("KEN", member.Country);
        Assert.Equal(["health"], member.CodesOn(Axes.Sector));
        Assert.Equal(Frequency.Never, member.Newsletter);
        Assert.Equal([ConsentAct.Joined, ConsentAct.Changed, ConsentAct.Left], await Acts(member));
        Assert.True(await IsSuppressed(wanjiru));
    }

    [Fact]
    public async Task Without_script_and_in_Arabic_it_is_the_same_journey_from_right_to_left()
    {
        const string layla = "layla@journeys.example";
        var page = await demo.Visit(options => options.JavaScriptEnabled = false);
        await page.GotoAsync("/ar/join");
        await IsArabic(page);
        await page.Locator("#Email").FillAsync(layla);
        await page.Locator("#Name").FillAsync("ليلى حداد");
        await page.Locator("details.more-fields summary").First.ClickAsync();
        await page.Locator("#Country").SelectOptionAsync("TUN");
        await page.Locator("main button.primary").ClickAsync();
        await Expect(page).ToHaveURLAsync(demo.Origin + "/ar/join/sent");
        await IsArabic(page);

        await page.GotoAsync(await demo.Letter(layla, "/ar/welcome/"));
        await IsArabic(page);
        await Expect(page.Locator("main")).ToContainTextAsync("تونس");
        await page.Locator("#confirm button").ClickAsync();
        await Expect(page).ToHaveURLAsync(ArabicChoices());
        await Expect(page.Locator(".flash")).ToHaveTextAsync(Arabic());
        await IsArabic(page);
        await Expect(page.Locator("#Language")).ToHaveValueAsync("ar");
        await Expect(page.Locator("#Name")).ToHaveValueAsync("ليلى حداد");

        await page.Locator("#Digests").SelectOptionAsync("Monthly");
        await page.Locator("#choices button.primary").ClickAsync();
        await Expect(page.Locator("#Digests")).ToHaveValueAsync("Monthly");
        await page.GotoAsync(await demo.Letter(layla, "/ar/unsubscribe/"));
        await IsArabic(page);
        await page.Locator("#leave button").ClickAsync();
        await Expect(page.Locator("#leave")).ToHaveCountAsync(0);
        await IsArabic(page);
        await page.Context.CloseAsync();

        Assert.Equal(MemberState.Left, (await Record(layla))!.State);
        var letters = await demo.Mailbox(layla, "members.confirm");
        foreach (var letter in letters.Concat(await demo.Mailbox(layla, "members.welcome")))
        {
            Assert.Matches(Arabic(), letter.Subject);
            Assert.Contains("dir=\"rtl\"", letter.Html, StringComparison.Ordinal);
            Assert.All(
                Browsing
                    .Parse(letter.Html)
                    .QuerySelectorAll("h1, h2, p, li")
                    .Where(e => e.TextContent != "Decentralization.Net"),
                ReadsArabic
            );
        }
    }

    [Fact]
    public async Task The_keyboard_alone_is_enough_to_join_choose_and_leave()
    {
        const string kofi = "kofi@journeys.example";
        var page = await demo.Visit();
        var keys = new Keys(page);
        await page.GotoAsync("/join");
        await keys.SkipToContent();
        await keys.Type("#Email", kofi);
        await keys.Type("#Name", "Kofi Asante");
        await keys.To("details.more-fields >> nth=0 >> summary", "Enter");
        await keys.Type("#Country", "Ghana");
        await keys.To("details.more-fields >> nth=1 >> summary", "Space");
        await keys.To("[name=Sectors][value=health]", "Space");
        await keys.To("main button.primary", "Enter");
        await Expect(page.Locator("h1")).ToHaveTextAsync("Look in your mailbox");

        await page.GotoAsync(await demo.Letter(kofi, "/welcome/"));
        await keys.To("#confirm button", "Enter");
        await Expect(page.Locator(".flash")).ToContainTextAsync("Welcome. You are a member.");
        await Expect(page.Locator("#Country")).ToHaveValueAsync("GHA");
        await keys.SkipToContent();
        await keys.To("[name=Sectors][value=health]", "Space");
        await keys.To("#Digests", "Home");
        await keys.To("#choices button.primary", "Space");
        await Expect(page.Locator(".flash")).ToContainTextAsync("Your choices hold from now on.");
        await Expect(page.Locator("[name=Sectors][value=health]")).Not.ToBeCheckedAsync();
        await Expect(page.Locator("#Digests")).ToHaveValueAsync("Weekly");

        await page.GotoAsync(await demo.Letter(kofi, "/unsubscribe/"));
        await keys.To("#leave button", "Enter");
        await Expect(page.Locator("h1")).ToHaveTextAsync("Done");
        await page.Context.CloseAsync();

        Assert.Equal(MemberState.Left, (await Record(kofi))!.State);
    }

    private static async Task FitsAPhone(IPage page) =>
        Assert.True(
            await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth") <= Phone,
            page.Url + " scrolls sideways on a phone"
        );

    /// <summary>From right to left, and no word to read is left in another language.</summary>
    private static async Task IsArabic(IPage page)
    {
        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "ar");
        await Expect(page.Locator("html")).ToHaveAttributeAsync("dir", "rtl");
        var html = Browsing.Parse(await page.ContentAsync());
        Assert.All(
            html.QuerySelectorAll("main :is(h1, h2, p, legend, summary, button, label, dt), .flash")
                .Where(e => e.Closest("[name=Language], #Language, #Languages") is null),
            ReadsArabic
        );
    }

    private static void ReadsArabic(AngleSharp.Dom.IElement element) =>
        Assert.True(element.TextContent.Trim() is "" || Arabic().IsMatch(element.TextContent), element.OuterHtml);

    private Task<Member?> Record(string email) =>
        demo.Site.Db(db =>
        {
            var key = Account.KeyOf(email);
            return db.Set<Member>()
                .AsNoTracking()
                .Include(m => m.Interests)
                .SingleOrDefaultAsync(m => db.Set<Account>().Any(a => a.Id == m.Id && a.EmailKey == key));
        });

    private Task<List<ConsentAct>> Acts(Member member) =>
        demo.Site.Db(db =>
            db.Set<MemberConsent>()
                .Where(c => c.MemberId == member.Id)
                .OrderBy(c => c.At)
                .Select(c => c.Act)
                .ToListAsync()
        );

    private Task<bool> IsSuppressed(string email) =>
        demo.Site.Db(async db =>
        {
            var hash = await demo
                .Site.Services.GetRequiredService<MemberSecrets>()
                .HashOf(db, email, CancellationToken.None);
            return await db.Set<Suppression>().AnyAsync(s => s.AddressHash == hash && s.Scope == Suppression.Bulk);
        });

    [GeneratedRegex(@"[\u0600-\u06FF]")]
    private static partial Regex Arabic();

    [GeneratedRegex("/ar/preferences/[^/?]+")]
    private static partial Regex ArabicChoices();
}
