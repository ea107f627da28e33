using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Places;

/// <summary>Part of a term becomes a term of its own, with the spellings that belong to it.</summary>
public static class SplitTerm
{
    public static void Map(IEndpointRouteBuilder pages) =>
        pages.MapPost("/admin/terms/{vocabulary}/{code}/split", Post).Requires(PlacesPermissions.EditTerms);

    public sealed record Input
    {
        [System.ComponentModel.DataAnnotations.StringLength(120, ErrorMessage = "A label has at most 120 characters.")]
        public string Label { get; init; } = "";
        public string[] Spellings { get; init; } = [];
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
        if (Problem(taxonomy, term, form) is { } problem)
            return EditTerm.Show(taxonomy, term, split: form.With(nameof(Input.Label), problem));

        var input = form.Value!;
        var moved = term.Alternatives.Where(input.Spellings.Contains).ToList();
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        (await EditTerm.Editable(db, term, cancel)).GiveUp(moved);
        var part = AddTerm.Make(vocabulary, input.Label);
        var made = part.ToTerm();
        part.Describe(term.Parent, made.Labels, made.Definitions, moved);
        db.Add(part);
        db.Publish(new TermsReplaced(vocabulary, code, [code, part.Code]));
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return Redirect
            .To(EditTerm.PathOf(made))
            .Saying(http.Texts().Say("The new term is here. Give it labels in the other languages and a definition."));
    }

    private static string? Problem(Taxonomy taxonomy, Term term, Form<Input> form)
    {
        var label = form.Text(nameof(Input.Label)).Trim();
        if (form.Value is null || label.Length is 0 or > 120 || Spelling.Slug(label) is "" or "new")
            return "Enter the English label of the new term.";
        // A spelling of this very term may become the label of its part.
        return
            taxonomy.Find(term.Vocabulary, label) is { } found
            && !(
                found.Code == term.Code
                && term.Alternatives.Any(a => Spelling.Fold(a) == Spelling.Fold(label))
                && Spelling.Slug(label) != term.Slug
            )
            ? "Another term already has this label."
            : null;
    }
}
