using Lpsa.Places;

namespace Lpsa.Publishing;

/// <summary>
/// Categories and tags of the old site as what posts are about here: a country, region, theme or sector when the
/// vocabulary knows the name, otherwise a tag. A category brings those above it, as its archive did.
/// </summary>
sealed class WordPressFacets(IVocabulary vocabulary, IReadOnlyList<WxrTerm> terms)
{
    private const int LongestTag = 60;

    private static readonly IReadOnlyList<string> Wanted = [Axes.Country, Axes.Region, Axes.Theme, Axes.Sector];

    /// <summary>Taxonomies that say how WordPress shows an item, not what it is about.</summary>
    private static readonly HashSet<string> Technical =
    [
        "post_format",
        "nav_menu",
        "language",
        "post_translations",
        "term_language",
        "term_translations",
        "author",
        "wp_theme",
        "wp_template_part_area",
        "link_category",
        "translation_priority",
    ];

    private readonly Dictionary<(string, string), WxrTerm> known = terms.ToDictionary(t => (t.Taxonomy, t.Slug));

    public IEnumerable<(string Axis, string Code)> Of(IEnumerable<WxrTermUse> uses)
    {
        var seen = new HashSet<(string, string)>();
        foreach (var use in uses.Where(u => !Technical.Contains(u.Taxonomy)))
        {
            foreach (var name in WithAbove(use).Where(n => n.Length > 0 && !IsNone(n)))
            {
                var facet = Facet(name);
                if (facet.Code.Length > 0 && seen.Add((facet.Axis, facet.Code.ToUpperInvariant())))
                    yield return facet;
            }
        }
    }

    public (string Axis, string Code) Facet(string name)
    {
        foreach (var axis in Wanted)
        {
            if (vocabulary.Find(axis, name) is { } code)
                return (axis, code);
        }
        // The editor's form separates tags by commas and semicolons.
        var tag = name.Replace(',', ' ').Replace(';', ' ').Replace("  ", " ", StringComparison.Ordinal).Trim();
        return (PostFacet.Tag, tag.Length > LongestTag ? tag[..LongestTag].TrimEnd() : tag);
    }

    private IEnumerable<string> WithAbove(WxrTermUse use)
    {
        yield return use.Name;
        var at = known.GetValueOrDefault((use.Taxonomy, use.Slug));
        while (at?.Parent is { } parent && known.TryGetValue((use.Taxonomy, parent), out at))
            yield return at.Name;
    }

    private static bool IsNone(string name) =>
        name.ToLowerInvariant()
            is "uncategorized"
                or "uncategorised"
                or "non classé"
                or "sin categoría"
                or "sem categoria"
                or "غير مصنف";
}
