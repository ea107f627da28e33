using System.Buffers.Text;
using System.Net;
using System.Text;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lpsa.Tests;

public sealed class PasskeyTests
{
    private const string Email = "amina@example.org";

    [Fact]
    public async Task A_person_adds_a_passkey_and_signs_in_with_it_without_another_step()
    {
        await using var site = await Start();
        var account = await site.OpenAccount(Email, Roles.Editor);
        var own = await site.Follow(account);
        using var key = new SoftwareKey();
        await Add(own, key);
        await AppOfPerson.SetUp(site, own);
        var browser = site.Anonymous();
        Assert.Equal("/account", await SignIn(browser, key.Get(await Ask(browser))));
        await browser.Page("/admin");
        Assert.Equal(2, (await site.LettersTo(Email)).Count);
        Assert.Equal(1, await site.Db(db => db.Set<Passkey>().Select(p => p.SignCount).SingleAsync()));
    }

    [Fact, Trait("Vulnerability", "23 session survives a change of credentials")]
    public async Task Adding_and_removing_a_passkey_signs_out_every_other_device()
    {
        await using var site = await Start();
        var account = await site.OpenAccount(Email);
        var (own, stolen) = (await site.Follow(account), await site.Follow(account));
        using var key = new SoftwareKey();
        await Add(own, key);
        Assert.False(await stolen.IsSignedIn());
        stolen = await site.Follow(account);
        using (await own.Submit("/account/passkeys", "#passkeys form")) { }
        Assert.False(await stolen.IsSignedIn());
        var browser = site.Anonymous();
        Assert.Equal("/sign-in", await SignIn(browser, key.Get(await Ask(browser))));
    }

    [Theory, Trait("Vulnerability", "28 assertion validation")]
    [InlineData("https://evil.example", "localhost", true)]
    [InlineData("http://localhost.evil.example", "localhost", true)]
    [InlineData("https://localhost", "localhost", true)]
    [InlineData("http://localhost", "evil.example", true)]
    [InlineData("http://localhost", "localhost", false)]
    public async Task An_answer_for_another_site_or_without_the_owner_is_refused(
        string origin,
        string party,
        bool ownerIsThere
    )
    {
        await using var site = await Start();
        using var key = new SoftwareKey();
        await Add(await site.Follow(await site.OpenAccount(Email)), key);
        (key.Origin, key.Site, key.KnowsItsOwner) = (origin, party, ownerIsThere);
        var browser = site.Anonymous();
        Assert.Equal("/sign-in", await SignIn(browser, key.Get(await Ask(browser))));
        Assert.False(await browser.IsSignedIn());
    }

    [Fact, Trait("Vulnerability", "28 assertion validation")]
    public async Task An_answer_works_once_and_only_in_the_browser_that_was_asked()
    {
        await using var site = await Start();
        using var key = new SoftwareKey();
        await Add(await site.Follow(await site.OpenAccount(Email)), key);
        var (person, thief) = (site.Anonymous(), site.Anonymous());
        using var asked = await person.PostAsync("/sign-in/passkey/options", new FormUrlEncodedContent([]));
        var cookie = asked
            .Headers.GetValues("Set-Cookie")
            .Single(c => c.StartsWith("lpsa-passkey=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        var answer = key.Get(await asked.Content.ReadAsStringAsync());
        await Ask(thief);
        Assert.Equal("/sign-in", await SignIn(thief, answer));
        Assert.Equal("/account", await SignIn(person, answer));
        using var replay = new HttpRequestMessage(HttpMethod.Post, "/sign-in/passkey")
        {
            Content = new FormUrlEncodedContent([new("Credential", answer), new("Back", "/account")]),
            Headers = { { "Cookie", cookie.Split(';')[0] } },
        };
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = site.Address,
        };
        using var again = await client.SendAsync(replay);
        Assert.Equal("/sign-in", again.Headers.Location?.ToString());
    }

    [Fact, Trait("Vulnerability", "28 assertion validation")]
    public async Task An_answer_given_before_midnight_is_not_taken_again_after_it()
    {
        await using var site = await Start();
        await site.Db(async db =>
        {
            Assert.True(await UsedChallenge.Take(db, "a challenge", TimeSpan.FromMinutes(5), default));
            Assert.False(await UsedChallenge.Take(db, "a challenge", TimeSpan.FromMinutes(5), default));
        });
        var now = site.Clock.GetUtcNow();
        site.Clock.Advance(now.UtcDateTime.Date.AddDays(1).AddMinutes(-1) - now.UtcDateTime);
        await site.Db(db => UsedChallenge.Take(db, "late", TimeSpan.FromMinutes(5), default));
        site.Clock.Advance(TimeSpan.FromMinutes(2));
        await Housekeeping.Run(site.Services.CreateScope().ServiceProvider, default);
        Assert.False(await site.Db(db => UsedChallenge.Take(db, "late", TimeSpan.FromMinutes(5), default)));
        site.Clock.Advance(TimeSpan.FromMinutes(5));
        await Housekeeping.Run(site.Services.CreateScope().ServiceProvider, default);
        Assert.Equal(0, await site.Db(db => db.Set<UsedChallenge>().CountAsync()));
    }

    [Fact, Trait("Vulnerability", "28 assertion validation")]
    public async Task A_passkey_speaks_for_its_own_account_only_and_its_signature_counts()
    {
        await using var site = await Start();
        var other = await site.OpenAccount("other@example.org", Roles.Administrator);
        using var key = new SoftwareKey();
        await Add(await site.Follow(await site.OpenAccount(Email)), key);
        var browser = site.Anonymous();
        var handle = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(other.ToString()));
        Assert.Equal("/sign-in", await SignIn(browser, key.Get(await Ask(browser), asUser: handle)));
        using var unknown = new SoftwareKey();
        Assert.Equal("/sign-in", await SignIn(browser, unknown.Get(await Ask(browser))));
        Assert.Equal("/sign-in", await SignIn(browser, "{}"));
        await Ask(browser);
        Assert.Equal("/sign-in", await SignIn(browser, "not JSON"));
    }

