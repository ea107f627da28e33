using Lpsa.Members;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Organisations;

/// <summary>Where a member works, what was asked for, and which organisation the typed institution may be.</summary>
public static class OwnOrganisations
{
    public const string Path = "/account/organisations";

    public static void Map(IEndpointRouteBuilder pages) => pages.MapGet(Path, Get).RequiresSignIn();

    public sealed record Row(
        string Slug,
        string Name,
        OrganisationState State,
        string Role,
        DateOnly? From,
        DateOnly? Until,
        Visibility SeenBy,
        AffiliationStanding Standing,
        bool Represents
    );

    public sealed record RequestRow(Guid Id, string Name, MarkKind Mark, RequestState State, DateTime ChangedAt);

    public sealed record Model(
        IReadOnlyList<Row> Rows,
        IReadOnlyList<RequestRow> Requests,
        string Institution,
        IReadOnlyList<(string Slug, string Name)> Suggested
    );

    static async Task<IResult> Get(Viewer viewer, PlatformDb db, CancellationToken cancel)
    {
        var id = viewer.AccountId!.Value;
        var requests = await db.Set<RecognitionRequest>()
            .Where(r => r.AccountId == id)
            .OrderByDescending(r => r.AskedAt)
            .Select(r => new RequestRow(r.Id, r.Name, r.Mark, r.State, r.ChangedAt))
            .ToListAsync(cancel);
        var institution = (await db.Membership(id, cancel))?.Institution ?? "";
        return OwnOrganisationsPage.View(
            new(
                await Rows(db, id, cancel),
                requests,
                institution,
                await InstitutionMatch.Find(db, id, institution, cancel)
            )
        );
    }

    internal static async Task<IReadOnlyList<Row>> Rows(PlatformDb db, Guid account, CancellationToken cancel) =>
        await (
            from a in db.Set<Affiliation>()
            where a.AccountId == account
            join o in db.Set<Organisation>() on a.OrganisationId equals o.Id
            orderby o.Name
            select new Row(o.Slug, o.Name, o.State, a.Role, a.FromDay, a.UntilDay, a.SeenBy, a.Standing, a.Represents)
        ).ToListAsync(cancel);
}

/// <summary>Which listed organisation the free text of a member may mean. The text stays as it is; nothing is linked by itself.</summary>
static class InstitutionMatch
{
    private const int Most = 3;

    public static async Task<IReadOnlyList<(string Slug, string Name)>> Find(
        PlatformDb db,
        Guid account,
        string institution,
        CancellationToken cancel
    )
    {
        // "Municipality, Kenya" is a name and a place; the first part is the name.
        var name = PlainText.Line(institution.Split(',')[0]);
        if (name.Length < 3)
            return [];
        var lower = name.ToLowerInvariant();
        var found = await OrganisationQuery
            .Containing(ListOrganisations.Public(db), name)
            .Where(o => !db.Set<Affiliation>().Any(a => a.OrganisationId == o.Id && a.AccountId == account))
            .OrderBy(o => o.Name.ToLower() == lower ? 0 : 1)
            .ThenBy(o => o.Name)
            .Take(Most)
            .Select(o => new { o.Slug, o.Name })
            .ToListAsync(cancel);
        return [.. found.Select(o => (o.Slug, o.Name))];
    }
}
