using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lpsa.Members;

/// <summary>
/// What a member shows of themselves, and to whom. Not listed until the person says so; then each field still has its
/// own circle. Name, country, institution and interests stay where they are kept, only their circles are here.
/// </summary>
public sealed class MemberProfile : ICached, ISearchable
{
    public const string Kind = "person";

    public Guid MemberId { get; private set; }

    /// <summary>Last part of the address; made from the name once and kept, so that links last.</summary>
    public string Slug { get; private set; } = "";
    public bool Listed { get; private set; }
    public string Headline { get; private set; } = "";

    /// <summary>Markdown.</summary>
    public string About { get; private set; } = "";
    public string Website { get; private set; } = "";

    /// <summary>Sixteen digits in four groups: <c>0000-0002-1825-0097</c>.</summary>
    public string Orcid { get; private set; } = "";
    public string LinkedIn { get; private set; } = "";
    public bool Advice { get; private set; }
    public bool Speaking { get; private set; }
    public bool Reviewing { get; private set; }
    public bool Mentoring { get; private set; }

    public Visibility NameSeenBy { get; private set; } = Visibility.Members;
    public Visibility HeadlineSeenBy { get; private set; } = Visibility.Members;
    public Visibility AboutSeenBy { get; private set; } = Visibility.Members;
    public Visibility WebsiteSeenBy { get; private set; } = Visibility.Members;
    public Visibility OrcidSeenBy { get; private set; } = Visibility.Members;
    public Visibility LinkedInSeenBy { get; private set; } = Visibility.Members;
    public Visibility CountrySeenBy { get; private set; } = Visibility.Members;

    /// <summary>Of the institution and of what the person does there.</summary>
    public Visibility InstitutionSeenBy { get; private set; } = Visibility.Members;
    public Visibility StakeholderSeenBy { get; private set; } = Visibility.Members;
    public Visibility ThemesSeenBy { get; private set; } = Visibility.Members;
    public Visibility SectorsSeenBy { get; private set; } = Visibility.Members;
    public Visibility LanguagesSeenBy { get; private set; } = Visibility.Members;
    public Visibility AvailabilitySeenBy { get; private set; } = Visibility.Members;

    /// <summary>Address of the author on posts that is this person, set by staff; null when there is none.</summary>
    public string? AuthorSlug { get; private set; }
    public DateTime ChangedAt { get; private set; }
    public IEnumerable<string> CacheTags => [Account.TagPrefix + MemberId];
    public SearchKey SearchKey => new(Kind, MemberId);

    public static MemberProfile Of(Guid member, string slug, DateTime now) =>
        new()
        {
            MemberId = member,
            Slug = slug,
            ChangedAt = now,
        };

    public void Describe(EditProfile.Input input, DateTime now)
    {
        Listed = input.Listed;
        (Headline, About) = (input.Headline, input.About);
        (Website, Orcid, LinkedIn) = (input.Website, input.Orcid, input.LinkedIn);
        (Advice, Speaking) = (input.Advice, input.Speaking);
        (Reviewing, Mentoring) = (input.Reviewing, input.Mentoring);
        (NameSeenBy, HeadlineSeenBy, AboutSeenBy) = (input.NameSeenBy, input.HeadlineSeenBy, input.AboutSeenBy);
        (WebsiteSeenBy, OrcidSeenBy) = (input.WebsiteSeenBy, input.OrcidSeenBy);
        (LinkedInSeenBy, CountrySeenBy) = (input.LinkedInSeenBy, input.CountrySeenBy);
        (InstitutionSeenBy, StakeholderSeenBy) = (input.InstitutionSeenBy, input.StakeholderSeenBy);
        (ThemesSeenBy, SectorsSeenBy) = (input.ThemesSeenBy, input.SectorsSeenBy);
        (LanguagesSeenBy, AvailabilitySeenBy) = (input.LanguagesSeenBy, input.AvailabilitySeenBy);
        ChangedAt = now;
    }

    /// <summary>Says which author on posts the person is; null: none.</summary>
    public void WriteAs(string? authorSlug) => AuthorSlug = authorSlug;

    internal sealed class Map : IEntityTypeConfiguration<MemberProfile>
    {
        public void Configure(EntityTypeBuilder<MemberProfile> entity)
        {
            entity.ToTable("member_profiles");
            entity.HasKey(p => p.MemberId);
            entity.Property(p => p.MemberId).ValueGeneratedNever();
            entity.Property(p => p.MemberId).WhenMerged(WhenMerged.Moves);
            entity.HasOne<Member>().WithOne().HasForeignKey<MemberProfile>(p => p.MemberId);
            entity.HasIndex(p => p.Slug).IsUnique();
            entity.HasIndex(p => new { p.Listed, p.ChangedAt });
            entity.Ignore(p => p.SearchKey);
            // As numbers, because "who sees it" is a comparison.
            foreach (var property in typeof(MemberProfile).GetProperties())
                if (property.PropertyType == typeof(Visibility))
                    entity.Property<Visibility>(property.Name).HasConversion<int>();
        }
    }
}
