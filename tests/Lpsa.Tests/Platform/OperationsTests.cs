using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Lpsa.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Lpsa.Tests;

public sealed class OperationsTests
{
    private static readonly XNamespace Sitemap = "http://www.sitemaps.org/schemas/sitemap/0.9";

    [Fact]
    public async Task A_server_says_that_it_lives_and_that_it_is_ready()
    {
        await using var site = await TestSite.Start();
        foreach (var path in (string[])["/health/live", "/health/ready"])
        {
            using var answer = await site.Anonymous().GetAsync(path);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            using var said = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
            Assert.Equal("ok", said.RootElement.GetProperty("status").GetString());
            Assert.True(answer.Headers.CacheControl!.NoStore);
        }
    }

    [Fact]
    public async Task A_server_whose_schema_is_behind_lives_but_is_not_ready_and_tells_strangers_no_detail()
    {
        await using var site = await TestSite.Start();
        await site.Db(db => AuditLogTests.Execute(db, "DELETE FROM schema_history WHERE name LIKE '%platform%'"));
        using var ready = await site.Anonymous().GetAsync("/health/ready");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.DoesNotContain(".sql", await ready.Content.ReadAsStringAsync());
        using var live = await site.Anonymous().GetAsync("/health/live");
        Assert.Equal(HttpStatusCode.OK, live.StatusCode);
    }

    [Fact]
    public async Task Robots_are_kept_from_staff_pages_and_shown_the_sitemap()
    {
        await using var site = await TestSite.Start();
        var text = await site.Anonymous().GetStringAsync("/robots.txt");
        Assert.Contains("Disallow: /admin/", text);
        Assert.Contains("Sitemap: http://lpsa.test/sitemap.xml", text);
    }

    [Fact]
    public async Task The_security_contact_is_valid_and_not_out_of_date()
    {
        await using var site = await TestSite.Start();
        var text = await site.Anonymous().GetStringAsync("/.well-known/security.txt");
        Assert.Contains("Contact: mailto:security@lpsa.test", text);
        var expires = DateTimeOffset.Parse(text.Split("Expires: ")[1].Split('\n')[0]);
        Assert.InRange(expires, site.Clock.GetUtcNow().AddDays(30), site.Clock.GetUtcNow().AddDays(366));
    }

    [Fact]
    public async Task The_sitemap_lists_every_address_in_every_language_with_the_others_beside_it()
    {
        await using var site = await TestSite.Start();
        var map = XDocument.Parse(await site.Anonymous().GetStringAsync("/sitemap.xml"));
        var addresses = map.Root!.Elements(Sitemap + "url").Elements(Sitemap + "loc").Select(l => l.Value).ToList();
        foreach (var language in Language.All)
            Assert.Contains("http://lpsa.test" + PageContext.In(language, "/"), addresses);
        Assert.Equal(addresses.Count, addresses.Distinct().Count());
        Assert.All(
            map.Root.Elements(Sitemap + "url"),
            u => Assert.Equal(6, u.Elements().Count(e => e.Name.LocalName == "link"))
        );
        Assert.All(addresses, a => Assert.StartsWith("http://lpsa.test/", a));
        Assert.DoesNotContain(addresses, a => a.Contains("/admin/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_sitemap_too_large_for_one_file_comes_in_parts()
    {
        await using var platform = await TestPlatform.Start(new ManyPages());
        await platform.Db(async db =>
        {
            var whole = await Text(
                platform,
                await SitemapFile.Whole(db, platform.Modules, platform.Options, Site, default)
            );
            Assert.Equal(2, XDocument.Parse(whole).Root!.Elements(Sitemap + "sitemap").Count());
            var last = await Text(
                platform,
                await SitemapFile.Part(2, db, platform.Modules, platform.Options, Site, default)
            );
            Assert.Contains("/page/2499<", last);
            Assert.Equal(501 * 5, XDocument.Parse(last).Root!.Elements(Sitemap + "url").Count());
            Assert.Equal(
                404,
                (
                    (IStatusCodeHttpResult)
                        await SitemapFile.Part(3, db, platform.Modules, platform.Options, Site, default)
                ).StatusCode
            );
        });
    }

    [Fact]
    public async Task The_api_describes_itself_with_the_public_address()
    {
        await using var site = await TestSite.Start();
        using var described = JsonDocument.Parse(await site.Anonymous().GetStringAsync("/api/openapi.json"));
        Assert.Equal(
            "http://lpsa.test",
            described.RootElement.GetProperty("servers")[0].GetProperty("url").GetString()
        );
        foreach (var path in described.RootElement.GetProperty("paths").EnumerateObject())
            Assert.StartsWith("/api/v1", path.Name);
    }

    [Fact]
    public async Task Traces_and_measurements_reach_the_collector_that_the_environment_names()
    {
        var received = new ConcurrentDictionary<string, string>();
        var collector = WebApplication.CreateSlimBuilder();
        collector.Logging.ClearProviders();
        collector.WebHost.UseUrls("http://127.0.0.1:0");
        await using var app = collector.Build();
        app.MapPost(
            "/v1/{kind}",
            async (string kind, HttpRequest request) =>
            {
                using var body = new MemoryStream();
                await request.Body.CopyToAsync(body);
                received.AddOrUpdate(
                    kind,
                    Encoding.Latin1.GetString(body.ToArray()),
                    (_, old) => old + Encoding.Latin1.GetString(body.ToArray())
                );
                return Results.Ok();
            }
        );
        await app.StartAsync();
        await using (var site = await TestSite.Start(o => o with { OtlpEndpoint = app.Urls.First() }))
        {
            await site.Anonymous().Page("/");
            await site.RunJobs();
        }
        Assert.Contains("lpsa", received["traces"]);
        Assert.Contains("Microsoft.AspNetCore", received["traces"]);
        Assert.Contains("http.server.request.duration", received["metrics"]);
        Assert.Contains("lpsa.cache.pages", received["metrics"]);
    }

    private static SiteAddress Site => new(new Uri("https://lpsa.test"), "Test");

    private static async Task<string> Text(TestPlatform platform, IResult result)
    {
        var http = new DefaultHttpContext { RequestServices = platform.Services };
        var body = new MemoryStream();
        http.Response.Body = body;
        await result.ExecuteAsync(http);
        await http.Response.BodyWriter.FlushAsync();
        return Encoding.UTF8.GetString(body.ToArray());
    }

    private sealed class ManyPages : Module
    {
        public override void Configure(ModuleBuilder m) => m.Sitemap(_ => List());

        private static async IAsyncEnumerable<SitemapEntry> List()
        {
            for (var i = 0; i < 2500; i++)
                yield return new SitemapEntry("/page/" + i, null);
            await Task.CompletedTask;
        }
    }
}
