using Microsoft.AspNetCore.Http;

namespace Lpsa.Platform;

/// <summary>A document that is not a page: a feed, a CSV file, JSON, a picture. Compressed, with an ETag, kept when tagged.</summary>
public sealed class TextResult(ReadOnlyMemory<byte> body, string contentType) : IResult
{
    private string[] tags = [];
    private string? fileName;
    private string? styleHash;

    public static TextResult Of(string text, string contentType) =>
        new(System.Text.Encoding.UTF8.GetBytes(text), contentType);

    public TextResult Tagged(params string[] cacheTags)
    {
        tags = [.. tags, .. cacheTags];
        return this;
    }

    /// <summary>The browser offers to save it under this name.</summary>
    public TextResult Named(string name)
    {
        fileName = name;
        return this;
    }

    /// <summary>A picture with one style element of its own; only that element passes the policy of the response.</summary>
    public TextResult WithStyle(string hash)
    {
        styleHash = hash;
        return this;
    }

    public Task ExecuteAsync(HttpContext http)
    {
        if (styleHash is not null)
            http.Response.Headers.ContentSecurityPolicy = $"default-src 'none'; style-src '{styleHash}'";
        if (tags.Length > 0)
            PageCache.Allow(http, tags);
        http.Response.ContentType = contentType;
        if (fileName is not null)
            http.Response.Headers.ContentDisposition = $"attachment; filename=\"{fileName}\"";
        return Compressed.Write(http, body, PageCache.IsAllowed(http));
    }
}
