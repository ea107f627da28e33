using System.Buffers;
using System.IO.Compression;
using System.Numerics;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Lpsa.Platform;

/// <summary>
/// A whole body in memory: compressed as the browser asks, with an ETag, so that a phone that has the page already
/// pays for a header only.
/// </summary>
public static class Compressed
{
    private const int SmallestWorthIt = 600;

    /// <summary>What the browser takes: <c>br</c>, <c>gzip</c> or nothing.</summary>
    public static string Accepted(HttpRequest request)
    {
        var accept = request.Headers.AcceptEncoding.ToString();
        return accept.Contains("br", StringComparison.OrdinalIgnoreCase) ? "br"
            : accept.Contains("gzip", StringComparison.OrdinalIgnoreCase) ? "gzip"
            : "";
    }

    /// <param name="kept">The body goes into the cache: worth compressing harder, it is done once.</param>
    public static async Task Write(HttpContext http, ReadOnlyMemory<byte> body, bool kept)
    {
        var (request, response) = (http.Request, http.Response);
        response.Headers.Append(HeaderNames.Vary, HeaderNames.AcceptEncoding);
        if (response.StatusCode == StatusCodes.Status200OK)
        {
            var tag = $"W/\"{body.Length:x}-{Fingerprint(body.Span):x8}\"";
            response.Headers.ETag = tag;
            if (!response.Headers.ContainsKey(HeaderNames.CacheControl))
                response.Headers.CacheControl = kept ? "public, no-cache" : "private, no-cache";
            if (!kept && request.Headers.IfNoneMatch.Contains(tag))
            {
                response.StatusCode = StatusCodes.Status304NotModified;
                return;
            }
        }
        // A PNG is packed already.
        var encoding = body.Length < SmallestWorthIt || response.ContentType == "image/png" ? "" : Accepted(request);
        if (encoding == "")
        {
            response.ContentLength = body.Length;
            await response.BodyWriter.WriteAsync(body, http.RequestAborted);
            return;
        }
        response.Headers.ContentEncoding = encoding;
        var packed = ArrayPool<byte>.Shared.Rent(BrotliEncoder.GetMaxCompressedLength(body.Length) + 64);
        try
        {
            var length = Pack(body.Span, packed, encoding, kept);
            response.ContentLength = length;
            await response.BodyWriter.WriteAsync(packed.AsMemory(0, length), http.RequestAborted);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(packed);
        }
    }

    /// <summary>
    /// CRC-32C: two versions of one page must differ, nobody is to be fooled. A cryptographic hash of a 40 kB page
    /// costs more than drawing it.
    /// </summary>
    internal static uint Fingerprint(ReadOnlySpan<byte> body)
    {
        var crc = uint.MaxValue;
        foreach (var word in MemoryMarshal.Cast<byte, ulong>(body))
            crc = BitOperations.Crc32C(crc, word);
        foreach (var rest in body[(body.Length & ~7)..])
            crc = BitOperations.Crc32C(crc, rest);
        return ~crc;
    }

    /// <returns>Length of the packed body in <paramref name="packed"/>.</returns>
    internal static int Pack(ReadOnlySpan<byte> body, byte[] packed, string encoding, bool kept)
    {
        if (encoding == "br")
        {
            if (!BrotliEncoder.TryCompress(body, packed, out var written, quality: kept ? 6 : 1, window: 20))
                throw new InvalidOperationException("The compressed body did not fit its buffer.");
            return written;
        }
        using var stream = new MemoryStream(packed);
        using (
            var gzip = new GZipStream(
                stream,
                kept ? CompressionLevel.Optimal : CompressionLevel.Fastest,
                leaveOpen: true
            )
        )
            gzip.Write(body);
        return (int)stream.Position;
    }
}
