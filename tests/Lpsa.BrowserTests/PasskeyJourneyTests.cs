using Lpsa.Platform;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Lpsa.Tests;

/// <summary>A person with a device that makes passkeys: the browser's own virtual authenticator.</summary>
public sealed class PasskeyJourneyTests(DemoSite demo)
{
    [Fact]
    public async Task A_person_adds_a_passkey_signs_out_and_signs_in_with_it()
    {
        // Browsers know passkeys at localhost but not at a bare number, where the demonstration runs.
        await using var site = await TestSite.Start(
            options => options with { Url = new Uri("http://localhost") },
            builder =>
            {
                builder.Services.RemoveAll<TimeProvider>();
                builder.Services.AddSingleton(TimeProvider.System);
            },
            staffNeedTwoFactors: true
        );
        var origin = $"http://localhost:{site.Address.Port}";
        var path = await site.Db(async db =>
        {
            var account = Account.Open("amina@example.org", "Amina", db.Now);
            account.Grant(Roles.Administrator);
            var (link, token) = SignInLink.Make(account.Id, db.Now);
            db.AddRange(account, link);
            await db.SaveChangesAsync();
            return SignInLink.PathOf(token);
        });
        var page = await demo.Visit(options => options.BaseURL = origin);
        await AddAuthenticator(page);

        await page.GotoAsync(path);
        await page.Locator("main form button").ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("Second step of signing in");
        await page.GotoAsync("/account/passkeys");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a passkey on this device" }).ClickAsync();
        await Expect(page.Locator(".flash")).ToContainTextAsync("The passkey was added.");
        await Expect(page.Locator("#passkeys li")).ToHaveCountAsync(1);

        await page.GotoAsync("/account");
        await page.Locator("#sign-out button").ClickAsync();
        await page.GotoAsync("/sign-in?back=/admin");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(origin + "/admin");
        await Expect(page.Locator(".flash")).ToContainTextAsync("You are signed in.");
        await page.Context.CloseAsync();
    }

    private static async Task AddAuthenticator(IPage page)
    {
        var browser = await page.Context.NewCDPSessionAsync(page);
        await browser.SendAsync("WebAuthn.enable");
        await browser.SendAsync(
            "WebAuthn.addVirtualAuthenticator",
            new()
            {
                ["options"] = new Dictionary<string, object>
                {
                    ["protocol"] = "ctap2",
                    ["transport"] = "internal",
                    ["hasResidentKey"] = true,
                    ["hasUserVerification"] = true,
                    ["isUserVerified"] = true,
                    ["automaticPresenceSimulation"] = true,
                },
            }
        );
    }
}
