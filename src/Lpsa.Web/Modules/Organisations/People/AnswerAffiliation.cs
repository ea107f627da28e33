using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Organisations;

/// <summary>
/// Who represents an organisation answers what others say of themselves: that it is right, or that it is not. Only
/// statements that this viewer may see can be answered; all others answer like none.
/// </summary>
public static class AnswerAffiliation
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        var people = pages.MapGroup("/organisations/{slug}/people/{id:guid}").RequiresSignIn();
        people.MapPost(
            "/confirm",
            (string slug, Guid id, HttpContext http, PlatformDb db, CancellationToken cancel) =>
                Answer(slug, id, true, http, db, cancel)
        );
        people.MapPost(
            "/decline",
            (string slug, Guid id, HttpContext http, PlatformDb db, CancellationToken cancel) =>
                Answer(slug, id, false, http, db, cancel)
        );
    }

    private static async Task<IResult> Answer(
        string slug,
        Guid id,
        bool isRight,
        HttpContext http,
        PlatformDb db,
        CancellationToken cancel
    )
    {
        var viewer = http.Viewer();
        var seen = await db.AffiliationsSeenBy(viewer, http.RequestServices, cancel);
        var said = await db.Set<Affiliation>()
            .Where(a => a.Id == id && a.AccountId != viewer.AccountId)
            .Where(a => db.Set<Organisation>().Any(o => o.Id == a.OrganisationId && o.Slug == slug))
            .Where(a => seen.Any(s => s.AffiliationId == a.Id))
            .SingleOrDefaultAsync(cancel);
        if (said is null || !await db.Represents(viewer, said.OrganisationId, cancel))
            return Results.NotFound();
        said.Answer(isRight, db.Now);
        await db.SaveChangesAsync(cancel);
        return Redirect
            .To(Organisation.PathOf(slug))
            .Saying(isRight ? "Confirmed." : "Declined. It is not shown here any more; the person can read that.");
    }
}
