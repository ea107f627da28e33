using Microsoft.Playwright;

namespace Lpsa.Tests;

/// <summary>
/// A person at the keys of one window, who goes on from stop to stop and would be lost at one that does not show, or
/// that does not let go.
/// </summary>
internal sealed class Keys(IPage page)
{
    /// <summary>More stops than any page of the journeys has; reaching it means going in circles.</summary>
    private const int TooManyStops = 400;

    /// <summary>A field for a date is one element with a stop for its day, month, year and calendar.</summary>
    private const int MostPartsOfAField = 4;

    private const string Focused = """
        (wanted) => {
          const e = document.activeElement;
          window.stops ??= new Map();
          if (!window.stops.has(e)) window.stops.set(e, window.stops.size);
          const style = getComputedStyle(e);
          return {
            number: window.stops.get(e),
            words: `${e.tagName.toLowerCase()}#${e.id} ${(e.getAttribute("aria-label") ?? e.textContent).trim().slice(0, 40)}`,
            seen: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
            nowhere: e === document.body,
            wanted: e === wanted,
          };
        }
        """;

    private sealed record Stop
    {
        public int Number { get; init; }
        public string Words { get; init; } = "";
        public bool Seen { get; init; }
        public bool Nowhere { get; init; }
        public bool Wanted { get; init; }
    }

    /// <summary>Past the menus, by the first stop of the page.</summary>
    public async Task SkipToContent()
    {
        await To("a.skip", "Enter");
        await Assertions.Expect(page.Locator("main")).ToBeFocusedAsync();
    }

    /// <summary>Tab until this has the focus.</summary>
    public async Task To(string selector)
    {
        var target = page.Locator(selector).First;
        var passed = new Dictionary<int, int>();
        for (var i = 0; i < TooManyStops; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            var stop = await target.EvaluateAsync<Stop>(Focused);
            Assert.False(stop.Nowhere, $"Tab left {page.Url} and never reached {selector}.");
            Assert.True(stop.Seen, $"{page.Url}: no outline on {stop.Words}");
            var times = passed[stop.Number] = passed.GetValueOrDefault(stop.Number) + 1;
            Assert.True(times <= MostPartsOfAField, $"{page.Url}: Tab goes in circles at {stop.Words}");
            if (stop.Wanted)
                return;
        }
        Assert.Fail($"Tab never reached {selector} on {page.Url}.");
    }

    public async Task To(string selector, string key)
    {
        await To(selector);
        await page.Keyboard.PressAsync(key);
    }

    public async Task Type(string selector, string words)
    {
        await To(selector);
        await page.Keyboard.TypeAsync(words);
    }
}
