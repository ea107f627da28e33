using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lpsa.Members;

/// <summary>A choice of members under a name. Only the question is kept: who fits is worked out each time.</summary>
public sealed class MemberSegment
{
    public Guid Id { get; private set; }
    public string Name { get; private set; } = "";

    /// <summary>As in the address of the list: <c>?country=KEN&amp;theme=fiscal</c>.</summary>
    public string Query { get; private set; } = "";
    public DateTime CreatedAt { get; private set; }

    public static MemberSegment Keep(string name, string query, DateTime now) =>
        new()
        {
            Id = Guid.CreateVersion7(),
            Name = name,
            Query = query,
            CreatedAt = now,
        };

    internal sealed class Map : IEntityTypeConfiguration<MemberSegment>
    {
        public void Configure(EntityTypeBuilder<MemberSegment> entity)
        {
            entity.ToTable("member_segments").IsAudited();
            entity.Property(s => s.Id).ValueGeneratedNever();
            entity.HasIndex(s => s.Name).IsUnique();
        }
    }
}

/// <summary>What staff wrote down about a member; the person reads it in the export of the own data.</summary>
public sealed class MemberNote
{
    public Guid Id { get; private set; }
    public Guid MemberId { get; private set; }
    public string Author { get; private set; } = "";
    public string Text { get; private set; } = "";
    public DateTime At { get; private set; }

    public static MemberNote Write(Guid member, string author, string text, DateTime now) =>
        new()
        {
            Id = Guid.CreateVersion7(),
            MemberId = member,
            Author = author,
            Text = text,
            At = now,
        };

    internal sealed class Map : IEntityTypeConfiguration<MemberNote>
    {
        public void Configure(EntityTypeBuilder<MemberNote> entity)
        {
            entity.ToTable("member_notes");
            entity.Property(n => n.Id).ValueGeneratedNever();
            entity.Property(n => n.MemberId).WhenMerged(WhenMerged.Moves);
            entity.HasOne<Member>().WithMany().HasForeignKey(n => n.MemberId);
            entity.HasIndex(n => n.MemberId);
        }
    }
}
