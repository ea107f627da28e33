using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Platform;

/// <summary>
/// Files that one piece of work needs for a while and nobody ever downloads. They have no row among the stored files and
/// so no address; where nodes share a database they lie only there, so that deleting one deletes it everywhere.
/// </summary>
public sealed class PrivateFiles(FileStore store)
{
    /// <summary>Streams the bytes in and stops at the limit; nothing is left behind then.</summary>
    /// <returns>The key by which the file is found again; null when it is longer than <paramref name="mostBytes"/>.</returns>
    public async Task<string?> Take(Stream bytes, long mostBytes, CancellationToken cancel)
    {
        var (temporary, key) = (store.NewTemporary(), Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)));
        try
        {
            await using (var file = File.Create(temporary))
            {
                var piece = new byte[64 * 1024];
                long total = 0;
                for (int read; (read = await bytes.ReadAsync(piece, cancel)) > 0; )
                {
                    if ((total += read) > mostBytes)
                        return null;
                    await file.WriteAsync(piece.AsMemory(0, read), cancel);
                }
            }
            await store.Keep(temporary, key, cancel);
            if (store.IsShared)
                File.Delete(store.PathOf(key));
            return key;
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <returns>Null when the file is gone.</returns>
    public async Task<PrivateFile?> Open(PlatformDb db, string key, CancellationToken cancel)
    {
        // A copy for each reader: one that is done must not take the file from under another.
        if (store.IsShared)
            return await store.Fetch(db, key, store.NewTemporary(), cancel) is { } copy
                ? new PrivateFile(copy, deletes: true)
                : null;
        return File.Exists(store.PathOf(key)) ? new PrivateFile(store.PathOf(key), deletes: false) : null;
    }

    /// <summary>Once the caller's transaction has committed the file must not be needed any more: the bytes go at once.</summary>
    public async Task Remove(PlatformDb db, string key, CancellationToken cancel)
    {
        await db.Set<FileChunk>().Where(c => c.Hash == key).ExecuteDeleteAsync(cancel);
        if (File.Exists(store.PathOf(key)))
            File.Delete(store.PathOf(key));
    }
}

/// <summary>The file on this node while it is read.</summary>
public sealed class PrivateFile(string path, bool deletes) : IDisposable
{
    public string Path => path;

    public void Dispose()
    {
        if (deletes)
            File.Delete(path);
    }
}
