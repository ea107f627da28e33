using System.Text;
using System.Xml;
using Lpsa.Places;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Publishing;

/// <summary>Atom and RSS of all posts, of any filtered list, and of every hub page.</summary>
static class PostFeeds
{
    private const int Newest = 30;

    public static void Map(IEndpointRouteBuilder feeds)
    {
        foreach (var list in new[] { "", "/posts" })
        {
            feeds.MapGet(
                list + "/feed",
                (HttpContext http, Sources from, CancellationToken cancel) => List(http, from, list, false, cancel)
            );
            feeds.MapGet(
                list + "/feed/rss",
                (HttpContext http, Sources from, CancellationToken cancel) => List(http, from, list, true, cancel)
            );
        }
        foreach (var (hub, axis) in Hubs)
        {
            feeds.MapGet(
                $"/{hub}/{{slug}}/feed",
                (string slug, HttpContext http, Sources from, CancellationToken cancel) =>
                    Hub(hub, axis, slug, http, from, false, cancel)
            );
            feeds.MapGet(
                $"/{hub}/{{slug}}/feed/rss",
                (string slug, HttpContext http, Sources from, CancellationToken cancel) =>
                    Hub(hub, axis, slug, http, from, true, cancel)
            );
        }
    }

    private static readonly IReadOnlyList<(string Hub, string Axis)> Hubs =
    [
        ("themes", Axes.Theme),
        ("regions", Axes.Region),
        ("sectors", Axes.Sector),
        ("countries", Axes.Country),
        ("authors", PostAxes.Author),
        ("tags", PostAxes.Tag),
    ];

    /// <summary>What a feed is made from; a service, so that the routes above name one thing instead of four.</summary>
    internal sealed record Sources(PlatformDb Db, PostCatalogue Catalogue, IVocabulary Vocabulary, SiteAddress Site);

    static Task<IResult> List(HttpContext http, Sources from, string list, bool rss, CancellationToken cancel)
    {
        var query = PostQuery.From(http.Request.Query) with { Page = 1 };
        var texts = http.Texts();
        var chosen = query
            .Chosen.SelectMany(c => c.Value.Select(code => from.Vocabulary.Label(texts, c.Key, code)))
            .ToList();
        var title = chosen.Count == 0 ? texts.Say("All posts") : string.Join(" · ", chosen);
        return Write(http, from, query, title, list == "" ? "/" : "/posts" + query.QueryString, rss, cancel);
    }

    static async Task<IResult> Hub(
        string hub,
        string axis,
        string slug,
        HttpContext http,
        Sources from,
        bool rss,
        CancellationToken cancel
    )
    {
        var texts = http.Texts();
        var path = $"/{hub}/{slug}";
        if (axis is PostAxes.Tag or PostAxes.Author)
            return await Write(
                http,
                from,
                PostQuery.Of(axis, slug),
                from.Vocabulary.Label(texts, axis, slug),
                path,
                rss,
                cancel
            );
        var code = from.Vocabulary.Find(axis, slug);
        return code is null || from.Vocabulary.Get(axis, code, texts.Language.Code) is not { } entry
            ? Results.NotFound()
            : await Write(http, from, PostQuery.Of(axis, entry.Code), entry.Label, entry.Path ?? path, rss, cancel);
    }

    private static async Task<IResult> Write(
        HttpContext http,
        Sources from,
        PostQuery query,
        string title,
        string page,
        bool rss,
        CancellationToken cancel
    )
    {
        var texts = http.Texts();
        var posts = (await from.Catalogue.Get(cancel)).Select(query.Chosen).Page(1, Newest);
        var ids = posts.Select(p => p.Id).ToList();
        var bodies = await from
            .Db.Set<Post>()
            .AsNoTracking()
            .Where(p => ids.Contains(p.Id))
            .ToDictionaryAsync(p => p.Id, p => p.Body, cancel);
        var feed = new FeedText(
            from.Site,
            texts,
            title,
            page,
            http.Request.PathBase + http.Request.Path + http.Request.QueryString
        );
        var text = rss ? feed.Rss(posts, bodies) : feed.Atom(posts, bodies);
        return TextResult
            .Of(text, rss ? "application/rss+xml; charset=utf-8" : "application/atom+xml; charset=utf-8")
            .Tagged("posts", "terms");
    }
}

/// <summary>Writes Atom 1.0 (RFC 4287) and RSS 2.0.</summary>
internal sealed class FeedText(SiteAddress site, Texts texts, string title, string page, string self)
{
    private const string Atom10 = "http://www.w3.org/2005/Atom";

