using System.Globalization;
using Lpsa.Platform;

namespace Lpsa.Publishing;

/// <summary>All months in which something appeared, with their numbers.</summary>
public static class ShowArchive
{
    public static void Map(IEndpointRouteBuilder pages) => pages.MapGet("/posts/archive", Get);

    public sealed record Model(IReadOnlyList<Year> Years, int Undated);

    public sealed record Year(int Number, int Count, IReadOnlyList<Month> Months);

    public sealed record Month(DateOnly First, int Count, string Path);

    static async Task<PageResult> Get(PostCatalogue catalogue, CancellationToken cancel)
    {
        var shelf = await catalogue.Get(cancel);
        var months = shelf
            .Codes(PostAxes.Month)
            .Select(m => new Month(
                DateOnly.ParseExact(m.Code, "yyyy-MM", CultureInfo.InvariantCulture),
                m.Count,
                ListPosts.PathOf(PostQuery.Of(PostAxes.Month, m.Code))
            ))
            .ToLookup(m => m.First.Year);
        var years = shelf
            .Codes(PostAxes.Year)
            .Select(y => (Number: int.Parse(y.Code, CultureInfo.InvariantCulture), y.Count))
            .OrderByDescending(y => y.Number)
            .Select(y => new Year(y.Number, y.Count, [.. months[y.Number].OrderByDescending(m => m.First)]))
            .ToList();
        return ShowArchivePage.View(new Model(years, shelf.All.Count - years.Sum(y => y.Count))).Tagged("posts");
    }
}
