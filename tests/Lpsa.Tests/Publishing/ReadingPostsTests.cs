using System.Net;
using System.Xml.Linq;
using Lpsa.Places;
using Lpsa.Platform;
using Lpsa.Publishing;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Tests;

public sealed class ReadingPostsTests
{
    [Fact]
    public async Task A_reader_combines_filters_and_sees_how_many_each_would_leave()
    {
        await using var site = await TestSite.Start();
        await site.Posted("Counties and health", facets: [(Axes.Theme, "fiscal"), (Axes.Country, "KEN")]);
        await site.Posted("Counties and water", facets: [(Axes.Theme, "mlg"), (Axes.Country, "KEN")]);
        await site.Posted("Districts and water", facets: [(Axes.Theme, "mlg"), (Axes.Country, "UGA")]);
        var reader = site.Anonymous();

        var kenya = await reader.Page("/posts?country=KEN");
        Assert.Equal(["Counties and health", "Counties and water"], Titles(kenya).Order());
        Assert.Equal("1", kenya.QuerySelector(".facets a[href*='theme=fiscal'] .count")!.TextContent);
        Assert.Equal(["Counties and water"], Titles(await reader.Page("/posts?country=KEN&theme=mlg")));
        Assert.Equal(2, Titles(await reader.Page("/posts?country=KEN&country=UGA&theme=mlg")).Count);
        Assert.Contains(
            "No post has all of these",
            (await reader.Page("/posts?country=UGA&theme=fiscal")).Body!.TextContent
        );
    }

    [Fact]
    public async Task A_country_typed_by_name_or_old_spelling_leads_to_its_code()
    {
        await using var site = await TestSite.Start();
        using var answer = await site.Anonymous().GetAsync("/posts?country=Swaziland");
        Assert.Equal("/posts?country=SWZ", answer.Headers.Location!.ToString());
    }

