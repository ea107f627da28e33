using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Lpsa.Tests;

public sealed class PaperAndDirectionTests(DemoSite demo)
{
    [Theory]
    [InlineData("/posts/{explainer}", "article .prose")]
    [InlineData("/countries/ken", "#levels svg:visible")]
    [InlineData("/ar/posts/{explainer}", "article .prose")]
    public async Task Paper_carries_the_text_and_none_of_the_menus(string address, string text)
    {
        var page = await demo.Visit();
        await page.GotoAsync(demo.Filled(address));
        await page.EmulateMediaAsync(new() { Media = Media.Print, ColorScheme = ColorScheme.Dark });
        await Expect(page.Locator(text).First).ToBeVisibleAsync();
        await Expect(page.Locator("h1")).ToBeVisibleAsync();
        foreach (var menu in new[] { ".site-menu", ".site-search", ".skip", ".breadcrumbs", ".footer-columns" })
        foreach (var part in await page.Locator(menu).AllAsync())
            await Expect(part).ToBeHiddenAsync();
        await Expect(page.Locator("body")).ToHaveCSSAsync("background-color", "rgb(255, 255, 255)");
        await Expect(page.Locator("h1")).ToHaveCSSAsync("color", "rgb(0, 0, 0)");
        // The paper says where it came from.
        await Expect(page.Locator(".print-only")).ToContainTextAsync(new Uri(page.Url).AbsolutePath);
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData("/", false)]
    [InlineData("/ar", true)]
    public async Task The_page_begins_on_the_side_where_its_script_begins(string address, bool fromTheRight)
    {
        var page = await demo.Visit();
        await page.GotoAsync(address);
        await Expect(page.Locator("body")).ToHaveCSSAsync("direction", fromTheRight ? "rtl" : "ltr");
        var width = page.ViewportSize!.Width;
        foreach (var part in new[] { ".brand", ".main-nav li", "h1" })
        {
            var box = (await page.Locator(part).First.BoundingBoxAsync())!;
            var middle = box.X + box.Width / 2;
            Assert.True(middle > width / 2.0 == fromTheRight, $"{part} of {address} stands at {box.X} of {width}");
        }
        var items = await page.Locator(".main-nav li").AllAsync();
        var (first, second) = ((await items[0].BoundingBoxAsync())!, (await items[1].BoundingBoxAsync())!);
        Assert.Equal(fromTheRight, second.X < first.X);
        await page.Context.CloseAsync();
    }
}
