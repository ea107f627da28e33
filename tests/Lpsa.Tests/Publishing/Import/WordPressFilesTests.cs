using System.Net;
using System.Text;
using Lpsa.Places;
using Lpsa.Platform;
using Lpsa.Publishing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Lpsa.Tests;

public sealed class WordPressFilesTests
{
    private static async Task<WebApplication> OldSite()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapGet("/wp-content/uploads/map.png", () => Results.Bytes(SampleFiles.Png(600, 400), "image/png"));
        app.MapGet("/wp-content/uploads/liar.png", () => Results.Bytes("<script>x</script>"u8.ToArray(), "image/png"));
        app.MapGet("/wp-content/uploads/away.png", () => Results.Redirect("/wp-content/uploads/map.png"));
        app.MapGet("/loop.png", () => Results.Redirect("/loop.png"));
        app.MapGet("/inside.png", () => Results.Redirect("http://10.0.0.1/secret.png"));
        app.MapGet("/file.png", () => Results.Redirect("file:///etc/passwd"));
        await app.StartAsync();
        return app;
    }

    private static string Export(string site) =>
        WxrSample.File(
            WxrSample
                .Item(1, WxrSample.Meta("_thumbnail_id", "5"))
                .Replace(
                    "Text of 1.",
                    $"<img src=\"{site}/wp-content/uploads/map-300x200.png\" alt=\"Wards\">",
                    StringComparison.Ordinal
                ),
            WxrSample.Item(2, status: "draft"),
            Attachment(5, site + "/wp-content/uploads/map.png", 1),
            Attachment(6, site + "/wp-content/uploads/liar.png", 1),
            Attachment(7, site + "/wp-content/uploads/gone.png", 1),
            Attachment(8, site + "/wp-content/uploads/away.png", 2),
            Attachment(9, site + "/wp-content/uploads/run.php", 1)
        );

    private static string Attachment(long id, string address, long parent) =>
        WxrSample.Item(
            id,
            $"<wp:attachment_url>{address}</wp:attachment_url><wp:post_parent>{parent}</wp:post_parent>"
                + WxrSample.Meta("_wp_attachment_image_alt", "A map"),
            title: "file",
            type: "attachment",
            status: "inherit"
        );

    private static async Task<WordPressReport> Import(TestSite site, string file, PublicWeb web)
    {
        await using var scope = site.Services.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var import = new WordPressImport(
            services.GetRequiredService<PlatformDb>(),
            services.GetRequiredService<IVocabulary>(),
            services.GetRequiredService<FileUpload>(),
            web
        );
        return await import.Run(
            () => new MemoryStream(Encoding.UTF8.GetBytes(file)),
            "old.xml",
            new(Fetch: true),
            CancellationToken.None
        );
    }

    [Fact]
    public async Task Pictures_come_along_and_are_shown_from_here()
    {
        await using var old = await OldSite();
        await using var site = await TestSite.Start();
        using var web = new PublicWeb(_ => true);
        var report = await Import(site, Export(old.Urls.First()), web);
        Assert.True(report.IsDone, string.Join('\n', report.Findings));
        var post = await site.Db(db => db.Set<Post>().AsNoTracking().SingleAsync(p => p.Slug == "post-1"));
        Assert.StartsWith("![Wards](/files/", post.Body, StringComparison.Ordinal);
        Assert.StartsWith("/files/", post.Picture, StringComparison.Ordinal);
        Assert.Equal("A map", post.PictureText);

        using var client = site.Anonymous();
        using var picture = await client.GetAsync(post.Picture);
        Assert.Equal("image/png", picture.Content.Headers.ContentType!.MediaType);
        using var moved = await client.GetAsync("/wp-content/uploads/map.png");
        Assert.Equal(
            (HttpStatusCode.MovedPermanently, post.Picture),
            (moved.StatusCode, moved.Headers.Location!.ToString())
        );
    }

    [Fact]
    public async Task What_is_not_what_it_says_or_not_there_is_left_and_named()
    {
        await using var old = await OldSite();
        await using var site = await TestSite.Start();
        using var web = new PublicWeb(_ => true);
        var report = await Import(site, Export(old.Urls.First()), web);
        Assert.Equal(2, report.Taken.Count(t => t.What == "file"));
        foreach (
            var (name, why) in new[]
            {
                ("liar.png", "not what its name says"),
                ("gone.png", "answered 404"),
                ("run.php", "answered 404"),
            }
        )
            Assert.Contains(
                report.Left,
                f =>
                    f.Message.Contains(name, StringComparison.Ordinal)
                    && f.Message.Contains(why, StringComparison.Ordinal)
            );
    }

    [Fact]
    public async Task Files_of_drafts_stay_hidden()
    {
        await using var old = await OldSite();
        await using var site = await TestSite.Start();
        using var web = new PublicWeb(_ => true);
        var report = await Import(site, Export(old.Urls.First()), web);
        var hidden = report.Taken.Single(t => t.OldAddress.EndsWith("away.png", StringComparison.Ordinal)).Path;
        using var client = site.Anonymous();
        using var answer = await client.GetAsync(hidden);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task A_second_run_fetches_nothing_twice()
    {
        await using var old = await OldSite();
        await using var site = await TestSite.Start();
        using var web = new PublicWeb(_ => true);
        await Import(site, Export(old.Urls.First()), web);
        var second = await Import(site, Export(old.Urls.First()), web);
        Assert.Empty(second.Taken);
        Assert.Equal(2, await site.Db(db => db.Set<StoredFile>().CountAsync()));
    }

    [Fact]
    [Trait("Vulnerability", "8 SSRF")]
    public async Task Nothing_is_fetched_from_inside()
    {
        await using var old = await OldSite();
        await using var site = await TestSite.Start();
        using var web = new PublicWeb();
        var report = await Import(site, Export(old.Urls.First()), web);
        Assert.DoesNotContain(report.Taken, t => t.What == "file");
        Assert.Contains(report.Left, f => f.Message.Contains("not a public address", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/loop.png", "without end")]
    [InlineData("/inside.png", "not a public address")]
    [InlineData("/file.png", "not fetched")]
    [Trait("Vulnerability", "8 SSRF")]
    public async Task Redirects_are_checked_again(string path, string why)
    {
        await using var old = await OldSite();
        using var web = new PublicWeb(address => IPAddress.IsLoopback(address));
        await using var answer = await web.Get(new Uri(old.Urls.First() + path), CancellationToken.None);
        Assert.Null(answer.Bytes);
        Assert.Contains(why, answer.Refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("2606:4700:4700::1111", true)]
    [InlineData("127.0.0.1", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("10.1.2.3", false)]
    [InlineData("172.31.0.1", false)]
    [InlineData("192.168.1.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::1", false)]
    [InlineData("::", false)]
    [InlineData("fe80::1", false)]
    [InlineData("fc00::1", false)]
    [InlineData("::ffff:127.0.0.1", false)]
    [InlineData("::ffff:8.8.8.8", true)]
    [InlineData("64:ff9b::7f00:1", false)]
    [InlineData("2002:7f00:1::", false)]
    [InlineData("2001:0:7f00:1::", false)]
    public void Only_public_addresses_are_public(string address, bool isPublic) =>
        Assert.Equal(isPublic, PublicWeb.IsPublic(IPAddress.Parse(address)));
}
