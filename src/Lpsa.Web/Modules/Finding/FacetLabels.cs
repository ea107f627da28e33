using Lpsa.Places;
using Lpsa.Platform;
using Lpsa.Publishing;

namespace Lpsa.Finding;

/// <summary>What the codes of facets are called in the language of the page.</summary>
sealed class FacetLabels(Texts texts, IVocabulary vocabulary, ModuleRegistry modules)
{
    public string Axis(string axis) =>
        axis switch
        {
            "kind" => texts.Say("Kind"),
            "type" => texts.Say("Type of post"),
            Places.Axes.Theme => texts.Say("Theme"),
            Places.Axes.Region => texts.Say("Region"),
            Places.Axes.Country => texts.Say("Country"),
            Places.Axes.Sector => texts.Say("Sector"),
            "language" => texts.Say("Language"),
            "year" => texts.Say("Year"),
            _ => axis,
        };

    public string Value(string axis, string code) =>
        axis switch
        {
            "kind" => modules.SearchSource(code) is { } source ? texts.Say(source.Label) : code,
            "language" => Language.Find(code)?.Name ?? code,
            "year" => code,
            "type" => PostTypes.Label(texts, code),
            _ => vocabulary.Get(axis, code, texts.Language.Code)?.Label ?? code,
        };

    public IReadOnlyList<FacetGroup> Groups(IReadOnlyList<FacetCounts> counts) =>
        [.. SearchAddress.Axes.SelectMany(axis => counts.Where(c => c.Axis == axis)).Select(Group)];

    private FacetGroup Group(FacetCounts counts)
    {
        var options = counts.Values.Select(v => new FacetOption(v.Code, Value(counts.Axis, v.Code), v.Count));
        return new FacetGroup(
            counts.Axis,
            Axis(counts.Axis),
            counts.Axis == "year" ? [.. options.OrderByDescending(o => o.Value, StringComparer.Ordinal)] : [.. options],
            Several: true
        );
    }
}
