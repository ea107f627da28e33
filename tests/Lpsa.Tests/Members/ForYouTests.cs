using System.Net;
using Lpsa.Members;
using Lpsa.Places;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lpsa.Tests;

/// <summary>Suggestions with their reason, and the demonstration's people.</summary>
public sealed class ForYouTests
{
    [Fact]
    public async Task A_member_sees_what_fits_with_the_reason_in_words_and_can_say_not_this()
    {
        await using var site = await TestSite.Start();
        await site.Posted("Clinics of the counties", facets: [(Axes.Country, "KEN"), (Axes.Sector, "health")]);
        await site.Posted("Roads of the states", facets: [(Axes.Country, "BRA"), (Axes.Sector, "infrastructure")]);
        await site.Joined("amina@example.org", ("Country", "KEN"), ("Sectors", "health"));
        using var browser = await site.SignedInAs("amina@example.org");
        var page = await browser.Page("/account/for-you");
        var item = Assert.Single(page.QuerySelectorAll("article.item"));
        Assert.Contains("Clinics of the counties", item.TextContent);
        Assert.Matches("You chose (Kenya and Health|Health and Kenya)", item.TextContent);

        await browser.Submit("/account/for-you", "article.item form");
        Assert.Empty((await browser.Page("/account/for-you")).QuerySelectorAll("article.item"));
        await browser.Submit("/account/for-you", "#again");
        Assert.Single((await browser.Page("/account/for-you")).QuerySelectorAll("article.item"));
    }

    [Fact]
    public async Task People_who_share_interests_are_suggested_by_what_they_show_and_by_nothing_they_hide()
    {
        await using var site = await TestSite.Start();
        using var amina = await site.AminaWith(DirectoryScene.Profile(Visibility.Members));
        await Listed("Hiding Person", ("CountrySeenBy", "Nobody"));
        await Listed("Hidden Name", ("NameSeenBy", "Groups"));
        await site.Joined("reader@example.org", ("Country", "KEN"), ("Themes", "fiscal"));
        using var browser = await site.SignedInAs("reader@example.org");
        var item = Assert.Single((await browser.Page("/account/for-you")).QuerySelectorAll("article.item"));
        Assert.Contains("Amina Otieno", item.TextContent);
        Assert.Matches("You chose (Kenya and|.* and Kenya)", item.TextContent);
        await browser.Submit("/account/for-you", "article.item form");
        Assert.Empty((await browser.Page("/account/for-you")).QuerySelectorAll("article.item"));
        Assert.Empty((await amina.Page("/account/for-you")).QuerySelectorAll("article.item"));

        async Task Listed(string name, (string, string) circle)
        {
            var address = $"{Guid.NewGuid():N}@example.org";
            using var person = await site.SignedInMember(address, ("Name", name), ("Country", "KEN"));
            await person.SaveProfile(DirectoryScene.Profile(Visibility.Members).With(circle.Item1, circle.Item2));
        }
    }

    [Fact]
    public async Task Without_interests_nothing_is_guessed()
    {
        await using var site = await TestSite.Start();
        await site.Posted("Clinics of the counties", facets: [(Axes.Country, "KEN")]);
        await site.Joined("amina@example.org");
        using var browser = await site.SignedInAs("amina@example.org");
        var page = await browser.Page("/account/for-you");
        Assert.Empty(page.QuerySelectorAll("article.item"));
        Assert.Contains("You chose no interests", page.Body!.TextContent);
        using var stranger = await site.Anonymous().GetAsync("/account/for-you");
        Assert.Equal(HttpStatusCode.SeeOther, stranger.StatusCode);
    }

    [Fact]
    public async Task The_demonstration_has_three_hundred_invented_people_with_something_to_find_them_by()
    {
        await using var site = await TestSite.Start();
        for (var i = 0; i < 2; i++)
            await site.Db(db =>
                DemoMembers.Load(db, site.Services.GetRequiredService<IVocabulary>(), CancellationToken.None)
            );
        await site.Db(async db =>
        {
            var members = await db.Set<Member>().Include(m => m.Interests).ToListAsync();
            // Three hundred, and a few who are there twice for staff to find.
            Assert.InRange(members.Count, 301, 310);
            Assert.All(members, m => Assert.InRange(m.JoinedAt, new DateTime(2021, 6, 1), db.Now));
            Assert.True(members.Select(m => m.Country).Distinct().Count() > 25);
            Assert.Equal(300, members.Count(m => m.CodesOn(Axes.Theme).Count > 0));
            Assert.InRange(await db.Set<MemberProfile>().CountAsync(p => p.Listed), 80, 140);
            Assert.All(await db.Set<Account>().ToListAsync(), a => Assert.EndsWith("demo.example", a.EmailKey));
        });
    }
}
