using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lpsa.Platform;

/// <summary>
/// A file that somebody uploaded. The bytes lie in <see cref="FileStore"/> under their hash, so that the same picture
/// uploaded twice is kept once; a stored file never changes, which is why its address may be cached for ever.
/// </summary>
public sealed class StoredFile : ICached
{
    public Guid Id { get; private set; }

    /// <summary>Safe in every file system and in an address; see <see cref="FileName"/>.</summary>
    public string Name { get; private set; } = "";

    /// <summary>What the bytes are, by their own signature; never what the sender claimed.</summary>
    public string ContentType { get; private set; } = "";

    /// <summary>SHA-256 of the bytes in lower-case hexadecimal.</summary>
    public string Hash { get; private set; } = "";
    public long Length { get; private set; }

    /// <summary>In pixels; null for what is not a picture.</summary>
    public int? Width { get; private set; }
    public int? Height { get; private set; }

    /// <summary>What a picture shows, for people who do not see it.</summary>
    public string AlternativeText { get; private set; } = "";

    /// <summary>True once something public uses the file. Until then only people with <see cref="FilePermissions.SeeDrafts"/> get it.</summary>
    public bool IsPublic { get; private set; }
    public DateTime CreatedAt { get; private set; }

    public string Path => $"/files/{Id}/{Uri.EscapeDataString(Name)}";

    internal static StoredFile Of(
        string name,
        FileKind kind,
        string hash,
        long length,
        PictureSize? size,
        DateTime now
    ) =>
        new()
        {
            Id = Guid.CreateVersion7(),
            Name = name,
            ContentType = kind.ContentType,
            Hash = hash,
            Length = length,
            Width = size?.Width,
            Height = size?.Height,
            CreatedAt = now,
        };

    public void Describe(string alternativeText) => AlternativeText = alternativeText.Trim();

    public void Publish() => IsPublic = true;

    /// <summary>Nothing public uses it any more.</summary>
    public void Withdraw() => IsPublic = false;

    public IEnumerable<string> CacheTags => ["file:" + Id];

    internal sealed class Map : IEntityTypeConfiguration<StoredFile>
    {
        public void Configure(EntityTypeBuilder<StoredFile> entity)
        {
            entity.ToTable("files").IsAudited();
            entity.Property(f => f.Id).ValueGeneratedNever();
            entity.Ignore(f => f.Path);
            entity.HasIndex(f => f.Hash);
        }
    }
}

/// <summary>A piece of a file's bytes, where several nodes share a database and no folder.</summary>
public sealed class FileChunk
{
    public string Hash { get; private set; } = "";
    public int Number { get; private set; }
    public byte[] Bytes { get; private set; } = [];

    internal static FileChunk Of(string hash, int number, byte[] bytes) =>
        new()
        {
            Hash = hash,
            Number = number,
            Bytes = bytes,
        };

    internal sealed class Map : IEntityTypeConfiguration<FileChunk>
    {
        public void Configure(EntityTypeBuilder<FileChunk> entity)
        {
            entity.ToTable("file_chunks");
            entity.HasKey(c => new { c.Hash, c.Number });
        }
    }
}

public static class FilePermissions
{
    public static readonly Permission SeeDrafts = new(
        "files.see-drafts",
        "See files that nothing public uses yet",
        Roles.Contributor,
        Roles.Editor
    );
}
