using Microsoft.Playwright;

namespace Lpsa.Tests;

public sealed class PublicAccessTests(DemoSite demo)
{
    public static TheoryData<string> Pages => [.. Template.Addresses(Answer.Public)];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_public_page_breaks_no_rule_of_access_in_either_direction_or_theme(string address)
    {
        var page = await demo.Visit();
        var found = new List<string>();
        foreach (var language in new[] { "", "/ar" })
        {
            await page.GotoAsync(language + demo.Filled(address));
            found.AddRange(await Axe.Violations(page, $"{language}{address} light"));
            await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
            found.AddRange(await Axe.ViolationsOfColour(page, $"{language}{address} dark"));
            await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        }
        await page.Context.CloseAsync();

        Findings.AreNone(found);
    }
}

public sealed class StaffAccessTests(DemoSite demo)
{
    public static TheoryData<string> Pages => [.. Template.Addresses(Answer.Staff)];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_staff_page_breaks_no_rule_of_access(string address)
    {
        var page = await demo.VisitAsAdministrator();
        var found = new List<string>();
        foreach (var (language, scheme) in new[] { ("", ColorScheme.Light), ("/ar", ColorScheme.Dark) })
        {
            await page.EmulateMediaAsync(new() { ColorScheme = scheme });
            var answer = await page.GotoAsync(language + demo.Filled(address));
            Assert.Equal(200, answer!.Status);
            found.AddRange(await Axe.Violations(page, $"{language}{address} {scheme}"));
        }
        await page.Context.CloseAsync();

        // The style page shows every part several times over, side by side; elsewhere a name occurs once.
        if (address == "/admin/style")
            found.RemoveAll(line => line.Contains(": landmark-unique ", StringComparison.Ordinal));
        Findings.AreNone(found);
    }
}
