using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace Lpsa.Tests;

/// <summary>What people do besides looking at pages: they read their mail, and come back in later.</summary>
internal static class Journey
{
    /// <summary>The local path of the link in the newest letter to this address, once all that is due was written.</summary>
    public static async Task<string> Letter(this DemoSite demo, string email, string part)
    {
        await demo.Site.RunJobs();
        return await demo.Site.LinkIn(email, part);
    }

    /// <summary>Every letter of a kind to this address.</summary>
    public static async Task<IReadOnlyList<OutgoingMail>> Mailbox(this DemoSite demo, string email, string kind)
    {
        await demo.Site.RunJobs();
        return await demo.Site.Db(db =>
            db.Set<OutgoingMail>().AsNoTracking().Where(m => m.ToAddress == email && m.Kind == kind).ToListAsync()
        );
    }

    /// <summary>Asks for the letter that signs in. Whether one comes is seen in the mailbox only.</summary>
    public static async Task AskToSignIn(this IPage page, string email)
    {
        await page.GotoAsync("/sign-in");
        await page.Locator("#Email").FillAsync(email);
        await page.Press("Send me a link");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("mailbox");
    }

    /// <summary>Presses a button by its exact words.</summary>
    public static Task Press(this IPage page, string words) =>
        page.GetByRole(AriaRole.Button, new() { Name = words, Exact = true }).ClickAsync();

    /// <summary>Follows a link of the content by its exact words.</summary>
    public static Task Follow(this IPage page, string words) =>
        page.Locator("main").GetByRole(AriaRole.Link, new() { Name = words, Exact = true }).ClickAsync();
}
