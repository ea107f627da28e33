using System.Net;
using System.Text.Json;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lpsa.Tests;

public sealed class AccountPagesTests
{
    [Fact]
    public async Task A_person_asks_for_a_link_gets_it_by_mail_and_comes_back_to_the_page_they_wanted()
    {
        await using var site = await TestSite.Start();
        await Open(site, "amina@example.org");
        var person = site.Anonymous();
        using var sent = await person.Submit("/sign-in?back=/account", "main form", ("Email", "Amina@Example.org "));
        Assert.Equal("/sign-in/sent", sent.Headers.Location?.ToString());
        await site.RunJobs();
        var letter = await site.Db(db => db.Set<OutgoingMail>().AsNoTracking().SingleAsync());
        Assert.Equal("amina@example.org", letter.ToAddress);
        var link = letter
            .Text.Split()
            .First(w => w.Contains("/sign-in/link/", StringComparison.Ordinal))
            .Trim('<', '>', '(', ')');
        Assert.StartsWith("http://lpsa.test/", link);
        var path = new Uri(link).PathAndQuery;
        using var signedIn = await person.Submit(path, "main form");
        Assert.Equal("/account", signedIn.Headers.Location?.ToString());
        Assert.Contains("amina@example.org", (await person.Page("/account")).Body!.TextContent);
    }

    [Fact]
    public async Task The_answer_does_not_tell_whether_an_address_has_an_account()
    {
        await using var site = await TestSite.Start();
        await Open(site, "known@example.org");
        var answers = new List<string>();
        foreach (var email in (string[])["known@example.org", "unknown@example.org"])
        {
            using var answer = await site.Anonymous().Submit("/sign-in", "main form", ("Email", email));
            answers.Add($"{answer.StatusCode} {answer.Headers.Location} {await answer.Content.ReadAsStringAsync()}");
        }
        Assert.Single(answers.Distinct());
        await site.RunJobs();
        Assert.Equal(1, await site.Db(db => db.Set<OutgoingMail>().CountAsync()));
    }

    [Fact]
    public async Task A_closed_account_gets_no_link_and_a_mailbox_is_not_flooded()
    {
        await using var site = await TestSite.Start();
        await Open(site, "busy@example.org");
        await Open(site, "closed@example.org", closed: true);
        for (var i = 0; i < 8; i++)
            using (
                await site.Anonymous()
                    .Submit("/sign-in", "main form", ("Email", i == 0 ? "closed@example.org" : "busy@example.org"))
            ) { }
        await site.RunJobs();
        var sent = await site.Db(db => db.Set<OutgoingMail>().Select(m => m.ToAddress).ToListAsync());
        Assert.Equal(5, sent.Count);
        Assert.DoesNotContain("closed@example.org", sent);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not an address")]
    public async Task A_wrong_address_comes_back_with_the_reason(string typed)
    {
        await using var site = await TestSite.Start();
        using var answer = await site.Anonymous().Submit("/sign-in", "main form", ("Email", typed));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var page = Browsing.Parse(await answer.Content.ReadAsStringAsync());
        Assert.NotNull(page.QuerySelector("#Email-error"));
        Assert.Equal(typed, page.QuerySelector("#Email")!.GetAttribute("value"));
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("/\t/evil.example")]
    [InlineData("javascript:alert(1)")]
    public async Task Signing_in_never_leads_to_another_site(string back)
    {
        await using var site = await TestSite.Start();
        var account = await Open(site, "a@example.org");
        var token = await Token(site, account);
        using var answer = await site.Anonymous()
            .PostAsync(SignInLink.PathOf(token) + "?back=" + Uri.EscapeDataString(back), new FormUrlEncodedContent([]));
        Assert.Equal("/", answer.Headers.Location?.ToString());
        Assert.Equal(
            "/",
            (await site.Anonymous().Page("/sign-in?back=" + Uri.EscapeDataString(back)))
                .QuerySelector("input[name=Back]")!
                .GetAttribute("value")
        );
    }

    [Fact]
    public async Task Trying_too_often_is_stopped_with_a_plain_page()
    {
        await using var site = await TestSite.Start();
        var person = site.Anonymous();
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 42; i++)
            using (var answer = await person.PostAsync("/sign-in/link/guess" + i, new FormUrlEncodedContent([])))
                answers.Add(answer.StatusCode);
        Assert.Equal(40, answers.Count(a => a == HttpStatusCode.Gone));
        Assert.Equal(2, answers.Count(a => a == HttpStatusCode.TooManyRequests));
    }

