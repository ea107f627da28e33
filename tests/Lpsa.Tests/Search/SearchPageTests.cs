using System.Net;
using System.Text.Json;
using System.Xml.Linq;
using Lpsa.Platform;

namespace Lpsa.Tests;

public sealed class SearchPageTests
{
    [Fact]
    public async Task A_reader_searches_filters_and_takes_the_list_with_her()
    {
        await using var site = await TestSite.Start();
        await site.Db(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            foreach (var thing in SearchCorpus.Documents.GroupBy(d => d.Key))
                await SearchIndex.Put(db, thing.Key, [.. thing], CancellationToken.None);
            await transaction.CommitAsync();
        });
        using var reader = site.Anonymous();

        var empty = await reader.Page("/search");
        Assert.Equal("", empty.QuerySelector("#q")!.GetAttribute("value"));
        Assert.Null(empty.QuerySelector(".items"));

        var page = await reader.Page("/search?q=kenya");
        Assert.Equal("/en07", page.QuerySelector(".items h2 a")!.GetAttribute("href"));
        Assert.Equal("Kenya", page.QuerySelector(".items mark")!.TextContent);
        Assert.Contains(
            "noindex",
            page.QuerySelector("meta[name=robots]")!.GetAttribute("content"),
            StringComparison.Ordinal
        );
        var filter = page.QuerySelectorAll(".facets a")
            .First(a => a.GetAttribute("href")!.Contains("theme=fiscal", StringComparison.Ordinal));
        var narrowed = await reader.Page(filter.GetAttribute("href")!);
        Assert.Equal("/en01", Assert.Single(narrowed.QuerySelectorAll(".items h2 a")).GetAttribute("href"));
        Assert.Equal("fiscal", narrowed.QuerySelector("input[type=hidden][name=theme]")!.GetAttribute("value"));

        var french = await reader.Page("/fr/search?q=kenya");
        Assert.Equal("/fr/fr07", french.QuerySelector(".items h2 a")!.GetAttribute("href"));
        var mistaken = await reader.Page("/search?q=goverment");
        Assert.Equal("/search?q=government", mistaken.QuerySelector(".did-you-mean a")!.GetAttribute("href"));

        var feed = XDocument.Parse(await reader.GetStringAsync("/search/feed?q=elections"));
        Assert.Equal(
            "http://lpsa.test/en25",
            feed.Descendants()
                .First(e => e.Name.LocalName == "entry")
                .Elements()
                .First(e => e.Name.LocalName == "link")
                .Attribute("href")!
                .Value
        );
        using var json = JsonDocument.Parse(await reader.GetStringAsync("/search.json?q=elections"));
        Assert.Equal(3, json.RootElement.GetArrayLength());
        Assert.Equal(4, (await reader.GetStringAsync("/search.csv?q=elections")).Trim().Split("\r\n").Length);
        using var titles = JsonDocument.Parse(await reader.GetStringAsync("/search/suggest?q=local%20elec"));
        Assert.Equal("/en24", titles.RootElement[0].GetProperty("address").GetString());
    }

    [Theory]
    [InlineData("/search?q=%01%EF%BF%BE%27%22&kind=%22&page=999999999&sort=x")]
    [InlineData("/search?q=%3Cscript%3Ealert(1)%3C/script%3E")]
    [InlineData("/search/feed?q=%01%02%EF%BF%BF%3C")]
    [InlineData("/search/suggest?q=%22%27*")]
    [InlineData("/search.csv?q=-")]
    [InlineData("/search.json?country=%02")]
    public async Task Hostile_addresses_get_an_ordinary_answer(string address)
    {
        await using var site = await TestSite.Start();
        using var reader = site.Anonymous();
        using var answer = await reader.GetAsync(address);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.DoesNotContain("<script>alert", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
