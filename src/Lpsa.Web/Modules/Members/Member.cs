using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lpsa.Members;

public enum MemberState
{
    Member,
    Left,
}

/// <summary>
/// Somebody of the Alliance: newsletter subscriber and member are one thing. Shares its id with the account of the same
/// address; nobody approves it and nothing is paid (membership policy of 4 August 2022).
/// </summary>
public sealed class Member : ICached, ISearchable
{
    private readonly List<MemberInterest> interests = [];
    private readonly List<MemberPeriod> periods = [];

    public Guid Id { get; private set; }
    public MemberState State { get; private set; }

    /// <summary>The first time; <see cref="Periods"/> has the rest.</summary>
    public DateTime JoinedAt { get; private set; }
    public DateTime? LeftAt { get; private set; }

    /// <summary>How the record came here: <c>form</c>, <c>import:mailchimp</c>, <c>staff</c>. Never changes.</summary>
    public string Origin { get; private set; } = "";

    /// <summary>BCP 47 code: of pages and messages.</summary>
    public string Language { get; private set; } = "en";

    /// <summary>ISO 3166-1 alpha-3; null when not said.</summary>
    public string? Country { get; private set; }

    /// <summary>Code of the vocabulary of stakeholder kinds.</summary>
    public string? Stakeholder { get; private set; }
    public string Institution { get; private set; } = "";

    /// <summary>What the person does there.</summary>
    public string Position { get; private set; } = "";

    public Frequency Newsletter { get; private set; } = Frequency.Each;
    public Frequency Announcements { get; private set; } = Frequency.Each;
    public Frequency GroupMessages { get; private set; } = Frequency.Each;
    public Frequency EventReminders { get; private set; } = Frequency.Each;
    public Frequency Digests { get; private set; } = Frequency.Never;

    /// <summary>No messages before this day, but those a person asks for, such as a link to sign in.</summary>
    public DateOnly? PausedUntil { get; private set; }

    /// <summary>Part of every link in every mail; one more makes all earlier links useless.</summary>
    public int LinkVersion { get; private set; }
    public DateTime ChangedAt { get; private set; }
    public IEnumerable<string> CacheTags => [Account.TagPrefix + Id];
    public IReadOnlyCollection<MemberInterest> Interests => interests;
    public IReadOnlyCollection<MemberPeriod> Periods => periods;

    /// <summary>Of the person's entry in the search, which goes when the member leaves.</summary>
    public SearchKey SearchKey => new(MemberProfile.Kind, Id);

    public static Member Join(Guid account, string origin, DateTime now)
    {
        var member = new Member
        {
            Id = account,
            State = MemberState.Member,
            JoinedAt = now,
            Origin = origin,
            ChangedAt = now,
        };
        member.periods.Add(MemberPeriod.From(account, now));
        return member;
    }

    /// <summary>Comes back after leaving; does nothing to somebody who is here.</summary>
    public void Return(DateTime now)
    {
        if (State == MemberState.Member)
            return;
        (State, LeftAt, ChangedAt) = (MemberState.Member, null, now);
        periods.Add(MemberPeriod.From(Id, now));
    }

    /// <summary>Ends membership and all messages. The record stays, so that nobody is added again by mistake.</summary>
    public void Leave(DateTime now)
    {
        if (State == MemberState.Left)
            return;
        (State, LeftAt, ChangedAt) = (MemberState.Left, now, now);
        foreach (var period in periods.Where(p => p.EndedAt is null))
            period.End(now);
        foreach (var channel in Channel.All)
            channel.Set(this, Frequency.Never);
    }

    /// <summary>Takes what the choices say. With <paramref name="onlyGiven"/> an empty field leaves what was there.</summary>
    public void Choose(MemberChoices choices, bool onlyGiven, DateTime now)
    {
        Country = Take(Country, choices.Country);
        Stakeholder = Take(Stakeholder, choices.Stakeholder);
        Institution = Take(Institution, choices.Institution) ?? "";
        Position = Take(Position, choices.Position) ?? "";
        Language = choices.Language ?? Language;
        foreach (var (axis, codes) in choices.Interests)
            if (codes.Count > 0 || !onlyGiven)
                SetInterests(axis, codes);
        foreach (var (code, frequency) in choices.Channels)
            Channel.Of(code)?.Set(this, frequency);
        if (!onlyGiven)
            PausedUntil = choices.PausedUntil;
        ChangedAt = now;

        string? Take(string? old, string? given) =>
            !string.IsNullOrEmpty(given) ? given
            : onlyGiven ? old
            : null;
    }

