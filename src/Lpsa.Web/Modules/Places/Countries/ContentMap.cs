using Lpsa.Platform;

namespace Lpsa.Places;

/// <summary>The world by what there is to read about each country: on the page of countries, and as a file of its own.</summary>
public static class ContentMap
{
    private const string Path = "/countries/content";

    public static void Map(IEndpointRouteBuilder feeds)
    {
        feeds.MapGet(Path + ".svg", GetSvg);
        feeds.MapGet(Path + ".png", GetPng);
    }

    /// <param name="content">Items about each country by ISO 3166 alpha-3 code; its levels of government count as one more.</param>
    public static MapChart Of(IReadOnlyDictionary<string, int> content, HttpContext http)
    {
        var page = http.PageContext();
        var texts = page.Texts;
        var hasPng = http.RequestServices.GetRequiredService<PngWriter>().Available;
        return new MapChart
        {
            Frame = new ChartFrame
            {
                Id = "world",
                Title = texts.Say("What we have about each country"),
                Unit = texts.Say("levels of government, posts and other items"),
                Period = texts.Date(page.Now),
                Source = new ChartSource(texts.Say("Outlines: Natural Earth, simplified; Equal Earth projection")),
                Downloads = ChartResult.Links(page.To(Path), hasPng),
            },
            Geometry = WorldMap.Outlines,
            Areas =
            [
                .. Atlas
                    .Sorted(Atlas.Shipped.Places, page.Language)
                    .Select(place => new MapArea(
                        place.Iso3,
                        place.Name(page.Language),
                        content.GetValueOrDefault(place.Iso3) + (CountryProfiles.Shipped[place.Iso3] is null ? 0 : 1),
                        page.To(place.Path)
                    )),
            ],
            Measure = new Measure(0),
            RowName = texts.Say("Country or territory"),
            Limits = [1, 2, 5, 10],
            BoundaryNote = WorldMap.Shipped.Note[page.Language.Code],
        };
    }

    public static string[] Tags(IEnumerable<CountryContent> sources) =>
        [HubTags.Countries, .. sources.Select(s => s.CacheTag)];

    static async Task<IResult> GetSvg(
        HttpContext http,
        PlatformDb db,
        IEnumerable<CountryContent> sources,
        CancellationToken cancel
    ) => ChartResult.Svg(await Standalone(http, db, sources, cancel), http.Texts()).Tagged(Tags(sources));

    static async Task<IResult> GetPng(
        HttpContext http,
        PlatformDb db,
        IEnumerable<CountryContent> sources,
        PngWriter pictures,
        CancellationToken cancel
    ) =>
        await ChartResult.Png(await Standalone(http, db, sources, cancel), http.Texts(), pictures, cancel)
            is { } picture
            ? picture.Tagged(Tags(sources))
            : Results.NotFound();

    private static async Task<MapChart> Standalone(
        HttpContext http,
        PlatformDb db,
        IEnumerable<CountryContent> sources,
        CancellationToken cancel
    )
    {
        var map = Of(await Count(sources, db, cancel), http);
        var page = http.PageContext();
        return map with { Frame = map.Frame with { Address = page.Site.Absolute(page.To("/countries")) } };
    }

    /// <summary>Posts and whatever else modules have about each country.</summary>
    public static async Task<Dictionary<string, int>> Count(
        IEnumerable<CountryContent> sources,
        PlatformDb db,
        CancellationToken cancel
    )
    {
        var total = new Dictionary<string, int>();
        foreach (var source in sources)
        foreach (var (iso3, count) in await source.Count(db, cancel))
            total[iso3] = total.GetValueOrDefault(iso3) + count;
        return total;
    }
}
