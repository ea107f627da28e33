using System.ComponentModel.DataAnnotations;
using Lpsa.Places;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Organisations;

/// <summary>
/// Two entries turn out to be one organisation. Names, marks, people and requests go to the one that stays; the address
/// of the other leads there. A standing is not made longer by it: what would overlap stays as it is on the one that stays.
/// </summary>
public static class MergeOrganisations
{
    public static void Map(IEndpointRouteBuilder pages) =>
        pages.MapPost(EditOrganisations.Path + "/{id:guid}/merge", Post).Requires(OrganisationsPermissions.Edit);

    public sealed record MergeInput
    {
        [Required(ErrorMessage = "Enter the address of the organisation that stays."), StringLength(300)]
        public string Into { get; init; } = "";
    }

    static async Task<IResult> Post(
        Guid id,
        Form<MergeInput> form,
        HttpContext http,
        PlatformDb db,
        IVocabulary vocabulary,
        CancellationToken cancel
    )
    {
        if (await db.Set<Organisation>().SingleOrDefaultAsync(o => o.Id == id, cancel) is not { } source)
            return Results.NotFound();
        var slug = PlainText.Line(
            Uri.UnescapeDataString(form.Text(nameof(MergeInput.Into)).TrimEnd('/').Split('/')[^1])
        );
        var target = await db.Set<Organisation>().SingleOrDefaultAsync(o => o.Slug == slug && o.Id != id, cancel);
        if (form.Value is not null && target is null)
            form.With(nameof(MergeInput.Into), "There is no other organisation with this address.");
        if (form.Value is null || target is null)
            return EditOrganisationPage.View(
                (await EditOrganisations.Load(id, http, db, vocabulary, cancel))! with
                {
                    Merge = form,
                },
                StatusCodes.Status422UnprocessableEntity
            );
        await Merge(source, target, db, cancel);
        return Redirect
            .To(EditOrganisations.PathOf(target.Id))
            .Saying("The two are one now. The old address leads here.");
    }

    internal static async Task Merge(Organisation source, Organisation target, PlatformDb db, CancellationToken cancel)
    {
        target.TakeNamesOf(source, db.Now);
        var kept = await db.Set<OrganisationMark>().Where(m => m.OrganisationId == target.Id).ToListAsync(cancel);
        foreach (
            var mark in await db.Set<OrganisationMark>().Where(m => m.OrganisationId == source.Id).ToListAsync(cancel)
        )
            if (kept.Any(k => k.Kind == mark.Kind && k.Overlaps(mark.FromDay, mark.UntilDay)))
                db.Remove(mark);
            else
                mark.MoveTo(target.Id);
        var here = await db.Set<Affiliation>()
            .Where(a => a.OrganisationId == target.Id)
            .Select(a => a.AccountId)
            .ToListAsync(cancel);
        foreach (var said in await db.Set<Affiliation>().Where(a => a.OrganisationId == source.Id).ToListAsync(cancel))
            if (here.Contains(said.AccountId))
                db.Remove(said);
            else
                said.MoveTo(target.Id);
        foreach (
            var request in await db.Set<RecognitionRequest>()
                .Where(r => r.OrganisationId == source.Id)
                .ToListAsync(cancel)
        )
            request.IsAbout(target.Id);
        // Addresses that led to the one that goes would lead to a redirect, and then to nothing.
        var (old, path) = (source.Path, target.Path);
        foreach (var address in await db.Set<OldAddress>().Where(a => a.Target == old).ToListAsync(cancel))
            address.PointTo(path);
        db.Add(OldAddress.Of("/organisations/" + source.Slug, path));
        db.Remove(source);
        await db.SaveChangesAsync(cancel);
    }
}
