using System.Net;
using Lpsa.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lpsa.Tests;

public sealed class SecondFactorTests
{
    private const string Email = "amina@example.org";
    private const string SecondStep = "/sign-in/second-factor";

    [Fact]
    public async Task With_an_app_set_up_signing_in_asks_for_its_code()
    {
        await using var site = await TestSite.Start();
        var account = await site.OpenAccount(Email, Roles.Editor);
        var (app, codes) = await AppOfPerson.SetUp(site, await site.Follow(account));
        Assert.Equal(SecondFactor.RecoveryCodes, codes.Distinct().Count());
        string? led = null;
        var browser = await site.Follow(account, to => led = to);
        Assert.Equal(SecondStep, led);
        Assert.False(await browser.IsSignedIn());
        using var done = await browser.Submit(SecondStep, "#second-factor-form", ("Code", app.Code(site)));
        Assert.Equal("/", done.Headers.Location?.ToString());
        await browser.Page("/admin");
    }

    [Fact, Trait("Vulnerability", "22 second factor bypass")]
    public async Task With_half_a_session_every_route_answers_as_to_a_stranger()
    {
        await using var site = await TestSite.Start();
        var account = await site.OpenAccount(Email, Roles.Administrator);
        await AppOfPerson.SetUp(site, await site.Follow(account));
        var (half, stranger) = (await site.Follow(account), site.Anonymous());
        var different = new List<string>();
        var routes = Routes(site);
        Assert.True(routes.Count > 100, $"only {routes.Count} routes were found");
        foreach (var (method, path) in routes)
        {
            if (path.StartsWith("/sign-in", StringComparison.Ordinal) || path == "/sign-out")
                continue;
            var (asHalf, asStranger) = (await Answer(half, method, path), await Answer(stranger, method, path));
            if (asHalf != asStranger)
                different.Add($"{method} {path}: {asHalf} but a stranger gets {asStranger}");
        }
        Assert.Empty(different);
    }

    [Fact, Trait("Vulnerability", "22 second factor bypass")]
    public async Task The_half_session_cookie_is_no_session_cookie()
    {
        await using var site = await TestSite.Start();
        var account = await site.OpenAccount(Email, Roles.Administrator);
        await AppOfPerson.SetUp(site, await site.Follow(account));
        using var answer = await site.Anonymous().PostAsync(await site.LinkFor(account), new FormUrlEncodedContent([]));
        var cookies = answer.Headers.GetValues("Set-Cookie").ToList();
        Assert.DoesNotContain(cookies, c => c.StartsWith(SignIn.CookieName + "=", StringComparison.Ordinal));
        var token = cookies
            .Single(c => c.StartsWith("lpsa-half=", StringComparison.Ordinal))
            .Split('=', 2)[1]
            .Split(';')[0];
        using var forged = new HttpRequestMessage(HttpMethod.Get, "/admin")
        {
            Headers = { { "Cookie", $"{SignIn.CookieName}={token}" } },
        };
        using var refused = await site.Anonymous().SendAsync(forged);
        Assert.Equal(HttpStatusCode.SeeOther, refused.StatusCode);
        Assert.False(await site.Db(db => db.Set<HalfSession>().AnyAsync(h => h.TokenHash == token)));
    }

    [Fact, Trait("Vulnerability", "22 second factor bypass")]
    public async Task A_code_works_once_even_within_its_half_minute_and_in_two_browsers_at_once()
    {
        await using var site = await TestSite.Start();
        var account = await site.OpenAccount(Email);
        var (app, _) = await AppOfPerson.SetUp(site, await site.Follow(account));
        var browsers = new List<HttpClient>();
        for (var i = 0; i < 3; i++)
            browsers.Add(await site.Follow(account));
        var code = app.Code(site);
        var answers = await Task.WhenAll(browsers.Select(b => Send(b, code)));
        Assert.Single(answers, HttpStatusCode.SeeOther);
        Assert.Equal(2, answers.Count(a => a == HttpStatusCode.UnprocessableEntity));
    }

