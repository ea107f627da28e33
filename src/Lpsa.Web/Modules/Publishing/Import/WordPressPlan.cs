using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Publishing;

/// <summary>
/// What the first reading of the file finds out: where every item will be, so that links between them can be led
/// there, and which pictures galleries mean. Texts are not kept.
/// </summary>
sealed class WordPressPlan
{
    private readonly Dictionary<long, string> paths = [];
    private readonly Dictionary<string, string> byOldAddress = new(StringComparer.Ordinal);
    private readonly Dictionary<long, Attachment> attachments = [];

    /// <param name="IsPublic">False when it hangs on an item that outsiders do not see.</param>
    public sealed record Attachment(long Id, string Address, string Alt, string Caption, bool IsPublic, int Line);

    private WordPressPlan(
        WxrSite site,
        IReadOnlyList<WxrTerm> terms,
        IReadOnlyCollection<WxrAuthor> authors,
        IReadOnlyList<Finding> findings
    )
    {
        Site = site;
        Terms = terms;
        Authors = authors.ToDictionary(a => a.Login, StringComparer.OrdinalIgnoreCase);
        Findings = findings;
    }

    public WxrSite Site { get; }
    public IReadOnlyList<WxrTerm> Terms { get; }
    public IReadOnlyDictionary<string, WxrAuthor> Authors { get; }
    public IReadOnlyList<Finding> Findings { get; }

    public static bool IsTaken(WxrItem item) =>
        item.Kind is WxrKind.Post or WxrKind.Page && item.State != WxrState.Trash;

    public static async Task<WordPressPlan> Make(
        PlatformDb db,
        Func<Stream> open,
        string file,
        CancellationToken cancel
    )
    {
        var known = await db.Set<Post>()
            .Where(p => p.ImportKey != null && p.ImportKey.StartsWith(KeyPrefix))
            .Select(p => new { p.ImportKey, p.Slug })
            .ToDictionaryAsync(p => p.ImportKey!, p => p.Slug, cancel);
        var slugs = await db.Set<Post>().Select(p => p.Slug).ToHashSetAsync(cancel);

        await using var stream = open();
        var reader = new WxrReader(stream, file);
        var paths = new Dictionary<long, string>();
        var old = new List<(string, string)>();
        var attachments = new List<(Attachment Found, long? Parent)>();
        var hidden = new HashSet<long>();
        foreach (var item in reader.Items())
        {
            cancel.ThrowIfCancellationRequested();
            if (item.AttachmentAddress is { } address)
            {
                var isPublic = item.State == WxrState.Published;
                attachments.Add(
                    (
                        new(item.Id, address, item.AltText, Prose.Shorten(item.Excerpt, 200), isPublic, item.Line),
                        item.Parent
                    )
                );
            }
            else if (item.State != WxrState.Published)
            {
                hidden.Add(item.Id);
            }
            if (!IsTaken(item))
                continue;
            if (!known.TryGetValue(Key(reader.Site, item.Id), out var slug))
            {
                slug = await Slug.Free(
                    Slug.Of(item.Slug.Length > 0 ? item.Slug : item.Title, $"item-{item.Id}"),
                    s => Task.FromResult(slugs.Contains(s))
                );
                slugs.Add(slug);
            }
            paths[item.Id] = "/posts/" + slug;
            old.AddRange(item.OldAddresses.Select(a => (OldAddress.Normal(a), paths[item.Id])));
        }

        var plan = new WordPressPlan(reader.Site, reader.Terms, reader.Authors, reader.Findings);
        foreach (var (id, path) in paths)
            plan.paths[id] = path;
        foreach (var (found, parent) in attachments)
            plan.attachments[found.Id] = found with
            {
                IsPublic = found.IsPublic && !(parent is { } above && hidden.Contains(above)),
            };
        foreach (var (from, to) in old)
            plan.byOldAddress.TryAdd(from, to);
        return plan;
    }

    private const string KeyPrefix = "wordpress:";

    /// <summary>Names an item for good: the host without <c>www</c>, since sites gain and lose that, and its number.</summary>
    public static string Key(WxrSite site, long id)
    {
        var host = site.Address?.Host.ToLowerInvariant() ?? "";
        var folder = site.Address?.AbsolutePath.Trim('/') ?? "";
        return $"{KeyPrefix}{(host.StartsWith("www.", StringComparison.Ordinal) ? host[4..] : host)}/{folder}#{id}";
    }

    public string PathOf(long id) => paths[id];

    public IReadOnlyCollection<Attachment> Attachments => attachments.Values;

    public Attachment? AttachmentOf(long id) => attachments.GetValueOrDefault(id);

    public SourcePicture? Picture(long id) =>
        AttachmentOf(id) is { } found ? new(found.Address, found.Alt, found.Caption) : null;

    /// <summary>Links to the old site's items lead to where they are now; all others stay.</summary>
    public string Lead(string address)
    {
        if (
            !Uri.TryCreate(address, UriKind.Absolute, out var uri)
            || Site.Address is null
            || !OldAddresses.SameHost(uri.Host, Site.Address.Host)
        )
            return address;
        var path = Uri.UnescapeDataString(uri.AbsolutePath);
        return
            byOldAddress.TryGetValue(OldAddress.Normal(path + uri.Query), out var found)
            || byOldAddress.TryGetValue(OldAddress.Normal(path), out found)
            ? found
            : address;
    }
}
