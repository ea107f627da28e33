using System.Text.Json.Serialization;
using Lpsa.Platform;

namespace Lpsa.Places;

/// <summary>What the United Nations sees in a place; describes, takes no side.</summary>
[JsonConverter(typeof(LowerCaseNames<PlaceStatus>))]
public enum PlaceStatus
{
    Member,
    Observer,
    Territory,
    Special,
}

/// <summary>A country or territory of ISO 3166-1, or Kosovo under the user-assigned code XKX.</summary>
/// <param name="Numeric">Three digits; null for XKX.</param>
/// <param name="PartOf">Alpha-3 code of the state a territory belongs to.</param>
/// <param name="Note">One English sentence where the status needs a word.</param>
/// <param name="Names">By language: the five of the interface, Russian and Chinese.</param>
/// <param name="OtherNames">Former, official, short and misspelt names in any language.</param>
/// <param name="Neighbours">Alpha-3 codes of places with a common land border.</param>
/// <param name="Regions">By scheme code: the code of the region, null where the scheme has none for it.</param>
public sealed record Place(
    string Iso3,
    string Iso2,
    string? Numeric,
    PlaceStatus Status,
    string? PartOf,
    string? Note,
    IReadOnlyDictionary<string, string> Names,
    IReadOnlyList<string> OtherNames,
    IReadOnlyList<string> Neighbours,
    IReadOnlyDictionary<string, string?> Regions
)
{
    public string Path => "/countries/" + Iso3.ToLowerInvariant();

    /// <summary>Name for search facets: <c>country:KEN</c>.</summary>
    public string Facet => "country:" + Iso3;

    /// <summary>LPSA code of its region in the country list; null for Antarctica.</summary>
    public string? LpsaRegion => Regions["country-list"] is var code && code == "NONE" ? null : code;

    public bool IsOecd => Regions["oecd"] is not null;

    public string Name(Language language) => Names.GetValueOrDefault(language.Code) ?? Names["en"];
}

[JsonConverter(typeof(LowerCaseNames<SchemeKind>))]
public enum SchemeKind
{
    /// <summary>Every place lies in exactly one region.</summary>
    Partition,

    /// <summary>A place lies in one region or in none.</summary>
    Partial,

    /// <summary>A group across the others.</summary>
    Overlay,
}

/// <summary>One way of dividing the world, with its own labels.</summary>
public sealed record RegionScheme(
    string Code,
    SchemeKind Kind,
    IReadOnlyDictionary<string, string> Names,
    string? Note,
    IReadOnlyList<SchemeRegion> Regions
)
{
    public string Name(Language language) => Names.GetValueOrDefault(language.Code) ?? Names["en"];
}

/// <param name="Lpsa">Code of the LPSA region beneath the label, where there is one.</param>
public sealed record SchemeRegion(string Code, string? Lpsa, IReadOnlyDictionary<string, string> Names)
{
    public string Name(Language language) => Names.GetValueOrDefault(language.Code) ?? Names["en"];
}

/// <summary>One of the six codes of LPSA (SSA, ASIA, ECA, LAC, MENA, OECD): a page at <c>/regions/{slug}</c>.</summary>
public sealed record LpsaRegion(
    string Code,
    string Slug,
    IReadOnlyDictionary<string, string> Names,
    IReadOnlyList<string> Alternatives,
    IReadOnlyList<string> Slugs,
    IReadOnlyDictionary<string, string> Definition
)
{
    public string Path => "/regions/" + Slug;
    public string Facet => "region:" + Code;

    public string Name(Language language) => Names.GetValueOrDefault(language.Code) ?? Names["en"];

    public string Define(Language language) => Definition.GetValueOrDefault(language.Code) ?? Definition["en"];
}

/// <summary>Written as <c>member</c>, not as a number.</summary>
public sealed class LowerCaseNames<T>() : JsonStringEnumConverter<T>(System.Text.Json.JsonNamingPolicy.CamelCase)
    where T : struct, Enum;