    [Fact]
    public async Task A_person_renames_themselves_and_a_bad_name_comes_back_as_typed()
    {
        await using var site = await TestSite.Start();
        var person = await site.SignedIn(Roles.Member);
        using (var renamed = await person.Submit("/account", "#name-form", ("Name", "  Zainab  ")))
            Assert.Equal(HttpStatusCode.SeeOther, renamed.StatusCode);
        Assert.Equal("Zainab", (await person.Page("/account")).QuerySelector("#Name")!.GetAttribute("value"));
        using var bad = await person.Submit("/account", "#name-form", ("Name", ""));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, bad.StatusCode);
    }

    [Fact]
    public async Task A_person_signs_out_another_device_but_never_somebody_elses()
    {
        await using var site = await TestSite.Start();
        var account = await Open(site, "a@example.org");
        var (phone, laptop) = (site.Anonymous(), site.Anonymous());
        foreach (var browser in (HttpClient[])[phone, laptop])
            using (
                await browser.PostAsync(SignInLink.PathOf(await Token(site, account)), new FormUrlEncodedContent([]))
            ) { }
        var stranger = await site.SignedIn(Roles.Member);
        var sessions = await site.Db(db =>
            db.Set<Session>().Where(s => s.AccountId == account).Select(s => s.Id).ToListAsync()
        );
        var token = (await stranger.Page("/account")).QuerySelector("input[name=_token]")!.GetAttribute("value")!;
        foreach (var session in sessions)
            using (
                await stranger.PostAsync(
                    "/account/sessions",
                    new FormUrlEncodedContent([new("_token", token), new("Id", session.ToString())])
                )
            ) { }
        await phone.Page("/account");
        await laptop.Page("/account");
        using (await laptop.Submit("/account", "#end-others")) { }
        await laptop.Page("/account");
        using var signedOut = await phone.GetAsync("/account");
        Assert.Equal(HttpStatusCode.SeeOther, signedOut.StatusCode);
    }

    [Fact]
    public async Task A_person_downloads_everything_held_absignedOutthem()
    {
        await using var site = await TestSite.Start();
        var person = await site.SignedIn(Roles.Member);
        using var answer = await person.GetAsync("/account/data.json");
        Assert.Equal("attachment; filename=\"my-data.json\"", answer.Content.Headers.ContentDisposition?.ToString());
        using var data = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        var account = data.RootElement.GetProperty("account");
        Assert.Equal("Test Person", account.GetProperty("name").GetString());
        Assert.Equal(1, account.GetProperty("sessions").GetArrayLength());
        Assert.Equal(HttpStatusCode.SeeOther, (await site.Anonymous().GetAsync("/account/data.json")).StatusCode);
    }

    [Fact]
    public async Task Erasing_a_person_leaves_no_name_no_address_and_no_way_in()
    {
        await using var site = await TestSite.Start();
        var person = await site.SignedIn(Roles.Editor);
        await site.Db(async db =>
        {
            var id = await db.Set<Account>().Select(a => a.Id).SingleAsync();
            await AccountData.Hook.Erase(db, id, CancellationToken.None);
        });
        var left = await site.Db(db => db.Set<Account>().Include(a => a.Roles).AsNoTracking().SingleAsync());
        Assert.Equal(("", 0), (left.Name, left.Roles.Count));
        Assert.EndsWith("@invalid", left.Email);
        Assert.Equal(HttpStatusCode.SeeOther, (await person.GetAsync("/account")).StatusCode);
    }

    [Fact]
    public async Task Old_sessions_and_links_are_swept_away()
    {
        await using var site = await TestSite.Start();
        var account = await Open(site, "a@example.org");
        await Token(site, account);
        using (await site.SignedIn(Roles.Member)) { }
        site.Clock.Advance(Session.Lifetime + TimeSpan.FromHours(2));
        await Housekeeping.Run(site.Services.CreateScope().ServiceProvider, CancellationToken.None);
        Assert.Equal(0, await site.Db(db => db.Set<Session>().CountAsync()));
        Assert.Equal(0, await site.Db(db => db.Set<SignInLink>().CountAsync()));
    }

    private static Task<Guid> Open(TestSite site, string email, bool closed = false) =>
        site.Db(async db =>
        {
            var account = Account.Open(email, "Amina", db.Now);
            if (closed)
                account.Close(db.Now);
            db.Add(account);
            await db.SaveChangesAsync();
            return account.Id;
        });

    private static Task<string> Token(TestSite site, Guid account) =>
        site.Db(async db =>
        {
            var (link, token) = SignInLink.Make(account, db.Now);
            db.Add(link);
            await db.SaveChangesAsync();
            return token;
        });
}
