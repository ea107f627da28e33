using System.Net;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Tests;

public sealed class StaffStepUpTests
{
    private const string Email = "amina@example.org";

    [Fact, Trait("Vulnerability", "23 stolen session of staff")]
    public async Task Dangerous_acts_of_staff_need_a_sign_in_of_the_last_minutes_and_come_back_to_their_page()
    {
        await using var site = await TestSite.Start();
        var account = await site.OpenAccount(Email);
        var admin = await site.SignedIn(Roles.Administrator);
        var token = (await admin.Page($"/admin/users/{account}"))
            .QuerySelector("input[name=_token]")!
            .GetAttribute("value")!;
        site.Clock.Advance(TimeSpan.FromMinutes(11));
        var page = $"/admin/users/{account}";
        await admin.Page(page);
        foreach (
            var path in (string[])
                [
                    page + "/grant",
                    page + "/withdraw",
                    page + "/reset-second-step",
                    page + "/close",
                    page + "/reopen",
                    page + "/address",
                    page + "/address/stop",
                    "/admin/users",
                    "/admin/settings",
                    "/admin/settings/default",
                ]
        )
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path)
            {
                Content = new FormUrlEncodedContent([new("_token", token), new("Role", Roles.Administrator)]),
                Headers = { Referrer = new Uri(site.Address, page) },
            };
            using var answer = await admin.SendAsync(request);
            Assert.Equal("/sign-in?again=true&back=" + Uri.EscapeDataString(page), answer.Headers.Location?.ToString());
        }
        using (var export = await admin.GetAsync("/admin/members.csv"))
            Assert.StartsWith("/sign-in?again=true", export.Headers.Location?.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, await site.Db(db => db.Set<AccountRole>().CountAsync(r => r.AccountId == account)));
    }

    [Fact]
    public async Task A_page_of_another_site_is_not_where_a_sign_in_leads_back_to()
    {
        await using var site = await TestSite.Start();
        var admin = await site.SignedIn(Roles.Administrator);
        site.Clock.Advance(TimeSpan.FromMinutes(11));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/admin/users")
        {
            Headers = { Referrer = new Uri("https://evil.example/admin/users") },
        };
        using var answer = await admin.SendAsync(request);
        Assert.Equal("/sign-in?again=true&back=%2Faccount", answer.Headers.Location?.ToString());
    }

    [Fact]
    public async Task Every_change_of_roles_is_told_to_the_person_with_scope_and_day_and_no_change_is_not()
    {
        await using var site = await TestSite.Start();
        var account = await site.OpenAccount(Email);
        var admin = await site.SignedIn(Roles.Administrator);
        var person = await site.Follow(account);
        var page = $"/admin/users/{account}";
        (string, string)[] given = [("Role", Roles.Coordinator), ("Scope", "country:KGZ"), ("Until", "2026-12-31")];
        using (await admin.Submit(page, "#grant", given)) { }
        Assert.False(await person.IsSignedIn());
        var letter = Assert.Single(await site.LettersTo(Email));
        Assert.Contains("Coordinator, Country: Kyrgyz", letter, StringComparison.Ordinal);
        Assert.Contains("31 December 2026", letter.ReplaceLineEndings(" "), StringComparison.Ordinal);
        person = await site.Follow(account);
        using (await admin.Submit(page, "#grant", given)) { }
        Assert.True(await person.IsSignedIn());
        Assert.Single(await site.LettersTo(Email));
        using (await admin.Submit(page, "#grant", ("Role", Roles.Coordinator))) { }
        Assert.Equal(2, await site.Db(db => db.Set<AccountRole>().CountAsync(r => r.AccountId == account)));
        using (await admin.Submit(page, "form[data-scope='country:KGZ']")) { }
        var left = await site.Db(db => db.Set<AccountRole>().SingleAsync(r => r.AccountId == account));
        Assert.Equal(RoleScope.Everything.ToString(), left.Scope);
        Assert.Equal(3, (await site.LettersTo(Email)).Count);
    }

    [Theory, Trait("Vulnerability", "17 privilege escalation by role form")]
    [InlineData(Roles.Administrator, "country:KGZ")]
    [InlineData(Roles.Coordinator, "country:ATLANTIS")]
    [InlineData(Roles.Coordinator, "group:x")]
    [InlineData(Roles.Coordinator, "nonsense")]
    public async Task No_scope_is_made_up(string role, string scope)
    {
        await using var site = await TestSite.Start();
        var account = await site.OpenAccount(Email);
        var admin = await site.SignedIn(Roles.Administrator);
        using var refused = await admin.Submit($"/admin/users/{account}", "#grant", ("Role", role), ("Scope", scope));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Equal(0, await site.Db(db => db.Set<AccountRole>().CountAsync(r => r.AccountId == account)));
    }
}
