using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lpsa.Organisations;

public enum RequestState
{
    Received,
    UnderReview,

    /// <summary>Staff asked something; the person answers or withdraws.</summary>
    MoreAsked,
    Approved,
    Declined,
    Withdrawn,
}

/// <summary>
/// A member asks that an organisation be recognised or become a partner. A seat on the Advisory Board is offered and not
/// asked for, so it is no choice here.
/// </summary>
public sealed class RecognitionRequest
{
    private static readonly IReadOnlyList<(RequestState From, RequestState To, bool ByStaff)> Ways =
    [
        (RequestState.Received, RequestState.UnderReview, true),
        (RequestState.UnderReview, RequestState.MoreAsked, true),
        (RequestState.UnderReview, RequestState.Approved, true),
        (RequestState.UnderReview, RequestState.Declined, true),
        (RequestState.MoreAsked, RequestState.UnderReview, true),
        (RequestState.MoreAsked, RequestState.Declined, true),
        (RequestState.MoreAsked, RequestState.UnderReview, false),
        (RequestState.Received, RequestState.Withdrawn, false),
        (RequestState.UnderReview, RequestState.Withdrawn, false),
        (RequestState.MoreAsked, RequestState.Withdrawn, false),
    ];

    private readonly List<RecognitionStep> steps = [];

    public Guid Id { get; private set; }

    /// <summary>Who asked; null after that person was erased.</summary>
    public Guid? AccountId { get; private set; }

    /// <summary>Null while the organisation is not listed here.</summary>
    public Guid? OrganisationId { get; private set; }

    /// <summary>As the person gave it, with the three below: what a new entry would be made of.</summary>
    public string Name { get; private set; } = "";
    public string Kind { get; private set; } = "";
    public string? Country { get; private set; }
    public string Website { get; private set; } = "";
    public MarkKind Mark { get; private set; }
    public string Reason { get; private set; } = "";

    /// <summary>Address of a page that supports it; may be empty.</summary>
    public string Evidence { get; private set; } = "";
    public bool WantsToRepresent { get; private set; }
    public RequestState State { get; private set; }
    public DateTime AskedAt { get; private set; }
    public DateTime ChangedAt { get; private set; }
    public IReadOnlyCollection<RecognitionStep> Steps => steps;

    public bool IsOpen => State is RequestState.Received or RequestState.UnderReview or RequestState.MoreAsked;

    public static RecognitionRequest Ask(Guid account, Organisation? organisation, RequestInput input, DateTime now)
    {
        var asked = new RecognitionRequest
        {
            Id = Guid.CreateVersion7(),
            AccountId = account,
            OrganisationId = organisation?.Id,
            Name = organisation?.Name ?? input.Name,
            Kind = organisation?.Kind ?? input.Kind,
            Country = organisation is null ? (input.Country.Length == 0 ? null : input.Country) : organisation.Country,
            Website = organisation?.Website ?? input.Website,
            Mark = input.Mark,
            Reason = input.Reason,
            Evidence = input.Evidence,
            WantsToRepresent = input.WantsToRepresent,
            AskedAt = now,
            ChangedAt = now,
        };
        asked.steps.Add(RecognitionStep.Take(asked.Id, RequestState.Received, false, "", now));
        return asked;
    }

    public bool MayGo(RequestState to, bool byStaff) => Ways.Contains((State, to, byStaff));

    /// <returns>False, and nothing changed, when there is no such way from the present state.</returns>
    public bool Go(RequestState to, bool byStaff, string note, DateTime now)
    {
        if (!MayGo(to, byStaff))
            return false;
        (State, ChangedAt) = (to, now);
        steps.Add(RecognitionStep.Take(Id, to, byStaff, note, now));
        return true;
    }

    /// <summary>Staff found or made the organisation that is meant.</summary>
    public void IsAbout(Guid organisation) => OrganisationId = organisation;

    /// <summary>The decision stays, the person goes: with what they wrote.</summary>
    public void Forget()
    {
        (AccountId, Reason, Evidence) = (null, "", "");
        foreach (var step in steps.Where(s => !s.ByStaff))
            step.Forget();
    }

    internal sealed class Map : IEntityTypeConfiguration<RecognitionRequest>
    {
        public void Configure(EntityTypeBuilder<RecognitionRequest> entity)
        {
            entity.ToTable("recognition_requests").IsAudited(nameof(AccountId), nameof(Reason), nameof(Evidence));
            entity.Property(r => r.Id).ValueGeneratedNever();
            // Two people deciding at once must not both be right.
            entity.Property(r => r.State).IsConcurrencyToken();
            entity.Property(r => r.AccountId).WhenMerged(WhenMerged.Moves);
            entity.HasOne<Account>().WithMany().HasForeignKey(r => r.AccountId).OnDelete(DeleteBehavior.SetNull);
            entity
                .HasOne<Organisation>()
                .WithMany()
                .HasForeignKey(r => r.OrganisationId)
                .OnDelete(DeleteBehavior.SetNull);
            entity.HasMany(r => r.Steps).WithOne().HasForeignKey(s => s.RequestId);
            entity.Navigation(r => r.Steps).HasField("steps");
            entity.HasIndex(r => r.AccountId);
            entity.HasIndex(r => r.OrganisationId);
            entity.HasIndex(r => new { r.State, r.AskedAt });
        }
    }
}

/// <summary>One change of state, as the person reads it.</summary>
public sealed class RecognitionStep
{
    public Guid Id { get; private set; }
    public Guid RequestId { get; private set; }
    public RequestState State { get; private set; }
    public bool ByStaff { get; private set; }

    /// <summary>The question, the answer, the reason of the decision.</summary>
    public string Note { get; private set; } = "";
    public DateTime At { get; private set; }

    internal static RecognitionStep Take(Guid request, RequestState state, bool byStaff, string note, DateTime now) =>
        new()
        {
            Id = Guid.CreateVersion7(),
            RequestId = request,
            State = state,
            ByStaff = byStaff,
            Note = note,
            At = now,
        };

    internal void Forget() => Note = "";

    internal sealed class Map : IEntityTypeConfiguration<RecognitionStep>
    {
        public void Configure(EntityTypeBuilder<RecognitionStep> entity)
        {
            entity.ToTable("recognition_steps");
            entity.Property(s => s.Id).ValueGeneratedNever();
            entity.HasIndex(s => new { s.RequestId, s.At });
        }
    }
}
