using Lpsa.Platform;

namespace Lpsa.Places;

/// <summary>Answers other modules from the atlas and the newest taxonomy.</summary>
public sealed class Vocabulary(TaxonomySnapshot taxonomy) : IVocabulary
{
    private static readonly string[] NoNames = [];

    private static Atlas Atlas => Atlas.Shipped;

    public VocabularyEntry? Get(string axis, string code, string language)
    {
        var spoken = Language.Find(language) ?? Language.English;
        return axis switch
        {
            Axes.Country => Atlas[code] is { } place ? Entry(place, spoken) : null,
            Axes.Region => Atlas.Region(code) is { } region ? Entry(region, spoken) : null,
            _ => taxonomy.Current[axis, code] is { } term ? Entry(term, spoken) : null,
        };
    }

    public string? Find(string axis, string name) =>
        axis switch
        {
            Axes.Country => Atlas.Find(name)?.Iso3,
            Axes.Region => Atlas.FindRegion(name)?.Code,
            _ => taxonomy.Current.Find(axis, name)?.Code,
        };

    public IReadOnlyList<VocabularyEntry> All(string axis, string language)
    {
        var spoken = Language.Find(language) ?? Language.English;
        return axis switch
        {
            Axes.Country => [.. Atlas.Sorted(Atlas.Places, spoken).Select(p => Entry(p, spoken))],
            Axes.Region => [.. Atlas.Regions.Select(r => Entry(r, spoken))],
            _ =>
            [
                .. taxonomy
                    .Current.In(axis)
                    .Select(t => Entry(t, spoken))
                    .OrderBy(e => e.Label, StringComparer.Create(spoken.Culture, ignoreCase: true)),
            ],
        };
    }

    public IReadOnlyList<string> RegionsOf(string iso3)
    {
        if (Atlas[iso3] is not { } place)
            return [];
        return [.. new[] { place.Regions["menu"], place.Regions["oecd"] }.OfType<string>()];
    }

    public IReadOnlyList<string> NamesOf(string axis, string code) =>
        axis switch
        {
            Axes.Country => Atlas[code] is { } place ? [.. place.Names.Values, .. place.OtherNames] : NoNames,
            Axes.Region => Atlas.Region(code) is { } region
                ? [.. region.Names.Values, .. region.Alternatives]
                : NoNames,
            _ => taxonomy.Current[axis, code] is { } term ? [.. term.Labels.Values, .. term.Alternatives] : NoNames,
        };

    private static VocabularyEntry Entry(Place place, Language language) =>
        new(Axes.Country, place.Iso3, place.Name(language), place.Path, place.PartOf);

    private static VocabularyEntry Entry(LpsaRegion region, Language language) =>
        new(Axes.Region, region.Code, region.Name(language), region.Path, null);

    private static VocabularyEntry Entry(Term term, Language language) =>
        new(term.Vocabulary, term.Code, term.Label(language), term.Path, term.Parent);
}
