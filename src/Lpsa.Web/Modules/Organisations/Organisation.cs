using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lpsa.Organisations;

public enum OrganisationState
{
    /// <summary>Seen by staff alone.</summary>
    Draft,
    Published,

    /// <summary>Does not exist any more; its page stays and says so.</summary>
    Closed,
}

/// <summary>
/// An institution that the community knows. That it is listed says nothing about its standing: that is said by
/// <see cref="OrganisationMark"/> alone.
/// </summary>
public sealed class Organisation : ICached, ISearchable
{
    public const string SearchKind = "organisation";

    /// <summary>Tag of every cached page that lists organisations.</summary>
    public const string CacheTag = "organisations";

    public Guid Id { get; private set; }

    /// <summary>Last part of the address; made from the name once and kept, so that links last.</summary>
    public string Slug { get; private set; } = "";

    /// <summary>As the organisation calls itself.</summary>
    public string Name { get; private set; } = "";

    /// <summary>BCP 47 code of the name; empty when it is not known.</summary>
    public string Language { get; private set; } = "";
    public string Acronym { get; private set; } = "";

    /// <summary>One in each line.</summary>
    public string OtherNames { get; private set; } = "";

    /// <summary>Code of the vocabulary of stakeholder kinds.</summary>
    public string Kind { get; private set; } = "";

    /// <summary>ISO 3166-1 alpha-3 of its seat; null when it has none in particular.</summary>
    public string? Country { get; private set; }
    public string Website { get; private set; } = "";

    /// <summary>Identifier of the Research Organization Registry: <c>01ggx4157</c>.</summary>
    public string Ror { get; private set; } = "";

    /// <summary>Number of the item in Wikidata: <c>Q42944</c>.</summary>
    public string Wikidata { get; private set; } = "";

    /// <summary>Markdown.</summary>
    public string Description { get; private set; } = "";
    public OrganisationState State { get; private set; }
    public DateOnly? ClosedOn { get; private set; }

    /// <summary>What became of it, in words.</summary>
    public string ClosedNote { get; private set; } = "";
    public DateTime ChangedAt { get; private set; }

    public SearchKey SearchKey => new(SearchKind, Id);
    public IEnumerable<string> CacheTags => [CacheTag];
    public string Path => PathOf(Slug);

    public static string PathOf(string slug) => "/organisations/" + Uri.EscapeDataString(slug);

    public static Organisation Add(string slug, OrganisationInput input, DateTime now)
    {
        var added = new Organisation { Id = Guid.CreateVersion7(), Slug = slug };
        added.Describe(input, now);
        return added;
    }

    public void Describe(OrganisationInput input, DateTime now)
    {
        (Name, Language, Acronym) = (input.Name, input.Language, input.Acronym);
        (OtherNames, Description) = (input.OtherNames, input.Description);
        (Kind, Country) = (input.Kind, input.Country.Length == 0 ? null : input.Country);
        (Website, Ror, Wikidata) = (input.Website, input.Ror, input.Wikidata);
        State = input.State;
        (ClosedOn, ClosedNote) = State == OrganisationState.Closed ? (input.ClosedOn, input.ClosedNote) : (null, "");
        ChangedAt = now;
    }

    /// <summary>Another organisation turned out to be this one: its names lead here too.</summary>
    public void TakeNamesOf(Organisation other, DateTime now)
    {
        var names = OtherNames
            .Split('\n')
            .Concat([other.Name, other.Acronym])
            .Concat(other.OtherNames.Split('\n'))
            .Where(n => n.Length > 0 && n != Name && n != Acronym)
            .Distinct();
        OtherNames = string.Join('\n', names);
        ChangedAt = now;
    }

    /// <summary>The code of its kind went into another one.</summary>
    public void MoveKind(string code) => Kind = code;

    internal sealed class Map : IEntityTypeConfiguration<Organisation>
    {
        public void Configure(EntityTypeBuilder<Organisation> entity)
        {
            entity.ToTable("organisations").IsAudited();
            entity.Property(o => o.Id).ValueGeneratedNever();
            entity.Ignore(o => o.SearchKey);
            entity.HasIndex(o => o.Slug).IsUnique();
            entity.HasIndex(o => new { o.State, o.Name });
            entity.HasIndex(o => o.Country);
        }
    }
}
