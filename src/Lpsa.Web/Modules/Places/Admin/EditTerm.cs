using System.ComponentModel.DataAnnotations;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Places;

/// <summary>Staff change the labels, definitions and spellings of a term.</summary>
public static class EditTerm
{
    /// <summary>The vocabularies that consist of terms; countries and regions come from the atlas.</summary>
    public static readonly IReadOnlyList<string> Vocabularies =
    [
        Axes.Theme,
        Axes.Sector,
        Axes.Objective,
        Axes.Stakeholder,
    ];

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/admin/terms/{vocabulary}/{code}", Get).Requires(PlacesPermissions.EditTerms);
        pages.MapPost("/admin/terms/{vocabulary}/{code}", Post).Requires(PlacesPermissions.EditTerms);
    }

    /// <summary>The page of one term: its form, and the forms that merge and split it.</summary>
    public sealed record Model(
        Term Term,
        IReadOnlyList<Term> Others,
        Form<TermForm> Form,
        Form<MergeTerm.Input> Merge,
        Form<SplitTerm.Input> Split
    );

    public static string PathOf(Term term) => $"/admin/terms/{term.Vocabulary}/{term.Code}";

    static IResult Get(string vocabulary, string code, Taxonomy taxonomy) =>
        taxonomy.Exactly(vocabulary, code) is { } term
            ? Show(taxonomy, term)
            : ErrorPage.View(ErrorModel.NotFound, StatusCodes.Status404NotFound);

    static async Task<IResult> Post(
        string vocabulary,
        string code,
        Form<TermForm> form,
        PlatformDb db,
        HttpContext http,
        CancellationToken cancel
    )
    {
        var taxonomy = await TaxonomySnapshot.Load(db, cancel);
        if (taxonomy.Exactly(vocabulary, code) is not { } term)
            return ErrorPage.View(ErrorModel.NotFound, StatusCodes.Status404NotFound);
        if (form.Value is { } wanted && wanted.Problem(taxonomy, vocabulary, code) is var (field, message))
            form = form.With(field, message);
        if (form.Value is not { } input)
            return Show(taxonomy, term, form);

        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var edited = await Editable(db, term, cancel);
        edited.Describe(input.Parent == "" ? null : input.Parent, input.Labels, input.Definitions, input.Spellings);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return Redirect.To(PathOf(term)).Saying(http.Texts().Say("The term was saved."));
    }

    internal static PageResult Show(
        Taxonomy taxonomy,
        Term term,
        Form<TermForm>? form = null,
        Form<MergeTerm.Input>? merge = null,
        Form<SplitTerm.Input>? split = null
    ) =>
        EditTermPage.View(
            new Model(
                term,
                [.. taxonomy.In(term.Vocabulary).Where(t => t.Code != term.Code)],
                form ?? Form<TermForm>.Of(TermForm.Of(term)),
                merge ?? Form<MergeTerm.Input>.Empty,
                split ?? Form<SplitTerm.Input>.Empty
            ),
            form is null && merge is null && split is null
                ? StatusCodes.Status200OK
                : StatusCodes.Status422UnprocessableEntity
        );

    /// <summary>The row of a term. A shipped term gets one first, so that the audit log shows what it was before.</summary>
    internal static async Task<EditedTerm> Editable(PlatformDb db, Term term, CancellationToken cancel)
    {
        var known = await db.Set<EditedTerm>()
            .SingleOrDefaultAsync(t => t.Vocabulary == term.Vocabulary && t.Code == term.Code, cancel);
        if (known is not null)
            return known;
        var edited = EditedTerm.Of(term);
        db.Add(edited);
        await db.SaveChangesAsync(cancel);
        return edited;
    }
}
