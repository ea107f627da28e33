using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lpsa.Organisations;

/// <summary>Three different things that are easily taken for one. None of them follows from another.</summary>
public enum MarkKind
{
    /// <summary>Belongs to the community; asked for by the institution, decided by the editors, free.</summary>
    Recognised,

    /// <summary>Has an agreement with the Alliance on joint work.</summary>
    Partner,

    /// <summary>Sits on the Advisory Board.</summary>
    AdvisoryBoard,
}

/// <summary>A decision that an organisation has a standing from one day until another.</summary>
public sealed class OrganisationMark : ICached, ISearchable
{
    public Guid Id { get; private set; }
    public Guid OrganisationId { get; private set; }
    public MarkKind Kind { get; private set; }
    public DateOnly FromDay { get; private set; }

    /// <summary>Last day; null while no end is set.</summary>
    public DateOnly? UntilDay { get; private set; }

    /// <summary>Who decided and why, as shown on the page.</summary>
    public string Note { get; private set; } = "";

    /// <summary>Why it ended before its time; empty otherwise.</summary>
    public string EndNote { get; private set; } = "";
    public DateTime DecidedAt { get; private set; }

    public SearchKey SearchKey => new(Organisation.SearchKind, OrganisationId);
    public IEnumerable<string> CacheTags => [Organisation.CacheTag];

    public static OrganisationMark Decide(
        Guid organisation,
        MarkKind kind,
        DateOnly from,
        DateOnly? until,
        string note,
        DateTime now
    ) =>
        new()
        {
            Id = Guid.CreateVersion7(),
            OrganisationId = organisation,
            Kind = kind,
            FromDay = from,
            UntilDay = until,
            Note = note,
            DecidedAt = now,
        };

    public bool HoldsOn(DateOnly day) => FromDay <= day && (UntilDay is null || UntilDay >= day);

    public bool Overlaps(DateOnly from, DateOnly? until) =>
        (until is null || FromDay <= until) && (UntilDay is null || UntilDay >= from);

    /// <summary>False when the last day would lie before the first, or after the end that is set already.</summary>
    public bool End(DateOnly lastDay, string note)
    {
        if (lastDay < FromDay || lastDay > UntilDay)
            return false;
        (UntilDay, EndNote) = (lastDay, note);
        return true;
    }

    /// <summary>Goes to the organisation that this one turned out to be.</summary>
    public void MoveTo(Guid organisation) => OrganisationId = organisation;

    internal sealed class Map : IEntityTypeConfiguration<OrganisationMark>
    {
        public void Configure(EntityTypeBuilder<OrganisationMark> entity)
        {
            entity.ToTable("organisation_marks").IsAudited();
            entity.Property(m => m.Id).ValueGeneratedNever();
            entity.HasOne<Organisation>().WithMany().HasForeignKey(m => m.OrganisationId);
            entity.Ignore(m => m.SearchKey);
            entity.HasIndex(m => new { m.OrganisationId, m.Kind });
        }
    }
}

static class MarkQueries
{
    /// <summary>Marks that hold on a day.</summary>
    public static IQueryable<OrganisationMark> MarksOn(this PlatformDb db, DateOnly day) =>
        db.Set<OrganisationMark>().Where(m => m.FromDay <= day && (m.UntilDay == null || m.UntilDay >= day));

    public static DateOnly Today(this PlatformDb db) => DateOnly.FromDateTime(db.Now);
}
