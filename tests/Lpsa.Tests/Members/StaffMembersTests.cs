using System.Net;
using Lpsa.Members;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Tests;

/// <summary>The secretariat looks after the members.</summary>
public sealed class StaffMembersTests
{
    [Fact]
    public async Task Staff_find_members_by_any_combination_and_keep_the_question()
    {
        await using var site = await TestSite.Start();
        await site.Joined("amina@example.org", ("Country", "KEN"), ("Themes", "fiscal"), ("Themes", "mlg"));
        await site.Joined("baraka@example.org", ("Country", "KEN"), ("Sectors", "health"));
        await site.Joined("carla@example.org", ("Country", "BRA"), ("Themes", "fiscal"));
        var staff = await site.SignedIn(Roles.Secretariat);
        Assert.Equal(3, Addresses(await staff.Page("/admin/members")).Count);
        Assert.Equal(["amina@example.org"], Addresses(await staff.Page("/admin/members?country=KEN&theme=fiscal")));
        Assert.Equal(2, Addresses(await staff.Page("/admin/members?country=KEN&country=UGA")).Count);
        Assert.Equal(["carla@example.org"], Addresses(await staff.Page("/admin/members?q=CARLA")));
        Assert.Empty(Addresses(await staff.Page("/admin/members?q=%25")));

        using var kept = await staff.Submit("/admin/members?country=KEN", "#keep", ("Name", "Kenya"));
        Assert.Equal("/admin/members?country=KEN", kept.Headers.Location!.ToString());
        await site.Joined("diana@example.org", ("Country", "KEN"));
        Assert.Contains(
            "3 members",
            (await staff.Page("/admin/members?country=BRA")).QuerySelector("section")!.TextContent
        );
        using var again = await staff.Submit("/admin/members?country=BRA", "#keep", ("Name", "Kenya"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, again.StatusCode);
    }

    /// <summary>Class 1, injection through filter names, values and order.</summary>
    [Theory]
    [InlineData("?country=KEN' OR '1'='1")]
    [InlineData("?q=' UNION SELECT email FROM accounts --")]
    [InlineData("?password=1")]
    [InlineData("?theme=a%00b")]
    [InlineData("?on=2022-99-99")]
    [InlineData("?channel=nothing")]
    [InlineData("?page=-4&page=99999999999")]
    [Trait("Vulnerability", "1 SQL injection")]
    public async Task A_hostile_address_finds_nobody_and_breaks_nothing(string query)
    {
        await using var site = await TestSite.Start();
        await site.Joined("amina@example.org");
        var staff = await site.SignedIn(Roles.Secretariat);
        using var answer = await staff.GetAsync("/admin/members" + query);
        Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.BadRequest, $"{(int)answer.StatusCode}");
    }

    [Fact]
    public async Task The_count_of_a_past_day_stays_what_it_was()
    {
        await using var site = await TestSite.Start();
        var token = await site.Joined("amina@example.org");
        await site.Joined("baraka@example.org");
        site.Clock.Advance(TimeSpan.FromDays(40));
        await site.Anonymous().Send("/unsubscribe/" + token);
        site.Clock.Advance(TimeSpan.FromDays(40));
        await site.Db(async db =>
        {
            var today = DateOnly.FromDateTime(db.Now);
            Assert.Equal(1, await ShowGrowth.On(db, today, CancellationToken.None));
            Assert.Equal(2, await ShowGrowth.On(db, today.AddDays(-60), CancellationToken.None));
            Assert.Equal(0, await ShowGrowth.On(db, today.AddDays(-600), CancellationToken.None));
            var months = await ShowGrowth.Read(db, CancellationToken.None);
            Assert.Equal((1, 2), (months[0].Members, months[^1].Members));
        });
        var staff = await site.SignedIn(Roles.Secretariat);
        Assert.Contains("4 August 2022", (await staff.Page("/admin/members/growth")).Body!.TextContent);
        Assert.Equal(2, Addresses(await staff.Page("/admin/members?on=2026-11-30")).Count);
    }

    [Fact]
    public async Task A_note_is_for_staff_and_in_the_persons_own_data()
    {
        await using var site = await TestSite.Start();
        var token = await site.Joined("amina@example.org");
        var id = (await site.MemberOf(token)).Id;
        var staff = await site.SignedIn(Roles.Secretariat);
        await staff.Submit($"/admin/members/{id}", "#note", ("Text", "Met in Nairobi"));
        Assert.Contains("Met in Nairobi", (await staff.Page($"/admin/members/{id}")).Body!.TextContent);
        using var browser = await site.SignedInAs("amina@example.org");
        Assert.Contains("Met in Nairobi", await browser.GetStringAsync("/account/data.json"));
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.GetAsync($"/admin/members/{id}")).StatusCode);
    }

    [Fact]
    public async Task Only_those_who_may_take_lists_out_see_and_get_the_file()
    {
        await using var site = await TestSite.Start();
        await site.Joined("amina@example.org", ("Name", "=cmd|calc"));
        var (staff, coordinator) = (await site.SignedIn(Roles.Secretariat), await site.SignedIn(Roles.Coordinator));
        Assert.Contains("'=cmd|calc", await staff.GetStringAsync("/admin/members.csv"));
        Assert.Equal(HttpStatusCode.Forbidden, (await coordinator.GetAsync("/admin/members.csv")).StatusCode);
        Assert.Null((await coordinator.Page("/admin/members")).QuerySelector("a[href*='.csv']"));
    }

    private static List<string> Addresses(AngleSharp.Dom.IDocument page) =>
        [.. page.QuerySelectorAll("tbody td[dir=ltr]").Select(td => td.TextContent)];
}
