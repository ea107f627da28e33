using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lpsa.Publishing;

/// <summary>A post is about this: a theme, a country, a tag.</summary>
public sealed class PostFacet(Guid postId, string axis, string code) : ICached, ISearchable
{
    public const string Tag = "tag";

    public Guid PostId { get; private set; } = postId;
    public string Axis { get; private set; } = axis;
    public string Code { get; private set; } = code;

    public IEnumerable<string> CacheTags => ["posts", "post:" + PostId];
    public SearchKey SearchKey => new("post", PostId);

    internal sealed class Map : IEntityTypeConfiguration<PostFacet>
    {
        public void Configure(EntityTypeBuilder<PostFacet> entity)
        {
            entity.ToTable("post_facets").IsAudited();
            entity.Ignore(f => f.CacheTags).Ignore(f => f.SearchKey);
            entity.HasKey(f => new
            {
                f.PostId,
                f.Axis,
                f.Code,
            });
            entity.HasIndex(f => new { f.Axis, f.Code });
        }
    }
}

/// <summary>Who did what for a post.</summary>
public sealed class PostCredit(Guid postId, Guid authorId, CreditRole role, int position) : ICached, ISearchable
{
    public Guid PostId { get; private set; } = postId;
    public Guid AuthorId { get; private set; } = authorId;
    public CreditRole Role { get; private set; } = role;
    public int Position { get; private set; } = position;

    internal void MoveTo(int position) => Position = position;

    public IEnumerable<string> CacheTags => ["posts", "post:" + PostId];
    public SearchKey SearchKey => new("post", PostId);

