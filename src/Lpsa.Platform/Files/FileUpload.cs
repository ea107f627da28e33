using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace Lpsa.Platform;

/// <summary>What became of an upload: the file, or an English sentence that says why not.</summary>
public sealed record UploadOutcome(StoredFile? File, string? Refusal)
{
    internal static UploadOutcome Refused(string why) => new(null, why);
}

/// <summary>Takes files in from strangers' hands.</summary>
public sealed class FileUpload(FileStore store, JobQueue jobs, ILogger<FileUpload> log)
{
    public Task<UploadOutcome> Take(PlatformDb db, IFormFile sent, CancellationToken cancel) =>
        Take(db, sent.OpenReadStream(), sent.FileName, cancel);

    /// <summary>
    /// Streams the bytes to a temporary file, stops at the limit, looks at what they are, and adds the
    /// <see cref="StoredFile"/> to the caller's transaction. Nothing is left behind when it is refused.
    /// </summary>
    public async Task<UploadOutcome> Take(PlatformDb db, Stream bytes, string name, CancellationToken cancel)
    {
        if (FileKind.OfName(name) is not { } claimed)
            return UploadOutcome.Refused(
                Sentence.Of(
                    "Files of this kind are not taken. Pictures, PDF, office documents, text, sound, video and ZIP are."
                )
            );
        var temporary = store.NewTemporary();
        try
        {
            var hash = await Receive(bytes, temporary, claimed.MostBytes, cancel);
            if (hash is null)
                return UploadOutcome.Refused(Sentence.Of("The file is too large for its kind."));
            long length;
            PictureSize? size = null;
            await using (var file = File.OpenRead(temporary))
            {
                length = file.Length;
                if (length == 0)
                    return UploadOutcome.Refused(Sentence.Of("The file is empty."));
                if (FileKind.Sniff(file, name) != claimed)
                    return UploadOutcome.Refused(
                        Sentence.Of(
                            "The content of the file is not what its name says. Save it again in the right form."
                        )
                    );
                if (claimed.IsPicture)
                {
                    size = PictureSize.Read(file, claimed);
                    if (size is null)
                        return UploadOutcome.Refused(Sentence.Of("The picture is damaged."));
                    if (!size.IsReasonable)
                        return UploadOutcome.Refused(Sentence.Of("The picture has too many pixels. Make it smaller."));
                }
            }
            await store.Keep(temporary, hash, cancel);
            var stored = StoredFile.Of(FileName.Safe(name, claimed.Extensions[0]), claimed, hash, length, size, db.Now);
            db.Add(stored);
            if (claimed.IsPicture)
                jobs.Add(db, Thumbnails.Job, new MakeThumbnails(hash));
            return new UploadOutcome(stored, null);
        }
        finally
        {
            try
            {
                File.Delete(temporary);
            }
            catch (IOException busy)
            {
                log.LogWarning(busy, "A temporary upload could not be removed");
            }
        }
    }

    /// <returns>The hash; null when the limit was passed.</returns>
    private static async Task<string?> Receive(Stream bytes, string temporary, long mostBytes, CancellationToken cancel)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var file = File.Create(temporary);
        var piece = new byte[64 * 1024];
        long total = 0;
        for (int read; (read = await bytes.ReadAsync(piece, cancel)) > 0; )
        {
            total += read;
            if (total > mostBytes)
                return null;
            hash.AppendData(piece, 0, read);
            await file.WriteAsync(piece.AsMemory(0, read), cancel);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
