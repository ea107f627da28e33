using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lpsa.Publishing;

/// <summary>
/// What a reader wrote under a post on the site it came from. Kept as part of the record and shown, not added to:
/// discussion has its own place. No e-mail address is kept, so nobody can be found by it.
/// </summary>
public sealed class PostComment : ICached
{
    public Guid Id { get; private set; }
    public Guid PostId { get; private set; }

    /// <summary>The comment of the same post that it answers.</summary>
    public Guid? ParentId { get; private set; }
    public string Author { get; private set; } = "";

    /// <summary>Markdown without HTML.</summary>
    public string Body { get; private set; } = "";
    public DateTime? WrittenAt { get; private set; }

    public IEnumerable<string> CacheTags => ["posts", "post:" + PostId];

    public static PostComment Imported(
        Guid id,
        Guid post,
        Guid? parent,
        string author,
        string body,
        DateTime? writtenAt
    ) =>
        new()
        {
            Id = id,
            PostId = post,
            ParentId = parent,
            Author = author,
            Body = body,
            WrittenAt = writtenAt,
        };

    internal sealed class Map : IEntityTypeConfiguration<PostComment>
    {
        public void Configure(EntityTypeBuilder<PostComment> entity)
        {
            entity.ToTable("post_comments").IsAudited();
            entity.Property(c => c.Id).ValueGeneratedNever();
            entity.Ignore(c => c.CacheTags);
            entity.HasIndex(c => c.PostId);
            entity.HasOne<Post>().WithMany().HasForeignKey(c => c.PostId);
        }
    }
}