    internal sealed class Map : IEntityTypeConfiguration<PostCredit>
    {
        public void Configure(EntityTypeBuilder<PostCredit> entity)
        {
            entity.ToTable("post_credits").IsAudited();
            entity.Ignore(c => c.CacheTags).Ignore(c => c.SearchKey);
            entity.HasKey(c => new
            {
                c.PostId,
                c.AuthorId,
                c.Role,
            });
            entity.HasIndex(c => c.AuthorId);
            entity.HasOne<Author>().WithMany().HasForeignKey(c => c.AuthorId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}

/// <summary>A post in another language, made from one version of the original.</summary>
public sealed class PostTranslation(Guid postId, string language) : ICached, ISearchable
{
    public Guid PostId { get; private set; } = postId;
    public string Language { get; private set; } = language;
    public string Title { get; private set; } = "";
    public string Summary { get; private set; } = "";
    public string Body { get; private set; } = "";
    public TranslationQuality State { get; private set; }

    /// <summary>The <see cref="Post.ContentVersion"/> it was made from; smaller than the post's: out of date.</summary>
    public int SourceVersion { get; private set; }
    public DateTime ChangedAt { get; private set; }

    public IEnumerable<string> CacheTags => ["posts", "post:" + PostId];
    public SearchKey SearchKey => new("post", PostId);

    internal void Write(
        string title,
        string summary,
        string body,
        TranslationQuality state,
        int sourceVersion,
        DateTime now
    )
    {
        (Title, Summary, Body, State) = (title, summary, body, state);
        (SourceVersion, ChangedAt) = (sourceVersion, now);
    }

    internal sealed class Map : IEntityTypeConfiguration<PostTranslation>
    {
        public void Configure(EntityTypeBuilder<PostTranslation> entity)
        {
            entity.ToTable("post_translations").IsAudited();
            entity.Ignore(t => t.CacheTags).Ignore(t => t.SearchKey);
            entity.HasKey(t => new { t.PostId, t.Language });
        }
    }
}

/// <summary>The text of a post at one save, in the original or a translation.</summary>
public sealed class PostRevision
{
    public Guid Id { get; private set; }
    public Guid PostId { get; private set; }
    public string Language { get; private set; } = "";
    public int Number { get; private set; }
    public string Title { get; private set; } = "";
    public string Summary { get; private set; } = "";
    public string Body { get; private set; } = "";
    public DateTime SavedAt { get; private set; }
    public string SavedBy { get; private set; } = "";

    public static PostRevision Of(
        Guid postId,
        string language,
        int number,
        string title,
        string summary,
        string body,
        string by,
        DateTime now
    ) =>
        new()
        {
            Id = Guid.CreateVersion7(),
            PostId = postId,
            Language = language,
            Number = number,
            Title = title,
            Summary = summary,
            Body = body,
            SavedAt = now,
            SavedBy = by,
        };

    internal sealed class Map : IEntityTypeConfiguration<PostRevision>
    {
        public void Configure(EntityTypeBuilder<PostRevision> entity)
        {
            entity.ToTable("post_revisions");
            entity.Property(r => r.Id).ValueGeneratedNever();
            entity.HasOne<Post>().WithMany().HasForeignKey(r => r.PostId);
            entity
                .HasIndex(r => new
                {
                    r.PostId,
                    r.Language,
                    r.Number,
                })
                .IsUnique();
        }
    }
}

/// <summary>What one person typed and did not save yet. Kept by the server so that a lost line or battery loses nothing.</summary>
public sealed class PostWorkingCopy
{
    public Guid PostId { get; private set; }
    public Guid AccountId { get; private set; }
    public string Language { get; private set; } = "";

    /// <summary>The <see cref="Post.Version"/> that the person started from.</summary>
    public int BaseVersion { get; private set; }
    public string Title { get; private set; } = "";
    public string Summary { get; private set; } = "";
    public string Body { get; private set; } = "";
    public DateTime SavedAt { get; private set; }

    public static PostWorkingCopy Of(Guid postId, Guid accountId, string language) =>
        new()
        {
            PostId = postId,
            AccountId = accountId,
            Language = language,
        };

    public void Keep(int baseVersion, string title, string summary, string body, DateTime now)
    {
        (BaseVersion, Title, Summary, Body) = (baseVersion, title, summary, body);
        SavedAt = now;
    }

    internal sealed class Map : IEntityTypeConfiguration<PostWorkingCopy>
    {
        public void Configure(EntityTypeBuilder<PostWorkingCopy> entity)
        {
            entity.ToTable("post_working_copies");
            entity.HasKey(w => new
            {
                w.PostId,
                w.AccountId,
                w.Language,
            });
            entity.HasOne<Post>().WithMany().HasForeignKey(w => w.PostId);
            entity.Property(w => w.AccountId).WhenMerged(WhenMerged.Moves);
            entity.HasOne<Account>().WithMany().HasForeignKey(w => w.AccountId);
            entity.HasIndex(w => w.AccountId);
        }
    }
}

/// <summary>A person or organisation named on posts. Not an account: most never sign in.</summary>
public sealed class Author : ICached
{
    public Guid Id { get; private set; }
    public string Slug { get; private set; } = "";
    public string Name { get; private set; } = "";
    public bool IsOrganisation { get; private set; }
    public string? About { get; private set; }
    public string? Website { get; private set; }

    public IEnumerable<string> CacheTags => ["posts"];

    public static Author Named(string name, string slug, bool isOrganisation) =>
        new()
        {
            Id = Guid.CreateVersion7(),
            Name = name,
            Slug = slug,
            IsOrganisation = isOrganisation,
        };

    public void Describe(string name, bool isOrganisation, string? about, string? website)
    {
        (Name, IsOrganisation) = (name, isOrganisation);
        (About, Website) = (about, website);
    }

    internal sealed class Map : IEntityTypeConfiguration<Author>
    {
        public void Configure(EntityTypeBuilder<Author> entity)
        {
            entity.ToTable("authors").IsAudited();
            entity.Property(a => a.Id).ValueGeneratedNever();
            entity.Ignore(a => a.CacheTags);
            entity.HasIndex(a => a.Slug).IsUnique();
        }
    }
}
