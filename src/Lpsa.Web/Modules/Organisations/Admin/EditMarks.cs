using System.ComponentModel.DataAnnotations;
using Lpsa.Places;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Organisations;

/// <summary>Decisions on standing, and who may answer for an organisation. Each mark is set by itself.</summary>
public static class EditMarks
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        var one = pages.MapGroup(EditOrganisations.Path + "/{id:guid}").Requires(OrganisationsPermissions.Decide);
        one.MapPost("/marks", Add);
        one.MapPost("/marks/{mark:guid}/end", End);
        one.MapPost("/people/{affiliation:guid}", Represent);
    }

    public sealed record MarkInput : IValidatableObject
    {
        public MarkKind? Kind { get; init; }

        [Required]
        public DateOnly? From { get; init; }
        public DateOnly? Until { get; init; }

        [Required(ErrorMessage = "Say who decided and why."), StringLength(500)]
        public string Note { get; init; } = "";

        public IEnumerable<ValidationResult> Validate(ValidationContext context)
        {
            if (Kind is null)
                yield return new(FormWords.Choice, [nameof(Kind)]);
            if (Until < From)
                yield return new(Sentence.Of("The last day lies before the first."), [nameof(Until)]);
        }
    }

    public sealed record EndInput
    {
        [Required]
        public DateOnly? LastDay { get; init; }

        [StringLength(500)]
        public string EndNote { get; init; } = "";
    }

    public sealed record RepresentInput
    {
        public bool Represents { get; init; }
    }

    static async Task<IResult> Add(
        Guid id,
        Form<MarkInput> form,
        HttpContext http,
        PlatformDb db,
        IVocabulary vocabulary,
        CancellationToken cancel
    )
    {
        if (await EditOrganisations.Load(id, http, db, vocabulary, cancel) is not { } model)
            return Results.NotFound();
        if (
            form.Value is { Kind: { } kind, From: { } first } typed
            && model.Marks.Any(m => m.Kind == kind && m.Overlaps(first, typed.Until))
        )
            form.With(
                nameof(MarkInput.From),
                "It has this standing already in a part of that time. End the other first."
            );
        if (form.Value is not { Kind: { } decided, From: { } from } input)
            return EditOrganisationPage.View(model with { NewMark = form }, StatusCodes.Status422UnprocessableEntity);
        db.Add(OrganisationMark.Decide(id, decided, from, input.Until, PlainText.Text(input.Note), db.Now));
        await db.SaveChangesAsync(cancel);
        return Redirect.To(EditOrganisations.PathOf(id)).Saying("The decision is recorded.");
    }

    static async Task<IResult> End(Guid id, Guid mark, Form<EndInput> form, PlatformDb db, CancellationToken cancel)
    {
        var stored = await db.Set<OrganisationMark>()
            .SingleOrDefaultAsync(m => m.Id == mark && m.OrganisationId == id, cancel);
        if (stored is null)
            return Results.NotFound();
        if (form.Value is not { LastDay: { } last } input || !stored.End(last, PlainText.Text(input.EndNote)))
            return Redirect
                .To(EditOrganisations.PathOf(id))
                .Saying(
                    "Nothing was changed: the last day must not lie before the first, nor after the end that is set."
                );
        await db.SaveChangesAsync(cancel);
        return Redirect.To(EditOrganisations.PathOf(id)).Saying("The decision is recorded.");
    }

    /// <summary>Only somebody who says that they work there, and shows it to whoever decides.</summary>
    static async Task<IResult> Represent(
        Guid id,
        Guid affiliation,
        Form<RepresentInput> form,
        HttpContext http,
        PlatformDb db,
        CancellationToken cancel
    )
    {
        var seen = await db.AffiliationsSeenBy(http.Viewer(), http.RequestServices, cancel);
        var stored = await db.Set<Affiliation>()
            .Where(a => a.Id == affiliation && a.OrganisationId == id && seen.Any(s => s.AffiliationId == a.Id))
            .SingleOrDefaultAsync(cancel);
        if (stored is null || form.Value is not { } input)
            return Results.NotFound();
        stored.LetRepresent(input.Represents, db.Now);
        await db.SaveChangesAsync(cancel);
        return Redirect.To(EditOrganisations.PathOf(id)).Saying("Saved.");
    }
}
