using Lpsa.Platform;

namespace Lpsa.Places;

/// <summary>Places and vocabularies for programs: <c>/api/v1/countries</c>, <c>/api/v1/regions</c>, <c>/api/v1/terms</c>.</summary>
public static class PlacesApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet(
            "/countries",
            (HttpContext http) =>
                DataFile.Json(
                    CountryFilter
                        .From(http.Request.Query)
                        .Apply(Language.English)
                        .Select(p => DownloadCountries.Row(p, Language.English))
                )
        );
        api.MapGet("/countries/{code}", Country);
        api.MapGet("/regions", () => DataFile.Json(new { Atlas.Shipped.Regions, Atlas.Shipped.Schemes }));
        api.MapGet("/terms", (Taxonomy taxonomy) => DataFile.Json(EditTerm.Vocabularies.SelectMany(taxonomy.In)));
        api.MapGet("/terms/{vocabulary}/{code}", Term);
    }

    static IResult Country(string code) =>
        Atlas.Shipped.Find(code) is { } place
            ? DataFile.Json(new { Place = place, Profile = CountryProfiles.Shipped[place.Iso3] })
            : Results.Problem(
                statusCode: 404,
                title: "No such country",
                detail: $"“{code}” is no code, name or former name of a country or territory."
            );

    static IResult Term(string vocabulary, string code, Taxonomy taxonomy) =>
        taxonomy[vocabulary, code] is { } term
            ? DataFile.Json(term)
            : Results.Problem(
                statusCode: 404,
                title: "No such term",
                detail: $"The vocabulary “{vocabulary}” has no term “{code}”."
            );
}
