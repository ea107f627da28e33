using System.Net;
using Lpsa.Places;
using Lpsa.Platform;
using Lpsa.Publishing;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Lpsa.Tests;

/// <summary>What is not public is seen nowhere: every address of the product is asked, with every kind of visitor.</summary>
public sealed class VisibilityTests
{
    /// <summary>A word that stands in no other text of the product.</summary>
    private const string Secret = "Quetzalcoatlus";

    /// <summary>Beside the word in every text, so that a page that repeats the question is not taken for an answer.</summary>
    private const string Marker = "ZZhidden";

    private static readonly PostState[] Hidden =
    [
        PostState.Draft,
        PostState.Submitted,
        PostState.Scheduled,
        PostState.Archived,
    ];

    [Theory]
    [InlineData(null)]
    [InlineData(Roles.Member)]
    [InlineData(Roles.Contributor)]
    public async Task Nobody_but_an_editor_finds_a_word_of_what_is_not_public(string? role)
    {
        await using var site = await TestSite.Start();
        await Fill(site);
        var visitor = role is null ? site.Anonymous() : await site.SignedIn(role);
        var asked = 0;
        foreach (var address in Addresses(site))
        {
            using var answer = await visitor.GetAsync(address);
            var text = await answer.Content.ReadAsStringAsync();
            Assert.False(
                text.Contains(Marker, StringComparison.Ordinal),
                $"{address} shows a hidden post to {role ?? "a stranger"}"
            );
            asked++;
        }
        Assert.True(asked > 80, $"only {asked} addresses were asked");
    }

    [Fact]
    public async Task An_editor_sees_them_on_the_desk_and_not_on_the_publiclypages()
    {
        await using var site = await TestSite.Start();
        await Fill(site);
        var editor = await site.SignedIn(Roles.Editor);
        Assert.Contains(Marker, await editor.GetStringAsync("/admin/posts"));
        foreach (
            var address in new[]
            {
                "/posts",
                "/feed",
                "/posts.csv",
                "/search?q=" + Secret,
                "/sitemap.xml",
                "/countries/ken",
            }
        )
            Assert.DoesNotContain(Marker, await editor.GetStringAsync(address));
    }

    [Fact]
    public async Task A_post_taken_back_is_gone_from_everywhere_at_once()
    {
        await using var site = await TestSite.Start();
        var post = await site.Posted(
            $"{Secret} {Marker} once",
            facets: [(Axes.Country, "KEN"), (Axes.Theme, "fiscal")]
        );
        var reader = site.Anonymous();
        string[] publicly = ["/posts", "/feed", "/posts.json", "/search?q=" + Secret, "/countries/ken", post.Path];
        foreach (var address in publicly)
            Assert.Contains(Marker, await reader.GetStringAsync(address));
        var editor = await site.SignedIn(Roles.Editor);
        using var done = await editor.Submit($"/admin/posts/{post.Id}", "form:has(input[value=BackToDraft])");
        foreach (var address in publicly)
        {
            using var answer = await reader.GetAsync(address);
            Assert.DoesNotContain(Marker, await answer.Content.ReadAsStringAsync());
            Assert.Equal(address == post.Path ? HttpStatusCode.NotFound : HttpStatusCode.OK, answer.StatusCode);
        }
    }

    private static async Task Fill(TestSite site)
    {
        foreach (var state in Hidden)
            await site.Posted(
                $"{Secret} {Marker} {state}",
                state,
                body: $"{Secret} {Marker} body",
                summary: $"{Secret} {Marker} summary",
                facets: [(Axes.Country, "KEN"), (Axes.Theme, "fiscal"), (PostFacet.Tag, Secret)]
            );
        await site.Posted("Seen by all", facets: [(Axes.Country, "KEN"), (Axes.Theme, "fiscal")]);
    }

    /// <summary>Every GET route, with values in its places, plus the lists filtered down to the hidden posts.</summary>
    private static IEnumerable<string> Addresses(TestSite site)
    {
        var slugs = Hidden.Select(state => Slug.Of($"{Secret} {Marker} {state}")).ToList();
        var routes = site
            .Services.GetRequiredService<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET") ?? false)
            .Select(e => "/" + e.RoutePattern.RawText!.TrimStart('/'))
            .Distinct();
        foreach (var route in routes)
        foreach (var slug in route.Contains('{') ? slugs : slugs.Take(1))
            yield return System.Text.RegularExpressions.Regex.Replace(
                route,
                @"\{(\w+)[^}]*\}",
                m =>
                    m.Groups[1].Value switch
                    {
                        "year" => "2026",
                        "month" => "05",
                        "id" => Guid.Empty.ToString(),
                        "language" => "fr",
                        "number" => "1",
                        "code" or "iso3" when route.Contains("countries") => "ken",
                        _ => slug,
                    }
            );
        foreach (var query in new[] { "country=KEN", "theme=fiscal", "tag=" + Secret, "year=2026", "month=2026-05" })
        foreach (var list in new[] { "/posts", "/posts.csv", "/posts.json", "/posts/feed", "/posts/feed/rss" })
            yield return $"{list}?{query}";
        foreach (var list in new[] { "/search", "/search.json", "/search.csv", "/search/feed", "/search/suggest" })
            yield return $"{list}?q={Secret}";
        yield return "/themes/fiscal-decentralization/feed";
        yield return "/ar/posts";
    }
}
