using System.Globalization;
using System.Text;
using System.Xml;
using Microsoft.AspNetCore.Http;

namespace Lpsa.Platform;

/// <summary>
/// The sitemap of all modules (sitemaps.org 0.9): every address in every language, with the others as alternates.
/// </summary>
internal static class SitemapFile
{
    /// <summary>The protocol allows 50,000; with alternates that would be a file of 35 MB.</summary>
    private const int MostAddresses = 10_000;
    private const string Schema = "http://www.sitemaps.org/schemas/sitemap/0.9";
    private const string Xhtml = "http://www.w3.org/1999/xhtml";
    private const string XmlType = "application/xml; charset=utf-8";

    /// <summary>All addresses, or the list of the parts when they are too many for one file.</summary>
    public static async Task<IResult> Whole(
        PlatformDb db,
        ModuleRegistry modules,
        PlatformOptions options,
        SiteAddress site,
        CancellationToken cancel
    )
    {
        var entries = await Read(db, modules, cancel);
        var inPart = MostAddresses / options.Languages.Count;
        return entries.Count <= inPart
            ? Addresses(entries, options.Languages, site)
            : Index((entries.Count + inPart - 1) / inPart, site);
    }

    public static async Task<IResult> Part(
        int part,
        PlatformDb db,
        ModuleRegistry modules,
        PlatformOptions options,
        SiteAddress site,
        CancellationToken cancel
    )
    {
        var entries = await Read(db, modules, cancel);
        var inPart = MostAddresses / options.Languages.Count;
        if (part < 1 || (long)(part - 1) * inPart >= entries.Count)
            return Results.NotFound();
        return Addresses([.. entries.Skip((part - 1) * inPart).Take(inPart)], options.Languages, site);
    }

    private static async Task<List<SitemapEntry>> Read(PlatformDb db, ModuleRegistry modules, CancellationToken cancel)
    {
        var entries = new List<SitemapEntry> { new("/", null) };
        var seen = new HashSet<string>(StringComparer.Ordinal) { "/" };
        foreach (var list in modules.Sitemaps)
        await foreach (var entry in list(db).WithCancellation(cancel))
            if (seen.Add(entry.Path))
                entries.Add(entry);
        return entries;
    }

    private static TextResult Addresses(
        IReadOnlyList<SitemapEntry> entries,
        IReadOnlyList<Language> languages,
        SiteAddress site
    ) =>
        Write(xml =>
        {
            xml.WriteStartElement("urlset", Schema);
            xml.WriteAttributeString("xmlns", "xhtml", null, Xhtml);
            foreach (var entry in entries)
            foreach (var language in languages)
            {
                xml.WriteStartElement("url", Schema);
                xml.WriteElementString("loc", Schema, site.Absolute(PageContext.In(language, entry.Path)));
                if (entry.ChangedAt is { } changed)
                    xml.WriteElementString(
                        "lastmod",
                        Schema,
                        changed.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)
                    );
                foreach (var other in languages)
                    Alternate(xml, other.Code, site.Absolute(PageContext.In(other, entry.Path)));
                Alternate(xml, "x-default", site.Absolute(entry.Path));
                xml.WriteEndElement();
            }
            xml.WriteEndElement();
        });

    private static void Alternate(XmlWriter xml, string language, string address)
    {
        xml.WriteStartElement("link", Xhtml);
        xml.WriteAttributeString("rel", "alternate");
        xml.WriteAttributeString("hreflang", language);
        xml.WriteAttributeString("href", address);
        xml.WriteEndElement();
    }

    private static TextResult Index(int parts, SiteAddress site) =>
        Write(xml =>
        {
            xml.WriteStartElement("sitemapindex", Schema);
            for (var part = 1; part <= parts; part++)
            {
                xml.WriteStartElement("sitemap", Schema);
                xml.WriteElementString("loc", Schema, site.Absolute($"/sitemap-{part}.xml"));
                xml.WriteEndElement();
            }
            xml.WriteEndElement();
        });

    private static TextResult Write(Action<XmlWriter> content)
    {
        var file = new MemoryStream();
        using (var xml = XmlWriter.Create(file, new XmlWriterSettings { Encoding = new UTF8Encoding(false) }))
            content(xml);
        // Kept for at most half an hour (see PageCache): crawlers come daily, and every change would draw it anew.
        return new TextResult(file.GetBuffer().AsMemory(0, (int)file.Length), XmlType).Tagged("sitemap");
    }
}
