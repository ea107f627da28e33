using System.Globalization;
using System.Text;
using System.Xml;
using Lpsa.Platform;

namespace Lpsa.Finding;

/// <summary>A search as an Atom feed (RFC 4287), newest first: what is new about a matter, for a feed reader.</summary>
static class SearchFeed
{
    private const string Atom = "http://www.w3.org/2005/Atom";
    private const int Entries = 30;

    public static void Map(IEndpointRouteBuilder feeds) => feeds.MapGet("/search/feed", Get);

    static async Task<IResult> Get(
        HttpContext http,
        PlatformDb db,
        SearchIndex index,
        SiteAddress site,
        CancellationToken cancel
    )
    {
        var request = SearchAddress.Read(http, Entries) with { Order = SearchOrder.Date, Page = 1 };
        var results = await index.Find(db, request, cancel);
        var self = http.Request.PathBase + http.Request.Path + http.Request.QueryString;
        return TextResult.Of(Write(http.Texts(), site, request, results, self), "application/atom+xml; charset=utf-8");
    }

    private static string Write(
        Texts texts,
        SiteAddress site,
        SearchRequest request,
        SearchResults results,
        string self
    )
    {
        var text = new Utf8Text();
        using (var xml = XmlWriter.Create(text, new XmlWriterSettings { Indent = true }))
        {
            xml.WriteStartElement("feed", Atom);
            xml.WriteAttributeString("xml", "lang", null, texts.Language.Code);
            xml.WriteElementString("title", Valid($"{texts.Say("Search: {0}", request.Text)} · {site.Name}"));
            xml.WriteElementString("id", site.Absolute(self));
            Link(xml, "self", site.Absolute(self));
            Link(xml, "alternate", site.Absolute(self.Replace("/search/feed", "/search", StringComparison.Ordinal)));
            xml.WriteElementString("updated", Instant(results.Hits.Max(h => h.Date) ?? DateTime.UnixEpoch));
            xml.WriteStartElement("author");
            xml.WriteElementString("name", site.Name);
            xml.WriteEndElement();
            foreach (var hit in results.Hits)
            {
                xml.WriteStartElement("entry");
                xml.WriteElementString("title", Valid(hit.PlainTitle));
                xml.WriteElementString("id", "urn:uuid:" + hit.Key.Id);
                Link(xml, "alternate", site.Absolute(PageContext.In(texts.Language, hit.Path)));
                xml.WriteElementString("updated", Instant(hit.Date ?? DateTime.UnixEpoch));
                xml.WriteElementString("summary", Valid(hit.PlainSnippet));
                xml.WriteEndElement();
            }
            xml.WriteEndElement();
        }
        return text.ToString();
    }

    private static void Link(XmlWriter xml, string relation, string address)
    {
        xml.WriteStartElement("link");
        xml.WriteAttributeString("rel", relation);
        xml.WriteAttributeString("href", address);
        xml.WriteEndElement();
    }

    /// <summary>Control characters cannot be written in XML at all, and anybody can put one into an address.</summary>
    private static string Valid(string text) =>
        string.Concat(text.EnumerateRunes().Where(r => r.Value is 9 or 10 or 13 or >= 32 and not (0xFFFE or 0xFFFF)));

    private static string Instant(DateTime utc) => utc.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    // The writer names the encoding of its target in the XML declaration.
    private sealed class Utf8Text : StringWriter
    {
        public override Encoding Encoding => Encoding.UTF8;
    }
}
