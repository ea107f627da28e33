using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Lpsa.Platform;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;

namespace Lpsa.Tests;

/// <summary>What every answer of the server has in common, seen from outside.</summary>
public sealed class HttpTests
{
    [Fact]
    public async Task Every_route_errors_assets_and_redirects_included_sends_the_security_headers()
    {
        await using var site = await TestSite.Start();
        await site.Db(async db =>
        {
            db.Add(OldAddress.Of("/old-page", "/"));
            await db.SaveChangesAsync();
        });
        var staff = await site.SignedIn(Roles.Administrator);
        var asset = (await staff.Page("/")).QuerySelector("link[rel=stylesheet]")!.GetAttribute("href")!;
        var paths = Routes(site)
            .Concat([
                asset,
                "/css/site.css",
                "/nowhere",
                "/fr/nowhere",
                "/en/",
                "/old-page",
                "/api/v1/nowhere",
                "/%00",
            ]);
        var lacking = new List<string>();
        foreach (var path in paths.Distinct())
        foreach (var browser in (HttpClient[])[site.Anonymous(), staff])
            using (var answer = await browser.GetAsync(path, HttpCompletionOption.ResponseHeadersRead))
                // A malformed request is refused by the server before there is anything to add headers to.
                if (answer.StatusCode != HttpStatusCode.BadRequest || path != "/%00")
                    lacking.AddRange(Missing(answer).Select(h => $"{path} ({(int)answer.StatusCode}): {h}"));
        Breaches.None(lacking);
    }

    [Fact]
    public async Task No_page_of_the_product_fails_with_a_fault()
    {
        await using var site = await TestSite.Start();
        var staff = await site.SignedIn(Roles.Administrator);
        var faults = new List<string>();
        foreach (var path in Routes(site).Distinct())
        foreach (var browser in (HttpClient[])[site.Anonymous(), staff])
            using (var answer = await browser.GetAsync(path, HttpCompletionOption.ResponseHeadersRead))
                if ((int)answer.StatusCode >= 500)
                    faults.Add($"{path} answered {(int)answer.StatusCode}");
        Breaches.None(faults);
    }

    [Fact]
    public async Task A_fault_shows_a_plain_page_with_a_reference_and_all_headers_and_no_inner_detail()
    {
        await using var site = await TestSite.Start();
        await site.Db(db => AuditLogTests.Execute(db, "DROP TABLE old_addresses"));
        using var answer = await site.Anonymous().GetAsync("/nowhere");
        var text = await answer.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Empty(Missing(answer));
        Assert.Contains("Reference number", text);
        Assert.DoesNotContain("old_addresses", text);
        Assert.DoesNotContain("Exception", text);
    }

    [Fact]
    public async Task A_site_on_https_asks_browsers_to_stay_there()
    {
        await using var site = await TestSite.Start(o => o with { Url = new Uri("https://lpsa.test") });
        using var answer = await site.Anonymous().GetAsync("/");
        Assert.Contains("max-age", answer.Headers.GetValues("Strict-Transport-Security").Single());
    }

    [Theory]
    [InlineData("Origin", "https://evil.example", true)]
    [InlineData("Origin", "null", true)]
    [InlineData("Sec-Fetch-Site", "cross-site", true)]
    [InlineData("Sec-Fetch-Site", "same-site", true)]
    [InlineData("Sec-Fetch-Site", "same-origin", false)]
    [InlineData("Origin", "http://lpsa.test", false)]
    public async Task A_form_sent_from_another_site_is_refused(string header, string value, bool refused)
    {
        await using var site = await TestSite.Start();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/sign-in/link/x")
        {
            Content = new FormUrlEncodedContent([]),
        };
        request.Headers.Add(header, value);
        using var answer = await site.Anonymous().SendAsync(request);
        Assert.Equal(refused ? HttpStatusCode.Forbidden : HttpStatusCode.Gone, answer.StatusCode);
    }

