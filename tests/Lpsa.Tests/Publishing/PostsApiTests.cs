using System.Net;
using System.Text.Json;
using Lpsa.Places;
using Lpsa.Publishing;

namespace Lpsa.Tests;

public sealed class PostsApiTests
{
    [Fact]
    public async Task Programs_read_posts_page_by_page_with_the_readers_choices()
    {
        await using var site = await TestSite.Start();
        await site.Posted("Counties and health", facets: [(Axes.Theme, "fiscal"), (Axes.Country, "KEN")]);
        await site.Posted("Districts and water", facets: [(Axes.Theme, "mlg"), (Axes.Country, "UGA")]);
        using var kenya = await Read(site, "/api/v1/posts?country=Kenya");
        Assert.Equal(1, kenya.RootElement.GetProperty("total").GetInt32());
        var post = Assert.Single(kenya.RootElement.GetProperty("posts").EnumerateArray());
        Assert.Equal("counties-and-health", post.GetProperty("slug").GetString());
        Assert.Equal("http://lpsa.test/posts/counties-and-health", post.GetProperty("address").GetString());
        using var beyond = await Read(site, "/api/v1/posts?page=9");
        Assert.Equal(2, beyond.RootElement.GetProperty("total").GetInt32());
        Assert.Empty(beyond.RootElement.GetProperty("posts").EnumerateArray());
    }

    [Fact]
    public async Task One_post_comes_with_its_text_licence_and_translations_and_a_draft_not_at_all()
    {
        await using var site = await TestSite.Start();
        await site.Posted("Devolution", body: "Some **strong** text.");
        await site.Posted("Not yet", PostState.Draft);
        using var post = await Read(site, "/api/v1/posts/devolution");
        Assert.Equal("Some **strong** text.", post.RootElement.GetProperty("markdown").GetString());
        Assert.Equal("CC BY 4.0", post.RootElement.GetProperty("licence").GetString());
        using var draft = await site.Anonymous().GetAsync("/api/v1/posts/not-yet");
        Assert.Equal(HttpStatusCode.NotFound, draft.StatusCode);
        Assert.Contains("No public post has the address", await draft.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Programs_search_and_see_what_each_choice_would_leave()
    {
        await using var site = await TestSite.Start();
        await site.Posted("Counties and health", facets: [(Axes.Country, "KEN")]);
        using var found = await Read(site, "/api/v1/search?q=counties&kind=post");
        var hit = Assert.Single(found.RootElement.GetProperty("results").EnumerateArray());
        Assert.Equal("Counties and health", hit.GetProperty("title").GetString());
        Assert.Contains("country:KEN", hit.GetProperty("facets").GetString());
        Assert.NotEqual(JsonValueKind.Null, found.RootElement.GetProperty("facets").ValueKind);
    }

    [Theory]
    [InlineData("/api/v1/countries/KEN", true)]
    [InlineData("/posts.csv", true)]
    [InlineData("/countries.json", true)]
    [InlineData("/posts", false)]
    public async Task Scripts_of_other_sites_may_read_data_and_no_pages(string path, bool open)
    {
        await using var site = await TestSite.Start();
        using var answer = await site.Anonymous().GetAsync(path);
        Assert.Equal(open, answer.Headers.TryGetValues("Access-Control-Allow-Origin", out var allowed));
        if (open)
            Assert.Equal("*", Assert.Single(allowed!));
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Credentials"));
    }

    private static async Task<JsonDocument> Read(TestSite site, string path) =>
        JsonDocument.Parse(await site.Anonymous().GetStringAsync(path));
}