    [Fact]
    public async Task A_page_past_the_end_is_not_found_and_not_an_empty_list()
    {
        await using var site = await TestSite.Start();
        await site.Posted("Only one");
        await site.Anonymous().Page("/posts?page=2", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_post_says_what_it_is_how_fresh_and_why_another_is_suggested()
    {
        await using var site = await TestSite.Start();
        await site.Posted("First", facets: [(Axes.Country, "KEN"), (Axes.Theme, "fiscal")]);
        await site.Posted("Second", facets: [(Axes.Country, "KEN"), (Axes.Theme, "fiscal")], kind: PostKind.Explainer);
        var page = await site.Anonymous().Page("/posts/second");
        Assert.Equal("Explainer", page.QuerySelector(".kicker")!.TextContent.Trim());
        Assert.Contains("1 May 2026", page.QuerySelector(".meta")!.TextContent);
        var related = page.QuerySelectorAll(".item").Single(i => i.TextContent.Contains("First"));
        Assert.Contains("Also about", related.TextContent);
        Assert.Contains("Kenya", related.TextContent);
    }

    [Fact]
    public async Task A_reader_of_French_gets_the_translation_and_is_told_when_it_is_behind()
    {
        await using var site = await TestSite.Start();
        var post = await site.Posted("Devolution");
        await Change(
            site,
            post.Id,
            p =>
                p.Translate(
                    "fr",
                    "Dévolution",
                    "Un résumé.",
                    "Du texte.",
                    TranslationQuality.Reviewed,
                    site.Clock.GetUtcNow().UtcDateTime
                )
        );
        var french = await site.Anonymous().Page("/fr/posts/devolution");
        Assert.Equal("Dévolution", french.QuerySelector("h1")!.TextContent);
        Assert.Null(french.QuerySelector(".callout.warn"));

        await Change(
            site,
            post.Id,
            p => p.Write("Devolution", "A summary.", "New text.", site.Clock.GetUtcNow().UtcDateTime)
        );
        Assert.NotNull((await site.Anonymous().Page("/fr/posts/devolution")).QuerySelector(".callout.warn"));
        var arabic = await site.Anonymous().Page("/ar/posts/devolution");
        Assert.Equal("en", arabic.QuerySelector("h1")!.GetAttribute("lang"));
        Assert.Equal("ltr", arabic.QuerySelector("h1")!.GetAttribute("dir"));
    }

    [Fact]
    public async Task The_same_list_is_there_as_csv_json_atom_and_rss()
    {
        await using var site = await TestSite.Start();
        await site.Posted("=HYPERLINK(\"x\") & <b>", body: "A **text**.", facets: [(Axes.Country, "KEN")]);
        await site.Posted("Other", facets: [(Axes.Country, "UGA")]);
        var reader = site.Anonymous();

        var csv = await reader.GetStringAsync("/posts.csv?country=KEN");
        Assert.Equal(2, csv.Trim().Split("\r\n").Length);
        Assert.DoesNotContain("\n=HYPERLINK", csv);
        Assert.Contains("http://lpsa.test/posts/", csv);
        var json = System.Text.Json.JsonDocument.Parse(await reader.GetStringAsync("/posts.json?country=KEN"));
        Assert.Equal("KEN", json.RootElement[0].GetProperty("countries").GetString());

        XNamespace atom = "http://www.w3.org/2005/Atom";
        var feed = XDocument.Parse(await reader.GetStringAsync("/posts/feed?country=KEN"));
        var entry = Assert.Single(feed.Root!.Elements(atom + "entry"));
        Assert.Equal("=HYPERLINK(\"x\") & <b>", entry.Element(atom + "title")!.Value);
        Assert.Contains("<strong>text</strong>", entry.Element(atom + "content")!.Value);
        Assert.StartsWith("http://lpsa.test/posts/", entry.Element(atom + "link")!.Attribute("href")!.Value);
        var rss = XDocument.Parse(await reader.GetStringAsync("/countries/ken/feed/rss"));
        Assert.Single(rss.Descendants("item"));
    }

    [Theory]
    [InlineData("/2026/05/first-note/", "/posts/first-note")]
    [InlineData("/2026/05/first-note", "/posts/first-note")]
    [InlineData("/fr/2026/05/first-note/", "/fr/posts/first-note")]
    public async Task An_address_of_the_old_site_leads_to_the_post(string old, string now)
    {
        await using var site = await TestSite.Start();
        await site.Posted("First note");
        using var answer = await site.Anonymous().GetAsync(old);
        Assert.Equal(HttpStatusCode.MovedPermanently, answer.StatusCode);
        Assert.Equal(now, answer.Headers.Location!.ToString());
    }

    [Fact]
    public async Task Editing_a_post_makes_its_cached_pages_fresh_at_once()
    {
        await using var site = await TestSite.Start();
        var post = await site.Posted("Before");
        var reader = site.Anonymous();
        await reader.Page("/posts");
        await reader.Page("/posts/before");
        await Change(site, post.Id, p => p.Write("After", "A summary.", "Text.", site.Clock.GetUtcNow().UtcDateTime));
        Assert.Equal("After", (await reader.Page("/posts/before")).QuerySelector("h1")!.TextContent);
        Assert.Equal(["After"], Titles(await reader.Page("/posts")));
    }

    [Fact]
    public async Task Structured_data_cannot_be_closed_by_a_title()
    {
        await using var site = await TestSite.Start();
        await site.Posted("Hostile </script><script>alert(1)</script>");
        var html = await site.Anonymous().GetStringAsync("/posts/hostile-script-script-alert-1-script");
        Assert.DoesNotContain("<script>alert", html);
        var data = Browsing.Parse(html).QuerySelector("script[type='application/ld+json']")!.TextContent;
        Assert.StartsWith(
            "Hostile </script>",
            System.Text.Json.JsonDocument.Parse(data).RootElement.GetProperty("headline").GetString()
        );
    }

    private static List<string> Titles(AngleSharp.Dom.IDocument page) =>
        [.. page.QuerySelectorAll(".items .item :is(h2, h3)").Select(h => h.TextContent.Trim())];

    private static Task Change(TestSite site, Guid id, Action<Post> change) =>
        site.Db(async db =>
        {
            change(await db.Set<Post>().Include(p => p.Translations).SingleAsync(p => p.Id == id));
            await db.SaveChangesAsync();
        });
}