    [Fact]
    public async Task A_signed_in_persons_form_needs_the_token_of_its_own_page()
    {
        await using var site = await TestSite.Start();
        var (person, other) = (await site.SignedIn(Roles.Member), await site.SignedIn(Roles.Member));
        var foreign = (await other.Page("/account")).QuerySelector("input[name=_token]")!.GetAttribute("value")!;
        foreach (var token in (string[])["", "made-up", foreign])
        {
            using var answer = await person.PostAsync(
                "/account/name",
                new FormUrlEncodedContent([new("Name", "Mallory"), new("_token", token)])
            );
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }
        Assert.DoesNotContain("Mallory", (await person.Page("/account")).Body!.InnerHtml);
    }

    [Theory]
    [InlineData("/en//evil.example")]
    [InlineData("/en/%5Cevil.example")]
    [InlineData("/en/%09/evil.example")]
    public async Task Leaving_the_english_prefix_does_not_leave_the_site(string path)
    {
        await using var site = await TestSite.Start();
        var answer = await Raw(site, $"GET {path} HTTP/1.1\r\nHost: lpsa.test\r\nConnection: close\r\n\r\n");
        var location = answer.Split("\r\n").FirstOrDefault(l => l.StartsWith("Location:", StringComparison.Ordinal));
        if (location is not null)
            Assert.Matches(@"^Location: /(?![/\\])", location);
        Assert.DoesNotContain("\t/evil", location ?? "");
    }

    [Fact]
    public async Task A_forged_host_changes_no_absolute_link()
    {
        await using var site = await TestSite.Start();
        foreach (var path in (string[])["/", "/sitemap.xml", "/robots.txt", "/feed", "/.well-known/security.txt"])
        {
            var answer = await Raw(
                site,
                $"GET {path} HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: evil.example\r\nConnection: close\r\n\r\n"
            );
            Assert.DoesNotContain("evil.example", answer);
        }
    }

    [Fact]
    public async Task A_page_comes_with_a_tag_and_costs_a_header_the_second_time()
    {
        await using var site = await TestSite.Start();
        var browser = site.Anonymous();
        foreach (var path in (string[])["/", "/sign-in"])
        {
            using var first = await browser.GetAsync(path);
            var tag = first.Headers.ETag!;
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.IfNoneMatch.Add(tag);
            using var second = await browser.SendAsync(request);
            Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
            Assert.Empty(await second.Content.ReadAsByteArrayAsync());
            using var changed = new HttpRequestMessage(HttpMethod.Get, path);
            changed.Headers.IfNoneMatch.Add(new EntityTagHeaderValue("\"other\"", true));
            using var third = await browser.SendAsync(changed);
            Assert.Equal(HttpStatusCode.OK, third.StatusCode);
        }
    }

    [Theory]
    [InlineData("br")]
    [InlineData("gzip")]
    [InlineData("")]
    public async Task A_page_is_packed_as_the_browser_asks_also_from_the_cache(string encoding)
    {
        await using var site = await TestSite.Start();
        var browser = site.Anonymous();
        var plain = await browser.GetStringAsync("/");
        for (var i = 0; i < 2; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/");
            if (encoding != "")
                request.Headers.AcceptEncoding.ParseAdd(encoding);
            using var answer = await browser.SendAsync(request);
            Assert.Equal(encoding == "" ? [] : [encoding], answer.Content.Headers.ContentEncoding);
            await using var body = await answer.Content.ReadAsStreamAsync();
            await using Stream unpacked = encoding switch
            {
                "br" => new BrotliStream(body, CompressionMode.Decompress),
                "gzip" => new GZipStream(body, CompressionMode.Decompress),
                _ => body,
            };
            Assert.Equal(plain, await new StreamReader(unpacked).ReadToEndAsync());
            Assert.Contains("Accept-Encoding", answer.Headers.Vary);
        }
    }

