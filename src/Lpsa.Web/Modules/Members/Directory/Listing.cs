using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Members;

/// <summary>A person as one viewer may see them. What is hidden from that viewer is null or false here, and never was read.</summary>
public sealed record Listing
{
    public Guid Id { get; init; }
    public string Slug { get; init; } = "";
    public string Name { get; init; } = "";
    public string? Headline { get; init; }
    public string? About { get; init; }
    public string? Website { get; init; }
    public string? Orcid { get; init; }
    public string? LinkedIn { get; init; }
    public string? Country { get; init; }
    public string? Institution { get; init; }
    public string? Position { get; init; }
    public string? Stakeholder { get; init; }
    public bool Advice { get; init; }
    public bool Speaking { get; init; }
    public bool Reviewing { get; init; }
    public bool Mentoring { get; init; }

    /// <summary>Whether the person's choices on these axes may be seen.</summary>
    public bool ShowsThemes { get; init; }
    public bool ShowsSectors { get; init; }
    public bool ShowsLanguages { get; init; }

    /// <summary>Where the viewer stands to this person.</summary>
    public Visibility Circle { get; init; }

    /// <summary>Whether the name is for everyone, and so for search engines too.</summary>
    public bool IsPublic { get; init; }

    /// <summary>Wants to be found, and is a member still.</summary>
    public bool IsListed { get; init; }
    public string? AuthorSlug { get; init; }
    public DateTime ChangedAt { get; init; }

    public string Path => ShowMember.PathOf(Slug);

    public IEnumerable<Availability> Offers =>
        new[]
        {
            (Advice, Availability.Advice),
            (Speaking, Availability.Speaking),
            (Reviewing, Availability.Reviewing),
            (Mentoring, Availability.Mentoring),
        }
            .Where(o => o.Item1)
            .Select(o => o.Item2);
}

static class Listings
{
    /// <summary>
    /// Everybody whom this audience may find. Each field is read only where the person opened it to the viewer, so that
    /// whatever is asked of the result afterwards (filters, counts, words) cannot tell what is hidden. Who hides the
    /// name from a viewer is not in that viewer's directory at all.
    /// </summary>
    public static IQueryable<Listing> VisibleTo(this PlatformDb db, Audience audience) =>
        Seen(db, db.Set<MemberProfile>().Where(p => p.Listed), audience);

    /// <summary>These people as the audience may see them, in the order given; whom it may not see is left out.</summary>
    public static async Task<IReadOnlyList<Listing>> Read(
        this PlatformDb db,
        Audience audience,
        IReadOnlyList<Guid> people,
        CancellationToken cancel
    )
    {
        var read = await db.Among(people, audience).ToListAsync(cancel);
        var byId = read.Where(l => l.IsListed).ToDictionary(l => l.Id);
        return [.. people.Select(byId.GetValueOrDefault).OfType<Listing>()];
    }

    /// <summary>These people, listed or not: <see cref="Listing.IsListed"/> says it.</summary>
    public static IQueryable<Listing> Among(this PlatformDb db, IReadOnlyList<Guid> people, Audience audience) =>
        Seen(db, db.Set<MemberProfile>().Where(p => people.Contains(p.MemberId)), audience, areFew: true);

    /// <summary>The own profile as an audience would see it, listed or not.</summary>
    public static IQueryable<Listing> Preview(this PlatformDb db, Guid member, Audience audience) =>
        Seen(db, db.Set<MemberProfile>().Where(p => p.MemberId == member), audience);

    /// <param name="areFew">
    /// Whoever left comes too, with <see cref="Listing.IsListed"/> false: as a condition it would lead SQLite to the
    /// index of all members instead of to these few.
    /// </param>
    private static IQueryable<Listing> Seen(
        PlatformDb db,
        IQueryable<MemberProfile> profiles,
        Audience audience,
        bool areFew = false
    )
    {
        var (least, mates) = (audience.Least, audience.GroupMates);
        var reached =
            mates.Count == 0
                ? profiles.Select(p => new { Profile = p, Least = least })
                : profiles.Select(p => new
                {
                    Profile = p,
                    Least = mates.Contains(p.MemberId) ? Visibility.Groups : least,
                });
        var seen =
            from r in reached
            join m in db.Set<Member>() on r.Profile.MemberId equals m.Id
            join a in db.Set<Account>() on m.Id equals a.Id
            where r.Profile.NameSeenBy >= r.Least
            select new
            {
                r,
                m,
                a,
            };
        if (!areFew)
            seen = seen.Where(s => s.m.State == MemberState.Member && s.a.ClosedAt == null && s.a.Name != "");
        return from s in seen
            let r = s.r
            let m = s.m
            let a = s.a
            select new Listing
            {
                Id = m.Id,
                Slug = r.Profile.Slug,
                Name = a.Name,
                Headline = r.Profile.HeadlineSeenBy >= r.Least ? r.Profile.Headline : null,
                About = r.Profile.AboutSeenBy >= r.Least ? r.Profile.About : null,
                Website = r.Profile.WebsiteSeenBy >= r.Least ? r.Profile.Website : null,
                Orcid = r.Profile.OrcidSeenBy >= r.Least ? r.Profile.Orcid : null,
                LinkedIn = r.Profile.LinkedInSeenBy >= r.Least ? r.Profile.LinkedIn : null,
                Country = r.Profile.CountrySeenBy >= r.Least ? m.Country : null,
                Institution = r.Profile.InstitutionSeenBy >= r.Least ? m.Institution : null,
                Position = r.Profile.InstitutionSeenBy >= r.Least ? m.Position : null,
                Stakeholder = r.Profile.StakeholderSeenBy >= r.Least ? m.Stakeholder : null,
                Advice = r.Profile.AvailabilitySeenBy >= r.Least && r.Profile.Advice,
                Speaking = r.Profile.AvailabilitySeenBy >= r.Least && r.Profile.Speaking,
                Reviewing = r.Profile.AvailabilitySeenBy >= r.Least && r.Profile.Reviewing,
                Mentoring = r.Profile.AvailabilitySeenBy >= r.Least && r.Profile.Mentoring,
                ShowsThemes = r.Profile.ThemesSeenBy >= r.Least,
                ShowsSectors = r.Profile.SectorsSeenBy >= r.Least,
                ShowsLanguages = r.Profile.LanguagesSeenBy >= r.Least,
                Circle = r.Least,
                IsListed = r.Profile.Listed && m.State == MemberState.Member && a.ClosedAt == null && a.Name != "",
                IsPublic = r.Profile.NameSeenBy == Visibility.Everyone,
                AuthorSlug = r.Profile.AuthorSlug,
                ChangedAt = r.Profile.ChangedAt,
            };
    }

    /// <summary>The choices of these people on the axes that may be seen of each.</summary>
    public static IQueryable<MemberInterest> InterestsOf(this PlatformDb db, IQueryable<Listing> people) =>
        from person in people
        from interest in db.Set<MemberInterest>().Where(i => i.MemberId == person.Id)
        where
            (interest.Axis == Places.Axes.Theme && person.ShowsThemes)
            || (interest.Axis == Places.Axes.Sector && person.ShowsSectors)
            || (interest.Axis == InterestAxes.Language && person.ShowsLanguages)
        select interest;
}
