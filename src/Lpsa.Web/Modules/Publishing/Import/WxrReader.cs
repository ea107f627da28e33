using System.Globalization;
using System.Xml;

namespace Lpsa.Publishing;

/// <summary>
/// Reads a WordPress export (WXR 1.0 to 1.2) item by item, in memory that does not grow with texts. The format has no
/// specification, only the exporter's behaviour, so unknown elements are passed over and damaged values are mended
/// and reported; what makes the file untrustworthy as a whole (cut off, not XML, a document type) is fatal.
/// </summary>
/// <remarks>
/// Call <see cref="Items"/> to the end and keep what it gives only if <see cref="Failed"/> is false then:
/// <see cref="Site"/>, <see cref="Authors"/> and <see cref="Terms"/> are complete when the first item comes.
/// </remarks>
sealed class WxrReader(Stream stream, string file, WxrLimits? given = null)
{
    private readonly WxrLimits limits = given ?? WxrLimits.Default;
    private readonly Findings findings = new(file);
    private readonly WxrTerms terms = new();
    private readonly WxrRelations relations = new();
    private readonly Dictionary<string, WxrAuthor> authors = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, int> leftByType = new(StringComparer.Ordinal);
    private WxrElement? element;
    private WxrSite site = new("", "", null, "", "", "");
    private bool finished;

    public WxrSite Site => site;
    public IReadOnlyCollection<WxrAuthor> Authors => authors.Values;
    public IReadOnlyList<WxrTerm> Terms => terms.Resolve(findings);

    /// <summary>Items whose parent leads in a circle or is not in the file: to be treated as having none. Complete
    /// after the last item.</summary>
    public IReadOnlySet<long> Orphans => relations.Orphans;

    public bool Failed => findings.HasFatal;
    public IReadOnlyList<Finding> Findings => findings.ToList();

    /// <summary>The items in the order of the file; can be asked for once.</summary>
    public IEnumerable<WxrItem> Items()
    {
        while (Next() is { } item)
            yield return item;
    }

    private WxrItem? Next()
    {
        if (finished)
            return null;
        try
        {
            if (element is null && !Open())
                return Stop();
            while (element!.NextChild(2))
            {
                if (element.Key == "item")
                {
                    if (site.Version.Length == 0)
                        return Fatal("not an export", NotWordPress, element.Place);
                    if (relations.Count >= limits.Items)
                        return Fatal(
                            "too many items",
                            $"The file has more than {limits.Items:N0} items.",
                            element.Place
                        );
                    if (new WxrItemReader(element, findings, limits, relations, site, leftByType).Read() is { } item)
                        return item;
                }
                else if (!Channel(element))
                    return Stop();
            }
            return Finish();
        }
        catch (XmlException fault)
        {
            return Fatal(
                "not well-formed",
                Explain(fault),
                (fault.LineNumber + (element?.SkippedLines ?? 0), fault.LinePosition)
            );
        }
        catch (WxrRefused refused)
        {
            return Fatal("limit", refused.Message, refused.Place);
        }
        catch (IOException fault)
        {
            return Fatal(
                "unreadable",
                $"The file could not be read to its end: {fault.Message}",
                element?.Place ?? default
            );
        }
    }

    private const string NotWordPress =
        "This is not a WordPress export: it has no wp:wxr_version. In WordPress choose Tools, Export, All content.";

    private bool Open()
    {
        if (XmlSource.Open(stream, findings, limits) is not { } source)
            return false;
        element = new WxrElement(source, findings, limits);
        if (!element.NextChild(0) || element.Key != "rss")
        {
            var found = element.Key.Length == 0 ? "no element" : $"<{element.Key}>";
            Fatal(
                "not an export",
                $"The file begins with {found}; a WordPress export begins with <rss>.",
                element.Place
            );
            return false;
        }
        while (element.NextChild(1))
        {
            if (element.Key == "channel")
                return true;
        }
        Fatal("not an export", "The file has no <channel>, so it is not a WordPress export.", element.Place);
        return false;
    }

