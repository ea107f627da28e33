using Lpsa.Platform;

namespace Lpsa.Places;

/// <summary>A term of a controlled vocabulary.</summary>
/// <param name="Code">Stable; what other modules store.</param>
/// <param name="Cofog">Divisions, groups or classes of COFOG that a sector covers: <c>06.3</c>.</param>
/// <param name="MergedInto">Code of the term that took this one's place.</param>
public sealed record Term(
    string Vocabulary,
    string Code,
    string Slug,
    string? Parent,
    IReadOnlyDictionary<string, string> Labels,
    IReadOnlyDictionary<string, string> Definitions,
    IReadOnlyList<string> Alternatives,
    IReadOnlyList<string> Cofog,
    string? MergedInto
)
{
    /// <summary>Its page; null for vocabularies without pages.</summary>
    public string? Path =>
        Vocabulary switch
        {
            Axes.Theme => "/themes/" + Slug,
            Axes.Sector => "/sectors/" + Slug,
            _ => null,
        };

    /// <summary>Name for search facets: <c>theme:fiscal</c>.</summary>
    public string Facet => $"{Vocabulary}:{Code}";

    public string Label(Language language) => Labels.GetValueOrDefault(language.Code) ?? Labels["en"];

    public string Define(Language language) =>
        Definitions.GetValueOrDefault(language.Code) ?? Definitions.GetValueOrDefault("en") ?? "";
}
