using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lpsa.Members;

/// <summary>
/// Two members who were one person became one record. While it stands, links in old mails to the merged address open
/// the member who stayed, and the merged address is a second one to which nothing is sent.
/// </summary>
public sealed class MemberMerge
{
    public static readonly TimeSpan Undoable = TimeSpan.FromDays(30);

    public Guid Id { get; private set; }

    /// <summary><see cref="MergedId"/> while the merge stands: unique, so that of two merges of one member one wins.</summary>
    public Guid? StandingId { get; private set; }
    public Guid MergedId { get; private set; }
    public Guid SurvivorId { get; private set; }
    public int MergedLinkVersion { get; private set; }

    /// <summary>Of the time of the merge: whoever makes the own links useless means also those of the second address.</summary>
    public int SurvivorLinkVersion { get; private set; }
    public Guid? ByAccount { get; private set; }
    public DateTime At { get; private set; }

    /// <summary><see cref="MergeStep"/>s as JSON; null once it cannot be undone any more.</summary>
    public string? Steps { get; private set; }
    public DateTime? UndoneAt { get; private set; }

    internal static MemberMerge Of(Member merged, Member survivor, Guid? by, string steps, DateTime now) =>
        new()
        {
            Id = Guid.CreateVersion7(),
            StandingId = merged.Id,
            MergedId = merged.Id,
            SurvivorId = survivor.Id,
            MergedLinkVersion = merged.LinkVersion,
            SurvivorLinkVersion = survivor.LinkVersion,
            ByAccount = by,
            Steps = steps,
            At = now,
        };

    internal void Undo(DateTime now) => (StandingId, Steps, UndoneAt) = (null, null, now);

    internal sealed class Map : IEntityTypeConfiguration<MemberMerge>
    {
        public void Configure(EntityTypeBuilder<MemberMerge> entity)
        {
            entity.ToTable("member_merges").IsAudited(nameof(Steps));
            entity.Property(m => m.Id).ValueGeneratedNever();
            entity.Property(m => m.MergedId).WhenMerged(WhenMerged.Stays);
            entity.Property(m => m.SurvivorId).WhenMerged(WhenMerged.Stays);
            entity.Property(m => m.ByAccount).WhenMerged(WhenMerged.Stays);
            entity.HasOne<Account>().WithMany().HasForeignKey(m => m.MergedId);
            entity.HasOne<Account>().WithMany().HasForeignKey(m => m.SurvivorId);
            entity.HasOne<Account>().WithMany().HasForeignKey(m => m.ByAccount).OnDelete(DeleteBehavior.SetNull);
            entity.HasIndex(m => m.StandingId).IsUnique();
            entity.HasIndex(m => m.MergedId);
            entity.HasIndex(m => m.SurvivorId);
            entity.HasIndex(m => m.ByAccount);
            entity.HasIndex(m => m.At);
        }
    }
}

public enum MemberPairState
{
    Open,

    /// <summary>Somebody looked at both and says that they are two people.</summary>
    Different,
}

/// <summary>Two members who may be one person; <see cref="FirstId"/> is the smaller id.</summary>
public sealed class MemberPair
{
    public Guid FirstId { get; private set; }
    public Guid SecondId { get; private set; }
    public MemberPairState State { get; private set; }

    /// <summary>The higher, the likelier; orders the list and decides nothing.</summary>
    public int Score { get; private set; }

    /// <summary>Names of <see cref="LikenessKind"/>, by spaces.</summary>
    public string Reasons { get; private set; } = "";
    public DateTime FoundAt { get; private set; }

    internal static MemberPair Of(Guid one, Guid other, IEnumerable<LikenessKind> kinds, DateTime now)
    {
        var (first, second) = Ordered(one, other);
        var reasons = kinds.Distinct().Order().ToList();
        return new MemberPair
        {
            FirstId = first,
            SecondId = second,
            Score = reasons.Sum(k => (int)k),
            Reasons = string.Join(' ', reasons),
            FoundAt = now,
        };
    }

    public static (Guid First, Guid Second) Ordered(Guid one, Guid other) =>
        one.CompareTo(other) < 0 ? (one, other) : (other, one);

    public void TellApart() => State = MemberPairState.Different;

    internal sealed class Map : IEntityTypeConfiguration<MemberPair>
    {
        public void Configure(EntityTypeBuilder<MemberPair> entity)
        {
            entity.ToTable("member_pairs").IsAudited();
            entity.HasKey(p => new { p.FirstId, p.SecondId });
            entity.Property(p => p.FirstId).WhenMerged(WhenMerged.Ends);
            entity.Property(p => p.SecondId).WhenMerged(WhenMerged.Ends);
            entity.HasOne<Member>().WithMany().HasForeignKey(p => p.FirstId);
            entity.HasOne<Member>().WithMany().HasForeignKey(p => p.SecondId);
            entity.HasIndex(p => p.SecondId);
            entity.HasIndex(p => new
            {
                p.State,
                p.Score,
                p.FirstId,
                p.SecondId,
            });
        }
    }
}

/// <summary>One way in which a member may be like another: equal keys are looked into.</summary>
public sealed class MemberLikeness(Guid memberId, string key)
{
    public Guid MemberId { get; private set; } = memberId;
    public string Key { get; private set; } = key;

    internal sealed class Map : IEntityTypeConfiguration<MemberLikeness>
    {
        public void Configure(EntityTypeBuilder<MemberLikeness> entity)
        {
            entity.ToTable("member_likenesses");
            entity.HasKey(l => new { l.MemberId, l.Key });
            entity.Property(l => l.MemberId).WhenMerged(WhenMerged.Ends);
            entity.HasOne<Member>().WithMany().HasForeignKey(l => l.MemberId);
            entity.HasIndex(l => new { l.Key, l.MemberId });
        }
    }
}