    [Fact, Trait("Vulnerability", "14 other people's ids")]
    public async Task Nobody_removes_another_persons_passkey()
    {
        await using var site = await Start();
        using var key = new SoftwareKey();
        await Add(await site.Follow(await site.OpenAccount(Email)), key);
        var stranger = await site.Follow(await site.OpenAccount("other@example.org"));
        var token = (await stranger.Page("/account")).QuerySelector("input[name=_token]")!.GetAttribute("value")!;
        foreach (var id in (string[])[key.Id, "no-such-passkey"])
        {
            using var answer = await stranger.PostAsync(
                "/account/passkeys/remove",
                new FormUrlEncodedContent([new("_token", token), new("Id", id)])
            );
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
        Assert.Equal(1, await site.Db(db => db.Set<Passkey>().CountAsync()));
    }

    [Fact, Trait("Vulnerability", "22 second factor bypass")]
    public async Task Staff_with_a_passkey_cannot_add_another_factor_with_their_mailbox_alone()
    {
        await using var site = await Start(staffNeedTwoFactors: true);
        var account = await site.OpenAccount(Email, Roles.Administrator);
        using var key = new SoftwareKey();
        var own = await site.Follow(account);
        await Add(own, key);
        await own.Page("/admin");
        string? led = null;
        var thief = await site.Follow(account, to => led = to);
        Assert.StartsWith("/sign-in?again=true", led, StringComparison.Ordinal);
        foreach (var path in (string[])["/account/second-factor", "/account/passkeys", "/account/password"])
        {
            using var refused = await thief.GetAsync(path);
            Assert.Equal(HttpStatusCode.SeeOther, refused.StatusCode);
        }
        using (var staff = await thief.GetAsync("/admin"))
            Assert.Equal(HttpStatusCode.SeeOther, staff.StatusCode);
    }

    [Fact]
    public async Task An_administrator_helps_somebody_who_lost_everything()
    {
        await using var site = await Start();
        var account = await site.OpenAccount(Email);
        using var key = new SoftwareKey();
        var own = await site.Follow(account);
        await Add(own, key);
        await AppOfPerson.SetUp(site, own);
        var admin = await site.SignedIn(Roles.Administrator);
        using (await admin.Submit($"/admin/users/{account}", "#reset-second-step form")) { }
        Assert.False(await own.IsSignedIn());
        string? led = null;
        await site.Follow(account, to => led = to);
        Assert.Equal("/", led);
        Assert.Equal(3, (await site.LettersTo(Email)).Count);
    }

    private static Task<TestSite> Start(bool staffNeedTwoFactors = false) =>
        TestSite.Start(
            options => options with { Url = new Uri("http://localhost") },
            staffNeedTwoFactors: staffNeedTwoFactors
        );

    private static async Task Add(HttpClient person, SoftwareKey key)
    {
        var token = (await person.Page("/account/passkeys"))
            .QuerySelector("#add-passkey input[name=_token]")!
            .GetAttribute("value")!;
        using var options = await person.PostAsync(
            "/account/passkeys/options",
            new FormUrlEncodedContent([new("_token", token)])
        );
        using var added = await person.PostAsync(
            "/account/passkeys",
            new FormUrlEncodedContent([
                new("_token", token),
                new("Credential", key.Create(await options.Content.ReadAsStringAsync())),
            ])
        );
        Assert.Equal("/account/passkeys", added.Headers.Location?.ToString());
        Assert.NotEmpty((await person.Page("/account/passkeys")).QuerySelectorAll("#passkeys li"));
    }

    private static async Task<string> Ask(HttpClient browser)
    {
        using var options = await browser.PostAsync("/sign-in/passkey/options", new FormUrlEncodedContent([]));
        return await options.Content.ReadAsStringAsync();
    }

    private static async Task<string?> SignIn(HttpClient browser, string credential)
    {
        using var answer = await browser.PostAsync(
            "/sign-in/passkey",
            new FormUrlEncodedContent([new("Credential", credential), new("Back", "/account")])
        );
        return answer.Headers.Location?.ToString();
    }
}
