using Lpsa.Platform;
using Microsoft.AspNetCore.Components;

namespace Lpsa.Places;

/// <summary>The lists of themes and sectors, and the page of each one.</summary>
public static class ShowTerm
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/themes", (Taxonomy taxonomy) => All(taxonomy, Axes.Theme));
        pages.MapGet("/sectors", (Taxonomy taxonomy) => All(taxonomy, Axes.Sector));
        pages.MapGet("/themes/{slug}", Theme);
        pages.MapGet("/sectors/{slug}", Sector);
    }

    public sealed record ListModel(string Vocabulary, IReadOnlyList<Branch> Branches);

    public sealed record Branch(Term Term, IReadOnlyList<Branch> Children);

    public sealed record Model(
        Term Term,
        Term? Parent,
        IReadOnlyList<Term> Children,
        IReadOnlyList<Term> Siblings,
        IReadOnlyList<RenderFragment> Blocks
    );

    static PageResult All(Taxonomy taxonomy, string vocabulary) =>
        ListVocabularyPage.View(new ListModel(vocabulary, Roots(taxonomy, vocabulary))).Tagged(HubTags.Taxonomy);

    private static IReadOnlyList<Branch> Roots(Taxonomy taxonomy, string vocabulary)
    {
        return [.. taxonomy.In(vocabulary).Where(t => t.Parent is null).Select(Below)];

        Branch Below(Term term) => new(term, [.. taxonomy.ChildrenOf(term).Select(Below)]);
    }

    static Task<IResult> Theme(
        string slug,
        HttpContext http,
        Taxonomy taxonomy,
        PlatformDb db,
        ModuleRegistry modules,
        CancellationToken cancel
    ) =>
        Show(
            Axes.Theme,
            slug,
            http,
            taxonomy,
            modules,
            new SlotScope(db, http.Viewer(), http.Texts(), http.RequestServices),
            cancel
        );

    static Task<IResult> Sector(
        string slug,
        HttpContext http,
        Taxonomy taxonomy,
        PlatformDb db,
        ModuleRegistry modules,
        CancellationToken cancel
    ) =>
        Show(
            Axes.Sector,
            slug,
            http,
            taxonomy,
            modules,
            new SlotScope(db, http.Viewer(), http.Texts(), http.RequestServices),
            cancel
        );

    static async Task<IResult> Show(
        string vocabulary,
        string slug,
        HttpContext http,
        Taxonomy taxonomy,
        ModuleRegistry modules,
        SlotScope scope,
        CancellationToken cancel
    )
    {
        if (taxonomy.FindBySlug(vocabulary, slug) is not { } term)
            return ErrorPage.View(ErrorModel.NotFound, StatusCodes.Status404NotFound);
        if (!term.Path!.EndsWith("/" + slug, StringComparison.Ordinal))
            return Results.Redirect(
                PageContext.In(scope.Texts.Language, term.Path + http.Request.QueryString),
                permanent: true
            );

        var hub = new HubContext(vocabulary, term.Code);
        var parent = term.Parent is null ? null : taxonomy[vocabulary, term.Parent];
        return ShowTermPage
            .View(
                new Model(
                    term,
                    parent,
                    [.. taxonomy.ChildrenOf(term)],
                    parent is null ? [] : [.. taxonomy.ChildrenOf(parent).Where(t => t.Code != term.Code)],
                    await modules.Fill(PlaceSlots.Hub, hub, scope, cancel)
                )
            )
            .Tagged([HubTags.Taxonomy, .. hub.CacheTags]);
    }
}
