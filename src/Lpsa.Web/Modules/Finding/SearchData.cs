using Lpsa.Platform;

namespace Lpsa.Finding;

/// <summary>The list of a search as CSV and JSON: the first thousand.</summary>
static class SearchData
{
    private const int Rows = 1000;

    public static void Map(IEndpointRouteBuilder feeds)
    {
        feeds.MapGet(
            "/search.csv",
            async (HttpContext http, PlatformDb db, SearchIndex index, SiteAddress site, CancellationToken cancel) =>
                DataFile.Csv(await Find(http, db, index, site, cancel), "search")
        );
        feeds.MapGet(
            "/search.json",
            async (HttpContext http, PlatformDb db, SearchIndex index, SiteAddress site, CancellationToken cancel) =>
                DataFile.Json(await Find(http, db, index, site, cancel))
        );
    }

    public sealed record Row(
        string Title,
        string Address,
        string Kind,
        string Language,
        DateTime? Date,
        string Snippet,
        string Facets
    );

    static async Task<IReadOnlyList<Row>> Find(
        HttpContext http,
        PlatformDb db,
        SearchIndex index,
        SiteAddress site,
        CancellationToken cancel
    )
    {
        var results = await index.Find(db, SearchAddress.Read(http, Rows) with { Page = 1 }, cancel);
        return
        [
            .. results.Hits.Select(h => new Row(
                h.PlainTitle,
                site.Absolute(PageContext.In(http.Texts().Language, h.Path)),
                h.Key.Kind,
                h.Language,
                h.Date,
                h.PlainSnippet,
                string.Join(' ', h.Facets.Skip(2))
            )),
        ];
    }
}
