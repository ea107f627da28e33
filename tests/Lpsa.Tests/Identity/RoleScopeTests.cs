using System.Collections.Frozen;
using System.Net;
using Lpsa.Members;
using Lpsa.Places;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Tests;

public sealed class RoleScopeTests
{
    private const string Email = "amina@example.org";

    [Fact]
    public void A_scope_reads_back_as_it_was_written_and_nothing_else_is_one()
    {
        foreach (var scope in (RoleScope[])[RoleScope.Everything, CountryScope.Of("KGZ"), new("group", "a:b")])
            Assert.Equal(scope, RoleScope.Read(scope.ToString()));
        foreach (var wrong in (string[])["", "KGZ", ":", "country:", ":KGZ"])
            Assert.Null(RoleScope.Read(wrong));
        var account = Account.Open(Email, "", DateTime.UnixEpoch);
        Assert.Throws<ArgumentException>(() => account.Grant(Roles.Administrator, null, CountryScope.Of("KGZ")));
    }

    [Fact, Trait("Vulnerability", "15 role beyond its scope")]
    public async Task A_coordinator_of_a_country_sees_its_members_and_nobody_else()
    {
        await using var site = await TestSite.Start();
        var (inside, outside, unsaid) = (await Join(site, "KGZ"), await Join(site, "KEN"), await Join(site, null));
        var staff = await Coordinator(site, CountryScope.Of("KGZ"));
        var page = await staff.Page("/admin/members");
        Assert.Equal(
            $"/admin/members/{inside}",
            Assert.Single(page.QuerySelectorAll("tbody th a")).GetAttribute("href")
        );
        Assert.Null(page.QuerySelector("#keep"));
        Assert.Empty((await staff.Page("/admin/members?country=KEN")).QuerySelectorAll("tbody tr"));
        await staff.Page($"/admin/members/{inside}");
        foreach (var hidden in (Guid[])[outside, unsaid])
            await staff.Page($"/admin/members/{hidden}", HttpStatusCode.NotFound);
        var token = page.QuerySelector("input[name=_token]")!.GetAttribute("value")!;
        using (
            var note = await staff.PostAsync(
                $"/admin/members/{outside}/notes",
                new FormUrlEncodedContent([new("_token", token), new("Text", "seen")])
            )
        )
            Assert.Equal(HttpStatusCode.NotFound, note.StatusCode);
        using (await staff.Submit($"/admin/members/{inside}", "#note", ("Text", "Met in Bishkek."))) { }
        Assert.Equal(1, await site.Db(db => db.Set<MemberNote>().CountAsync()));
        foreach (var shut in (string[])["/admin/members/growth", "/admin/members.csv", "/admin/users", "/admin/posts"])
            await staff.Page(shut, HttpStatusCode.Forbidden);
        using var keep = await staff.PostAsync(
            "/admin/members/segments",
            new FormUrlEncodedContent([new("_token", token), new("Name", "all")])
        );
        Assert.Equal(HttpStatusCode.Forbidden, keep.StatusCode);
    }

    [Fact, Trait("Vulnerability", "15 role beyond its scope")]
    public async Task Counts_of_segments_are_those_of_the_own_country_and_a_second_country_adds_to_them()
    {
        await using var site = await TestSite.Start();
        foreach (var country in (string[])["KGZ", "KEN", "KEN", "UGA"])
            await Join(site, country);
        await site.Db(async db =>
        {
            db.Add(MemberSegment.Keep("Everybody", "", db.Now));
            await db.SaveChangesAsync();
        });
        var one = await Coordinator(site, CountryScope.Of("KGZ"));
        Assert.Contains("1", (await one.Page("/admin/members")).QuerySelector(".lede")!.TextContent);
        var two = await Coordinator(site, CountryScope.Of("KGZ"), CountryScope.Of("KEN"));
        Assert.Equal(3, (await two.Page("/admin/members")).QuerySelectorAll("tbody tr").Length);
        Assert.Contains("3", (await two.Page("/admin/members")).QuerySelector("section li .quiet")!.TextContent);
        var all = await site.SignedIn(Roles.Coordinator);
        Assert.Equal(4, (await all.Page("/admin/members")).QuerySelectorAll("tbody tr").Length);
    }

    [Fact]
    public async Task A_limited_role_gives_only_what_pages_narrow_and_ends_on_its_day_without_a_new_sign_in()
    {
        await using var site = await TestSite.Start();
        var account = await site.OpenAccount(Email);
        await site.Db(async db =>
        {
            var person = await db.Set<Account>().Include(a => a.Roles).SingleAsync(a => a.Id == account);
            person.Grant(Roles.Editor, null, CountryScope.Of("KGZ"));
            person.Grant(Roles.Coordinator, db.Now.AddDays(1), CountryScope.Of("KGZ"));
            await db.SaveChangesAsync();
        });
        var staff = await site.Follow(account);
        await staff.Page("/admin/members");
        await staff.Page("/admin/posts", HttpStatusCode.Forbidden);
        site.Clock.Advance(TimeSpan.FromDays(2));
        await staff.Page("/admin/members", HttpStatusCode.Forbidden);
        Assert.True(await staff.IsSignedIn());
    }

    [Fact, Trait("Vulnerability", "22 second factor bypass")]
    public async Task A_limited_staff_role_asks_for_the_second_step_too()
    {
        await using var site = await TestSite.Start(staffNeedTwoFactors: true);
        var staff = await Coordinator(site, CountryScope.Of("KGZ"));
        using var answer = await staff.GetAsync("/admin/members");
        Assert.Equal(SecondFactor.SetupPath, answer.Headers.Location?.ToString());
    }

    [Fact]
    public void A_viewer_may_within_the_scope_and_not_beyond()
    {
        var see = new Permission("x.see", "", Roles.Coordinator) { ScopeKinds = ["country"] };
        var limited = new Viewer
        {
            Limited = new Dictionary<string, IReadOnlyCollection<RoleScope>>
            {
                ["x.see"] = [CountryScope.Of("KGZ")],
            }.ToFrozenDictionary(),
        };
        Assert.False(limited.May(see));
        Assert.True(limited.May(see, CountryScope.Of("KGZ")));
        Assert.False(limited.May(see, CountryScope.Of("KEN")));
        Assert.False(limited.May(see, RoleScope.Everything));
        var whole = new Viewer { Permissions = ["x.see"] };
        Assert.True(whole.May(see) && whole.May(see, CountryScope.Of("KEN")) && whole.ReachOf(see).Everything);
        Assert.True(Viewer.Anonymous.ReachOf(see).IsNothing);
    }

    private static Task<Guid> Join(TestSite site, string? country) =>
        site.Db(async db =>
        {
            var account = Account.Open($"{Guid.NewGuid():N}@example.org", "Member", db.Now);
            var member = Member.Join(account.Id, "form", db.Now);
            member.Choose(new MemberChoices { Country = country }, onlyGiven: true, db.Now);
            db.AddRange(account, member);
            await db.SaveChangesAsync();
            return account.Id;
        });

    private static async Task<HttpClient> Coordinator(TestSite site, params RoleScope[] scopes)
    {
        var account = await site.OpenAccount($"{Guid.NewGuid():N}@example.org");
        await site.Db(async db =>
        {
            var person = await db.Set<Account>().Include(a => a.Roles).SingleAsync(a => a.Id == account);
            foreach (var scope in scopes)
                person.Grant(Roles.Coordinator, null, scope);
            await db.SaveChangesAsync();
        });
        return await site.Follow(account);
    }
}
