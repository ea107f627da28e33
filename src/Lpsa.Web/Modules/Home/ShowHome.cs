using System.Globalization;
using Lpsa.Places;
using Lpsa.Platform;
using Lpsa.Publishing;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Home;

/// <summary>The front page.</summary>
public static class ShowHome
{
    private const int PostsShown = 6;
    private const int ExplainersShown = 12;

    public static void Map(IEndpointRouteBuilder pages) => pages.MapGet("/", Get);

    public sealed record Model(
        WorldSummary World,
        int Posts,
        IReadOnlyList<PostLink> Latest,
        IReadOnlyList<PostLink> Explainers,
        IReadOnlyList<Branch> Themes,
        IReadOnlyList<CountedTerm> Regions,
        IReadOnlyList<CountedTerm> Sectors,
        IReadOnlyList<VocabularyEntry> Examples
    );

    /// <summary>A term with a page of its own and the number of posts about it.</summary>
    public sealed record CountedTerm(string Label, string Path, int Posts);

    public sealed record Branch(CountedTerm Head, IReadOnlyList<CountedTerm> Terms);

    static async Task<IResult> Get(
        HttpContext http,
        PlatformDb db,
        LatestPosts posts,
        IVocabulary vocabulary,
        CancellationToken cancel
    )
    {
        if (WordPressNumber(http.Request.Query) is { } number)
            return await FromWordPress(number, http, db, cancel);
        var texts = http.Texts();
        var language = texts.Language.Code;
        var model = new Model(
            WorldSummary.Shipped,
            await posts.Count(cancel),
            await posts.Read(PostsShown, texts, cancel),
            await posts.Explainers(ExplainersShown, texts, cancel),
            Branches(vocabulary.All(Axes.Theme, language), await posts.CountBy(Axes.Theme, cancel)),
            Terms(vocabulary.All(Axes.Region, language), await posts.CountBy(Axes.Region, cancel)),
            Terms(
                vocabulary.All(Axes.Sector, language).Where(s => s.Parent is null),
                await posts.CountBy(Axes.Sector, cancel)
            ),
            [
                .. new[] { (Axes.Country, "KEN"), (Axes.Theme, "fiscal"), (Axes.Sector, "health") }
                    .Select(e => vocabulary.Get(e.Item1, e.Item2, language))
                    .OfType<VocabularyEntry>()
                    .Where(e => e.Path is not null),
            ]
        );
        return ShowHomePage.View(model).Tagged("home", "posts", "terms");
    }

    /// <summary>Number of an item in an address of the old site, <c>/?p=123</c>, for pages <c>/?page_id=123</c>; null for
    /// any other address. Posts and pages share their numbers there.</summary>
    private static long? WordPressNumber(IQueryCollection query) =>
        long.TryParse(
            query.ContainsKey("p") ? query["p"] : query["page_id"],
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var number
        )
            ? number
            : null;

    private static async Task<IResult> FromWordPress(
        long number,
        HttpContext http,
        PlatformDb db,
        CancellationToken cancel
    )
    {
        var path = OldAddress.Normal("/?p=" + number.ToString(CultureInfo.InvariantCulture));
        var target = await db.Set<OldAddress>()
            .AsNoTracking()
            .Where(r => r.Path == path)
            .Select(r => r.Target)
            .FirstOrDefaultAsync(cancel);
        return target is null
            ? ErrorPage.View(ErrorModel.NotFound, StatusCodes.Status404NotFound)
            : Results.Redirect(PageContext.In(http.Texts().Language, LocalPath.Of(target)), permanent: true);
    }

    private static IReadOnlyList<Branch> Branches(
        IReadOnlyList<VocabularyEntry> entries,
        IReadOnlyDictionary<string, int> posts
    ) =>
        [
            .. entries
                .Where(e => e.Parent is null)
                .Select(e => new Branch(Of(e, posts), Terms(entries.Where(c => c.Parent == e.Code), posts)))
                .OrderByDescending(b => b.Terms.Count),
        ];

    private static IReadOnlyList<CountedTerm> Terms(
        IEnumerable<VocabularyEntry> entries,
        IReadOnlyDictionary<string, int> posts
    ) => [.. entries.Where(e => e.Path is not null).Select(e => Of(e, posts))];

    private static CountedTerm Of(VocabularyEntry entry, IReadOnlyDictionary<string, int> posts) =>
        new(entry.Label, entry.Path ?? "/themes", posts.GetValueOrDefault(entry.Code));
}
