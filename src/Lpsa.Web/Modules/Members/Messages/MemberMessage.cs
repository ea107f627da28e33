using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lpsa.Members;

/// <summary>A text that one member had relayed to another. Neither address is part of it.</summary>
public sealed class MemberMessage
{
    public const int LongestText = 4000;

    /// <summary>Messages of one member in 24 hours, answers included: a person writes fewer, a sender of advertising more.</summary>
    public const int MostInADay = 10;

    public static readonly TimeSpan Kept = TimeSpan.FromDays(365);

    public Guid Id { get; private set; }
    public Guid SenderId { get; private set; }
    public Guid RecipientId { get; private set; }

    /// <summary>Plain text.</summary>
    public string Body { get; private set; } = "";
    public DateTime SentAt { get; private set; }

    /// <summary>The recipient had blocked the sender; counted and never shown.</summary>
    public bool Withheld { get; private set; }
    public DateTime? ReportedAt { get; private set; }

    /// <summary>What the recipient says is wrong with it.</summary>
    public string Report { get; private set; } = "";

    public static MemberMessage Write(Guid sender, Guid recipient, string body, bool withheld, DateTime now) =>
        new()
        {
            Id = Guid.CreateVersion7(),
            SenderId = sender,
            RecipientId = recipient,
            Body = body,
            SentAt = now,
            Withheld = withheld,
        };

    public void Complain(string report, DateTime now) => (Report, ReportedAt) = (report, ReportedAt ?? now);

    internal sealed class Map : IEntityTypeConfiguration<MemberMessage>
    {
        public void Configure(EntityTypeBuilder<MemberMessage> entity)
        {
            entity.ToTable("member_messages");
            entity.Property(m => m.Id).ValueGeneratedNever();
            entity.Property(m => m.SenderId).WhenMerged(WhenMerged.Moves);
            entity.Property(m => m.RecipientId).WhenMerged(WhenMerged.Moves);
            entity.HasOne<Member>().WithMany().HasForeignKey(m => m.SenderId);
            entity.HasOne<Member>().WithMany().HasForeignKey(m => m.RecipientId);
            entity.HasIndex(m => new { m.SenderId, m.SentAt });
            entity.HasIndex(m => new { m.RecipientId, m.SentAt });
            entity.HasIndex(m => m.ReportedAt);
        }
    }
}

/// <summary>One member wants nothing more from another.</summary>
public sealed class MemberBlock(Guid memberId, Guid blockedId, DateTime at)
{
    public Guid MemberId { get; private set; } = memberId;
    public Guid BlockedId { get; private set; } = blockedId;
    public DateTime At { get; private set; } = at;

    internal sealed class Map : IEntityTypeConfiguration<MemberBlock>
    {
        public void Configure(EntityTypeBuilder<MemberBlock> entity)
        {
            entity.ToTable("member_blocks");
            entity.HasKey(b => new { b.MemberId, b.BlockedId });
            entity.Property(b => b.MemberId).WhenMerged(WhenMerged.Moves);
            entity.Property(b => b.BlockedId).WhenMerged(WhenMerged.Moves);
            entity.HasOne<Member>().WithMany().HasForeignKey(b => b.MemberId);
            entity.HasOne<Member>().WithMany().HasForeignKey(b => b.BlockedId);
            entity.HasIndex(b => b.BlockedId);
        }
    }
}
