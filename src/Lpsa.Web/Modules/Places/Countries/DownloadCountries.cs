using Lpsa.Platform;

namespace Lpsa.Places;

/// <summary>The list of countries, and each country's sourced values, as CSV and JSON.</summary>
public static class DownloadCountries
{
    private static readonly string[] ValueColumns =
    [
        "iso3",
        "tier",
        "institution",
        "about",
        "value",
        "source",
        "source_date",
        "note",
        "basis",
    ];

    public static void Map(IEndpointRouteBuilder feeds)
    {
        feeds.MapGet("/countries.csv", (HttpContext http) => ListCsv(http));
        feeds.MapGet("/countries.json", (HttpContext http) => ListJson(http));
        feeds.MapGet("/countries/{code}.csv", (string code) => OneCsv(code));
        feeds.MapGet("/countries/{code}.json", (string code) => OneJson(code));
    }

    public static object Row(Place place, Language language) =>
        new
        {
            place.Iso3,
            place.Iso2,
            place.Numeric,
            Name = place.Name(language),
            place.Names,
            place.Status,
            place.PartOf,
            place.Neighbours,
            place.Regions,
            HasLevels = CountryProfiles.Shipped[place.Iso3] is not null,
            place.Path,
        };

    private static IResult ListCsv(HttpContext http)
    {
        var language = http.Texts().Language;
        var schemes = Atlas.Shipped.Schemes.Select(s => s.Code).ToList();
        var rows = CountryFilter
            .From(http.Request.Query)
            .Apply(language)
            .Select(p =>
                (IReadOnlyList<object?>)
                    [
                        p.Iso3,
                        p.Iso2,
                        p.Numeric,
                        p.Name(language),
                        p.Status.ToString().ToLowerInvariant(),
                        p.PartOf,
                        string.Join(' ', p.Neighbours),
                        .. schemes.Select(s => p.Regions[s]),
                        CountryProfiles.Shipped[p.Iso3]?.Levels.Count,
                    ]
            );
        string[] columns =
        [
            "iso3",
            "iso2",
            "numeric",
            "name",
            "status",
            "part_of",
            "neighbours",
            .. schemes.Select(s => s.Replace('-', '_')),
            "institution_kinds",
        ];
        return DataFile.Csv(rows, columns, "countries").Tagged(HubTags.Countries);
    }

    private static IResult ListJson(HttpContext http)
    {
        var language = http.Texts().Language;
        return DataFile
            .Json(CountryFilter.From(http.Request.Query).Apply(language).Select(p => Row(p, language)))
            .Tagged(HubTags.Countries);
    }

    private static IResult OneCsv(string code) =>
        Atlas.Shipped.FindBySlug(code) is { } place && CountryProfiles.Shipped[place.Iso3] is { } profile
            ? DataFile
                .Csv(Values(place, profile), ValueColumns, place.Iso3.ToLowerInvariant() + "-levels-of-government")
                .Tagged(HubTags.Of(Axes.Country, place.Iso3))
            : Results.NotFound();

    private static IEnumerable<IReadOnlyList<object?>> Values(Place place, CountryProfile profile)
    {
        yield return Row(null, null, "state form", profile.StateForm);
        foreach (var level in profile.Levels)
        {
            if (level.Nature is { } nature)
                yield return
                [
                    place.Iso3,
                    level.Order,
                    level.NameEn,
                    "nature",
                    nature.Code,
                    nature.Source,
                    nature.SourceDate,
                    nature.Summary,
                    nature.CodeBasis,
                ];
            foreach (var (about, value) in level.Values())
                yield return Row(level.Order, level.NameEn, about, value);
        }
        foreach (var fact in profile.Facts)
            yield return Row(null, null, fact.Field ?? "fact", fact);

        object?[] Row(int? tier, string? name, string about, Sourced value) =>
            [place.Iso3, tier, name, about, value.Value, value.Source, value.SourceDate, value.Note, value.Computed];
    }

    private static IResult OneJson(string code) =>
        Atlas.Shipped.FindBySlug(code) is { } place
            ? DataFile
                .Json(
                    new
                    {
                        Place = place,
                        Notice = "Compiled by the project from public sources; codes of institutional nature are inferred unless code_basis says otherwise. Not findings of LPSA.",
                        CountryProfiles.Shipped.Compiled,
                        Profile = CountryProfiles.Shipped[place.Iso3],
                    }
                )
                .Tagged(HubTags.Of(Axes.Country, place.Iso3))
            : Results.NotFound();
}
