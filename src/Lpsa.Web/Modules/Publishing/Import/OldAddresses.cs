namespace Lpsa.Publishing;

/// <summary>Every address under which WordPress may have shown an item, so that none of them becomes a dead end.</summary>
static class OldAddresses
{
    /// <param name="local">Date in the zone of the old site, which its dated addresses were made of.</param>
    /// <param name="slugs">Its slug, then earlier ones.</param>
    /// <returns>Paths and queries from the root of the old host, percent signs decoded, each once.</returns>
    public static IReadOnlyList<string> Of(
        WxrSite site,
        WxrKind kind,
        long id,
        string link,
        string guid,
        DateTime? local,
        IReadOnlyList<string> slugs
    )
    {
        var found = new List<string>();
        var start = site.Address?.AbsolutePath ?? "/";
        Add(link);
        Add(guid);
        found.Add(
            start
                + kind switch
                {
                    WxrKind.Page => $"?page_id={id}",
                    WxrKind.Attachment => $"?attachment_id={id}",
                    _ => $"?p={id}",
                }
        );
        if (kind == WxrKind.Page)
            found.Add($"{start}?p={id}");
        if (kind == WxrKind.Post && local is { } date)
        {
            foreach (var slug in slugs.Where(s => s.Length > 0))
            {
                found.Add($"{start}{date:yyyy}/{date:MM}/{slug}/");
                found.Add($"{start}{date:yyyy}/{date:MM}/{date:dd}/{slug}/");
            }
        }
        // The link with an earlier slug in the place of the present one.
        if (
            slugs.Count > 1
            && slugs[0].Length > 0
            && found[0].TrimEnd('/').EndsWith("/" + slugs[0], StringComparison.Ordinal)
        )
        {
            var folder = found[0].TrimEnd('/')[..^slugs[0].Length];
            found.AddRange(slugs.Skip(1).Where(s => s.Length > 0).Select(s => folder + s + "/"));
        }
        return [.. found.Distinct(StringComparer.Ordinal)];

        void Add(string address)
        {
            if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
                return;
            // The guid keeps the host where the site was first set up; only its own host is ours to redirect.
            if (site.Address is not null && !SameHost(uri.Host, site.Address.Host))
                return;
            if (uri.PathAndQuery is not ("/" or ""))
                found.Add(Uri.UnescapeDataString(uri.AbsolutePath) + uri.Query);
        }
    }

    public static bool SameHost(string one, string other) =>
        string.Equals(Bare(one), Bare(other), StringComparison.OrdinalIgnoreCase);

    private static string Bare(string host) =>
        host.StartsWith("www.", StringComparison.OrdinalIgnoreCase) ? host[4..] : host;
}
