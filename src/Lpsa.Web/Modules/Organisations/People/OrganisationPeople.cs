using Lpsa.Members;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Organisations;

/// <summary>Somebody who says that they work there, as one viewer may see it.</summary>
public sealed record SeenPerson
{
    public Guid AffiliationId { get; init; }
    public Guid OrganisationId { get; init; }
    public Guid AccountId { get; init; }
    public string Name { get; init; } = "";
    public string Slug { get; init; } = "";
    public string Role { get; init; } = "";
    public DateOnly? From { get; init; }
    public DateOnly? Until { get; init; }
    public AffiliationStanding Standing { get; init; }
    public bool Represents { get; init; }
}

static class OrganisationPeople
{
    /// <summary>
    /// Whom this viewer may find in the directory, and of them those who opened this statement to the viewer. What an
    /// organisation declined is shown to nobody but the person. Nothing else decides who is seen: neither staff nor the
    /// organisation sees more on these pages.
    /// </summary>
    public static async Task<IQueryable<SeenPerson>> AffiliationsSeenBy(
        this PlatformDb db,
        Viewer viewer,
        IServiceProvider services,
        CancellationToken cancel
    )
    {
        var people = await db.MembersSeenBy(viewer, services, cancel);
        return from a in db.Set<Affiliation>()
            join p in people on a.AccountId equals p.Id
            where a.Standing != AffiliationStanding.Declined && a.SeenBy >= p.Circle
            select new SeenPerson
            {
                AffiliationId = a.Id,
                OrganisationId = a.OrganisationId,
                AccountId = a.AccountId,
                Name = p.Name,
                Slug = p.Slug,
                Role = a.Role,
                From = a.FromDay,
                Until = a.UntilDay,
                Standing = a.Standing,
                Represents = a.Represents,
            };
    }

    /// <summary>Whether the viewer may answer for the organisation.</summary>
    public static Task<bool> Represents(
        this PlatformDb db,
        Viewer viewer,
        Guid organisation,
        CancellationToken cancel
    ) =>
        db.Set<Affiliation>()
            .AnyAsync(a => a.OrganisationId == organisation && a.AccountId == viewer.AccountId && a.Represents, cancel);
}
