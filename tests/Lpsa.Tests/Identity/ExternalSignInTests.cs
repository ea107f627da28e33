using System.Net;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Tests;

public sealed class ExternalSignInTests
{
    private const string Email = "amina@example.org";

    [Fact]
    public async Task A_verified_address_leads_to_its_account_and_the_person_is_told()
    {
        await using var service = await VouchingService.Start();
        await using var site = await Start(service);
        await site.OpenAccount(Email);
        service.Says(site.Clock.GetUtcNow(), "42", "Amina@example.org", verified: true);
        var browser = site.Anonymous();
        Assert.Equal("/account", await GoThrough(browser, service));
        Assert.True(await browser.IsSignedIn());
        service.Says(site.Clock.GetUtcNow(), "42", "new-address@example.org", verified: false);
        Assert.Equal("/account", await GoThrough(site.Anonymous(), service));
        Assert.Contains(
            "Another service was connected",
            Assert.Single(await site.LettersTo(Email)),
            StringComparison.Ordinal
        );
    }

    [Theory, Trait("Vulnerability", "28 SSO assertion validation")]
    [InlineData("email_verified", false)]
    [InlineData("iss", "https://evil.example")]
    [InlineData("aud", "another-client")]
    [InlineData("nonce", "of-another-browser")]
    [InlineData("exp", 1)]
    [InlineData("sub", "")]
    public async Task A_token_that_is_not_in_order_signs_nobody_in(string claim, object value)
    {
        await using var service = await VouchingService.Start();
        await using var site = await Start(service);
        await site.OpenAccount(Email);
        service.Says(site.Clock.GetUtcNow(), "42", Email, verified: true);
        service.Claims[claim] = value;
        var browser = site.Anonymous();
        Assert.Equal("/sign-in", await GoThrough(browser, service));
        Assert.False(await browser.IsSignedIn());
        Assert.Equal(0, await site.Db(db => db.Set<ExternalLogin>().CountAsync()));
    }

    [Theory, Trait("Vulnerability", "28 SSO assertion validation")]
    [InlineData(Signing.None)]
    [InlineData(Signing.Strange)]
    [InlineData(Signing.WithTheSecret)]
    [InlineData(Signing.WithThePublicKey)]
    public async Task A_token_that_the_service_did_not_sign_signs_nobody_in(Signing signing)
    {
        await using var service = await VouchingService.Start();
        await using var site = await Start(service);
        await site.OpenAccount(Email);
        service.Says(site.Clock.GetUtcNow(), "42", Email, verified: true);
        service.Signing = signing;
        var browser = site.Anonymous();
        Assert.Equal("/sign-in", await GoThrough(browser, service));
        Assert.False(await browser.IsSignedIn());
    }

    [Fact, Trait("Vulnerability", "28 SSO assertion validation")]
    public async Task A_service_changes_its_key_and_people_still_sign_in_without_its_being_asked_each_time()
    {
        await using var service = await VouchingService.Start();
        await using var site = await Start(service);
        await site.OpenAccount(Email);
        service.Says(site.Clock.GetUtcNow(), "42", Email, verified: true);
        for (var i = 0; i < 3; i++)
            Assert.Equal("/account", await GoThrough(site.Anonymous(), service));
        Assert.Equal(1, service.KeysGiven);
        service.ChangeKey();
        // A key that nobody knows is not looked for at every try, or strangers could make us ask without end.
        Assert.Equal("/sign-in", await GoThrough(site.Anonymous(), service));
        Assert.Equal(1, service.KeysGiven);
        site.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal("/account", await GoThrough(site.Anonymous(), service));
        Assert.Equal(2, service.KeysGiven);
    }

    [Fact, Trait("Vulnerability", "28 SSO assertion validation")]
    public async Task A_token_made_for_several_is_taken_only_when_it_was_made_for_us()
    {
        await using var service = await VouchingService.Start();
        await using var site = await Start(service);
        await site.OpenAccount(Email);
        service.Says(site.Clock.GetUtcNow(), "42", Email, verified: true);
        service.Claims["aud"] = new[] { "our-client", "another-client" };
        service.Claims["azp"] = "another-client";
        Assert.Equal("/sign-in", await GoThrough(site.Anonymous(), service));
        service.Claims["azp"] = "our-client";
        Assert.Equal("/account", await GoThrough(site.Anonymous(), service));
        service.Claims["nbf"] = site.Clock.GetUtcNow().AddHours(1).ToUnixTimeSeconds();
        Assert.Equal("/sign-in", await GoThrough(site.Anonymous(), service));
    }

