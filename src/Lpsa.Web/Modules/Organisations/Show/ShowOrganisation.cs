using Lpsa.Places;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Organisations;

/// <summary>One organisation: what it is, what standing it has, and the people who say that they work there.</summary>
public static class ShowOrganisation
{
    private const int MostPeople = 200;

    public static void Map(IEndpointRouteBuilder pages) => pages.MapGet("/organisations/{slug}", Get);

    public sealed record Model(
        Organisation Organisation,
        IReadOnlyList<OrganisationMark> Marks,
        DateOnly Today,
        IReadOnlyList<SeenPerson> People,
        Guid? ViewerId,
        bool WorksHere,
        bool Represents,
        IVocabulary Vocabulary
    )
    {
        public IReadOnlyList<MarkKind> Holding =>
            [.. Marks.Where(m => m.HoldsOn(Today)).Select(m => m.Kind).Distinct().Order()];
    }

    static async Task<IResult> Get(
        string slug,
        HttpContext http,
        PlatformDb db,
        IVocabulary vocabulary,
        CancellationToken cancel
    )
    {
        var viewer = http.Viewer();
        var seesDrafts = viewer.May(OrganisationsPermissions.Edit);
        var organisation = await db.Set<Organisation>()
            .AsNoTracking()
            .SingleOrDefaultAsync(o => o.Slug == slug && (seesDrafts || o.State != OrganisationState.Draft), cancel);
        if (organisation is null)
            return Results.NotFound();
        var marks = await db.Set<OrganisationMark>()
            .AsNoTracking()
            .Where(m => m.OrganisationId == organisation.Id)
            .OrderByDescending(m => m.FromDay)
            .ToListAsync(cancel);
        var people =
            organisation.State == OrganisationState.Closed
                ? []
                : await (await db.AffiliationsSeenBy(viewer, http.RequestServices, cancel))
                    .Where(p => p.OrganisationId == organisation.Id)
                    .OrderBy(p => p.Name)
                    .ThenBy(p => p.AccountId)
                    .Take(MostPeople)
                    .ToListAsync(cancel);
        return ShowOrganisationPage.View(
            new(
                organisation,
                marks,
                db.Today(),
                [.. people.OrderBy(p => p.Until < db.Today())],
                viewer.AccountId,
                viewer.IsKnown
                    && await db.Set<Affiliation>()
                        .AnyAsync(a => a.OrganisationId == organisation.Id && a.AccountId == viewer.AccountId, cancel),
                viewer.IsKnown && await db.Represents(viewer, organisation.Id, cancel),
                vocabulary
            )
        );
    }
}
