using System.Collections.Frozen;
using Lpsa.Platform;

namespace Lpsa.Places;

/// <summary>All places, regions and schemes. Immutable and shipped with the product.</summary>
public sealed class Atlas
{
    private static readonly Lazy<Atlas> Loaded = new(Load);

    private readonly FrozenDictionary<string, Place> byCode;
    private readonly FrozenDictionary<string, Place> byName;
    private readonly FrozenDictionary<string, Place> bySlug;
    private readonly FrozenDictionary<string, LpsaRegion> regionByName;

    private Atlas(IReadOnlyList<Place> places, SchemesFile schemes)
    {
        Places = places;
        Schemes = schemes.Schemes;
        Regions = schemes.LpsaRegions;
        byCode = places.ToFrozenDictionary(p => p.Iso3);
        byName = Names(places).ToFrozenDictionary();
        bySlug = places
            .SelectMany(p => p.Names.Values.Concat(p.OtherNames).Select(n => (Slug: Spelling.Slug(n), Place: p)))
            .DistinctBy(n => n.Slug)
            .ToFrozenDictionary(n => n.Slug, n => n.Place);
        regionByName = RegionNames().DistinctBy(n => n.Name).ToFrozenDictionary(n => n.Name, n => n.Region);
    }

    public static Atlas Shipped => Loaded.Value;

    /// <summary>In the order of their alpha-3 codes.</summary>
    public IReadOnlyList<Place> Places { get; }
    public IReadOnlyList<RegionScheme> Schemes { get; }
    public IReadOnlyList<LpsaRegion> Regions { get; }

    /// <summary>By alpha-3 code, upper case.</summary>
    public Place? this[string iso3] => byCode.GetValueOrDefault(iso3);

    /// <summary>By any code, name or old spelling in any language, case and accents folded.</summary>
    public Place? Find(string text) => byName.GetValueOrDefault(Spelling.Fold(text));

    /// <summary>By the last part of an address: <c>ken</c>, <c>KE</c>, <c>swaziland</c>.</summary>
    public Place? FindBySlug(string slug) =>
        byName.GetValueOrDefault(Spelling.Fold(slug)) ?? bySlug.GetValueOrDefault(slug.ToLowerInvariant());

    public RegionScheme Scheme(string code) => Schemes.First(s => s.Code == code);

    public LpsaRegion? Region(string code) => Regions.FirstOrDefault(r => r.Code == code);

    /// <summary>By code, any label of any scheme, or slug.</summary>
    public LpsaRegion? FindRegion(string text) => regionByName.GetValueOrDefault(Spelling.Fold(text));

    /// <summary>The places of an LPSA region, by name in a language. OECD has its members.</summary>
    public IReadOnlyList<Place> In(LpsaRegion region, Language language) =>
        Sorted(Places.Where(p => region.Code == "OECD" ? p.IsOecd : p.LpsaRegion == region.Code), language);

    /// <summary>Sorted by name as readers of the language expect.</summary>
    public static IReadOnlyList<Place> Sorted(IEnumerable<Place> places, Language language) =>
        [.. places.OrderBy(p => p.Name(language), StringComparer.Create(language.Culture, ignoreCase: true))];

    private static Atlas Load() =>
        new(ShippedFile.Read<IReadOnlyList<Place>>("countries.json"), ShippedFile.Read<SchemesFile>("schemes.json"));

    // Codes first, so that a short spelling can never take the place of a code.
    private static Dictionary<string, Place> Names(IReadOnlyList<Place> places)
    {
        var names = new Dictionary<string, Place>(StringComparer.Ordinal);
        foreach (var place in places)
        foreach (var code in new[] { place.Iso3, place.Iso2, place.Numeric })
            if (code is not null)
                names.TryAdd(Spelling.Fold(code), place);
        foreach (var place in places)
        foreach (var name in place.Names.Values.Concat(place.OtherNames))
            names.TryAdd(Spelling.Fold(name), place);
        return names;
    }

    private IEnumerable<(string Name, LpsaRegion Region)> RegionNames()
    {
        foreach (var region in Regions)
        foreach (
            var name in region
                .Slugs.Prepend(region.Slug)
                .Prepend(region.Code)
                .Concat(region.Names.Values)
                .Concat(region.Alternatives)
        )
            yield return (Spelling.Fold(name), region);
        foreach (var labelled in Schemes.SelectMany(s => s.Regions))
            if (Regions.FirstOrDefault(r => r.Code == labelled.Lpsa) is { } region)
                foreach (var name in labelled.Names.Values)
                    yield return (Spelling.Fold(name), region);
    }

    private sealed record SchemesFile(IReadOnlyList<LpsaRegion> LpsaRegions, IReadOnlyList<RegionScheme> Schemes);
}
