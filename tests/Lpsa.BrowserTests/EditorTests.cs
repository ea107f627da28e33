using static Microsoft.Playwright.Assertions;

namespace Lpsa.Tests;

/// <summary>The editor with its script: what a writer types is safe before it is saved.</summary>
public sealed class EditorTests(DemoSite demo)
{
    private const string Kept = "Kept on the server";

    [Fact]
    public async Task What_is_typed_is_kept_on_the_server_without_saving()
    {
        var address = "/admin/posts/" + await demo.Draft("Kept while writing");
        var page = await demo.VisitAsAdministrator();
        await page.GotoAsync(address);
        await page.Locator("#Body").FillAsync("A thought that must not be lost.");
        await Expect(page.Locator("[data-status]")).ToContainTextAsync(Kept);
        await page.Context.CloseAsync();

        Assert.Equal("A thought that must not be lost.", await UnsavedText(address));
    }

    [Fact]
    public async Task The_preview_shows_what_is_typed_as_it_will_look()
    {
        var page = await demo.VisitAsAdministrator();
        var watch = new Watch(page, demo);
        await page.GotoAsync("/admin/posts/" + await demo.Draft("Seen while writing"));
        await page.Locator("#Body").FillAsync("## Wards\n\nThey **decide**.\n\n<script>alert(1)</script>");
        var preview = page.Locator(".preview .prose");
        await Expect(preview.Locator("h2")).ToHaveTextAsync("Wards");
        await Expect(preview.Locator("strong")).ToHaveTextAsync("decide");
        await Expect(preview.Locator("script")).ToHaveCountAsync(0);
        await page.Context.CloseAsync();

        Findings.AreNone(watch.Complaints);
    }

    [Fact]
    public async Task A_lost_connection_loses_no_text_and_sends_it_later()
    {
        var address = "/admin/posts/" + await demo.Draft("Written on a train");
        var page = await demo.VisitAsAdministrator();
        await page.GotoAsync(address);
        await page.Context.SetOfflineAsync(true);
        await page.Locator("#Body").FillAsync("Written in a tunnel.");
        await Expect(page.Locator("[data-status]")).ToContainTextAsync("Not connected");
        await Expect(page.Locator("#Body")).ToHaveValueAsync("Written in a tunnel.");
        await page.Context.SetOfflineAsync(false);
        await Expect(page.Locator("[data-status]")).ToContainTextAsync(Kept);
        await page.Context.CloseAsync();

        Assert.Equal("Written in a tunnel.", await UnsavedText(address));
    }

    /// <summary>What the writer finds on coming back to the post in another window.</summary>
    private async Task<string> UnsavedText(string address)
    {
        var page = await demo.VisitAsAdministrator();
        await page.GotoAsync(address);
        await page.GetByText("Open it").ClickAsync();
        var text = await page.Locator("#Body").InputValueAsync();
        await page.Context.CloseAsync();
        return text;
    }
}
