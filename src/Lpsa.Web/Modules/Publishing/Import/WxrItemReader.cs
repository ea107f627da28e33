using System.Globalization;
using System.Net;

namespace Lpsa.Publishing;

/// <summary>Reads one item of an export.</summary>
sealed class WxrItemReader(
    WxrElement element,
    Findings findings,
    WxrLimits limits,
    WxrRelations relations,
    WxrSite site,
    Dictionary<string, int> leftByType
)
{
    private readonly Dictionary<string, string> fields = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (int Line, int Column)> places = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> meta = new(StringComparer.Ordinal);
    private readonly List<string> earlierSlugs = [];
    private readonly List<WxrTermUse> terms = [];
    private readonly WxrComments comments = new(findings, limits);
    private readonly (int Line, int Column) place = element.Place;
    private bool contentTooLong;

    private long? id;

    /// <summary>The item, or null when it is left; why is among the findings.</summary>
    public WxrItem? Read()
    {
        ReadChildren();
        var type = Value("wp:post_type");
        if (WxrTypes.Internal.ContainsKey(type))
        {
            leftByType[type] = leftByType.GetValueOrDefault(type) + 1;
            return null;
        }
        if (id is not { } number)
            return Reject(
                "items without a number",
                $"An item without a usable wp:post_id (“{Value("wp:post_id")}”) cannot be recognised when the file is read again; “{Title()}” was left."
            );
        if (contentTooLong)
            return Reject(
                "items too long",
                $"The text is longer than {limits.Content:N0} characters; “{Title()}” was left."
            );

        var parent = Number("wp:post_parent");
        if (!relations.Add(number, parent, place.Line))
            return Reject(
                "items given twice",
                $"The number {number} was used before, in line {relations.LineOf(number)}; “{Title()}” was left."
            );

        var kind = WxrTypes.KindOf(type);
        if (kind == WxrKind.Other)
            Report(
                FindingSeverity.Note,
                "items of type " + type,
                $"The type “{type}” comes from a plugin.",
                "wp:post_type"
            );
        var (state, protectedBefore) = State();
        var slug = WxrSlug.Of(Value("wp:post_name"));
        var local = WxrDate.Read(Value("wp:post_date"));
        return new WxrItem(
            number,
            kind,
            type.Length == 0 ? "post" : type,
            state,
            Title(),
            slug,
            Value("dc:creator"),
            Value("content:encoded"),
            Value("excerpt:encoded"),
            Published(state),
            local is { } day ? DateOnly.FromDateTime(day) : null,
            Date("wp:post_modified_gmt", "wp:post_modified"),
            parent,
            int.TryParse(
                Value("wp:menu_order"),
                NumberStyles.AllowLeadingSign,
                CultureInfo.InvariantCulture,
                out var order
            )
                ? order
                : 0,
            Value("wp:is_sticky") == "1",
            protectedBefore,
            Value("guid"),
            Value("link"),
            OldAddresses.Of(site, kind, number, Value("link"), Value("guid"), local, [slug, .. earlierSlugs]),
            Attachment(kind),
            meta.GetValueOrDefault("_wp_attachment_image_alt", ""),
            long.TryParse(
                meta.GetValueOrDefault("_thumbnail_id"),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var thumbnail
            )
                ? thumbnail
                : null,
            terms,
            comments.Resolve(id),
            meta,
            place.Line
        );
    }

    private void ReadChildren()
    {
        if (element.IsEmpty)
            return;
        while (element.NextChild(3))
        {
            var key = element.Key;
            places.TryAdd(key, element.Place);
            switch (key)
            {
                case "wp:post_id":
                    var text = fields[key] = element.Text(20);
                    id =
                        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                        && number > 0
                            ? number
                            : null;
                    break;
                case "content:encoded":
                    if (element.WholeText(limits.Content) is { } content)
                        fields[key] = content;
                    else
                        contentTooLong = true;
                    break;
                case "category":
                    Term();
                    break;
                case "wp:postmeta":
                    Meta();
                    break;
                case "wp:comment":
                    comments.Read(element, id);
                    break;
                case "title"
                or "link"
                or "guid"
                or "pubDate"
                or "dc:creator"
                or "excerpt:encoded"
                or "wp:post_date"
                or "wp:post_date_gmt"
                or "wp:post_modified"
                or "wp:post_modified_gmt"
                or "wp:post_name"
                or "wp:status"
                or "wp:post_parent"
                or "wp:menu_order"
                or "wp:post_type"
                or "wp:post_password"
                or "wp:is_sticky"
                or "wp:attachment_url":
                    fields[key] = element.Text(Longest(key), id);
                    break;
                default:
                    element.Skip();
                    break;
            }
        }
    }

    private int Longest(string key) =>
        key switch
        {
            "title" => limits.Title,
            "link" or "guid" or "wp:attachment_url" => 2000,
            "excerpt:encoded" => limits.Excerpt,
            // Percent-encoded, a slug is three to nine times as long.
            "wp:post_name" => limits.Slug * 9,
            _ => limits.Name,
        };

    private void Term()
    {
        var domain = element.Attribute("domain");
        var slug = WxrSlug.Of(element.Attribute("nicename"));
        var name = WebUtility.HtmlDecode(element.Text(limits.Name, id));
        if (slug.Length == 0)
            slug = name.ToLowerInvariant().Replace(' ', '-');
        // WXR 1.0 says "tag" where later versions say "post_tag", and gives every term twice.
        var taxonomy = domain switch
        {
            "tag" => "post_tag",
            "" => "category",
            _ => domain,
        };
        if (
            slug.Length > 0
            && terms.Count < limits.TermsOfAnItem
            && !terms.Exists(t => t.Taxonomy == taxonomy && t.Slug == slug)
        )
            terms.Add(new(taxonomy, slug, name.Length > 0 ? name : slug));
    }

    private void Meta()
    {
        var values = element.Fields(limits.MetaValue);
        var key = values.GetValueOrDefault("wp:meta_key", "");
        var value = values.GetValueOrDefault("wp:meta_value", "");
        if (key == "_wp_old_slug")
            earlierSlugs.Add(WxrSlug.Of(value));
        else if (key.Length is > 0 and <= 255 && meta.Count < limits.MetaOfAnItem && !IsInternal(key))
            meta[key] = value;
    }

    private static bool IsInternal(string key) =>
        key.StartsWith("_edit_", StringComparison.Ordinal)
        || key.StartsWith("_oembed_", StringComparison.Ordinal)
        || key.StartsWith("_wp_trash_", StringComparison.Ordinal)
        || key
            is "_wp_attachment_metadata"
                or "_encloseme"
                or "_pingme"
                or "_wp_page_template"
                or "_wp_desired_post_slug";

    private (WxrState State, bool Protected) State()
    {
        var text = Value("wp:status");
        WxrState? known = text switch
        {
            "publish" or "inherit" => WxrState.Published,
            "future" => WxrState.Scheduled,
            "draft" or "auto-draft" or "" => WxrState.Draft,
            "pending" => WxrState.Pending,
            "private" => WxrState.Private,
            "trash" => WxrState.Trash,
            _ => null,
        };
        if (known is null)
            Report(
                FindingSeverity.Changed,
                "unknown states",
                $"The state “{text}” is not known; “{Title()}” becomes a draft.",
                "wp:status"
            );
        // There are no passwords on single texts here, and what was protected must not become public by moving.
        if (Value("wp:post_password").Length > 0 && known is not WxrState.Trash)
        {
            Report(
                FindingSeverity.Changed,
                "items with a password",
                $"“{Title()}” had a password; it becomes a draft.",
                "wp:post_password"
            );
            return (WxrState.Draft, true);
        }
        return (known ?? WxrState.Draft, false);
    }

    private DateTime? Published(WxrState state)
    {
        var date = Date("wp:post_date_gmt", "wp:post_date") ?? WxrDate.ReadRss(Value("pubDate"));
        if (date is null && state is WxrState.Published or WxrState.Scheduled)
            Report(
                FindingSeverity.Changed,
                "items without a date",
                $"“{Title()}” has no usable date.",
                "wp:post_date_gmt"
            );
        return date;
    }

    private DateTime? Date(string utc, string local)
    {
        foreach (var key in new[] { utc, local })
        {
            var text = Value(key);
            if (WxrDate.IsNone(text))
                continue;
            if (WxrDate.Read(text) is { } date)
                return date;
            Report(
                FindingSeverity.Changed,
                $"wrong dates in {key}",
                $"“{text}” is not a date and was passed over.",
                key
            );
        }
        return null;
    }

    private string? Attachment(WxrKind kind)
    {
        if (kind != WxrKind.Attachment)
            return null;
        var address = Value("wp:attachment_url");
        if (Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https")
            return uri.AbsoluteUri;
        Report(
            FindingSeverity.Left,
            "files without an address",
            $"The file “{Title()}” has no usable address (“{address}”).",
            "wp:attachment_url"
        );
        return null;
    }

    private long? Number(string key) =>
        long.TryParse(Value(key), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : null;

    // Titles are stored with entities ("Research &amp; Development") and now and then with markup.
    private string Title() => WebUtility.HtmlDecode(Value("title"));

    private string Value(string key) => fields.GetValueOrDefault(key, "");

    private void Report(FindingSeverity severity, string kind, string message, string key) =>
        findings.Add(severity, kind, message, places.GetValueOrDefault(key, place), key, id);

    private WxrItem? Reject(string kind, string message)
    {
        findings.Add(FindingSeverity.Rejected, kind, message, place, "item", id);
        return null;
    }
}
