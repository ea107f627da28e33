using Lpsa.Platform;

namespace Lpsa.Places;

/// <summary>The levels of government of a country as a picture: on its page, and as a file of its own.</summary>
public static class CountryTree
{
    public static void Map(IEndpointRouteBuilder feeds)
    {
        feeds.MapGet("/countries/{code}/levels.svg", GetSvg);
        feeds.MapGet("/countries/{code}/levels.png", GetPng);
    }

    /// <param name="hasPng">A program that draws PNG is installed; otherwise no link to one is offered.</param>
    public static LevelTree Of(Place place, CountryProfile profile, Texts texts, bool hasPng)
    {
        var name = place.Name(texts.Language);
        var files = PageContext.In(texts.Language, place.Path);
        return new LevelTree
        {
            Frame = new ChartFrame
            {
                Id = "tree",
                Title = texts.Say("Levels of government in {0}", name),
                Unit = texts.Say("number of bodies on each level"),
                Period = profile.SourceYears is var (first, last)
                    ? (first == last ? $"{first}" : $"{first}–{last}")
                    : "",
                Source = new ChartSource(texts.Say("Compiled from the sources named below")),
                Downloads = [new ChartLink("CSV", files + ".csv"), .. ChartResult.Links(files + "/levels", hasPng)],
            },
            Head = name,
            Levels = [.. profile.Levels.Select(level => Level(level, texts))],
        };
    }

    private static GovernmentLevel Level(ProfileLevel level, Texts texts) =>
        new(
            level.Order,
            level.NameEn,
            level.Number,
            level.Nature is null ? null : NatureWords.Of(level.Nature.Code, texts),
            NatureWords.Kind(level.Nature?.Code),
            level.NameLocal,
            level.Nature is { IsInferred: true, Code: not null }
        );

    static IResult GetSvg(string code, HttpContext http, SiteAddress site) =>
        Standalone(code, http, site) is { } tree
            ? ChartResult.Svg(tree, http.Texts()).Tagged("countries")
            : Results.NotFound();

    static async Task<IResult> GetPng(
        string code,
        HttpContext http,
        SiteAddress site,
        PngWriter pictures,
        CancellationToken cancel
    ) =>
        Standalone(code, http, site) is { } tree
        && await ChartResult.Png(tree, http.Texts(), pictures, cancel) is { } picture
            ? picture.Tagged("countries")
            : Results.NotFound();

    private static LevelTree? Standalone(string code, HttpContext http, SiteAddress site)
    {
        if (Atlas.Shipped.FindBySlug(code) is not { } place || CountryProfiles.Shipped[place.Iso3] is not { } profile)
            return null;
        var texts = http.Texts();
        var tree = Of(place, profile, texts, false);
        // A file that travels alone says where its sources are named.
        return tree with
        {
            Frame = tree.Frame with
            {
                Source = new ChartSource(texts.Say("Compiled from the sources named at the address below")),
                Address = site.Absolute(PageContext.In(texts.Language, place.Path)),
            },
        };
    }
}
