using Microsoft.EntityFrameworkCore;

namespace Lpsa.Platform;

/// <summary>
/// Where the bytes are: under <c>LPSA_DATA/files</c>, in folders by the start of their hash. On PostgreSQL the nodes
/// need not share a folder: there the bytes also go into the table <c>file_chunks</c>, and the folder is a copy that a
/// node makes when it is first asked for the file.
/// </summary>
public sealed class FileStore(PlatformOptions options, IServiceScopeFactory scopes)
{
    private const int ChunkBytes = 1024 * 1024;

    private readonly string root = Path.Combine(options.DataFolder, "files");

    internal bool IsShared => options.Database.Kind == DatabaseKind.Postgres;

    /// <summary>A new empty file beside the others, so that moving it into place is one act of the file system.</summary>
    internal string NewTemporary()
    {
        var folder = Path.Combine(root, "incoming");
        Directory.CreateDirectory(folder);
        return Path.Combine(folder, Guid.NewGuid().ToString("N"));
    }

    /// <summary>Takes a complete temporary file into the store under its hash, which must be right.</summary>
    internal async Task Keep(string temporary, string hash, CancellationToken cancel)
    {
        if (IsShared)
            await Share(temporary, hash, cancel);
        var place = PathOf(hash);
        Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        File.Move(temporary, place, overwrite: true);
    }

    /// <summary>In a transaction of its own: half a file must never be found, and the caller may not be done yet.</summary>
    private async Task Share(string temporary, string hash, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PlatformDb>();
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        if (!await db.Set<FileChunk>().AnyAsync(c => c.Hash == hash, cancel))
        {
            await using var bytes = File.OpenRead(temporary);
            var piece = new byte[ChunkBytes];
            for (var number = 0; ; number++)
            {
                var read = await bytes.ReadAtLeastAsync(piece, ChunkBytes, throwOnEndOfStream: false, cancel);
                if (read == 0)
                    break;
                var chunk = FileChunk.Of(hash, number, piece[..read]);
                db.Add(chunk);
                await db.SaveChangesAsync(cancel);
                // Tracked, a video would stay in memory whole.
                db.Entry(chunk).State = EntityState.Detached;
            }
        }
        await transaction.CommitAsync(cancel);
    }

    /// <summary>Path of the bytes on this node; null when they are nowhere.</summary>
    public async Task<string?> Find(PlatformDb db, string hash, CancellationToken cancel)
    {
        var place = PathOf(hash);
        if (File.Exists(place))
            return place;
        return IsShared ? await Fetch(db, hash, place, cancel) : null;
    }

    internal async Task<string?> Fetch(PlatformDb db, string hash, string place, CancellationToken cancel)
    {
        var temporary = NewTemporary();
        var any = false;
        await using (var copy = File.Create(temporary))
            await foreach (
                var chunk in db.Set<FileChunk>()
                    .AsNoTracking()
                    .Where(c => c.Hash == hash)
                    .OrderBy(c => c.Number)
                    .Select(c => c.Bytes)
                    .AsAsyncEnumerable()
                    .WithCancellation(cancel)
            )
            {
                await copy.WriteAsync(chunk, cancel);
                any = true;
            }
        if (!any)
        {
            File.Delete(temporary);
            return null;
        }
        Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        File.Move(temporary, place, overwrite: true);
        return place;
    }

    /// <summary>Place of a smaller picture made from the bytes with this hash.</summary>
    internal string ThumbnailOf(string hash, int width) => PathOf(hash) + $".{width}.webp";

    internal string PathOf(string hash) => Path.Combine(root, hash[..2], hash[2..4], hash);
}