    [Fact]
    public async Task Signed_in_people_and_strangers_never_get_each_others_page()
    {
        await using var site = await TestSite.Start();
        var person = await site.SignedIn(Roles.Administrator);
        var own = await person.GetStringAsync("/");
        var open = await site.Anonymous().GetStringAsync("/");
        Assert.Contains("/admin", own);
        Assert.DoesNotContain("/admin", open);
        Assert.Contains("/admin", await person.GetStringAsync("/"));
        using var again = await site.Anonymous().GetAsync("/");
        Assert.Equal(open, await again.Content.ReadAsStringAsync());
        using var privately = await person.GetAsync("/");
        Assert.DoesNotContain("public", privately.Headers.CacheControl!.ToString());
    }

    [Fact]
    public async Task A_cached_page_sets_no_cookie_and_is_marked_as_shared()
    {
        await using var site = await TestSite.Start();
        for (var i = 0; i < 2; i++)
        {
            using var answer = await site.Anonymous().GetAsync("/");
            Assert.False(answer.Headers.Contains("Set-Cookie"));
            Assert.Contains("public", answer.Headers.CacheControl!.ToString());
        }
    }

    [Fact]
    public async Task Asking_for_the_head_answers_as_asking_for_the_page_but_without_it()
    {
        await using var site = await TestSite.Start();
        using var request = new HttpRequestMessage(HttpMethod.Head, "/");
        using var answer = await site.Anonymous().SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task The_message_after_a_form_is_shown_once_and_cannot_be_planted()
    {
        await using var site = await TestSite.Start();
        var person = await site.SignedIn(Roles.Member);
        using (await person.Submit("/account", "#name-form", ("Name", "Zainab"))) { }
        Assert.NotNull((await person.Page("/account")).QuerySelector("[role=status]"));
        Assert.Null((await person.Page("/account")).QuerySelector("[role=status]"));
        using var planted = new HttpRequestMessage(HttpMethod.Get, "/");
        planted.Headers.Add("Cookie", "lpsa-flash=You+won");
        using var answer = await site.Anonymous().SendAsync(planted);
        Assert.DoesNotContain("You+won", await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Every route for GET, its parameters filled with something that will not be found.</summary>
    private static IEnumerable<string> Routes(TestSite site) =>
        site
            .Services.GetRequiredService<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains("GET") ?? false)
            .Select(e => "/" + string.Join('/', e.RoutePattern.PathSegments.Select(Fill)));

    private static string Fill(RoutePatternPathSegment segment) =>
        string.Concat(
            segment.Parts.Select(part =>
                part switch
                {
                    RoutePatternLiteralPart literal => literal.Content,
                    RoutePatternSeparatorPart separator => separator.Content,
                    RoutePatternParameterPart parameter => Sample(parameter),
                    _ => "",
                }
            )
        );

    private static string Sample(RoutePatternParameterPart parameter) =>
        parameter.ParameterPolicies.Select(p => p.Content).ToList() switch
        {
            var rules when rules.Contains("guid") => "00000000-0000-4000-8000-000000000000",
            var rules when rules.Contains("int") || rules.Contains("long") => "2024",
            var rules when rules.Any(r => r?.StartsWith("regex", StringComparison.Ordinal) ?? false) => "2024",
            _ => "x",
        };

    private static IEnumerable<string> Missing(HttpResponseMessage answer)
    {
        foreach (
            var header in (string[])
                [
                    "Content-Security-Policy",
                    "X-Content-Type-Options",
                    "Referrer-Policy",
                    "Permissions-Policy",
                    "Cross-Origin-Opener-Policy",
                ]
        )
            if (!answer.Headers.Contains(header))
                yield return header;
        if (
            answer.Headers.TryGetValues("Content-Security-Policy", out var policy)
            && policy.Single().Contains("unsafe", StringComparison.Ordinal)
        )
            yield return "a policy without unsafe-…";
        if (answer.Headers.Contains("Server") || answer.Headers.Contains("X-Powered-By"))
            yield return "silence about the server's software";
    }

    /// <summary>An HTTP client tidies addresses up before it sends them; an attacker does not.</summary>
    private static async Task<string> Raw(TestSite site, string request)
    {
        using var line = new TcpClient();
        await line.ConnectAsync(IPAddress.Loopback, site.Address.Port);
        await using var stream = line.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request));
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return await reader.ReadToEndAsync();
    }
}
