using System.Buffers.Text;
using System.Security.Cryptography;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lpsa.Publishing;

/// <summary>
/// A post in its original language. Its translations know by <see cref="ContentVersion"/> whether they are behind;
/// its <see cref="Version"/> keeps two editors from overwriting each other.
/// </summary>
public sealed class Post : ICached, ISearchable
{
    private readonly List<PostFacet> facets = [];
    private readonly List<PostCredit> credits = [];
    private readonly List<PostTranslation> translations = [];

    public Guid Id { get; private set; }
    public string Slug { get; private set; } = "";
    public PostKind Kind { get; private set; }
    public PostState State { get; private set; }
    public string Language { get; private set; } = "en";
    public string Title { get; private set; } = "";
    public string Summary { get; private set; } = "";

    /// <summary>Markdown without HTML.</summary>
    public string Body { get; private set; } = "";

    /// <summary>The day that the post is about or appeared; cut to what is known by <see cref="Precision"/>.</summary>
    public DateOnly? Date { get; private set; }
    public DatePrecision Precision { get; private set; }
    public string? Licence { get; private set; }

    /// <summary>Local path of the picture at its head.</summary>
    public string? Picture { get; private set; }
    public string? PictureText { get; private set; }

    /// <summary>Where it first appeared, when that was elsewhere.</summary>
    public string? SourceAddress { get; private set; }

    /// <summary>What a reader should know of the source: a paraphrased title, an inferred date.</summary>
    public string? SourceNote { get; private set; }

    /// <summary>Name of the item in the file it was imported from; unique, so that an import run twice changes nothing.</summary>
    public string? ImportKey { get; private set; }

    /// <summary>The day somebody last made sure that it still holds.</summary>
    public DateOnly? CheckedOn { get; private set; }
    public DateTime CreatedAt { get; private set; }
    public Guid? CreatedBy { get; private set; }
    public DateTime ChangedAt { get; private set; }
    public DateTime? PublishedAt { get; private set; }

    /// <summary>When it will be published, while <see cref="State"/> is scheduled.</summary>
    public DateTime? DueAt { get; private set; }

    /// <summary>Secret in the preview address for people without an account; null when there is none.</summary>
    public string? PreviewToken { get; private set; }

    /// <summary>Goes up with every change of title, summary or body.</summary>
    public int ContentVersion { get; private set; }

    /// <summary>Goes up with every save.</summary>
    public int Version { get; private set; }

    public IReadOnlyList<PostFacet> Facets => facets;
    public IReadOnlyList<PostCredit> Credits => credits;
    public IReadOnlyList<PostTranslation> Translations => translations;

    public string Path => "/posts/" + Slug;
    public bool IsPublic => State == PostState.Published;

    public IEnumerable<string> CacheTags => ["posts", "post:" + Id];
    public SearchKey SearchKey => new("post", Id);

    public static Post Draft(PostKind kind, string language, string slug, Guid? by, DateTime now) =>
        new()
        {
            Id = Guid.CreateVersion7(),
            Kind = kind,
            Language = language,
            Slug = slug,
            CreatedBy = by,
            CreatedAt = now,
            ChangedAt = now,
        };

    public static Post Imported(string key, PostKind kind, string language, string slug, DateTime now)
    {
        var post = Draft(kind, language, slug, null, now);
        post.ImportKey = key;
        return post;
    }

    public void Write(string title, string summary, string body, DateTime now)
    {
        if (title == Title && summary == Summary && body == Body)
            return;
        (Title, Summary, Body) = (title, summary, body);
        ContentVersion++;
        Touch(now);
    }

    /// <summary>Everything beside the text.</summary>
    public void Describe(PostDetails details, DateTime now)
    {
        (Kind, Slug) = (details.Kind, details.Slug);
        (Date, Precision, Licence) = (
            details.Date,
            details.Date is null ? DatePrecision.Unknown : details.Precision,
            details.Licence
        );
        (Picture, PictureText) = (details.Picture, details.PictureText);
        (SourceAddress, SourceNote, CheckedOn) = (details.SourceAddress, details.SourceNote, details.CheckedOn);
        Touch(now);
    }

    public void Classify(IEnumerable<(string Axis, string Code)> wanted)
    {
        var set = wanted.ToHashSet();
        facets.RemoveAll(f => !set.Contains((f.Axis, f.Code)));
        foreach (var (axis, code) in set)
            if (!facets.Exists(f => f.Axis == axis && f.Code == code))
                facets.Add(new PostFacet(Id, axis, code));
    }