    private WxrItem? Finish()
    {
        if (site.Version.Length == 0)
            return Fatal("not an export", NotWordPress, element!.Place);
        _ = Terms;
        // The end of the channel is not the end of the file: what follows must still be well-formed.
        element!.ReadToEnd();
        relations.Resolve(findings);
        foreach (var (type, count) in leftByType)
        {
            var what = WxrTypes.Internal.GetValueOrDefault(type, "another type");
            findings.Add(
                FindingSeverity.Left,
                "type " + type,
                $"{count} of type {type} left: {what}.",
                element: "wp:post_type"
            );
        }
        return Stop();
    }

    private WxrItem? Stop()
    {
        finished = true;
        return null;
    }

    private WxrItem? Fatal(string kind, string message, (int, int) place)
    {
        findings.Add(FindingSeverity.Fatal, kind, message, place);
        return Stop();
    }

    private bool Channel(WxrElement child)
    {
        switch (child.Key)
        {
            case "title":
                site = site with { Title = child.Text(limits.Title) };
                break;
            case "description":
                site = site with { Description = child.Text(limits.Description) };
                break;
            case "language":
                site = site with { Language = child.Text(35) };
                break;
            case "generator":
                site = site with { Generator = child.Text(limits.Name) };
                break;
            case "link" or "wp:base_site_url" or "wp:base_blog_url":
                Address(child);
                break;
            case "wp:wxr_version":
                return Version(child);
            case "wp:author":
                Author(child);
                break;
            case "wp:category" or "wp:tag" or "wp:term":
                terms.Read(child, findings, limits);
                break;
            default:
                child.Skip();
                break;
        }
        return true;
    }

    private void Address(WxrElement child)
    {
        var (key, place) = (child.Key, child.Place);
        var text = child.Text(2000);
        if (text.Length == 0)
            return;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            findings.Add(
                FindingSeverity.Changed,
                "address of the site",
                $"“{text}” is not a web address and was passed over.",
                place,
                key
            );
        // The blog's own address comes last and wins: for one blog of several it has the folder that its links need.
        else if (site.Address is null || key == "wp:base_blog_url")
            site = site with { Address = new Uri(address.AbsoluteUri.TrimEnd('/') + "/") };
    }

    private bool Version(WxrElement child)
    {
        var place = child.Place;
        var version = child.Text(20);
        if (!version.StartsWith("1.", StringComparison.Ordinal))
        {
            Fatal("version", $"WXR version “{version}” is not known here; 1.0, 1.1 and 1.2 are.", place);
            return false;
        }
        if (version is not ("1.0" or "1.1" or "1.2"))
            findings.Add(
                FindingSeverity.Note,
                "version",
                $"WXR version {version} is newer than 1.2; it is read as 1.2.",
                place,
                "wp:wxr_version"
            );
        site = site with { Version = version };
        return true;
    }

    private void Author(WxrElement child)
    {
        var place = child.Place;
        var fields = child.Fields(limits.Name);
        var login = fields.GetValueOrDefault("wp:author_login", "");
        var name = fields.GetValueOrDefault("wp:author_display_name", "");
        if (name.Length == 0)
            name =
                $"{fields.GetValueOrDefault("wp:author_first_name")} {fields.GetValueOrDefault("wp:author_last_name")}".Trim();
        if (login.Length == 0)
        {
            findings.Add(
                FindingSeverity.Left,
                "author without a login",
                $"An author without a login (“{name}”) was left.",
                place,
                "wp:author"
            );
            return;
        }
        _ = long.TryParse(
            fields.GetValueOrDefault("wp:author_id"),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var id
        );
        if (
            !authors.TryAdd(
                login,
                new(id, login, fields.GetValueOrDefault("wp:author_email", ""), name.Length > 0 ? name : login)
            )
        )
            findings.Add(
                FindingSeverity.Left,
                "author given twice",
                $"The author “{login}” is given twice; the first is taken.",
                place,
                "wp:author"
            );
    }

    private static string Explain(XmlException fault)
    {
        var message = fault.Message;
        var tail = message.LastIndexOf(" Line ", StringComparison.Ordinal);
        message = tail > 0 ? message[..tail] : message;
        if (message.Contains("DTD", StringComparison.Ordinal))
            return "The file has a document type (<!DOCTYPE>). WordPress writes none; it can hide an attack, so the file is refused.";
        if (message.Contains("end of file", StringComparison.OrdinalIgnoreCase))
            return "The file ends in the middle: the export was cut off. Export again, perhaps month by month.";
        return $"The file is not well-formed XML: {message}";
    }
}
