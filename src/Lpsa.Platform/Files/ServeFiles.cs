using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;

namespace Lpsa.Platform;

/// <summary>
/// <c>/files/{id}/{name}</c>, with <c>?w=320|800|1600</c> for a smaller picture. Only what something public uses is
/// given to strangers; a draft's file and one that does not exist look the same to them.
/// </summary>
internal static class ServeFiles
{
    /// <summary>An uploaded file is never a page of ours, even if a browser were talked into showing it as one.</summary>
    private const string Sandbox = "default-src 'none'; sandbox; frame-ancestors 'self'";

    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/files/{id:guid}/{name}", Get);

    private static async Task<IResult> Get(
        Guid id,
        string name,
        int? w,
        HttpContext http,
        PlatformDb db,
        FileStore store,
        CancellationToken cancel
    )
    {
        var file = await db.Set<StoredFile>().AsNoTracking().SingleOrDefaultAsync(f => f.Id == id, cancel);
        if (file is null || file.Name != name || !file.IsPublic && !http.Viewer().May(FilePermissions.SeeDrafts))
            return Results.NotFound();
        if (await store.Find(db, file.Hash, cancel) is not { } path)
            return Results.NotFound();
        var (shown, type) =
            w is { } width && Thumbnails.Widths.Contains(width) && File.Exists(store.ThumbnailOf(file.Hash, width))
                ? (store.ThumbnailOf(file.Hash, width), FileKind.WebP.ContentType)
                : (path, file.ContentType);

        http.Response.Headers.CacheControl = file.IsPublic
            ? "public, max-age=31536000, immutable"
            : "private, no-store";
        http.Response.Headers.ContentSecurityPolicy = Sandbox;
        var disposition = new ContentDispositionHeaderValue(
            FileKind.OfType(file.ContentType) is { Inline: true } ? "inline" : "attachment"
        );
        disposition.SetHttpFileName(file.Name);
        http.Response.Headers.ContentDisposition = disposition.ToString();
        return Results.File(
            shown,
            type,
            lastModified: file.CreatedAt,
            entityTag: new EntityTagHeaderValue($"\"{file.Hash[..32]}-{Path.GetExtension(shown).TrimStart('.')}{w}\""),
            enableRangeProcessing: true
        );
    }
}
