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

    /// <summary><c>/api/v1/search</c>: page by page, with the number of results behind each choice.</summary>
    public static void MapApi(IEndpointRouteBuilder api) =>
        api.MapGet(
            "/search",
            async (HttpContext http, PlatformDb db, SearchIndex index, SiteAddress site, CancellationToken cancel) =>
            {
                var request = SearchAddress.Read(http);
                var results = await index.Find(db, request, cancel);
                return DataFile.Json(
                    new
                    {
                        results.Total,
                        request.Page,
                        request.PageSize,
                        Results = results.Hits.Select(h => Row.Of(h, http, site)),
                        results.Facets,
                    }
                );
            }
        );

    public sealed record Row(
        string Title,
        string Address,
        string Kind,
        string Language,
        DateTime? Date,
        string Snippet,
        string Facets
    )
    {
        internal static Row Of(SearchHit hit, HttpContext http, SiteAddress site) =>
            new(
                hit.PlainTitle,
                site.Absolute(PageContext.In(http.Texts().Language, hit.Path)),
                hit.Key.Kind,
                hit.Language,
                hit.Date,
                hit.PlainSnippet,
                string.Join(' ', hit.Facets.Skip(2))
            );
    }

    static async Task<IReadOnlyList<Row>> Find(
        HttpContext http,
        PlatformDb db,
        SearchIndex index,
        SiteAddress site,
        CancellationToken cancel
    )
    {
        var results = await index.Find(db, SearchAddress.Read(http, Rows) with { Page = 1 }, cancel);
        return [.. results.Hits.Select(h => Row.Of(h, http, site))];
    }
}
