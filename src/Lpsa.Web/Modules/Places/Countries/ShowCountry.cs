using Lpsa.Platform;
using Microsoft.AspNetCore.Components;

namespace Lpsa.Places;

/// <summary>One country: its levels of government, every value with its source, and what other modules have about it.</summary>
public static class ShowCountry
{
    public static void Map(IEndpointRouteBuilder pages) => pages.MapGet("/countries/{code}", Get);

    public sealed record Model(
        Place Place,
        Place? PartOf,
        CountryProfile? Profile,
        DateOnly Compiled,
        IReadOnlyList<Place> Neighbours,
        IReadOnlyList<Place> Territories,
        IReadOnlyList<InScheme> Regions,
        IReadOnlyList<RenderFragment> Blocks,
        bool HasPng
    );

    public sealed record InScheme(string Scheme, string Region, string? Path);

    static async Task<IResult> Get(
        string code,
        HttpContext http,
        PlatformDb db,
        ModuleRegistry modules,
        CancellationToken cancel
    )
    {
        if (Atlas.Shipped.FindBySlug(code) is not { } place)
            return ErrorPage.View(ErrorModel.NotFound, StatusCodes.Status404NotFound);
        var texts = http.Texts();
        // One address for each country: capitals, alpha-2 codes, names and old spellings lead to it.
        if ("/countries/" + code != place.Path)
            return Results.Redirect(
                PageContext.In(texts.Language, place.Path + http.Request.QueryString),
                permanent: true
            );

        var hub = new HubContext(Axes.Country, place.Iso3);
        var scope = new SlotScope(db, http.Viewer(), texts, http.RequestServices);
        var atlas = Atlas.Shipped;
        return ShowCountryPage
            .View(
                new Model(
                    place,
                    place.PartOf is null ? null : atlas[place.PartOf],
                    CountryProfiles.Shipped[place.Iso3],
                    CountryProfiles.Shipped.Compiled,
                    Atlas.Sorted(place.Neighbours.Select(n => atlas[n]!), texts.Language),
                    Atlas.Sorted(atlas.Places.Where(p => p.PartOf == place.Iso3), texts.Language),
                    [.. atlas.Schemes.Select(s => Within(s, place, texts.Language)).OfType<InScheme>()],
                    await modules.Fill(PlaceSlots.Hub, hub, scope, cancel),
                    http.RequestServices.GetRequiredService<PngWriter>().Available
                )
            )
            .Tagged([.. hub.CacheTags]);
    }

    private static InScheme? Within(RegionScheme scheme, Place place, Language language) =>
        scheme.Regions.FirstOrDefault(r => r.Code == place.Regions[scheme.Code]) is { } region
            ? new InScheme(
                scheme.Name(language),
                region.Name(language),
                region.Lpsa is null ? null : Atlas.Shipped.Region(region.Lpsa)!.Path
            )
            : null;
}