    public string Atom(IReadOnlyList<PostEntry> posts, IReadOnlyDictionary<Guid, string> bodies) =>
        Written(xml =>
        {
            xml.WriteStartElement("feed", Atom10);
            xml.WriteAttributeString("xml", "lang", null, texts.Language.Code);
            xml.WriteElementString("title", $"{title} · {site.Name}");
            xml.WriteElementString("id", site.Absolute(self));
            Link(xml, "self", site.Absolute(self), "application/atom+xml");
            Link(xml, "alternate", Absolute(page), "text/html");
            xml.WriteElementString(
                "updated",
                Instant(posts.Count == 0 ? DateTime.UnixEpoch : posts.Max(p => p.ChangedAt))
            );
            xml.WriteStartElement("author");
            xml.WriteElementString("name", "Local Public Sector Alliance");
            xml.WriteEndElement();
            foreach (var post in posts)
            {
                var (shown, summary, _) = post.In(texts.Language.Code);
                xml.WriteStartElement("entry");
                xml.WriteElementString("title", shown);
                xml.WriteElementString("id", "urn:uuid:" + post.Id);
                Link(xml, "alternate", Absolute(post.Path), "text/html");
                xml.WriteElementString("published", Instant(post.PublishedAt));
                xml.WriteElementString("updated", Instant(post.ChangedAt));
                foreach (var author in post.Authors)
                {
                    xml.WriteStartElement("author");
                    xml.WriteElementString("name", author.Name);
                    xml.WriteEndElement();
                }
                xml.WriteElementString("summary", summary);
                if (Html(bodies, post) is { Length: > 0 } html)
                {
                    xml.WriteStartElement("content");
                    xml.WriteAttributeString("type", "html");
                    xml.WriteString(html);
                    xml.WriteEndElement();
                }
                xml.WriteEndElement();
            }
            xml.WriteEndElement();
        });

    public string Rss(IReadOnlyList<PostEntry> posts, IReadOnlyDictionary<Guid, string> bodies) =>
        Written(xml =>
        {
            xml.WriteStartElement("rss");
            xml.WriteAttributeString("version", "2.0");
            xml.WriteAttributeString("xmlns", "atom", null, Atom10);
            xml.WriteStartElement("channel");
            xml.WriteElementString("title", $"{title} · {site.Name}");
            xml.WriteElementString("link", Absolute(page));
            xml.WriteElementString("description", title);
            xml.WriteElementString("language", texts.Language.Code);
            xml.WriteStartElement("atom", "link", Atom10);
            xml.WriteAttributeString("rel", "self");
            xml.WriteAttributeString("href", site.Absolute(self));
            xml.WriteAttributeString("type", "application/rss+xml");
            xml.WriteEndElement();
            foreach (var post in posts)
            {
                var (shown, summary, _) = post.In(texts.Language.Code);
                xml.WriteStartElement("item");
                xml.WriteElementString("title", shown);
                xml.WriteElementString("link", Absolute(post.Path));
                xml.WriteStartElement("guid");
                xml.WriteAttributeString("isPermaLink", "false");
                xml.WriteString("urn:uuid:" + post.Id);
                xml.WriteEndElement();
                xml.WriteElementString(
                    "pubDate",
                    post.PublishedAt.ToString("R", System.Globalization.CultureInfo.InvariantCulture)
                );
                var html = Html(bodies, post);
                xml.WriteElementString(
                    "description",
                    html.Length > 0 ? html : System.Net.WebUtility.HtmlEncode(summary)
                );
                xml.WriteEndElement();
            }
            xml.WriteEndElement();
            xml.WriteEndElement();
        });

    private string Html(IReadOnlyDictionary<Guid, string> bodies, PostEntry post) =>
        Prose.Html(
            bodies.GetValueOrDefault(post.Id),
            new ProseStyle { Address = path => site.Absolute(path), IdPrefix = "" }
        );

    private string Absolute(string path) => site.Absolute(PageContext.In(texts.Language, path));

    private static void Link(XmlWriter xml, string relation, string address, string type)
    {
        xml.WriteStartElement("link");
        xml.WriteAttributeString("rel", relation);
        xml.WriteAttributeString("href", address);
        xml.WriteAttributeString("type", type);
        xml.WriteEndElement();
    }

    private static string Instant(DateTime utc) =>
        utc.ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture);

    private static string Written(Action<XmlWriter> write)
    {
        var text = new Utf8Text();
        using (var xml = XmlWriter.Create(text, new XmlWriterSettings { Indent = true, CheckCharacters = false }))
            write(xml);
        return text.ToString();
    }

    // The writer names the encoding of its target in the XML declaration.
    private sealed class Utf8Text : StringWriter
    {
        public override Encoding Encoding => Encoding.UTF8;
    }
}
