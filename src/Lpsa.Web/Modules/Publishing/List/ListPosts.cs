using System.Globalization;
using Lpsa.Places;
using Lpsa.Platform;

namespace Lpsa.Publishing;

/// <summary>All posts, filtered by any combination of facets; the same list as CSV and JSON.</summary>
public static class ListPosts
{
    /// <summary>More choices than a reader scans only make the page heavy; search and country pages lead to the rest.</summary>
    private const int MostChoices = 24;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/posts", Get);
        pages.MapGet("/posts.csv", GetCsv);
        pages.MapGet("/posts.json", GetJson);
        pages.MapGet("/tags/{tag}", (string tag) => Redirect.To(PathOf(PostQuery.Of(PostAxes.Tag, tag))));
        pages.MapGet("/{year:int:range(1990,2100)}/{month:int:range(1,12)}", Month);
    }

    public sealed record Model(
        PostQuery Query,
        int Total,
        int Pages,
        IReadOnlyList<PostEntry> Posts,
        IReadOnlyList<FacetGroup> Facets,
        IVocabulary Vocabulary,
        PostShelf Shelf
    );

    public static string PathOf(PostQuery query) => "/posts" + query.QueryString;

    static async Task<IResult> Get(
        HttpContext http,
        PostCatalogue catalogue,
        IVocabulary vocabulary,
        CancellationToken cancel
    )
    {
        var query = Canonical(PostQuery.From(http.Request.Query), vocabulary, out var changed);
        if (changed)
            return Redirect.To(PathOf(query));
        var shelf = await catalogue.Get(cancel);
        var selection = shelf.Select(query.Chosen);
        var pages = Math.Max(1, (selection.Total + PostQuery.PageSize - 1) / PostQuery.PageSize);
        if (query.Page > pages)
            return ErrorPage.View(ErrorModel.NotFound, StatusCodes.Status404NotFound);
        var texts = http.Texts();
        var model = new Model(
            query,
            selection.Total,
            pages,
            selection.Page(query.Page, PostQuery.PageSize),
            Groups(query, selection, vocabulary, texts),
            vocabulary,
            shelf
        );
        return ListPostsPage.View(model).Tagged("posts", "terms");
    }

    static async Task<IResult> GetCsv(
        HttpContext http,
        PostCatalogue catalogue,
        IVocabulary vocabulary,
        SiteAddress site,
        CancellationToken cancel
    ) => DataFile.Csv(await Rows(http, catalogue, vocabulary, site, cancel), "posts").Tagged("posts", "terms");

    static async Task<IResult> GetJson(
        HttpContext http,
        PostCatalogue catalogue,
        IVocabulary vocabulary,
        SiteAddress site,
        CancellationToken cancel
    ) => DataFile.Json(await Rows(http, catalogue, vocabulary, site, cancel)).Tagged("posts", "terms");

    static IResult Month(int year, int month) =>
        Redirect.To(
            PathOf(
                PostQuery.Of(
                    PostAxes.Month,
                    new DateOnly(year, month, 1).ToString("yyyy-MM", CultureInfo.InvariantCulture)
                )
            )
        );

    private static async Task<IReadOnlyList<ListedPost>> Rows(
        HttpContext http,
        PostCatalogue catalogue,
        IVocabulary vocabulary,
        SiteAddress site,
        CancellationToken cancel
    )
    {
        var shelf = await catalogue.Get(cancel);
        var query = Canonical(PostQuery.From(http.Request.Query), vocabulary, out _);
        return [.. shelf.Select(query.Chosen).Posts.Select(p => ListedPost.Of(p, shelf, site))];
    }

    /// <summary>Old spellings and names lead to the code that is in use: <c>?country=kenya</c> becomes <c>KEN</c>.</summary>
    internal static PostQuery Canonical(PostQuery query, IVocabulary vocabulary, out bool changed)
    {
        var chosen = query.Chosen.ToDictionary(
            c => c.Key,
            IReadOnlyList<string> (c) =>
                Axes.All.Contains(c.Key)
                    ?
                    [
                        .. c
                            .Value.Select(code =>
                                vocabulary.Get(c.Key, code, "en")?.Code ?? vocabulary.Find(c.Key, code) ?? code
                            )
                            .Distinct(),
                    ]
                    : c.Value
        );
        changed = chosen.Any(c => !c.Value.SequenceEqual(query.Chosen[c.Key]));
        return query with { Chosen = chosen };
    }

    private static IReadOnlyList<FacetGroup> Groups(
        PostQuery query,
        PostSelection selection,
        IVocabulary vocabulary,
        Texts texts
    )
    {
        var groups = new List<FacetGroup>();
        foreach (var axis in PostQuery.Axes)
        {
            var chosen = query.Chosen.GetValueOrDefault(axis, []);
            var codes = axis is PostAxes.Month or PostAxes.Author ? [] : selection.Codes(axis);
            if (codes.Count < 2 && chosen.Count == 0)
                continue;
            if (axis == PostAxes.Year)
                codes = [.. codes.OrderByDescending(c => c.Code, StringComparer.Ordinal)];
            if (axis != PostAxes.Year)
                codes = [.. codes.Take(MostChoices)];
            // A chosen code stays in sight with nothing behind it, so that it can be given up.
            var options = chosen
                .Where(code => codes.All(c => c.Code != code))
                .Select(code => (Code: code, Count: 0))
                .Concat(codes)
                .Select(c => new FacetOption(c.Code, vocabulary.Label(texts, axis, c.Code), c.Count));
            groups.Add(new FacetGroup(axis, texts.Axis(axis), [.. options], Several: true));
        }
        return groups;
    }
}
