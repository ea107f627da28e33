using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using AngleSharp.Dom;
using Lpsa.Places;
using Lpsa.Platform;
using Microsoft.Extensions.DependencyInjection;

namespace Lpsa.Tests;

public sealed class FrontPageTests
{
    [Theory]
    [InlineData("/")]
    [InlineData("/ar")]
    public async Task Every_link_on_the_front_page_leads_somewhere(string front)
    {
        await using var site = await Demonstration();
        var visitor = site.Anonymous();
        var page = await visitor.Page(front);
        foreach (var path in page.QuerySelectorAll("a[href]").Select(Local))
            if (path is not null)
            {
                using var answer = await visitor.GetAsync(path);
                Assert.True(answer.IsSuccessStatusCode, $"{path} on {front} answered {(int)answer.StatusCode}");
            }
    }

    [Fact]
    public async Task The_newest_post_stands_first_and_explainers_have_their_own_list()
    {
        await using var site = await Demonstration();
        await site.Posted("Brand new", date: new DateOnly(2026, 11, 21));
        var page = await site.Anonymous().Page("/");
        Assert.Equal("Brand new", page.QuerySelector(".front-posts h3")!.TextContent);
        Assert.DoesNotContain(page.QuerySelectorAll(".front-posts .meta"), m => m.TextContent.Contains("Explainer"));
        Assert.Contains(page.QuerySelectorAll(".front-plain a"), a => a.TextContent == "Multilevel governance");
    }

    [Fact]
    public async Task A_post_published_while_the_page_is_cached_shows_at_once()
    {
        await using var site = await TestSite.Start();
        var visitor = site.Anonymous();
        Assert.Null((await visitor.Page("/")).QuerySelector(".front-posts"));
        await site.Posted("First of all");
        Assert.Equal("First of all", (await visitor.Page("/")).QuerySelector(".front-posts h3")!.TextContent);
    }

    [Fact]
    public async Task What_is_typed_into_the_large_field_is_searched_for()
    {
        await using var site = await Demonstration();
        await site.RunJobs();
        var visitor = site.Anonymous();
        var form = (await visitor.Page("/")).QuerySelector("main form[role=search]")!;
        Assert.Equal("q", form.QuerySelector("input")!.GetAttribute("name"));
        var results = await visitor.Page(form.GetAttribute("action") + "?q=deconcentration");
        Assert.Contains(
            results.QuerySelectorAll("main a"),
            a => a.GetAttribute("href")!.StartsWith("/posts/devolution-deconcentration", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task An_empty_site_has_a_front_page_without_dead_links()
    {
        await using var site = await TestSite.Start();
        var visitor = site.Anonymous();
        var page = await visitor.Page("/");
        Assert.NotNull(page.QuerySelector("main form[role=search] input[name=q]"));
        foreach (var path in page.QuerySelectorAll("main a[href]").Select(Local).OfType<string>())
        {
            using var answer = await visitor.GetAsync(path);
            Assert.True(answer.IsSuccessStatusCode, $"{path} answered {(int)answer.StatusCode}");
        }
    }

    [Fact]
    public async Task The_numbers_say_what_they_count_and_agree_with_the_map()
    {
        await using var site = await Demonstration();
        var page = await site.Anonymous().Page("/");
        Assert.All(page.QuerySelectorAll(".figures dt"), label => Assert.NotEqual("", label.TextContent.Trim()));
        Assert.Equal(WorldSummary.Shipped.Countries, WorldSummary.Shipped.Tiers.Sum(t => t.Countries));
        Assert.Equal(CountryProfiles.Shipped.All.Count(), WorldSummary.Shipped.Countries);
    }

    [Fact]
    public async Task The_map_has_a_colour_for_every_class_and_no_style_of_its_own()
    {
        await using var site = await TestSite.Start();
        var svg = await site.Anonymous().GetStringAsync(WorldSummary.MapPath);
        Assert.All(TierClass.All, tiers => Assert.Contains($"fill=\"{tiers.Fill}\"", svg));
        Assert.DoesNotContain("style", svg);
    }

    [Fact]
    public async Task The_first_view_stays_within_its_weight()
    {
        await using var site = await Demonstration();
        var visitor = site.Anonymous();
        var page = await visitor.Page("/ar");
        var html = await Weight(visitor, "/ar");
        var style = await Weight(visitor, page.QuerySelector("link[rel=stylesheet]")!.GetAttribute("href")!);
        var map = await Weight(visitor, WorldSummary.MapPath);
        Assert.True(html <= 15_000, $"The page is {html} bytes.");
        Assert.True(html + style + map <= 45_000, $"The first view is {html} + {style} + {map} bytes.");
    }

    [Theory]
    [InlineData("/?p=4711", "/posts/moved")]
    [InlineData("/fr?p=4711", "/fr/posts/moved")]
    public async Task A_numbered_address_of_the_old_site_leads_to_the_post(string old, string now)
    {
        await using var site = await TestSite.Start();
        await site.Db(async db =>
        {
            db.Add(OldAddress.Of("/?p=4711", "/posts/moved"));
            await db.SaveChangesAsync();
        });
        using var answer = await site.Anonymous().GetAsync(old);
        Assert.Equal(HttpStatusCode.MovedPermanently, answer.StatusCode);
        Assert.Equal(now, answer.Headers.Location!.ToString());
    }

    [Fact]
    public async Task A_number_that_nobody_knows_is_not_found_and_another_query_shows_the_front_page()
    {
        await using var site = await TestSite.Start();
        await site.Anonymous().Page("/?p=99", HttpStatusCode.NotFound);
        await site.Anonymous().Page("/?p=abc");
        await site.Anonymous().Page("/?utm_source=letter");
    }

    internal static async Task<TestSite> Demonstration()
    {
        var site = await TestSite.Start();
        await using var scope = site.Services.CreateAsyncScope();
        await Demo.Load(scope.ServiceProvider, CancellationToken.None);
        return site;
    }

    private static string? Local(IElement link) =>
        link.GetAttribute("href") is { } href && href.StartsWith('/') ? href : null;

    private static async Task<int> Weight(HttpClient visitor, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("br"));
        using var answer = await visitor.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("br", answer.Content.Headers.ContentEncoding);
        return (await answer.Content.ReadAsByteArrayAsync()).Length;
    }
}
