using System.Net;
using System.Text.Json;
using Lpsa.Platform;

namespace Lpsa.Tests;

public sealed class DevMailboxTests(PythonMail python) : IClassFixture<PythonMail>
{
    [Fact]
    public async Task Somebody_who_tries_the_platform_finds_its_messages_and_their_links()
    {
        await using var site = await Demonstration();
        var id = await OutboxTests.Queue(site, new SampleLetter(), Language.Arabic);
        var visitor = site.Anonymous();

        var page = await visitor.Page("/dev/mail");
        var message = page.QuerySelector($"#mail-{id}")!;
        Assert.Equal("Your link, Amina", message.QuerySelector("h2")!.TextContent);
        Assert.Equal("/ar/sign-in/link/secret-token", message.QuerySelector("a")!.GetAttribute("href"));

        using var json = JsonDocument.Parse(await visitor.GetStringAsync("/dev/mail.json"));
        var listed = Assert.Single(json.RootElement.EnumerateArray());
        Assert.Equal("http://lpsa.test/ar/sign-in/link/secret-token", listed.GetProperty("links")[0].GetString());
        Assert.Equal("reader@example.org", listed.GetProperty("to").GetString());
        Assert.Equal("waiting", listed.GetProperty("state").GetString());

        var file = python.Read(await visitor.GetByteArrayAsync($"/dev/mail/{id}.eml"));
        Assert.Equal("Your link, Amina", file.Subject);
        Assert.Contains("dir=\"rtl\"", file.Html);
    }

    [Fact]
    public async Task The_list_can_be_narrowed_to_one_address()
    {
        await using var site = await Demonstration();
        await OutboxTests.Queue(site, new SampleLetter());
        var visitor = site.Anonymous();

        Assert.Equal("[]", await visitor.GetStringAsync("/dev/mail.json?to=other@example.org"));
        using var json = JsonDocument.Parse(
            await visitor.GetStringAsync("/dev/mail.json?to=Reader@EXAMPLE.org".Replace("Reader", "reader"))
        );
        Assert.Equal(1, json.RootElement.GetArrayLength());
    }

    [Fact]
    public async Task Without_demo_content_or_with_a_mail_server_nobody_sees_it()
    {
        await using var real = await TestSite.Start();
        await AssertClosed(real, await OutboxTests.Queue(real, new SampleLetter()));

        await using var sending = await Demonstration(options =>
            options with
            {
                Smtp = $"smtp://127.0.0.1:{MailTools.FreePort()}",
            }
        );
        await AssertClosed(sending, await OutboxTests.Queue(sending, new SampleLetter()));
    }

    [Fact]
    public async Task Only_staff_see_the_outbox_and_can_try_it()
    {
        await using var site = await TestSite.Start();
        using var stranger = await site.Anonymous().GetAsync("/admin/mail");
        Assert.Equal(HttpStatusCode.SeeOther, stranger.StatusCode);
        await (await site.SignedIn(Roles.Member)).Page("/admin/mail", HttpStatusCode.Forbidden);

        var staff = await site.SignedIn(Roles.Administrator);
        using var answer = await staff.Submit("/admin/mail", "#test");
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        var page = await staff.Page("/admin/mail");
        Assert.Contains("lies in the outbox", page.Body!.TextContent);
        Assert.Contains("A test of the platform's mail", page.QuerySelector("tbody tr")!.TextContent);
        Assert.Contains("messages stay here", page.Body.TextContent);
    }

    private static async Task<TestSite> Demonstration(Func<PlatformOptions, PlatformOptions>? options = null)
    {
        var site = await TestSite.Start(options);
        await site.Db(async db =>
        {
            db.Add(SiteSetting.Of(DevMailbox.DemoSetting, "yes"));
            await db.SaveChangesAsync();
        });
        return site;
    }

    private static async Task AssertClosed(TestSite site, Guid id)
    {
        foreach (var path in new[] { "/dev/mail", "/dev/mail.json", $"/dev/mail/{id}.eml" })
        {
            using var answer = await site.Anonymous().GetAsync(path);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            Assert.DoesNotContain("secret-token", await answer.Content.ReadAsStringAsync());
        }
    }
}
