using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Lpsa.Platform;

namespace Lpsa.Publishing;

/// <summary>The post in the vocabulary of schema.org.</summary>
internal static class PostJsonLd
{
    public static string Of(ShowPost.Model model, PageContext page)
    {
        var post = model.Post;
        var article = new JsonObject
        {
            ["@context"] = "https://schema.org",
            ["@type"] = post.Kind is PostKind.Announcement or PostKind.Recap ? "NewsArticle" : "Article",
            ["headline"] = model.Title,
            ["description"] = model.Summary,
            ["inLanguage"] = model.Language,
            ["url"] = page.Site.Absolute(page.To(post.Path)),
            ["datePublished"] = post.PublishedAt.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["dateModified"] = post.ChangedAt.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
            ["publisher"] = new JsonObject { ["@type"] = "Organization", ["name"] = "Local Public Sector Alliance" },
        };
        if (model.Card is { } card)
            article["image"] = page.Site.Absolute(page.To(card));
        if (post.Authors.Count > 0)
            article["author"] = new JsonArray([
                .. post.Authors.Select(
                    JsonNode (a) =>
                        new JsonObject
                        {
                            ["@type"] = a.IsOrganisation ? "Organization" : "Person",
                            ["name"] = a.Name,
                            ["url"] = page.Site.Absolute("/authors/" + a.Slug),
                        }
                ),
            ]);
        if (model.Terms.Count > 0)
            article["about"] = new JsonArray([
                .. model.Terms.Select(JsonNode (t) => new JsonObject { ["@type"] = "Thing", ["name"] = t.Label }),
            ]);
        if (model.SourceAddress is not null)
            article["isBasedOn"] = model.SourceAddress;
        return article.ToJsonString(Readable);
    }

    // The default encoder escapes <, so that no text can end the script element it stands in.
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = false };
}
