using Lpsa.Platform;

namespace Lpsa.Publishing;

/// <summary>Categories, tags and terms of the head of the file.</summary>
sealed class WxrTerms
{
    private readonly Dictionary<(string Taxonomy, string Slug), (WxrTerm Term, (int, int) Place)> terms = [];
    private IReadOnlyList<WxrTerm>? resolved;

    public void Read(WxrElement child, Findings findings, WxrLimits limits)
    {
        var (key, place) = (child.Key, child.Place);
        var fields = child.Fields(limits.Description);
        var (taxonomy, slug, parent, name, description) = key switch
        {
            "wp:category" => (
                "category",
                "wp:category_nicename",
                "wp:category_parent",
                "wp:cat_name",
                "wp:category_description"
            ),
            "wp:tag" => ("post_tag", "wp:tag_slug", "", "wp:tag_name", "wp:tag_description"),
            _ => (
                fields.GetValueOrDefault("wp:term_taxonomy", ""),
                "wp:term_slug",
                "wp:term_parent",
                "wp:term_name",
                "wp:term_description"
            ),
        };
        var made = Make(taxonomy, Value(slug), Value(name), Value(description), Value(parent));
        if (made.Slug.Length == 0 || taxonomy.Length == 0)
            findings.Add(
                FindingSeverity.Left,
                "term without a slug",
                $"A term without a slug or taxonomy (“{Value(name)}”) was left.",
                place,
                key
            );
        else if (made.Name.Length > limits.Name)
            findings.Add(
                FindingSeverity.Left,
                "term too long",
                $"The name of the term “{made.Slug}” is longer than {limits.Name} characters.",
                place,
                key
            );
        else if (!terms.TryAdd((taxonomy, made.Slug), (made, place)))
            findings.Add(
                FindingSeverity.Left,
                "term given twice",
                $"The term “{made.Slug}” of {taxonomy} is given twice; the first is taken.",
                place,
                key
            );
        resolved = null;

        string Value(string field) => fields.GetValueOrDefault(field, "");
    }

    private static WxrTerm Make(string taxonomy, string slug, string name, string description, string parent) =>
        new(
            // The general export names the tags' taxonomy "post_tag" too, when a plugin writes it.
            taxonomy,
            WxrSlug.Of(slug),
            name.Length > 0 ? System.Net.WebUtility.HtmlDecode(name) : WxrSlug.Of(slug),
            description,
            WxrSlug.Of(parent) is { Length: > 0 } above ? above : null
        );

    /// <summary>The terms in the order of the file, with parents that are missing or lead in a circle taken away.</summary>
    public IReadOnlyList<WxrTerm> Resolve(Findings findings)
    {
        if (resolved is not null)
            return resolved;
        var list = new List<WxrTerm>(terms.Count);
        foreach (var (key, (term, place)) in terms)
        {
            if (term.Parent is null)
                list.Add(term);
            else if (!terms.ContainsKey((key.Taxonomy, term.Parent)))
                list.Add(
                    Cut(
                        term,
                        "parent of a term is missing",
                        $"The parent “{term.Parent}” of “{term.Slug}” is not in the file; it becomes a term of the first level.",
                        place
                    )
                );
            else if (LeadsBack(key.Taxonomy, term))
                list.Add(
                    Cut(
                        term,
                        "circle of terms",
                        $"“{term.Slug}” is, through its parents, its own parent; it becomes a term of the first level.",
                        place
                    )
                );
            else
                list.Add(term);
        }
        return resolved = list;

        WxrTerm Cut(WxrTerm term, string kind, string message, (int, int) place)
        {
            findings.Add(
                FindingSeverity.Changed,
                kind,
                message,
                place,
                term.Taxonomy == "category" ? "wp:category" : "wp:term"
            );
            return term with { Parent = null };
        }
    }

    private bool LeadsBack(string taxonomy, WxrTerm term)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var above = term.Parent; above is not null && seen.Add(above); )
        {
            if (above == term.Slug)
                return true;
            above = terms.TryGetValue((taxonomy, above), out var found) ? found.Term.Parent : null;
        }
        return false;
    }
}

/// <summary>Slugs as WordPress stores them: percent-encoded and cut at 200 bytes, in the middle of a letter if need be.</summary>
static class WxrSlug
{
    public static string Of(string stored)
    {
        var slug = stored.Trim();
        if (!slug.Contains('%', StringComparison.Ordinal))
            return WellFormedText.Of(slug);
        var decoded = Uri.UnescapeDataString(slug);
        // What could not be decoded is the cut-off end.
        var rest = decoded.LastIndexOf('%');
        if (rest >= 0 && decoded.Length - rest < 12)
            decoded = decoded[..decoded.IndexOf('%')];
        return WellFormedText.Of(decoded).TrimEnd('\ufffd', '-');
    }
}
