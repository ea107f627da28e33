using Lpsa.Platform;

namespace Lpsa.Places;

/// <summary>All terms, merged ones included, for staff.</summary>
public static class ListTerms
{
    public static void Map(IEndpointRouteBuilder pages) =>
        pages.MapGet("/admin/terms", Get).Requires(PlacesPermissions.EditTerms);

    public sealed record Model(IReadOnlyList<Group> Groups);

    public sealed record Group(string Vocabulary, string Name, IReadOnlyList<Term> Terms);

    static PageResult Get(HttpContext http, Taxonomy taxonomy) =>
        ListTermsPage.View(
            new Model([
                .. EditTerm.Vocabularies.Select(v => new Group(
                    v,
                    taxonomy.NameOf(v, http.Texts().Language),
                    [.. taxonomy.Everything.Where(t => t.Vocabulary == v)]
                )),
            ])
        );
}
