using Lpsa.Platform;

namespace Lpsa.Places;

/// <summary>The axes along which everything is classified. Their names stand in addresses and facets.</summary>
public static class Axes
{
    public const string Theme = "theme";
    public const string Region = "region";
    public const string Sector = "sector";
    public const string Country = "country";
    public const string Objective = "objective";
    public const string Stakeholder = "stakeholder";

    public static readonly IReadOnlyList<string> All = [Theme, Region, Sector, Country, Objective, Stakeholder];
}

/// <summary>One term or place as others see it.</summary>
/// <param name="Code">Stable: <c>fiscal</c>, <c>SSA</c>, <c>KEN</c>.</param>
/// <param name="Path">Its own page without language: <c>/themes/fiscal-decentralization</c>; null when it has none.</param>
/// <param name="Parent">Code of the term above it on the same axis.</param>
public sealed record VocabularyEntry(string Axis, string Code, string Label, string? Path, string? Parent);

/// <summary>Places and terms by code, from memory. Safe to call for every row of a list.</summary>
public interface IVocabulary
{
    /// <summary>The term in a language; null when the code is unknown. A merged code answers as the one it went into.</summary>
    VocabularyEntry? Get(string axis, string code, string language);

    /// <summary>The code of what a person or a file calls it: any language, old spellings, accents and case ignored.</summary>
    string? Find(string axis, string name);

    /// <summary>All terms of an axis in the order of the language.</summary>
    IReadOnlyList<VocabularyEntry> All(string axis, string language);

    /// <summary>Codes of the LPSA regions (menu scheme, OECD included) that a country lies in.</summary>
    IReadOnlyList<string> RegionsOf(string iso3);

    /// <summary>Every name by which search should find it, in all languages, with old spellings.</summary>
    IReadOnlyList<string> NamesOf(string axis, string code);
}

/// <summary>What a hub page is about: a country, a region, a theme, a sector.</summary>
public sealed record HubContext(string Axis, string Code)
{
    private readonly List<string> tags = [HubTags.Of(Axis, Code)];

    /// <summary>Tags by which the cached page goes stale.</summary>
    public IReadOnlyList<string> CacheTags => tags;

    /// <summary>Said by a filler: what it shows is out of date when this tag is evicted.</summary>
    public void StaleWith(string cacheTag) => tags.Add(cacheTag);
}

/// <summary>Cache tags of the pages of this module.</summary>
public static class HubTags
{
    /// <summary>The list and the map of countries.</summary>
    public const string Countries = "countries";

    /// <summary>Sent when a term changed; the pages themselves go with <see cref="CacheTags.Everything"/>.</summary>
    public const string Taxonomy = "taxonomy";

    public static string Of(string axis, string code) => $"{axis}:{code}";
}

/// <summary>Roles may be limited to a country.</summary>
public static class CountryScope
{
    public const string Code = "country";

    public static readonly ScopeKind Kind = new(
        Code,
        "Country",
        (services, texts) =>
            [
                .. services
                    .GetRequiredService<IVocabulary>()
                    .All(Axes.Country, texts.Language.Code)
                    .Select(c => new Choice(c.Code, c.Label)),
            ]
    );

    /// <param name="iso3">ISO 3166-1 alpha-3.</param>
    public static RoleScope Of(string iso3) => new(Code, iso3);
}

public static class PlaceSlots
{
    /// <summary>Blocks on the page of a country, region, theme or sector.</summary>
    public static readonly Slot<HubContext> Hub = new("places.hub");
}

/// <summary>What our compilation on the levels of government holds, for the front page.</summary>
/// <param name="Countries">Countries whose levels of government are described.</param>
/// <param name="Institutions">Kinds of regional and local institutions described in them.</param>
/// <param name="Facts">Values that name the source they were read in.</param>
/// <param name="Tiers">Countries by number of tiers below the national one, fewest tiers first.</param>
public sealed record WorldSummary(
    int Countries,
    int Institutions,
    int Facts,
    DateOnly Compiled,
    IReadOnlyList<TierClass> Tiers
)
{
    /// <summary>The map of tiers, drawn on the server for a dark ground; no language in it.</summary>
    public const string MapPath = "/countries/tiers.svg";

    private static readonly Lazy<WorldSummary> Counted = new(() =>
    {
        var profiles = CountryProfiles.Shipped;
        return new WorldSummary(
            profiles.All.Count(),
            profiles.All.Sum(c => c.Levels.Count),
            profiles.All.Sum(c => c.Values().Count(v => v.Value is { Value: not null, Source: not null })),
            profiles.Compiled,
            [.. TierClass.All.Select(t => t with { Countries = profiles.All.Count(c => t.Holds(c.Tiers)) })]
        );
    });

    public static WorldSummary Shipped => Counted.Value;

    public int MapWidth => WorldMap.Shipped.Width;
    public int MapHeight => WorldMap.Shipped.ViewHeight;

    /// <summary>The sentence on boundaries that belongs under every map.</summary>
    public string BoundaryNote(string language) =>
        WorldMap.Shipped.Note.GetValueOrDefault(language, WorldMap.Shipped.Note["en"]);
}

/// <summary>Countries coloured alike on the map of tiers.</summary>
/// <param name="Most">Null: no upper limit.</param>
public sealed record TierClass(int Fewest, int? Most, string Fill, int Countries = 0)
{
    /// <summary>Light is few and bright is many; told apart by lightness alone, so that no colour sense is needed.</summary>
    public static readonly IReadOnlyList<TierClass> All =
    [
        new(1, 2, "#2f7a6c"),
        new(3, 3, "#55ab98"),
        new(4, 4, "#9ddccb"),
        new(5, null, "#f2c872"),
    ];

    public bool Holds(int tiers) => tiers >= Fewest && (Most is null || tiers <= Most);
}

/// <summary>Number of public items by alpha-3 code; countries without any may be left out.</summary>
public delegate Task<IReadOnlyDictionary<string, int>> CountByCountry(PlatformDb db, CancellationToken cancel);

/// <summary>What a module has about countries, for the map of where we have something. Registered as a service.</summary>
/// <param name="CacheTag">Tag that is evicted when the counts change.</param>
public sealed record CountryContent(string CacheTag, CountByCountry Count);

/// <summary>A term was merged into another or split; whoever stores codes moves them.</summary>
/// <param name="From">Code that is no longer used.</param>
/// <param name="Into">Codes that took its place; on a split, all of them are set.</param>
public sealed record TermsReplaced(string Axis, string From, IReadOnlyList<string> Into);