    /// <summary>Puts what another record of the same person says beside this one; what either refused stays refused.</summary>
    /// <param name="choices">What staff chose of both, without channels.</param>
    internal void Absorb(Member other, MemberChoices choices, DateTime now)
    {
        JoinedAt = other.JoinedAt < JoinedAt ? other.JoinedAt : JoinedAt;
        Choose(
            choices with
            {
                Channels = Channel.All.ToDictionary(c => c.Code, c => Rarer(c.Get(this), c.Get(other))),
                PausedUntil = other.PausedUntil > (PausedUntil ?? DateOnly.MinValue) ? other.PausedUntil : PausedUntil,
            },
            onlyGiven: false,
            now
        );
    }

    private static Frequency Rarer(Frequency one, Frequency other)
    {
        Frequency[] rarest = [Frequency.Never, Frequency.Monthly, Frequency.Weekly, Frequency.Daily, Frequency.Each];
        return Array.IndexOf(rarest, one) < Array.IndexOf(rarest, other) ? one : other;
    }

    internal void Set(string channel, Frequency frequency)
    {
        switch (channel)
        {
            case Channel.NewsletterCode:
                Newsletter = frequency;
                break;
            case Channel.AnnouncementsCode:
                Announcements = frequency;
                break;
            case Channel.GroupsCode:
                GroupMessages = frequency;
                break;
            case Channel.EventsCode:
                EventReminders = frequency;
                break;
            case Channel.DigestsCode:
                Digests = frequency;
                break;
        }
    }

    /// <summary>Makes the links in all mails sent so far useless; for a changed address.</summary>
    public void RenewLinks() => LinkVersion++;

    public IReadOnlyList<string> CodesOn(string axis) =>
        [.. interests.Where(i => i.Axis == axis).Select(i => i.Code).Order(StringComparer.Ordinal)];

    private void SetInterests(string axis, IReadOnlyList<string> codes)
    {
        interests.RemoveAll(i => i.Axis == axis && !codes.Contains(i.Code));
        foreach (var code in codes.Distinct())
            if (!interests.Exists(i => i.Axis == axis && i.Code == code))
                interests.Add(new MemberInterest(Id, axis, code));
    }

    internal sealed class Map : IEntityTypeConfiguration<Member>
    {
        public void Configure(EntityTypeBuilder<Member> entity)
        {
            entity.ToTable("members");
            entity.Property(m => m.Id).ValueGeneratedNever();
            entity.Property(m => m.Id).WhenMerged(WhenMerged.Combined);
            entity.HasOne<Account>().WithOne().HasForeignKey<Member>(m => m.Id);
            entity.HasMany(m => m.Interests).WithOne().HasForeignKey(i => i.MemberId);
            entity.HasMany(m => m.Periods).WithOne().HasForeignKey(p => p.MemberId);
            entity.Navigation(m => m.Interests).HasField("interests");
            entity.Navigation(m => m.Periods).HasField("periods");
            entity.Ignore(m => m.SearchKey);
            entity.HasIndex(m => new { m.State, m.Country });
            entity.HasIndex(m => m.JoinedAt);
        }
    }
}

/// <summary>One choice on one axis (see <see cref="InterestAxes"/>).</summary>
public sealed class MemberInterest(Guid memberId, string axis, string code)
{
    public Guid MemberId { get; private set; } = memberId;
    public string Axis { get; private set; } = axis;
    public string Code { get; private set; } = code;

    internal sealed class Map : IEntityTypeConfiguration<MemberInterest>
    {
        public void Configure(EntityTypeBuilder<MemberInterest> entity)
        {
            entity.ToTable("member_interests");
            entity.HasKey(i => new
            {
                i.MemberId,
                i.Axis,
                i.Code,
            });
            entity.Property(i => i.MemberId).WhenMerged(WhenMerged.Moves);
            entity.HasIndex(i => new { i.Axis, i.Code });
        }
    }
}

/// <summary>A stretch of membership; open while the person is a member.</summary>
public sealed class MemberPeriod
{
    public Guid Id { get; private set; }
    public Guid MemberId { get; private set; }
    public DateTime StartedAt { get; private set; }
    public DateTime? EndedAt { get; private set; }

    internal static MemberPeriod From(Guid member, DateTime at) =>
        new()
        {
            Id = Guid.CreateVersion7(),
            MemberId = member,
            StartedAt = at,
        };

    internal static MemberPeriod Of(Guid member, DateTime start, DateTime? end) =>
        new()
        {
            Id = Guid.CreateVersion7(),
            MemberId = member,
            StartedAt = start,
            EndedAt = end,
        };

    internal void End(DateTime at) => EndedAt = at;

    internal sealed class Map : IEntityTypeConfiguration<MemberPeriod>
    {
        public void Configure(EntityTypeBuilder<MemberPeriod> entity)
        {
            entity.ToTable("member_periods");
            entity.Property(p => p.Id).ValueGeneratedNever();
            entity.Property(p => p.MemberId).WhenMerged(WhenMerged.Combined);
            entity.HasIndex(p => p.MemberId);
            entity.HasIndex(p => p.StartedAt);
        }
    }
}
