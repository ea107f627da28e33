using Lpsa.Platform;

namespace Lpsa.Places;

/// <summary>All countries by region, with a map of where there is something to read.</summary>
public static class ListCountries
{
    public static void Map(IEndpointRouteBuilder pages) => pages.MapGet("/countries", Get);

    public sealed record Model(
        CountryFilter Filter,
        IReadOnlyList<Group> Groups,
        int Shown,
        int Described,
        DateOnly Compiled,
        IReadOnlyDictionary<string, int> Content,
        MapChart? Map,
        string Query
    );

    public sealed record Group(string Name, string? Path, IReadOnlyList<Place> Places);

    static async Task<PageResult> Get(
        HttpContext http,
        PlatformDb db,
        IEnumerable<CountryContent> sources,
        CancellationToken cancel
    )
    {
        var language = http.Texts().Language;
        var filter = CountryFilter.From(http.Request.Query);
        var places = filter.Apply(language);
        var content = await ContentMap.Count(sources, db, cancel);
        var model = new Model(
            filter,
            Grouped(filter.Scheme, places, language),
            places.Count,
            places.Count(p => CountryProfiles.Shipped[p.Iso3] is not null),
            CountryProfiles.Shipped.Compiled,
            content,
            http.Request.QueryString.HasValue ? null : ContentMap.Of(content, http),
            http.Request.QueryString.Value ?? ""
        );
        return ListCountriesPage.View(model).Tagged(ContentMap.Tags(sources));
    }

    private static List<Group> Grouped(RegionScheme scheme, IReadOnlyList<Place> places, Language language)
    {
        var groups = scheme
            .Regions.Select(r => new Group(
                r.Name(language),
                r.Lpsa is null ? null : Atlas.Shipped.Region(r.Lpsa)!.Path,
                [.. places.Where(p => p.Regions[scheme.Code] == r.Code)]
            ))
            .ToList();
        groups.Add(new Group("", null, [.. places.Where(p => p.Regions[scheme.Code] is null)]));
        return [.. groups.Where(g => g.Places.Count > 0)];
    }
}
