using Lpsa.Places;
using Lpsa.Platform;

namespace Lpsa.Finding;

/// <summary>The search page. Not kept in the page cache: strangers' words would push out the pages people read.</summary>
public static class ShowSearch
{
    public static void Map(IEndpointRouteBuilder pages) => pages.MapGet("/search", Get);

    public sealed record Model(
        SearchRequest Request,
        SearchResults Results,
        IReadOnlyList<FacetGroup> Facets,
        IReadOnlyDictionary<string, string> Kinds
    )
    {
        public bool IsAsked => Request.Text.Length > 0 || Request.Filters.Count > 0;
        public int Pages => (Results.Total + Request.PageSize - 1) / Request.PageSize;
    }

    static async Task<IResult> Get(
        HttpContext http,
        PlatformDb db,
        SearchIndex index,
        IVocabulary vocabulary,
        ModuleRegistry modules,
        CancellationToken cancel
    )
    {
        var request = SearchAddress.Read(http);
        var results = await index.Find(db, request, cancel);
        var labels = new FacetLabels(http.Texts(), vocabulary, modules);
        var kinds = results.Hits.Select(h => h.Key.Kind).Distinct().ToDictionary(k => k, k => labels.Value("kind", k));
        return ShowSearchPage.View(new(request, results, labels.Groups(results.Facets), kinds));
    }
}
