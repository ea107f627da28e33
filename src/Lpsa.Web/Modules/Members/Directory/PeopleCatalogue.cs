using Lpsa.Places;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Members;

/// <summary>
/// Everybody who is listed, with each field's circle, for searching and counting. What a page shows is read through
/// <see cref="Listings"/> all the same, so an entry that is out of date can hide somebody for a moment and never show
/// what is hidden.
/// </summary>
sealed class PeopleCatalogue(IServiceScopeFactory scopes, INotifier notifier)
    : Catalogue<PeopleShelf>(scopes, notifier, Account.TagPrefix)
{
    protected override async Task<PeopleShelf> Read(PlatformDb db, CancellationToken cancel) =>
        PeopleShelf.Of(await Rows(db, null, cancel), new FacetTable());

    protected override async Task<PeopleShelf> Update(
        PlatformDb db,
        PeopleShelf known,
        IReadOnlyCollection<Guid> changed,
        CancellationToken cancel
    ) => known.With(changed, await Rows(db, changed, cancel));

    private static async Task<List<PersonRow>> Rows(
        PlatformDb db,
        IReadOnlyCollection<Guid>? only,
        CancellationToken cancel
    )
    {
        var profiles = db.Set<MemberProfile>().AsNoTracking().Where(p => p.Listed);
        if (only is not null)
            profiles = profiles.Where(p => only.Contains(p.MemberId));
        var rows = await (
            from p in profiles
            join m in db.Set<Member>() on p.MemberId equals m.Id
            join a in db.Set<Account>() on m.Id equals a.Id
            where m.State == MemberState.Member && a.ClosedAt == null && a.Name != ""
            select new PersonRow(p, a.Name, m.Institution, m.Country, m.Stakeholder)
        ).ToListAsync(cancel);
        var byId = rows.ToDictionary(r => r.Profile.MemberId);
        var shown = new[] { Axes.Theme, Axes.Sector, InterestAxes.Language };
        var interests = db.Set<MemberInterest>().AsNoTracking().Where(i => shown.Contains(i.Axis));
        interests = only is null
            ? from i in interests
            join p in profiles on i.MemberId equals p.MemberId
            select i
            : interests.Where(i => only.Contains(i.MemberId));
        await foreach (var interest in interests.AsAsyncEnumerable().WithCancellation(cancel))
            byId.GetValueOrDefault(interest.MemberId)?.Interests.Add((interest.Axis, interest.Code));
        return rows;
    }
}

/// <summary>A listed person as the database has it.</summary>
sealed record PersonRow(MemberProfile Profile, string Name, string Institution, string? Country, string? Stakeholder)
{
    public List<(string Axis, string Code)> Interests { get; } = [];

    public PersonEntry Entry(FacetTable table)
    {
        var facets = new List<PersonFacet>();
        Add(Axes.Country, Country, Profile.CountrySeenBy);
        Add(Axes.Stakeholder, Stakeholder, Profile.StakeholderSeenBy);
        foreach (var (axis, code) in Interests)
            Add(
                axis,
                code,
                axis switch
                {
                    Axes.Theme => Profile.ThemesSeenBy,
                    Axes.Sector => Profile.SectorsSeenBy,
                    _ => Profile.LanguagesSeenBy,
                }
            );
        AddOffer(Availability.Advice, Profile.Advice);
        AddOffer(Availability.Speaking, Profile.Speaking);
        AddOffer(Availability.Reviewing, Profile.Reviewing);
        AddOffer(Availability.Mentoring, Profile.Mentoring);
        return new(
            Profile.MemberId,
            Profile.ChangedAt,
            Profile.NameSeenBy,
            [.. facets],
            [
                new(Spelling.Fold(Name), Profile.NameSeenBy),
                new(Spelling.Fold(Profile.Headline), Profile.HeadlineSeenBy),
                new(Spelling.Fold(Institution), Profile.InstitutionSeenBy),
            ]
        );

        void Add(string axis, string? code, Visibility seenBy)
        {
            // What nobody may see is not even counted.
            if (code is not null && seenBy != Visibility.Nobody)
                facets.Add(new(table.NumberOf(axis, code), seenBy));
        }

        void AddOffer(Availability offer, bool isOffered) =>
            Add(
                PeopleQuery.AvailabilityKey,
                isOffered ? offer.ToString().ToLowerInvariant() : null,
                Profile.AvailabilitySeenBy
            );
    }
}