    [Fact, Trait("Vulnerability", "24 recovery code guessed or used again")]
    public async Task A_recovery_code_works_once_and_for_its_own_account_only()
    {
        await using var site = await TestSite.Start();
        var amina = await site.OpenAccount(Email);
        var other = await site.OpenAccount("other@example.org");
        var (_, codes) = await AppOfPerson.SetUp(site, await site.Follow(amina));
        await AppOfPerson.SetUp(site, await site.Follow(other));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await Send(await site.Follow(other), codes[0]));
        Assert.Equal(HttpStatusCode.SeeOther, await Send(await site.Follow(amina), codes[0].ToUpperInvariant()));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await Send(await site.Follow(amina), codes[0]));
        Assert.False(await site.Db(db => db.Set<RecoveryCode>().AnyAsync(c => codes.Contains(c.CodeHash))));
    }

    [Fact, Trait("Vulnerability", "24 recovery code guessed or used again")]
    public async Task After_five_wrong_codes_the_first_step_has_to_be_done_anew()
    {
        await using var site = await TestSite.Start();
        var account = await site.OpenAccount(Email);
        var (app, _) = await AppOfPerson.SetUp(site, await site.Follow(account));
        var browser = await site.Follow(account);
        for (var i = 0; i < HalfSession.MostTries; i++)
            Assert.Equal(HttpStatusCode.UnprocessableEntity, await Send(browser, "wrong"));
        Assert.Equal(HttpStatusCode.SeeOther, await Send(browser, app.Code(site)));
        Assert.False(await browser.IsSignedIn());
    }

    [Fact]
    public async Task A_half_session_ends_after_ten_minutes()
    {
        await using var site = await TestSite.Start();
        var account = await site.OpenAccount(Email);
        var (app, _) = await AppOfPerson.SetUp(site, await site.Follow(account));
        var browser = await site.Follow(account);
        site.Clock.Advance(HalfSession.Lifetime + TimeSpan.FromSeconds(1));
        await Send(browser, app.Code(site));
        Assert.False(await browser.IsSignedIn());
    }

    [Fact]
    public async Task The_database_holds_no_secret_in_the_clear()
    {
        await using var site = await TestSite.Start();
        var account = await site.OpenAccount(Email);
        var person = await site.Follow(account);
        await AppOfPerson.SetUp(site, person);
        var stored = await site.Db(db => db.Set<AuthenticatorApp>().Select(a => a.Secret).SingleAsync());
        Assert.True(stored.Length > 100);
        Assert.DoesNotMatch("^[0-9A-F]{40}$", stored);
    }

    [Theory]
    [InlineData(Roles.Administrator)]
    [InlineData(Roles.Editor)]
    [InlineData(Roles.Contributor)]
    public async Task Staff_without_a_second_step_are_led_to_set_it_up_before_any_staff_page(string role)
    {
        await using var site = await TestSite.Start(staffNeedTwoFactors: true);
        var account = await site.OpenAccount(Email, role);
        string? led = null;
        var browser = await site.Follow(account, to => led = to);
        Assert.Equal(SecondFactor.SetupPath, led);
        foreach (var item in site.Services.GetRequiredService<ModuleRegistry>().AdminNav)
        {
            using var refused = await browser.GetAsync(item.Path);
            Assert.Equal((HttpStatusCode.SeeOther, led), (refused.StatusCode, refused.Headers.Location?.ToString()));
        }
        await AppOfPerson.SetUp(site, browser);
        await browser.Page("/admin");
    }

    [Fact]
    public async Task Members_choose_and_the_setting_lets_staff_choose_too()
    {
        await using var strict = await TestSite.Start(staffNeedTwoFactors: true);
        string? led = null;
        await strict.Follow(await strict.OpenAccount(Email, Roles.Member), to => led = to);
        Assert.Equal("/", led);
        await using var lenient = await TestSite.Start();
        var staff = await lenient.Follow(await lenient.OpenAccount(Email, Roles.Administrator), to => led = to);
        Assert.Equal("/", led);
        await staff.Page("/admin");
    }

    [Fact, Trait("Vulnerability", "16 mass assignment")]
    public async Task Nobody_sets_up_a_secret_of_their_own_or_of_another_account()
    {
        await using var site = await TestSite.Start();
        var person = await site.Follow(await site.OpenAccount(Email));
        var other = await site.Follow(await site.OpenAccount("other@example.org"));
        var othersSeal = (await other.Page(SecondFactor.SetupPath))
            .QuerySelector("#set-up input[name=Seal]")!
            .GetAttribute("value")!;
        foreach (var seal in (string[])["", "3132333435363738393031323334353637383930", othersSeal])
        {
            using var answer = await person.Submit(
                SecondFactor.SetupPath,
                "#set-up",
                ("Seal", seal),
                ("Code", "287082")
            );
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        }
        Assert.Equal(0, await site.Db(db => db.Set<AuthenticatorApp>().CountAsync()));
    }

    [Fact]
    public async Task An_old_sign_in_is_not_enough_to_switch_the_second_step_off()
    {
        await using var site = await TestSite.Start();
        var account = await site.OpenAccount(Email);
        var person = await site.Follow(account);
        await AppOfPerson.SetUp(site, person);
        using (var page = await person.GetAsync(SecondFactor.SetupPath))
            Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        site.Clock.Advance(RequiredFreshSignIn.Lifetime);
        using var refused = await person.GetAsync(SecondFactor.SetupPath);
        Assert.Equal(
            "/sign-in?again=true&back=" + Uri.EscapeDataString(SecondFactor.SetupPath),
            refused.Headers.Location?.ToString()
        );
        var again = await person.Page("/sign-in?again=true&back=/account");
        Assert.NotNull(again.QuerySelector("main form input[name=_token]"));
    }

    private static async Task<HttpStatusCode> Send(HttpClient browser, string code)
    {
        using var answer = await browser.PostAsync(SecondStep, new FormUrlEncodedContent([new("Code", code)]));
        return answer.StatusCode;
    }

    private static async Task<string> Answer(HttpClient browser, HttpMethod method, string path)
    {
        using var asked = new HttpRequestMessage(method, path);
        if (method == HttpMethod.Post)
            asked.Content = new FormUrlEncodedContent([]);
        using var answer = await browser.SendAsync(asked, HttpCompletionOption.ResponseHeadersRead);
        return $"{(int)answer.StatusCode} {answer.Headers.Location}";
    }

    /// <summary>Every route of the product with each of its methods; parameters are filled with what fits them.</summary>
    private static IReadOnlyList<(HttpMethod Method, string Path)> Routes(TestSite site) =>
        [
            .. site
                .Services.GetServices<EndpointDataSource>()
                .SelectMany(s => s.Endpoints)
                .OfType<RouteEndpoint>()
                .SelectMany(e =>
                    (e.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"]).Select(m =>
                        (new HttpMethod(m), Filled(e.RoutePattern))
                    )
                )
                .Distinct(),
        ];

    private static string Filled(Microsoft.AspNetCore.Routing.Patterns.RoutePattern pattern) =>
        "/"
        + string.Join(
            '/',
            pattern.PathSegments.Select(segment =>
                string.Concat(
                    segment.Parts.Select(part =>
                        part switch
                        {
                            Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal => literal.Content,
                            Microsoft.AspNetCore.Routing.Patterns.RoutePatternSeparatorPart dot => dot.Content,
                            Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart named => Sample(named),
                            _ => "",
                        }
                    )
                )
            )
        );

    private static string Sample(Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart parameter)
    {
        var rules = string.Concat(parameter.ParameterPolicies.Select(p => p.Content));
        return rules.Contains("guid", StringComparison.Ordinal) ? "01234567-89ab-7cde-8f01-23456789abcd"
            : rules.Contains("1990", StringComparison.Ordinal) ? "2015"
            : rules.Contains("int", StringComparison.Ordinal) ? "7"
            : "sample";
    }
}
