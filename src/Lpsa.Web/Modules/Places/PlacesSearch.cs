using System.Security.Cryptography;
using System.Text;
using Lpsa.Platform;

namespace Lpsa.Places;

/// <summary>How countries and terms are found: by every name they have, in every language of the interface.</summary>
public static class PlacesSearch
{
    public const string PlaceKind = "place";
    public const string TermKind = "term";

    public static readonly SearchSource Places = new(PlaceKind, "Countries", LoadPlace, AllPlaces);
    public static readonly SearchSource Terms = new(TermKind, "Themes and sectors", LoadTerm, AllTerms);

    private static readonly Lazy<Dictionary<Guid, Place>> ById = new(() =>
        Atlas.Shipped.Places.ToDictionary(p => IdOf(p.Iso3))
    );

    private static Task<IReadOnlyList<SearchDocument>> LoadPlace(PlatformDb db, Guid id, CancellationToken cancel)
    {
        _ = (db, cancel);
        IReadOnlyList<SearchDocument> documents = ById.Value.TryGetValue(id, out var place)
            ? [.. Language.All.Select(language => Document(place, language))]
            : [];
        return Task.FromResult(documents);
    }

    private static SearchDocument Document(Place place, Language language)
    {
        var profile = CountryProfiles.Shipped[place.Iso3];
        return new SearchDocument
        {
            Key = new SearchKey(PlaceKind, IdOf(place.Iso3)),
            Language = language.Code,
            Path = place.Path,
            Title = place.Name(language),
            // The compilation is in English; in other languages the country is found by its names.
            Summary = language.IsDefault ? profile?.Summary ?? "" : "",
            Body = language.IsDefault && profile is not null ? Body(profile) : "",
            Keywords = string.Join(
                ' ',
                place.Names.Values.Concat(place.OtherNames).Append(place.Iso3).Append(place.Iso2)
            ),
            Facets = [place.Facet, .. Facets(place)],
        };
    }

    private static string Body(CountryProfile profile) =>
        string.Join(
            '\n',
            profile
                .Levels.Select(l => $"{l.NameEn} {l.NameLocal} {l.Nature?.Summary}".Trim())
                .Concat(profile.Facts.Select(f => f.Value).OfType<string>())
        );

    private static IEnumerable<string> Facets(Place place)
    {
        if (place.LpsaRegion is { } region)
            yield return "region:" + region;
        if (place.IsOecd)
            yield return "region:OECD";
    }

    private static async IAsyncEnumerable<Guid> AllPlaces(PlatformDb db)
    {
        _ = db;
        await Task.CompletedTask;
        foreach (var id in ById.Value.Keys)
            yield return id;
    }

    private static async Task<IReadOnlyList<SearchDocument>> LoadTerm(PlatformDb db, Guid id, CancellationToken cancel)
    {
        var taxonomy = await TaxonomySnapshot.Load(db, cancel);
        var term = taxonomy.Everything.FirstOrDefault(t => EditedTerm.IdOf(t.Vocabulary, t.Code) == id);
        return term is { MergedInto: null, Path: not null } ? [.. Language.All.Select(l => Document(term, l, id))] : [];
    }

    private static SearchDocument Document(Term term, Language language, Guid id) =>
        new()
        {
            Key = new SearchKey(TermKind, id),
            Language = language.Code,
            Path = term.Path!,
            Title = term.Label(language),
            Summary = term.Define(language),
            Keywords = string.Join(' ', term.Labels.Values.Concat(term.Alternatives)),
            Facets = [term.Facet],
        };

    private static async IAsyncEnumerable<Guid> AllTerms(PlatformDb db)
    {
        foreach (var term in (await TaxonomySnapshot.Load(db, CancellationToken.None)).Everything)
            yield return EditedTerm.IdOf(term.Vocabulary, term.Code);
    }

    private static Guid IdOf(string iso3) =>
        new(SHA256.HashData(Encoding.UTF8.GetBytes("place:" + iso3)).AsSpan(0, 16));
}
