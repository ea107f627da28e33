using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Places;

/// <summary>One term takes the place of another. Codes, labels and addresses of the old one keep leading somewhere.</summary>
public static class MergeTerm
{
    public static void Map(IEndpointRouteBuilder pages) =>
        pages.MapPost("/admin/terms/{vocabulary}/{code}/merge", Post).Requires(PlacesPermissions.EditTerms);

    public sealed record Input
    {
        public string Into { get; init; } = "";
    }

    static async Task<IResult> Post(
        string vocabulary,
        string code,
        Form<Input> form,
        PlatformDb db,
        HttpContext http,
        CancellationToken cancel
    )
    {
        var taxonomy = await TaxonomySnapshot.Load(db, cancel);
        if (taxonomy.Exactly(vocabulary, code) is not { MergedInto: null } term)
            return ErrorPage.View(ErrorModel.NotFound, StatusCodes.Status404NotFound);
        if (
            taxonomy.Exactly(vocabulary, form.Text(nameof(Input.Into))) is not { MergedInto: null } into
            || into.Code == code
        )
            return EditTerm.Show(
                taxonomy,
                term,
                merge: form.With(nameof(Input.Into), "Choose another term that is in use.")
            );

        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var (old, kept) = (await EditTerm.Editable(db, term, cancel), await EditTerm.Editable(db, into, cancel));
        old.MergeInto(kept);
        // What stood below the old term stands below the other one, but a term cannot stand below itself.
        foreach (var child in taxonomy.ChildrenOf(term))
            (await EditTerm.Editable(db, child, cancel)).MoveUnder(child.Code == into.Code ? term.Parent : into.Code);
        db.Publish(new TermsReplaced(vocabulary, code, [into.Code]));
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return Redirect
            .To(EditTerm.PathOf(into))
            .Saying(http.Texts().Say("The terms were merged. Old addresses lead here."));
    }
}
