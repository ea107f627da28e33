using Lpsa.Platform;

namespace Lpsa.Places;

/// <summary>What a list of countries is narrowed to; the same for the page, the CSV file and the JSON file.</summary>
/// <param name="Text">Part of a name in any language, or a code.</param>
/// <param name="Region">Code of an LPSA region.</param>
/// <param name="Scheme">Code of the scheme that groups the list.</param>
/// <param name="WithStructure">Only countries whose levels of government are described.</param>
public sealed record CountryFilter(string Text, string? Region, RegionScheme Scheme, bool WithStructure)
{
    public static CountryFilter From(IQueryCollection query) =>
        new(
            ((string?)query["q"])?.Trim() ?? "",
            Atlas.Shipped.FindRegion((string?)query["region"] ?? "")?.Code,
            Atlas.Shipped.Schemes.FirstOrDefault(s => s.Code == query["scheme"])
                ?? Atlas.Shipped.Scheme("country-list"),
            query["structure"] == "1"
        );

    public IReadOnlyList<Place> Apply(Language language)
    {
        var text = Spelling.Fold(Text);
        return Atlas.Sorted(Atlas.Shipped.Places.Where(p => Fits(p, text)), language);
    }

    private bool Fits(Place place, string text) =>
        (
            text == ""
            || place
                .Names.Values.Concat(place.OtherNames)
                .Append(place.Iso3)
                .Append(place.Iso2)
                .Any(n => Spelling.Fold(n).Contains(text))
        )
        && (Region is null || (Region == "OECD" ? place.IsOecd : place.LpsaRegion == Region))
        && (!WithStructure || CountryProfiles.Shipped[place.Iso3] is not null);
}