    public void Credit(IEnumerable<(Guid AuthorId, CreditRole Role)> wanted)
    {
        var list = wanted.Distinct().ToList();
        credits.RemoveAll(c => !list.Contains((c.AuthorId, c.Role)));
        foreach (var ((author, role), position) in list.Select((c, i) => (c, i)))
            if (credits.Find(c => c.AuthorId == author && c.Role == role) is { } known)
                known.MoveTo(position);
            else
                credits.Add(new PostCredit(Id, author, role, position));
    }

    public void Submit(DateTime now)
    {
        State = PostState.Submitted;
        Touch(now);
    }

    public void Publish(DateTime now)
    {
        State = PostState.Published;
        PublishedAt ??= now;
        DueAt = null;
        PreviewToken = null;
        if (Date is null && ImportKey is null)
            (Date, Precision) = (DateOnly.FromDateTime(now), DatePrecision.Day);
        Touch(now);
    }

    public void Schedule(DateTime dueAt, DateTime now)
    {
        State = PostState.Scheduled;
        DueAt = dueAt;
        Touch(now);
    }

    /// <summary>Takes it out of the public's sight; its text and history stay.</summary>
    public void BackToDraft(DateTime now)
    {
        State = PostState.Draft;
        DueAt = null;
        Touch(now);
    }

    public void Archive(DateTime now)
    {
        State = PostState.Archived;
        Touch(now);
    }

    /// <summary>Makes a preview address, or a new one so that the old stops working.</summary>
    public void OpenPreview(DateTime now)
    {
        PreviewToken = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(18));
        Touch(now);
    }

    public void ClosePreview(DateTime now)
    {
        PreviewToken = null;
        Touch(now);
    }

    public void StillHolds(DateOnly on, DateTime now)
    {
        CheckedOn = on;
        Touch(now);
    }

    public PostTranslation Translate(
        string language,
        string title,
        string summary,
        string body,
        TranslationQuality state,
        DateTime now
    )
    {
        var translation = translations.Find(t => t.Language == language);
        if (translation is null)
            translations.Add(translation = new PostTranslation(Id, language));
        translation.Write(title, summary, body, state, ContentVersion, now);
        Touch(now);
        return translation;
    }

    internal void ForgetCreator() => CreatedBy = null;

    /// <summary>When it was published elsewhere before it came here.</summary>
    internal void PublishedElsewhere(DateTime at) => PublishedAt = at;

    private void Touch(DateTime now)
    {
        ChangedAt = now;
        Version++;
    }

    internal sealed class Map : IEntityTypeConfiguration<Post>
    {
        public void Configure(EntityTypeBuilder<Post> entity)
        {
            entity.ToTable("posts").IsAudited();
            entity.Property(p => p.CreatedBy).WhenMerged(WhenMerged.Moves);
            entity.Property(p => p.Id).ValueGeneratedNever();
            entity.Property(p => p.Version).IsConcurrencyToken();
            entity.Ignore(p => p.Path).Ignore(p => p.IsPublic).Ignore(p => p.CacheTags).Ignore(p => p.SearchKey);
            entity.HasIndex(p => p.Slug).IsUnique();
            entity.HasIndex(p => p.ImportKey).IsUnique();
            entity.HasIndex(p => p.PreviewToken).IsUnique();
            entity.HasIndex(p => new { p.State, p.DueAt });
            entity.HasMany(p => p.Facets).WithOne().HasForeignKey(f => f.PostId);
            entity.HasMany(p => p.Credits).WithOne().HasForeignKey(c => c.PostId);
            entity.HasMany(p => p.Translations).WithOne().HasForeignKey(t => t.PostId);
            entity.Navigation(p => p.Facets).HasField("facets");
            entity.Navigation(p => p.Credits).HasField("credits");
            entity.Navigation(p => p.Translations).HasField("translations");
        }
    }
}

/// <summary>Everything about a post that is not its text.</summary>
public sealed record PostDetails(PostKind Kind, string Slug)
{
    public DateOnly? Date { get; init; }
    public DatePrecision Precision { get; init; } = DatePrecision.Day;
    public string? Licence { get; init; }
    public string? Picture { get; init; }
    public string? PictureText { get; init; }
    public string? SourceAddress { get; init; }
    public string? SourceNote { get; init; }
    public DateOnly? CheckedOn { get; init; }
}
