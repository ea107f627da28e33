using Lpsa.Platform;

namespace Lpsa.Places;

/// <summary>Staff add a term to a vocabulary.</summary>
public static class AddTerm
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/admin/terms/{vocabulary}/new", Get).Requires(PlacesPermissions.EditTerms);
        pages.MapPost("/admin/terms/{vocabulary}/new", Post).Requires(PlacesPermissions.EditTerms);
    }

    public sealed record Model(string Vocabulary, IReadOnlyList<Term> Others, Form<TermForm> Form);

    static IResult Get(string vocabulary, Taxonomy taxonomy) =>
        EditTerm.Vocabularies.Contains(vocabulary)
            ? AddTermPage.View(new Model(vocabulary, [.. taxonomy.In(vocabulary)], Form<TermForm>.Empty))
            : ErrorPage.View(ErrorModel.NotFound, StatusCodes.Status404NotFound);

    static async Task<IResult> Post(
        string vocabulary,
        Form<TermForm> form,
        PlatformDb db,
        HttpContext http,
        CancellationToken cancel
    )
    {
        if (!EditTerm.Vocabularies.Contains(vocabulary))
            return ErrorPage.View(ErrorModel.NotFound, StatusCodes.Status404NotFound);
        var taxonomy = await TaxonomySnapshot.Load(db, cancel);
        if (form.Value is { } wanted)
        {
            if (wanted.Problem(taxonomy, vocabulary, null) is var (field, message))
                form = form.With(field, message);
            else if (Spelling.Slug(wanted.LabelEn) is "" or "new")
                form = form.With(nameof(TermForm.LabelEn), "The label needs letters to make an address from.");
        }
        if (form.Value is not { } input)
            return AddTermPage.View(
                new Model(vocabulary, [.. taxonomy.In(vocabulary)], form),
                StatusCodes.Status422UnprocessableEntity
            );

        var added = Make(vocabulary, input.LabelEn);
        added.Describe(input.Parent == "" ? null : input.Parent, input.Labels, input.Definitions, input.Spellings);
        db.Add(added);
        await db.SaveChangesAsync(cancel);
        return Redirect.To("/admin/terms").Saying(http.Texts().Say("The term was added."));
    }

    /// <summary>A new term. Its code and address come from the English label and never change again.</summary>
    internal static EditedTerm Make(string vocabulary, string label)
    {
        var slug = Spelling.Slug(label);
        return EditedTerm.Of(
            new Term(
                vocabulary,
                slug,
                slug,
                null,
                new Dictionary<string, string> { ["en"] = label },
                new Dictionary<string, string>(),
                [],
                [],
                null
            )
        );
    }
}
