using System.Net;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Tests;

public sealed class PasswordTests
{
    private const string Email = "amina@example.org";
    private const string Good = "seven rivers meet at noon";

    [Fact]
    public async Task A_person_sets_a_password_signs_in_with_it_and_does_without_again()
    {
        await using var site = await TestSite.Start();
        var account = await site.OpenAccount(Email);
        var (own, stolen) = (await site.Follow(account), await site.Follow(account));
        using (var set = await own.Submit("/account/password", "#set-password", ("Password", Good)))
            Assert.Equal("/account", set.Headers.Location?.ToString());
        Assert.False(await stolen.IsSignedIn());
        var browser = site.Anonymous();
        Assert.Equal((HttpStatusCode.SeeOther, "/account"), await SignIn(browser, "Amina@Example.org", Good));
        Assert.True(await browser.IsSignedIn());
        using (await own.Submit("/account/password", "#remove-password")) { }
        Assert.False(await browser.IsSignedIn());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SignIn(site.Anonymous(), Email, Good)).Status);
        Assert.Equal(2, (await site.LettersTo(Email)).Count);
    }

    [Fact, Trait("Vulnerability", "22 second factor bypass")]
    public async Task A_password_alone_does_not_pass_the_second_step()
    {
        await using var site = await TestSite.Start();
        var own = await site.Follow(await site.OpenAccount(Email, Roles.Editor));
        using (await own.Submit("/account/password", "#set-password", ("Password", Good))) { }
        await AppOfPerson.SetUp(site, own);
        var browser = site.Anonymous();
        Assert.Equal((HttpStatusCode.SeeOther, "/sign-in/second-factor"), await SignIn(browser, Email, Good));
        Assert.False(await browser.IsSignedIn());
    }

    [Fact, Trait("Vulnerability", "18 user enumeration")]
    public async Task Unknown_address_no_password_and_wrong_password_get_the_same_answer()
    {
        await using var site = await TestSite.Start();
        await site.OpenAccount("none@example.org");
        var own = await site.Follow(await site.OpenAccount(Email));
        using (await own.Submit("/account/password", "#set-password", ("Password", Good))) { }
        var told = new List<string>();
        foreach (var email in (string[])[Email, "none@example.org", "nobody@example.org"])
        {
            using var answer = await site.Anonymous()
                .PostAsync(
                    "/sign-in/password",
                    new FormUrlEncodedContent([new("Email", email), new("Password", "seven rivers meet at ten")])
                );
            told.Add(
                $"{answer.StatusCode} {(await answer.Content.ReadAsStringAsync()).Replace(email, "", StringComparison.Ordinal)}"
            );
        }
        Assert.Single(told.Distinct());
        Assert.DoesNotContain("seven rivers", told[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Guessing_is_stopped_for_the_address_whether_or_not_it_has_an_account()
    {
        await using var site = await TestSite.Start();
        foreach (var email in (string[])[Email, "nobody@example.org"])
        {
            for (var i = 0; i < SignInLimits.PasswordForAddress.Limit; i++)
                await site.Db(db => Throttle.Take(db, SignInLimits.PasswordForAddress, email, CancellationToken.None));
            Assert.Equal(HttpStatusCode.TooManyRequests, (await SignIn(site.Anonymous(), email, Good)).Status);
        }
    }

    [Theory]
    [InlineData("short")]
    [InlineData("eleven char")]
    [InlineData("password1234")]
    [InlineData("P4ssw0rd2024!")]
    [InlineData("passwordpassword")]
    [InlineData("qwertyuiopas")]
    [InlineData("abcdefghijkl")]
    [InlineData("123456789012")]
    [InlineData("aaaaaaaaaaaab")]
    [InlineData("amina@example.org")]
    [InlineData("Decentralization1!")]
    public void What_anybody_guesses_is_refused(string typed) => Assert.NotNull(PasswordRules.Fault(typed, Email));

    [Theory]
    [InlineData(Good)]
    [InlineData("Zwölf Boxkämpfer jagen")]
    [InlineData("سبعة أنهار تلتقي")]
    [InlineData("x7!kQz9#mW2p")]
    public void Length_is_enough_in_any_script(string typed) => Assert.Null(PasswordRules.Fault(typed, Email));

    [Fact]
    public async Task A_bad_password_comes_back_with_the_reason_and_is_not_shown()
    {
        await using var site = await TestSite.Start();
        var own = await site.Follow(await site.OpenAccount(Email));
        using var answer = await own.Submit("/account/password", "#set-password", ("Password", "password1234"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var html = await answer.Content.ReadAsStringAsync();
        Assert.NotNull(Browsing.Parse(html).QuerySelector("#Password-error"));
        Assert.DoesNotContain("password1234", html, StringComparison.Ordinal);
        Assert.Equal(0, await site.Db(db => db.Set<Password>().CountAsync()));
    }

    [Fact]
    public async Task The_same_password_has_another_hash_for_everybody()
    {
        await using var site = await TestSite.Start();
        foreach (var email in (string[])[Email, "other@example.org"])
        {
            var own = await site.Follow(await site.OpenAccount(email));
            using (await own.Submit("/account/password", "#set-password", ("Password", Good))) { }
        }
        var hashes = await site.Db(db => db.Set<Password>().Select(p => p.Hash).ToListAsync());
        Assert.Equal(2, hashes.Distinct().Count());
        Assert.All(hashes, h => Assert.DoesNotContain("rivers", h, StringComparison.Ordinal));
    }

    private static async Task<(HttpStatusCode Status, string? Led)> SignIn(
        HttpClient browser,
        string email,
        string password
    )
    {
        using var answer = await browser.PostAsync(
            "/sign-in/password",
            new FormUrlEncodedContent([new("Email", email), new("Password", password), new("Back", "/account")])
        );
        return (answer.StatusCode, answer.Headers.Location?.ToString());
    }
}
