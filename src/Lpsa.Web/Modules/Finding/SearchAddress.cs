using System.Globalization;
using Lpsa.Platform;

namespace Lpsa.Finding;

/// <summary>A search as it stands in an address: <c>?q=…&amp;country=KEN&amp;sort=date&amp;page=2</c>.</summary>
static class SearchAddress
{
    public const int PageSize = 20;
    public const int LastPage = SearchIndex.MostMatches / PageSize;

    /// <summary>The axes offered as filters, in the order they are shown.</summary>
    public static readonly IReadOnlyList<string> Axes =
    [
        "kind",
        "type",
        Places.Axes.Theme,
        Places.Axes.Region,
        Places.Axes.Country,
        Places.Axes.Sector,
        "language",
        "year",
    ];

    public static SearchRequest Read(HttpContext http, int pageSize = PageSize)
    {
        var query = http.Request.Query;
        var page = int.TryParse(query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? Math.Clamp(number, 1, LastPage)
            : 1;
        return new SearchRequest
        {
            Text = query["q"].ToString().Trim(),
            Language = http.Texts().Language.Code,
            Filters = [.. Axes.SelectMany(axis => query[axis].Select(code => $"{axis}:{code}"))],
            Order = query["sort"] == "date" ? SearchOrder.Date : SearchOrder.Relevance,
            Page = page,
            PageSize = pageSize,
        };
    }
}
