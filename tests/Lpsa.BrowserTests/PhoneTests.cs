namespace Lpsa.Tests;

/// <summary>A small phone, 360 points wide.</summary>
public sealed class PhoneTests(DemoSite demo)
{
    private const int Width = 360;

    /// <summary>Links of menus, buttons and what opens: at least 24 by 24, as WCAG 2.2 asks of every target.</summary>
    private const string SmallTargets = """
        () => [...document.querySelectorAll("nav a, button, summary, .tag")]
          .filter((e) => e.checkVisibility({ visibilityProperty: true }) && !e.closest(".hidden"))
          .map((e) => [e, e.getBoundingClientRect()])
          .filter(([, box]) => box.height < 24 || box.width < 24)
          .map(([e, box]) => `${e.tagName} ${Math.round(box.width)}×${Math.round(box.height)} ${e.textContent.trim().slice(0, 40)}`)
        """;

    private const string TooWide = """
        () => [...document.querySelectorAll("body *")]
          .filter((e) => e.getBoundingClientRect().right > innerWidth + 1 || e.getBoundingClientRect().left < -1)
          .slice(0, 5)
          .map((e) => `${e.tagName}.${e.className?.baseVal ?? e.className}`)
        """;

    public static TheoryData<string> Pages => [.. Template.Addresses(Answer.Public)];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_public_page_fits_a_phone_and_its_targets_a_thumb(string address)
    {
        var page = await demo.Visit(options => options.ViewportSize = new() { Width = Width, Height = 740 });
        var found = new List<string>();
        foreach (var language in new[] { "", "/ar" })
        {
            await page.GotoAsync(language + demo.Filled(address));
            var width = await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth");
            if (width > Width)
                found.Add(
                    $"{language}{address} is {width} wide: {string.Join(", ", await page.EvaluateAsync<string[]>(TooWide))}"
                );
            if (await page.Locator(".menu-toggle summary").CountAsync() > 0)
                await page.Locator(".menu-toggle summary").ClickAsync();
            found.AddRange(
                (await page.EvaluateAsync<string[]>(SmallTargets)).Select(target => $"{language}{address}: {target}")
            );
        }
        await page.Context.CloseAsync();

        Findings.AreNone(found);
    }
}