    [Fact, Trait("Vulnerability", "29 login CSRF")]
    public async Task An_answer_obtained_by_another_browser_is_refused_and_each_works_once()
    {
        await using var service = await VouchingService.Start();
        await using var site = await Start(service);
        await site.OpenAccount(Email);
        service.Says(site.Clock.GetUtcNow(), "42", Email, verified: true);
        var (attacker, victim) = (site.Anonymous(), site.Anonymous());
        using var begun = await attacker.GetAsync("/sign-in/with/google");
        var back = service.Agree(begun.Headers.Location!.ToString());
        using (var without = await victim.GetAsync(back))
            Assert.Equal("/sign-in", without.Headers.Location?.ToString());
        using (await victim.GetAsync("/sign-in/with/google")) { }
        using (var other = await victim.GetAsync(back))
            Assert.Equal("/sign-in", other.Headers.Location?.ToString());
        Assert.False(await victim.IsSignedIn());
        using (var own = await attacker.GetAsync(back))
            Assert.Equal("/", own.Headers.Location?.ToString());
        using var again = await attacker.GetAsync(back);
        Assert.Equal("/sign-in", again.Headers.Location?.ToString());
    }

    [Fact, Trait("Vulnerability", "28 SSO account link confirmation")]
    public async Task Another_address_is_connected_only_after_the_person_confirms_it_here()
    {
        await using var service = await VouchingService.Start();
        await using var site = await Start(service);
        var person = await site.Follow(await site.OpenAccount(Email));
        service.Says(site.Clock.GetUtcNow(), "42", "elsewhere@example.com", verified: true);
        Assert.Equal("/sign-in", await GoThrough(site.Anonymous(), service));
        using var begun = await person.GetAsync("/sign-in/with/google");
        var page = await person.Page(service.Agree(begun.Headers.Location!.ToString()));
        Assert.Equal(0, await site.Db(db => db.Set<ExternalLogin>().CountAsync()));
        using var connected = await person.PostAsync(
            "/account/external",
            new FormUrlEncodedContent([
                new("_token", page.QuerySelector("#connect input[name=_token]")!.GetAttribute("value")!),
            ])
        );
        Assert.Equal("/account", connected.Headers.Location?.ToString());
        Assert.Equal("/account", await GoThrough(site.Anonymous(), service));
        using (await person.Submit("/account", "form[action='/account/external/remove']")) { }
        Assert.Equal("/sign-in", await GoThrough(site.Anonymous(), service));
    }

    [Fact, Trait("Vulnerability", "22 second factor bypass")]
    public async Task The_second_step_is_asked_for_all_the_same()
    {
        await using var service = await VouchingService.Start();
        await using var site = await Start(service);
        await AppOfPerson.SetUp(site, await site.Follow(await site.OpenAccount(Email, Roles.Editor)));
        service.Says(site.Clock.GetUtcNow(), "42", Email, verified: true);
        var browser = site.Anonymous();
        Assert.Equal("/sign-in/second-factor", await GoThrough(browser, service));
        Assert.False(await browser.IsSignedIn());
    }

    [Fact]
    public void A_setting_without_a_colon_is_named_in_the_error()
    {
        var wrong = Assert.Throws<SettingException>(() =>
            ExternalService.Read(name => name == "LPSA_OAUTH_ORCID" ? "no-colon" : null)
        );
        Assert.Contains("LPSA_OAUTH_ORCID", wrong.Message, StringComparison.Ordinal);
        var read = Assert.Single(ExternalService.Read(name => name == "LPSA_OAUTH_GOOGLE" ? "client:se:cret" : null));
        Assert.Equal(("client", "se:cret"), (read.ClientId, read.ClientSecret));
    }

    private static Task<TestSite> Start(VouchingService service) =>
        TestSite.Start(options => options with { ExternalServices = [service.AsService] });

    private static async Task<string?> GoThrough(HttpClient browser, VouchingService service)
    {
        using var begun = await browser.GetAsync("/sign-in/with/google?back=/account");
        Assert.Equal(HttpStatusCode.Redirect, begun.StatusCode);
        using var answer = await browser.GetAsync(service.Agree(begun.Headers.Location!.ToString()));
        return answer.Headers.Location?.ToString();
    }
}
