using System.Collections.Frozen;
using Lpsa.Platform;

namespace Lpsa.Places;

/// <summary>The vocabularies as they are now; each change makes a new one (see <see cref="TaxonomySnapshot"/>).</summary>
public sealed class Taxonomy
{
    private static readonly Lazy<TaxonomyFile> File = new(() => ShippedFile.Read<TaxonomyFile>("taxonomy.json"));

    private readonly IReadOnlyList<Term> terms;
    private readonly FrozenDictionary<(string, string), Term> byCode;
    private readonly FrozenDictionary<(string, string), Term> byName;
    private readonly FrozenDictionary<(string, string), Term> bySlug;
    private readonly FrozenDictionary<string, IReadOnlyDictionary<string, string>> vocabularyNames;

    /// <param name="edited">Terms that staff changed or added; they stand before the shipped ones of the same code.</param>
    public Taxonomy(IEnumerable<EditedTerm> edited)
    {
        var changed = edited.ToDictionary(t => (t.Vocabulary, t.Code), t => t.ToTerm());
        var shipped = File.Value.Terms.Select(t => t.ToTerm()).ToList();
        terms =
        [
            .. shipped.Select(t => changed.Remove((t.Vocabulary, t.Code), out var now) ? now : t),
            .. changed.Values.OrderBy(t => t.Code, StringComparer.Ordinal),
        ];
        var exact = terms.ToDictionary(t => (t.Vocabulary, t.Code));
        byCode = terms.ToFrozenDictionary(t => (t.Vocabulary, t.Code), t => Standing(t, exact));
        byName = Names().DistinctBy(n => n.Key).ToFrozenDictionary(n => n.Key, n => n.Term);
        bySlug = Slugs().DistinctBy(n => n.Key).ToFrozenDictionary(n => n.Key, n => n.Term);
        vocabularyNames = File.Value.Vocabularies.ToFrozenDictionary(v => v.Code, v => v.Names);
    }

    /// <summary>Terms in use, in their order; merged ones are left out.</summary>
    public IEnumerable<Term> In(string vocabulary) =>
        terms.Where(t => t.Vocabulary == vocabulary && t.MergedInto is null);

    /// <summary>By code; a merged code gives the term that took its place.</summary>
    public Term? this[string vocabulary, string code] => byCode.GetValueOrDefault((vocabulary, code));

    /// <summary>By code, slug, or any label in any language or spelling.</summary>
    public Term? Find(string vocabulary, string text) => byName.GetValueOrDefault((vocabulary, Spelling.Fold(text)));

    /// <summary>By the last part of an address: a slug of now or of a merged term, a code, a label written with hyphens.</summary>
    public Term? FindBySlug(string vocabulary, string slug) =>
        bySlug.GetValueOrDefault((vocabulary, slug.ToLowerInvariant())) ?? Find(vocabulary, slug);

    public IEnumerable<Term> ChildrenOf(Term term) =>
        In(term.Vocabulary).Where(t => t.Parent is not null && this[t.Vocabulary, t.Parent]?.Code == term.Code);

    /// <summary>All codes that mean this term: its own, those merged into it and, with children, those below it.</summary>
    public IReadOnlyList<string> CodesOf(Term term, bool withChildren = false)
    {
        var below = withChildren ? ChildrenOf(term).SelectMany(c => CodesOf(c, true)) : [];
        return
        [
            .. terms
                .Where(t => t.Vocabulary == term.Vocabulary && this[t.Vocabulary, t.Code] == term)
                .Select(t => t.Code),
            .. below,
        ];
    }

    /// <summary>The term of exactly this code, merged or not: for staff.</summary>
    public Term? Exactly(string vocabulary, string code) =>
        terms.FirstOrDefault(t => t.Vocabulary == vocabulary && t.Code == code);

    public string NameOf(string vocabulary, Language language) =>
        vocabularyNames[vocabulary].GetValueOrDefault(language.Code) ?? vocabulary;

    /// <summary>Every term with its own state, merged ones included: for staff.</summary>
    public IEnumerable<Term> Everything => terms;

    private static Term Standing(Term term, Dictionary<(string, string), Term> exact)
    {
        // Merging forbids cycles; the bound keeps a damaged table from hanging the site.
        for (var steps = 0; term.MergedInto is { } into && steps < 50; steps++)
            term = exact[(term.Vocabulary, into)];
        return term;
    }

    // The terms in use come first: a label that two terms had leads to the one that is still there.
    private IEnumerable<((string, string) Key, Term Term)> Names() =>
        from term in terms.OrderBy(t => t.MergedInto is null ? 0 : 1)
        from name in term.Labels.Values.Prepend(term.Slug).Prepend(term.Code).Concat(term.Alternatives)
        select ((term.Vocabulary, Spelling.Fold(name)), byCode[(term.Vocabulary, term.Code)]);

    // Slugs of terms in use, then of merged ones, then every label: no address that once worked leads nowhere.
    private IEnumerable<((string, string) Key, Term Term)> Slugs()
    {
        var inOrder = terms.OrderBy(t => t.MergedInto is null ? 0 : 1).ToList();
        foreach (var term in inOrder)
            yield return ((term.Vocabulary, term.Slug), byCode[(term.Vocabulary, term.Code)]);
        foreach (var term in inOrder)
        foreach (var name in term.Labels.Values.Prepend(term.Code).Concat(term.Alternatives))
            yield return ((term.Vocabulary, Spelling.Slug(name)), byCode[(term.Vocabulary, term.Code)]);
    }

    private sealed record TaxonomyFile(IReadOnlyList<VocabularyNames> Vocabularies, IReadOnlyList<TermEntry> Terms);

    private sealed record VocabularyNames(string Code, IReadOnlyDictionary<string, string> Names);

    private sealed record TermEntry(
        string Vocabulary,
        string Code,
        string Slug,
        string? Parent,
        IReadOnlyDictionary<string, string> Labels,
        IReadOnlyDictionary<string, string> Definitions,
        IReadOnlyList<string> Alternatives,
        IReadOnlyList<string>? Cofog
    )
    {
        public Term ToTerm() =>
            new(Vocabulary, Code, Slug, Parent, Labels, Definitions, Alternatives, Cofog ?? [], null);
    }
}
