using System.Collections.Frozen;
using System.IO.Compression;
using System.Reflection;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Lpsa.Platform;

/// <summary>
/// The style sheets, scripts and pictures that belong to the program. They are embedded in it, packed once at the start
/// and served under an address with their hash, so that a browser keeps them for ever.
/// </summary>
public sealed class Assets
{
    private readonly FrozenDictionary<string, Asset> byPath;
    private readonly FrozenDictionary<string, string> pathByName;

    /// <summary>Reads the files embedded as <c>wwwroot/…</c>.</summary>
    public Assets(Assembly assembly)
    {
        var assets = assembly
            .GetManifestResourceNames()
            .Where(n => n.StartsWith("wwwroot/", StringComparison.Ordinal))
            .Select(n => Asset.Read(n["wwwroot/".Length..], assembly.GetManifestResourceStream(n)!))
            .ToList();
        byPath = assets
            .SelectMany(a =>
                new[] { (Path: a.HashedPath, Asset: a), (Path: "/" + a.Name, Asset: a with { Immutable = false }) }
            )
            .ToFrozenDictionary(a => a.Path, a => a.Asset, StringComparer.Ordinal);
        pathByName = assets.ToFrozenDictionary(a => a.Name, a => a.HashedPath, StringComparer.Ordinal);
    }

    /// <summary>Address of a file with its hash: <c>css/site.css</c> → <c>/a/1f0c…/css/site.css</c>.</summary>
    public string this[string name] => pathByName[name];

    public bool Has(string name) => pathByName.ContainsKey(name);

    internal async Task<bool> TryServe(HttpContext http)
    {
        if (!byPath.TryGetValue(http.Request.Path.Value!, out var asset))
            return false;
        var response = http.Response;
        response.ContentType = asset.ContentType;
        response.Headers.CacheControl = asset.Immutable
            ? "public, max-age=31536000, immutable"
            : "public, max-age=3600";
        response.Headers.Vary = "Accept-Encoding";
        var encoding = asset.Brotli is null ? "" : Compressed.Accepted(http.Request);
        var body = encoding switch
        {
            "br" => asset.Brotli!,
            "gzip" => asset.Gzip!,
            _ => asset.Plain,
        };
        if (encoding != "")
            response.Headers.ContentEncoding = encoding;
        response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(http.Request.Method))
            await response.Body.WriteAsync(body, http.RequestAborted);
        return true;
    }

    private sealed record Asset(
        string Name,
        string ContentType,
        string HashedPath,
        byte[] Plain,
        byte[]? Brotli,
        byte[]? Gzip
    )
    {
        public bool Immutable { get; init; } = true;

        public static Asset Read(string name, Stream stream)
        {
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            var plain = copy.ToArray();
            var hash = Convert.ToHexStringLower(SHA256.HashData(plain))[..10];
            var type = ContentTypeOf(name);
            var packs =
                type.StartsWith("text/", StringComparison.Ordinal) || type.Contains("svg", StringComparison.Ordinal);
            return new Asset(
                name,
                type,
                $"/a/{hash}/{name}",
                plain,
                packs ? PackBrotli(plain) : null,
                packs ? PackGzip(plain) : null
            );
        }

        private static byte[] PackBrotli(byte[] plain)
        {
            var packed = new byte[BrotliEncoder.GetMaxCompressedLength(plain.Length)];
            BrotliEncoder.TryCompress(plain, packed, out var written, quality: 11, window: 22);
            return packed[..written];
        }

        private static byte[] PackGzip(byte[] plain)
        {
            using var packed = new MemoryStream();
            using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize))
                gzip.Write(plain);
            return packed.ToArray();
        }

        private static string ContentTypeOf(string name) =>
            Path.GetExtension(name) switch
            {
                ".css" => "text/css; charset=utf-8",
                ".js" => "text/javascript; charset=utf-8",
                ".svg" => "image/svg+xml",
                ".png" => "image/png",
                ".ico" => "image/x-icon",
                ".webmanifest" => "application/manifest+json",
                _ => "application/octet-stream",
            };
    }
}

internal static class AssetsInPipeline
{
    public static void UseAssets(this IApplicationBuilder app, Assets assets) =>
        app.Use(
            async (http, next) =>
            {
                if (
                    !(HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method))
                    || !await assets.TryServe(http)
                )
                    await next(http);
            }
        );
}
