using System.Net;
using System.Net.Sockets;
using System.Text;
using Lpsa.Platform;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Lpsa.Tests;

/// <summary>What the server itself refuses, and what no header can make it do.</summary>
public sealed class RequestShapeTests
{
    [Theory, Trait("Vulnerability", "20 host-header poisoning")]
    [InlineData("evil.example", 421)]
    [InlineData("lpsa.test.evil.example", 421)]
    [InlineData("evil-lpsa.test", 421)]
    [InlineData("127.0.0.1.evil.example", 421)]
    [InlineData("10.0.0.1", 421)]
    [InlineData("lpsa.test", 200)]
    [InlineData("LPSA.test:8080", 200)]
    [InlineData("localhost", 200)]
    public async Task A_name_that_is_not_the_sites_is_not_answered_for(string host, int expected)
    {
        await using var site = await TestSite.Start();
        Assert.Equal(expected, await Status(site, "/", host));
        Assert.Equal(200, await Status(site, "/health/live", host));
    }

    [Fact, Trait("Vulnerability", "20 host-header poisoning")]
    public async Task No_header_of_a_stranger_changes_the_page_that_the_next_one_gets()
    {
        await using var clean = await TestSite.Start();
        await using var poisoned = await TestSite.Start();
        foreach (var path in (string[])["/", "/fr", "/posts", "/directory", "/countries/ken", "/feed", "/sitemap.xml"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            foreach (
                var (name, value) in ((string, string)[])
                    [
                        ("X-Forwarded-Host", "evil.example"),
                        ("X-Forwarded-Proto", "gopher"),
                        ("X-Forwarded-Prefix", "/evil"),
                        ("X-Forwarded-For", "203.0.113.9"),
                        ("Forwarded", "host=evil.example;proto=gopher"),
                        ("X-Original-URL", "/admin"),
                        ("X-Rewrite-URL", "/admin"),
                        ("X-HTTP-Method-Override", "POST"),
                        ("X-Host", "evil.example"),
                        ("Accept-Language", "ar"),
                        ("Origin", "https://evil.example"),
                        ("User-Agent", "<script>alert(1)</script>"),
                        ("Referer", "https://evil.example/"),
                        ("Cookie", "lpsa-form=evil; lang=ar; theme=<b>"),
                    ]
            )
                request.Headers.TryAddWithoutValidation(name, value);
            using var first = await poisoned.Anonymous().SendAsync(request);
            Assert.DoesNotContain("evil", await first.Content.ReadAsStringAsync());
            Assert.Equal(await clean.Anonymous().GetStringAsync(path), await poisoned.Anonymous().GetStringAsync(path));
        }
    }

    [Fact, Trait("Vulnerability", "36 denial by slow or large requests")]
    public async Task Slow_senders_are_cut_off_and_strangers_forms_are_bounded()
    {
        await using var site = await TestSite.Start();
        var limits = site.Services.GetRequiredService<IOptions<KestrelServerOptions>>().Value.Limits;
        Assert.InRange(limits.RequestHeadersTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));
        Assert.True(limits.MinRequestBodyDataRate!.BytesPerSecond >= 100);
        Assert.InRange(limits.MaxRequestHeadersTotalSize, 1, 64 * 1024);
        using var body = new StringContent(
            "Email=a%40example.org&Name=" + new string('x', 2_000_000),
            Encoding.ASCII,
            "application/x-www-form-urlencoded"
        );
        using var large = new HttpRequestMessage(HttpMethod.Post, "/join") { Content = body };
        // The refusal comes before the body is sent, so that the line is not cut in the middle of it.
        large.Headers.ExpectContinue = true;
        using var answer = await site.Anonymous().SendAsync(large);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    [Theory, Trait("Vulnerability", "13 open redirect")]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("https://evil.example")]
    [InlineData("/\t/evil.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("\\\\evil.example")]
    [InlineData("http:/evil.example")]
    [InlineData("/..//evil.example")]
    public async Task No_address_that_a_form_or_query_brings_leads_to_another_site(string back)
    {
        await using var site = await TestSite.Start();
        var account = await site.OpenAccount("amina@example.org");
        var link = await site.LinkFor(account);
        using var signedIn = await site.Anonymous()
            .PostAsync(link + "?back=" + Uri.EscapeDataString(back), new FormUrlEncodedContent([]));
        Assert.Equal(HttpStatusCode.SeeOther, signedIn.StatusCode);
        var browser = await site.SignedIn(Roles.Member);
        using var forward = await browser.GetAsync("/sign-in?back=" + Uri.EscapeDataString(back));
        foreach (var answer in (HttpResponseMessage[])[signedIn, forward])
        {
            var target = new Uri(new Uri("https://lpsa.test/"), answer.Headers.Location!.ToString());
            Assert.Equal("lpsa.test", target.Host);
        }
    }

    private static async Task<int> Status(TestSite site, string path, string host)
    {
        using var line = new TcpClient();
        await line.ConnectAsync(IPAddress.Loopback, site.Address.Port);
        await using var stream = line.GetStream();
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")
        );
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return int.Parse(
            (await reader.ReadLineAsync())!.Split(' ')[1],
            System.Globalization.CultureInfo.InvariantCulture
        );
    }
}
