using Lpsa.Members;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lpsa.Organisations;

/// <summary>What the organisation says to a person's own statement.</summary>
public enum AffiliationStanding
{
    /// <summary>Said by the person; the organisation has not answered.</summary>
    Said,
    Confirmed,

    /// <summary>Not shown to others any more. The person may withdraw it, or leave it as it is.</summary>
    Declined,
}

/// <summary>
/// “I work here”: made and withdrawn by the person alone. There is no way by which staff or an organisation can attach
/// somebody, because membership is of people and who they are linked with is theirs to say.
/// </summary>
public sealed class Affiliation
{
    public Guid Id { get; private set; }
    public Guid OrganisationId { get; private set; }
    public Guid AccountId { get; private set; }
    public string Role { get; private set; } = "";
    public DateOnly? FromDay { get; private set; }
    public DateOnly? UntilDay { get; private set; }
    public Visibility SeenBy { get; private set; }
    public AffiliationStanding Standing { get; private set; }

    /// <summary>May answer for the organisation what others say of themselves. Given by staff to who works there.</summary>
    public bool Represents { get; private set; }
    public DateTime SaidAt { get; private set; }
    public DateTime? AnsweredAt { get; private set; }

    public static Affiliation Say(Guid organisation, Guid account, WorkHereInput input, DateTime now)
    {
        var said = new Affiliation
        {
            Id = Guid.CreateVersion7(),
            OrganisationId = organisation,
            AccountId = account,
        };
        said.Change(input, now);
        return said;
    }

    /// <summary>Other words need another answer of the organisation; another circle does not.</summary>
    public void Change(WorkHereInput input, DateTime now)
    {
        if ((Role, FromDay, UntilDay) != (input.Role, input.From, input.Until))
        {
            (Role, FromDay, UntilDay) = (input.Role, input.From, input.Until);
            // Who was declined stays so, or one more word would undo what the organisation said.
            if (Standing == AffiliationStanding.Confirmed && !Represents)
                (Standing, AnsweredAt) = (AffiliationStanding.Said, null);
        }
        SeenBy = input.SeenBy;
        SaidAt = now;
    }

    public void Answer(bool isRight, DateTime now)
    {
        Standing = isRight ? AffiliationStanding.Confirmed : AffiliationStanding.Declined;
        AnsweredAt = now;
        Represents &= isRight;
    }

    public void LetRepresent(bool represents, DateTime now)
    {
        Represents = represents;
        if (represents)
            Answer(true, now);
    }

    public void MoveTo(Guid organisation) => OrganisationId = organisation;

    internal sealed class Map : IEntityTypeConfiguration<Affiliation>
    {
        public void Configure(EntityTypeBuilder<Affiliation> entity)
        {
            entity
                .ToTable("organisation_affiliations")
                .IsAudited(
                    nameof(AccountId),
                    nameof(OrganisationId),
                    nameof(Role),
                    nameof(FromDay),
                    nameof(UntilDay),
                    nameof(SeenBy)
                );
            entity.Property(a => a.Id).ValueGeneratedNever();
            entity.Property(a => a.SeenBy).HasConversion<int>();
            entity.HasOne<Organisation>().WithMany().HasForeignKey(a => a.OrganisationId);
            entity.Property(a => a.AccountId).WhenMerged(WhenMerged.Moves);
            entity.HasOne<Account>().WithMany().HasForeignKey(a => a.AccountId);
            entity.HasIndex(a => new { a.OrganisationId, a.AccountId }).IsUnique();
            entity.HasIndex(a => a.AccountId);
        }
    }
}
