using System.Net;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lpsa.Tests;

public sealed class SignInCodeTests
{
    private const string Email = "amina@example.org";

    [Fact]
    public async Task A_person_types_the_code_from_the_mail_and_comes_back_to_the_page_they_wanted()
    {
        await using var site = await TestSite.Start();
        await site.OpenAccount(Email);
        var browser = site.Anonymous();
        using (await browser.Ask(Email, "/account")) { }
        var code = await site.CodeFor(Email);
        using var answer = await browser.Submit(
            "/sign-in/sent",
            "#code-form",
            ("Code", " " + code.ToLowerInvariant().Replace('-', ' '))
        );
        Assert.Equal("/account", answer.Headers.Location?.ToString());
        Assert.True(await browser.IsSignedIn());
    }

    [Fact, Trait("Vulnerability", "19 magic-link theft")]
    public async Task A_code_seen_by_somebody_else_is_of_no_use_in_another_browser()
    {
        await using var site = await TestSite.Start();
        await site.OpenAccount(Email);
        var (person, thief) = (site.Anonymous(), site.Anonymous());
        using (await person.Ask(Email)) { }
        var code = await site.CodeFor(Email);
        using (await thief.Ask("thief@example.org")) { }
        using var stolen = await thief.TryCode(code);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, stolen.StatusCode);
        using var without = await site.Anonymous().TryCode(code);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, without.StatusCode);
        using var own = await person.TryCode(code);
        Assert.Equal(HttpStatusCode.SeeOther, own.StatusCode);
    }

    [Fact, Trait("Vulnerability", "19 magic-link theft")]
    public async Task Code_and_link_are_used_up_together()
    {
        await using var site = await TestSite.Start();
        await site.OpenAccount(Email);
        var browser = site.Anonymous();
        using (await browser.Ask(Email)) { }
        var code = await site.CodeFor(Email);
        var letter = (await site.LettersTo(Email)).Last();
        var link = new Uri(
            letter.Split().First(w => w.Contains("/sign-in/link/", StringComparison.Ordinal)).Trim('<', '>', '(', ')')
        ).PathAndQuery;
        using (var first = await site.Anonymous().PostAsync(link, new FormUrlEncodedContent([])))
            Assert.Equal(HttpStatusCode.SeeOther, first.StatusCode);
        using var second = await browser.TryCode(code);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, second.StatusCode);
    }

    [Fact, Trait("Vulnerability", "24 recovery code without a count of tries")]
    public async Task Five_wrong_tries_end_a_code_even_when_they_come_at_once()
    {
        await using var site = await TestSite.Start();
        await site.OpenAccount(Email);
        var browser = site.Anonymous();
        using (await browser.Ask(Email)) { }
        var code = await site.CodeFor(Email);
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => browser.TryCode("WRNG-2345")));
        Assert.All(answers, a => Assert.Equal(HttpStatusCode.UnprocessableEntity, a.StatusCode));
        using var tooLate = await browser.TryCode(code);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, tooLate.StatusCode);
        Assert.Equal(
            SignInCode.MostTries,
            await site.Db(db => db.Set<SignInCode>().Select(c => c.Tries).SingleAsync())
        );
    }

    [Fact]
    public async Task A_code_ends_with_its_link_after_half_an_hour_and_is_swept_away()
    {
        await using var site = await TestSite.Start();
        await site.OpenAccount(Email);
        var browser = site.Anonymous();
        using (await browser.Ask(Email)) { }
        var code = await site.CodeFor(Email);
        site.Clock.Advance(SignInLink.Lifetime + TimeSpan.FromSeconds(1));
        using var late = await browser.TryCode(code);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, late.StatusCode);
        await site.RunJobs();
        await using var scope = site.Services.CreateAsyncScope();
        await Housekeeping.Run(scope.ServiceProvider, CancellationToken.None);
        Assert.Equal(0, await site.Db(db => db.Set<SignInCode>().CountAsync()));
    }

    [Fact, Trait("Vulnerability", "18 user enumeration")]
    public async Task Asking_and_trying_tell_nothing_about_who_has_an_account()
    {
        await using var site = await TestSite.Start();
        await site.OpenAccount(Email);
        var told = new List<string>();
        foreach (var email in (string[])[Email, "nobody@example.org"])
        {
            var browser = site.Anonymous();
            using var asked = await browser.Ask(email);
            await site.RunJobs();
            var page = await (await browser.GetAsync("/sign-in/sent")).Content.ReadAsStringAsync();
            using var tried = await browser.TryCode("WRNG-2345");
            told.Add(
                $"{asked.StatusCode} {asked.Headers.Location} {page} {tried.StatusCode} {await tried.Content.ReadAsStringAsync()}"
            );
        }
        Assert.Single(told.Distinct());
        Assert.Empty(await site.LettersTo("nobody@example.org"));
    }

    [Fact, Trait("Vulnerability", "31 timing oracle on secrets")]
    public async Task The_database_holds_neither_code_nor_browser_secret()
    {
        await using var site = await TestSite.Start();
        await site.OpenAccount(Email);
        var browser = site.Anonymous();
        using var asked = await browser.Ask(Email);
        var cookie = asked
            .Headers.GetValues("Set-Cookie")
            .Single(c => c.StartsWith("lpsa-asked=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        var secret = Uri.UnescapeDataString(cookie.Split('=', 2)[1].Split(';')[0]).Split('|')[0];
        var code = await site.CodeFor(Email);
        var row = await site.Db(db => db.Set<SignInCode>().AsNoTracking().SingleAsync());
        Assert.NotEqual(secret, row.BrowserHash);
        Assert.NotEqual(SignInCode.Normal(code), row.CodeHash);
        Assert.Equal((64, 64), (row.BrowserHash.Length, row.CodeHash.Length));
    }

    [Fact, Trait("Vulnerability", "29 login CSRF")]
    public async Task A_form_on_another_site_cannot_sign_a_visitor_in()
    {
        await using var site = await TestSite.Start();
        var account = await site.OpenAccount(Email);
        using var post = new HttpRequestMessage(HttpMethod.Post, await site.LinkFor(account))
        {
            Content = new FormUrlEncodedContent([]),
            Headers = { { "Sec-Fetch-Site", "cross-site" } },
        };
        using var answer = await site.Anonymous().SendAsync(post);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    [Fact, Trait("Vulnerability", "20 host-header poisoning")]
    public async Task A_host_that_is_not_the_sites_does_not_get_into_the_link()
    {
        await using var site = await TestSite.Start();
        await site.OpenAccount(Email);
        using var post = new HttpRequestMessage(HttpMethod.Post, "/sign-in")
        {
            Content = new FormUrlEncodedContent([new("Email", Email)]),
            Headers = { Host = $"localhost:{site.Address.Port}" },
        };
        using (await site.Anonymous().SendAsync(post)) { }
        var letter = Assert.Single(await site.LettersTo(Email));
        Assert.DoesNotContain("localhost", letter, StringComparison.Ordinal);
        Assert.Contains("http://lpsa.test/sign-in/link/", letter, StringComparison.Ordinal);
    }

    [Fact, Trait("Vulnerability", "25 token leakage")]
    public async Task No_page_after_signing_in_carries_a_token_in_its_address_and_none_tells_referrers()
    {
        await using var site = await TestSite.Start();
        var account = await site.OpenAccount(Email);
        string? led = null;
        await site.Follow(account, to => led = to);
        Assert.Equal("/", led);
        using var page = await site.Anonymous().GetAsync(await site.LinkFor(account));
        Assert.Equal("strict-origin-when-cross-origin", page.Headers.GetValues("Referrer-Policy").Single());
    }
}
