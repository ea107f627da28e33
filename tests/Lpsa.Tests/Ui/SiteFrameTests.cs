using System.Net;
using System.Text.Json;
using AngleSharp.Dom;
using Lpsa.Home;
using Lpsa.Platform;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Lpsa.Tests;

public sealed class SiteFrameTests
{
    [Fact]
    public async Task A_page_names_itself_by_the_public_address_whatever_host_was_asked()
    {
        await using var site = await TestSite.Start();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/fr/?utm=x");
        request.Headers.Host = $"localhost:{site.Address.Port}";
        using var answer = await site.Anonymous().SendAsync(request);
        var html = await answer.Content.ReadAsStringAsync();
        var page = Browsing.Parse(html);
        Assert.Equal("http://lpsa.test/fr", page.QuerySelector("link[rel=canonical]")!.GetAttribute("href"));
        Assert.Equal("http://lpsa.test/fr", page.QuerySelector("meta[property='og:url']")!.GetAttribute("content"));
        Assert.DoesNotContain("localhost", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_lists_itself_in_every_language()
    {
        await using var site = await TestSite.Start();
        var page = await site.Anonymous().Page("/ar");
        Assert.Equal("rtl", page.DocumentElement.GetAttribute("dir"));
        Assert.Equal(
            [
                "en http://lpsa.test/",
                "fr http://lpsa.test/fr",
                "es http://lpsa.test/es",
                "pt http://lpsa.test/pt",
                "ar http://lpsa.test/ar",
                "x-default http://lpsa.test/",
            ],
            page.QuerySelectorAll("head link[hreflang]")
                .Select(l => $"{l.GetAttribute("hreflang")} {l.GetAttribute("href")}")
        );
    }

    [Fact]
    public async Task The_language_switch_keeps_the_page_and_its_filters()
    {
        await using var site = await TestSite.Start();
        var page = await site.Anonymous().Page("/fr/sign-in/link/x?a=1&b=%22%3E");
        var switches = page.QuerySelectorAll("header a[hreflang]");
        Assert.Equal(["en", "es", "pt", "ar"], switches.Select(a => a.GetAttribute("lang")));
        Assert.Equal("/sign-in/link/x?a=1&b=%22%3E", switches[0].GetAttribute("href"));
        Assert.Equal("/ar/sign-in/link/x?a=1&b=%22%3E", switches[3].GetAttribute("href"));
    }

    [Fact]
    public async Task A_page_that_must_not_be_found_says_so_and_claims_no_address()
    {
        await using var site = await TestSite.Start();
        var page = await site.Anonymous().Page("/not-here", HttpStatusCode.NotFound);
        Assert.Equal("noindex", page.QuerySelector("meta[name=robots]")!.GetAttribute("content"));
        Assert.Empty(page.QuerySelectorAll("link[rel=canonical], head link[hreflang]"));
    }

    [Fact]
    public async Task A_keyboard_reaches_the_content_first()
    {
        await using var site = await TestSite.Start();
        var page = await site.Anonymous().Page("/");
        var skip = page.QuerySelector("body > *")!;
        Assert.Equal("#content", skip.GetAttribute("href"));
        Assert.Equal("MAIN", page.GetElementById("content")!.TagName);
    }

    [Fact]
    public async Task Somebody_signed_in_can_sign_out_from_any_page()
    {
        await using var site = await TestSite.Start();
        var amina = await site.SignedIn();
        using var answer = await amina.Submit("/", "form[action='/sign-out']");
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Null((await amina.Page("/")).QuerySelector("form[action='/sign-out']"));
    }

    [Fact]
    public async Task Somebody_unknown_is_offered_to_sign_in_and_come_back()
    {
        await using var site = await TestSite.Start();
        var page = await site.Anonymous().Page("/fr/sign-in/link/x");
        Assert.NotNull(page.QuerySelector("header a[href='/fr/sign-in?back=%2Fsign-in%2Flink%2Fx']"));
        Assert.Null(page.QuerySelector("input[name=_token]"));
    }

    [Fact]
    public async Task The_style_page_is_for_operators_and_shows_every_part_in_both_directions_and_themes()
    {
        await using var site = await TestSite.Start();
        var member = await site.SignedIn(Roles.Member);
        await member.Page("/admin/style", HttpStatusCode.Forbidden);
        var operators = await site.SignedIn(Roles.Administrator);
        var page = await operators.Page("/admin/style");
        foreach (var section in page.QuerySelectorAll("main section"))
            Assert.Equal(
                ["light ltr", "dark ltr", "light rtl", "dark rtl"],
                section
                    .QuerySelectorAll("[data-theme]")
                    .Select(v => $"{v.GetAttribute("data-theme")} {v.GetAttribute("dir")}")
            );
        Assert.Equal("/admin/style", page.QuerySelector(".staff-nav [aria-current=page]")!.GetAttribute("href"));
        var ids = page.QuerySelectorAll("[id]").Select(e => e.Id).ToList();
        Assert.Equal(ids.Distinct(), ids);
    }

    [Fact]
    public void A_title_in_structured_data_cannot_end_its_block()
    {
        var json = JsonSerializer.Serialize(new { name = "</script><script>alert(1)</script> & <!--" }, Loose);
        var block = SiteHead.JsonLdScript(json);
        var scripts = Browsing.Parse(block).QuerySelectorAll("script");
        var script = Assert.Single(scripts);
        Assert.Equal(
            "</script><script>alert(1)</script> & <!--",
            JsonDocument.Parse(script.TextContent).RootElement.GetProperty("name").GetString()
        );
    }

    [Fact]
    public async Task Every_page_keeps_its_weight_and_number_of_requests()
    {
        await using var site = await TestSite.Start();
        var (anonymous, administrator) = (site.Anonymous(), await site.SignedIn(Roles.Administrator));
        var paths = site
            .Services.GetRequiredService<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET") == true)
            .Where(e => e.RoutePattern.Parameters.Count == 0)
            .Select(e => "/" + e.RoutePattern.RawText!.TrimStart('/'))
            .Distinct()
            .ToList();
        Assert.Contains("/", paths);
        foreach (var path in paths)
        foreach (var browser in new[] { anonymous, administrator })
            await Weigh(browser, path);
    }

    private const int HtmlBudget = 15 * 1024;
    private const int StyleBudget = 14 * 1024;
    private const int ScriptBudget = 8 * 1024;
    private const int PageBudget = 45 * 1024;
    private const int ChartPageBudget = 60 * 1024;

    private static async Task Weigh(HttpClient browser, string path)
    {
        var (html, weight, type) = await Fetch(browser, path);
        if (type != "text/html")
            return;
        var page = Browsing.Parse(html);
        var hasChart = page.QuerySelector("svg.chart") is not null;
        // The style page shows every part four times over; nobody opens it on a phone on the road.
        if (path == "/admin/style")
            return;
        var styles = await WeighAll(
            browser,
            page.QuerySelectorAll("link[rel=stylesheet]").Select(l => l.GetAttribute("href")!)
        );
        var scripts = await WeighAll(browser, page.QuerySelectorAll("script[src]").Select(s => s.GetAttribute("src")!));
        var icon = await WeighAll(
            browser,
            page.QuerySelectorAll("link[rel=icon]").Select(l => l.GetAttribute("href")!)
        );
        var pictures = await WeighAll(
            browser,
            // A picture inside the page is weighed with the page.
            page.QuerySelectorAll("img[src]:not([loading=lazy]):not([src^='data:'])")
                .Select(i => i.GetAttribute("src")!)
        );
        var total = weight + styles.Bytes + scripts.Bytes + icon.Bytes + pictures.Bytes;
        // Browsers fetch the icon when all else is done, and once for the whole site; it counts as bytes, not as a wait.
        var requests = 1 + styles.Count + scripts.Count + pictures.Count;
        Assert.True(hasChart || weight <= HtmlBudget, $"{path}: {weight} bytes of HTML.");
        Assert.True(styles.Bytes <= StyleBudget, $"{path}: {styles.Bytes} bytes of style.");
        Assert.True(scripts.Bytes <= ScriptBudget, $"{path}: {scripts.Bytes} bytes of script.");
        Assert.True(total <= (hasChart ? ChartPageBudget : PageBudget), $"{path}: {total} bytes.");
        Assert.True(requests <= 4, $"{path}: {requests} requests.");
    }

    private static async Task<(int Count, int Bytes)> WeighAll(HttpClient browser, IEnumerable<string> paths)
    {
        var (count, bytes) = (0, 0);
        foreach (var path in paths)
            (count, bytes) = (count + 1, bytes + (await Fetch(browser, path)).Weight);
        return (count, bytes);
    }

    private static async Task<(string Text, int Weight, string? Type)> Fetch(HttpClient browser, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.AcceptEncoding.ParseAdd("br");
        using var answer = await browser.SendAsync(request);
        var body = await answer.Content.ReadAsByteArrayAsync();
        if (!answer.Content.Headers.ContentEncoding.Contains("br"))
            return (
                System.Text.Encoding.UTF8.GetString(body),
                body.Length,
                answer.Content.Headers.ContentType?.MediaType
            );
        using var unpacked = new System.IO.Compression.BrotliStream(
            new MemoryStream(body),
            System.IO.Compression.CompressionMode.Decompress
        );
        using var reader = new StreamReader(unpacked);
        return (await reader.ReadToEndAsync(), body.Length, answer.Content.Headers.ContentType?.MediaType);
    }

    private static readonly JsonSerializerOptions Loose = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}
