using static Microsoft.Playwright.Assertions;

namespace Lpsa.Tests;

/// <summary>A person who uses the keyboard and nothing else.</summary>
public sealed class KeyboardTests(DemoSite demo)
{
    /// <summary>More stops than any of these pages has; reaching it means going in circles.</summary>
    private const int TooManyStops = 400;

    /// <summary>What has the focus: a number of its own for each element, its words, whether its outline shows.</summary>
    private const string Focused = """
        () => {
          const e = document.activeElement;
          if (!e || e === document.body) return null;
          window.stops ??= new Map();
          if (!window.stops.has(e)) window.stops.set(e, window.stops.size);
          const style = getComputedStyle(e);
          return {
            number: window.stops.get(e),
            words: `${e.tagName.toLowerCase()} ${(e.getAttribute("aria-label") ?? e.textContent).trim().slice(0, 40)}`,
            inside: [...document.querySelectorAll("details, nav")].filter((p) => p.contains(e)).map((p) => p.className),
            seen: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
          };
        }
        """;

    private const string Tabbable = """
        () => [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")]
          .filter((e) => !e.disabled && e.checkVisibility({ visibilityProperty: true })).length
        """;

    private sealed record Stop
    {
        public int Number { get; init; }
        public string Words { get; init; } = "";
        public string[] Inside { get; init; } = [];
        public bool Seen { get; init; }
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/ar/posts")]
    public async Task The_first_stop_skips_to_the_content(string address)
    {
        var page = await demo.Visit();
        await page.GotoAsync(address);
        await page.Keyboard.PressAsync("Tab");
        await Expect(page.Locator("a.skip")).ToBeFocusedAsync();
        await Expect(page.Locator("a.skip")).ToBeInViewportAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("main")).ToBeFocusedAsync();
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/posts")]
    [InlineData("/posts/{explainer}")]
    [InlineData("/search?q=kenya")]
    [InlineData("/ar/countries/ken")]
    [InlineData("/admin/posts/{post}")]
    public async Task Every_stop_shows_its_focus_and_none_is_a_trap(string address)
    {
        var page = await demo.VisitAsAdministrator();
        await page.GotoAsync(demo.Filled(address));
        var expected = await page.EvaluateAsync<int>(Tabbable);
        var visited = new Dictionary<int, Stop>();
        for (var i = 0; i < TooManyStops; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.EvaluateAsync<Stop?>(Focused) is not { } stop || !visited.TryAdd(stop.Number, stop))
                break;
        }
        await page.Context.CloseAsync();

        Findings.AreNone(visited.Values.Where(s => !s.Seen).Select(s => $"{address}: no outline on {s.Words}"));
        Assert.True(
            visited.Count >= expected,
            $"{address}: {visited.Count} of {expected} reached, the last was {visited.Values.Last().Words}"
        );
    }

    [Fact]
    public async Task The_menu_of_a_phone_opens_and_leads_on()
    {
        var page = await demo.Visit(options => options.ViewportSize = new() { Width = 360, Height = 740 });
        await page.GotoAsync("/about");
        await TabTo(page, "menu-toggle");
        await page.Keyboard.PressAsync("Enter");
        await TabTo(page, "main-nav");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page).Not.ToHaveURLAsync(demo.Origin + "/about");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_search_needs_only_its_words_and_enter()
    {
        var page = await demo.Visit();
        await page.GotoAsync("/about");
        await page.Locator("#site-q").FocusAsync();
        await page.Keyboard.TypeAsync("kenya");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(demo.Origin + "/search?q=kenya");

        await page.Keyboard.PressAsync("/");
        await Expect(page.Locator("#q")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("local pub");
        await Expect(page.Locator("#q-titles li").First).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("article h1, header h1").First).ToBeVisibleAsync();
        Assert.DoesNotContain("/search", page.Url);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_facet_is_reached_and_chosen()
    {
        var page = await demo.Visit();
        await page.GotoAsync("/posts");
        await TabTo(page, "facets");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("a.tag.chosen")).ToHaveCountAsync(1);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task The_editor_is_written_left_and_saved()
    {
        var page = await demo.VisitAsAdministrator();
        await page.GotoAsync("/admin/posts/" + await demo.Draft("Written without a mouse"));
        await page.Locator("#Summary").FocusAsync();
        await page.Keyboard.PressAsync("Tab");
        await Expect(page.Locator("#Body")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("Some words.");
        await page.Keyboard.PressAsync("Tab");
        await Expect(page.Locator("#Body")).Not.ToBeFocusedAsync();
        await page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Save", Exact = true }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".flash")).ToContainTextAsync("Saved.");
        await Expect(page.Locator("#Body")).ToHaveValueAsync("Some words.");
        await page.Context.CloseAsync();
    }

    private static async Task TabTo(IPage page, string part)
    {
        for (var i = 0; i < TooManyStops; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.EvaluateAsync<Stop?>(Focused) is { } stop && stop.Inside.Contains(part))
                return;
        }
        Assert.Fail($"Tab never reached {part} on {page.Url}.");
    }
}
