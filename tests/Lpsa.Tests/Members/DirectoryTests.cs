using System.Net;
using Lpsa.Members;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lpsa.Tests;

/// <summary>Who finds whom, and sees what of them.</summary>
public sealed class DirectoryTests
{
    private const string Page = "/members/amina-otieno";

    /// <summary>Each field with its circle and words that only it puts on the page.</summary>
    public static TheoryData<string, string> Fields =>
        new()
        {
            { "HeadlineSeenBy", "Budgets that reach the clinic" },
            { "AboutSeenBy", "twenty" },
            { "WebsiteSeenBy", "amina.example" },
            { "OrcidSeenBy", "0000-0002-1825-0097" },
            { "LinkedInSeenBy", "linkedin.com/in/amina" },
            { "CountrySeenBy", "Kenya" },
            { "InstitutionSeenBy", "Lakeside Institute" },
            { "InstitutionSeenBy", "Lecturer" },
            { "StakeholderSeenBy", "Kind of institution" },
            { "ThemesSeenBy", "Topics" },
            { "SectorsSeenBy", "Health" },
            { "LanguagesSeenBy", "Français" },
            { "AvailabilitySeenBy", "Mentoring" },
        };

    [Theory]
    [MemberData(nameof(Fields))]
    public async Task A_field_is_seen_by_its_circle_and_by_nobody_outside_it(string circle, string words)
    {
        await using var site = await TestSite.Start();
        using var amina = await site.AminaWith(DirectoryScene.Profile(Visibility.Everyone));
        using var baraka = await site.SignedInMember("baraka@example.org", ("Name", "Baraka"));
        foreach (
            var (seenBy, byStranger, byMember) in new[]
            {
                (Visibility.Everyone, true, true),
                (Visibility.Members, false, true),
                (Visibility.Groups, false, false),
                (Visibility.Nobody, false, false),
            }
        )
        {
            var profile = DirectoryScene.Profile(Visibility.Everyone).With(circle, seenBy.ToString());
            await amina.SaveProfile(profile);
            Assert.Equal((seenBy, byStranger), (seenBy, await Shows(site.Anonymous(), words)));
            Assert.Equal((seenBy, byMember), (seenBy, await Shows(baraka, words)));
            var own = await amina.Page("/account/profile");
            Assert.Equal(byStranger, own.QuerySelector("#as-stranger")!.InnerHtml.Contains(words));
            Assert.Equal(byMember, own.QuerySelector("#as-member")!.InnerHtml.Contains(words));
            Assert.Equal(seenBy.ToString(), own.QuerySelector($"#{circle} option[selected]")!.GetAttribute("value"));
            foreach (var list in new[] { "/directory.csv", "/directory.json", "/experts.json", "/directory" })
                if (words is "Budgets that reach the clinic" or "Lakeside Institute" or "Lecturer")
                    Assert.False(!byStranger && await Contains(site.Anonymous(), list, words), list);
        }

        async Task<bool> Shows(HttpClient browser, string text) =>
            (await browser.Page(Page)).QuerySelector("main")!.InnerHtml.Contains(text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CountrySeenBy", "country=KEN")]
    [InlineData("StakeholderSeenBy", "stakeholder=ACA")]
    [InlineData("ThemesSeenBy", "theme=fiscal")]
    [InlineData("SectorsSeenBy", "sector=health")]
    [InlineData("LanguagesSeenBy", "language=fr")]
    [InlineData("AvailabilitySeenBy", "availability=advice")]
    [InlineData("HeadlineSeenBy", "q=clinic")]
    [InlineData("InstitutionSeenBy", "q=lakeside")]
    [InlineData("NameSeenBy", "q=otieno")]
    public async Task A_filter_does_not_tell_what_is_hidden(string circle, string filter)
    {
        await using var site = await TestSite.Start();
        using var amina = await site.AminaWith(DirectoryScene.Profile(Visibility.Everyone));
        using var baraka = await site.SignedInMember("baraka@example.org", ("Name", "Baraka"));
        Assert.Equal((1, 1), (await Found(site.Anonymous(), filter), await Found(baraka, filter)));
        await amina.SaveProfile(DirectoryScene.Profile(Visibility.Everyone).With(circle, "Members"));
        Assert.Equal((0, 1), (await Found(site.Anonymous(), filter), await Found(baraka, filter)));
        await amina.SaveProfile(DirectoryScene.Profile(Visibility.Everyone).With(circle, "Nobody"));
        Assert.Equal((0, 0), (await Found(site.Anonymous(), filter), await Found(baraka, filter)));
        var facets = (await baraka.Page("/directory")).QuerySelector("nav.facets")?.TextContent ?? "";
        var hidden = circle switch
        {
            "CountrySeenBy" => "Kenya",
            "SectorsSeenBy" => "Health",
            "LanguagesSeenBy" => "Français",
            "AvailabilitySeenBy" => "Mentoring",
            _ => "Otieno",
        };
        Assert.DoesNotContain(hidden, facets);
    }

    [Fact]
    public async Task Filters_combine_and_an_expert_is_who_offers_something()
    {
        await using var site = await TestSite.Start();
        using var amina = await site.AminaWith(DirectoryScene.Profile(Visibility.Everyone));
        using var chen = await site.SignedInMember("chen@example.org", ("Name", "Chen"), ("Country", "KEN"));
        await chen.SaveProfile(("Listed", "true"), ("NameSeenBy", "Everyone"), ("CountrySeenBy", "Everyone"));
        var stranger = site.Anonymous();
        Assert.Equal(2, await Found(stranger, "country=KEN"));
        Assert.Equal(2, await Found(stranger, "country=KEN&country=FRA"));
        Assert.Equal(1, await Found(stranger, "country=KEN&sector=health"));
        Assert.Equal(0, await Found(stranger, "country=FRA&sector=health"));
        Assert.Equal(1, (await stranger.Page("/experts")).QuerySelectorAll("article.item").Length);
        Assert.Contains("\"Amina Otieno\"", await stranger.GetStringAsync("/experts.json"));
        Assert.DoesNotContain("Chen", await stranger.GetStringAsync("/experts.csv"));
        await stranger.Page("/directory?page=2", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Who_is_not_listed_or_left_or_was_erased_answers_like_nobody()
    {
        await using var site = await TestSite.Start();
        using var amina = await site.AminaWith(DirectoryScene.Profile(Visibility.Everyone, listed: false));
        await site.Anonymous().Page(Page, HttpStatusCode.NotFound);
        await amina.SaveProfile(DirectoryScene.Profile(Visibility.Everyone));
        await site.Anonymous().Page(Page);
        var link = await site.LinkIn(DirectoryScene.Amina, "/unsubscribe/");
        await site.Anonymous().Send(link);
        await site.Anonymous().Page(Page, HttpStatusCode.NotFound);
        Assert.DoesNotContain("Amina", await site.Anonymous().GetStringAsync("/directory.json"));
        Assert.DoesNotContain("Amina", await site.Anonymous().GetStringAsync("/search.json?q=otieno"));
    }

    [Fact]
    public async Task Search_and_sitemap_know_only_whose_name_is_for_everyone_and_forget_at_once()
    {
        await using var site = await TestSite.Start();
        using var amina = await site.AminaWith(
            DirectoryScene.Profile(Visibility.Members).With("NameSeenBy", "Everyone")
        );
        Assert.Contains("Amina Otieno", await site.Anonymous().GetStringAsync("/search.json?q=otieno"));
        Assert.DoesNotContain("Amina", await site.Anonymous().GetStringAsync("/search.json?q=clinic"));
        Assert.Contains("/members/amina-otieno", await site.Anonymous().GetStringAsync("/sitemap.xml"));
        Assert.Empty((await site.Anonymous().Page(Page)).QuerySelectorAll("meta[name=robots][content*=noindex]"));
        await amina.SaveProfile(DirectoryScene.Profile(Visibility.Members));
        Assert.DoesNotContain("Amina", await site.Anonymous().GetStringAsync("/search.json?q=otieno"));
        await site.Anonymous().Page(Page, HttpStatusCode.NotFound);
        Assert.NotEmpty((await amina.Page(Page)).QuerySelectorAll("meta[name=robots][content*=noindex]"));
    }

    [Fact]
    public async Task An_account_that_is_no_member_sees_what_strangers_see()
    {
        await using var site = await TestSite.Start();
        using var amina = await site.AminaWith(DirectoryScene.Profile(Visibility.Members));
        using var staff = await site.SignedIn(Roles.Administrator);
        await staff.Page(Page, HttpStatusCode.NotFound);
        using var answer = await staff.GetAsync("/account/profile");
        Assert.Equal("/join", answer.Headers.Location?.ToString());
    }

    [Fact]
    public async Task Sharing_a_group_opens_what_is_for_groups()
    {
        await using var site = await TestSite.Start();
        using var amina = await site.AminaWith(DirectoryScene.Profile(Visibility.Groups));
        var id = await site.Db(db => db.Set<MemberProfile>().Select(p => p.MemberId).SingleAsync());
        await site.Db(async db =>
        {
            var mate = new Audience(Visibility.Members, [id]);
            Assert.Equal("KEN", (await db.VisibleTo(mate).SingleAsync()).Country);
            Assert.Empty(await db.VisibleTo(new(Visibility.Members, [Guid.NewGuid()])).ToListAsync());
            Assert.Empty(await db.VisibleTo(Audience.AnyMember).ToListAsync());
        });
    }

    [Fact]
    public async Task Hostile_text_stays_text()
    {
        await using var site = await TestSite.Start();
        using var mallory = await site.SignedInMember(
            "mallory@example.org",
            ("Name", "<script>alert(1)</script>"),
            ("Institution", "=HYPERLINK(\"https://evil.example\")")
        );
        await mallory.SaveProfile(
            DirectoryScene
                .Profile(Visibility.Everyone)
                .With("Headline", "\"><img src=x onerror=alert(1)>\r\nBcc: all@example.org")
                .With(
                    "About",
                    "<script>alert(2)</script> [click](javascript:alert(3)) ![p](https://evil.example/p.png)"
                )
        );
        var slug = await site.Db(db => db.Set<MemberProfile>().Select(p => p.Slug).SingleAsync());
        foreach (var path in new[] { "/members/" + slug, "/directory" })
        {
            var main = (await site.Anonymous().Page(path)).QuerySelector("main")!;
            Assert.Empty(main.QuerySelectorAll("script, img, [onerror], a[href^=javascript]"));
            Assert.Contains("<script>alert(1)</script>", main.TextContent);
        }
        Assert.DoesNotContain(",=HYPERLINK", await site.Anonymous().GetStringAsync("/directory.csv"));
        Assert.DoesNotContain("\"=HYPERLINK", await site.Anonymous().GetStringAsync("/directory.csv"));
    }

    [Theory]
    [InlineData("Website", "javascript:alert(1)")]
    [InlineData("Website", "https://bank.example@evil.example/")]
    [InlineData("LinkedIn", "https://linkedin.com.evil.example/in/amina")]
    [InlineData("LinkedIn", "https://evillinkedin.com/in/amina")]
    [InlineData("Orcid", "0000-0002-1825-0098")]
    [InlineData("NameSeenBy", "7")]
    public async Task What_cannot_be_right_is_refused_at_its_field(string field, string value)
    {
        await using var site = await TestSite.Start();
        using var amina = await site.SignedInMember(DirectoryScene.Amina, ("Name", "Amina"));
        using var answer = await amina.Submit(
            "/account/profile",
            "#profile",
            DirectoryScene.Profile(Visibility.Everyone).With(field, value)
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var page = Browsing.Parse(await answer.Content.ReadAsStringAsync());
        Assert.NotNull(page.QuerySelector($"#{field}-error"));
        Assert.Equal(0, await site.Db(db => db.Set<MemberProfile>().CountAsync()));
    }

    [Fact]
    public async Task Two_people_of_one_name_have_two_addresses_and_nobody_is_listed_without_a_name()
    {
        await using var site = await TestSite.Start();
        using var one = await site.SignedInMember("one@example.org", ("Name", "Ana"));
        using var two = await site.SignedInMember("two@example.org", ("Name", "Ana"));
        await one.SaveProfile(DirectoryScene.Profile(Visibility.Everyone));
        await two.SaveProfile(DirectoryScene.Profile(Visibility.Everyone));
        await site.Anonymous().Page("/members/ana-2");
        using var nameless = await site.SignedInMember("three@example.org");
        using var answer = await nameless.Submit("/account/profile", "#profile", ("Listed", "true"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
    }

    [Fact]
    public async Task Only_staff_say_which_author_somebody_is()
    {
        await using var site = await TestSite.Start();
        using var amina = await site.AminaWith(DirectoryScene.Profile(Visibility.Everyone));
        using var own = await amina.Forge(Page + "/author", ("Slug", "jamie-boex"));
        Assert.NotEqual(HttpStatusCode.SeeOther, own.StatusCode);
        using var editor = await site.SignedIn(Roles.Editor);
        using var unknown = await editor.Submit(Page, "#author-form", ("Slug", "nobody-wrote-this"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, unknown.StatusCode);
        Assert.Null(await site.Db(db => db.Set<MemberProfile>().Select(p => p.AuthorSlug).SingleAsync()));
    }

    [Fact]
    public async Task Export_holds_the_profile_and_erasure_takes_it_out_of_search()
    {
        await using var site = await TestSite.Start();
        using var amina = await site.AminaWith(DirectoryScene.Profile(Visibility.Everyone));
        Assert.Contains("Budgets that reach the clinic", await amina.GetStringAsync("/account/data.json"));
        await site.Db(async db =>
        {
            var id = await db.Set<MemberProfile>().Select(p => p.MemberId).SingleAsync();
            await ProfileData.Hook.Erase(db, id, CancellationToken.None);
        });
        Assert.DoesNotContain("Amina", await site.Anonymous().GetStringAsync("/search.json?q=otieno"));
        await site.Anonymous().Page(Page, HttpStatusCode.NotFound);
    }

    private static async Task<int> Found(HttpClient browser, string filter) =>
        (await browser.Page("/directory?" + filter)).QuerySelectorAll("article.item").Length;

    private static async Task<bool> Contains(HttpClient browser, string path, string words) =>
        (await browser.GetStringAsync(path)).Contains(words, StringComparison.Ordinal);
}
