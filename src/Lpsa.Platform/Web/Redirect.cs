using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lpsa.Platform;

/// <summary>An old address and where its content is now: imported sites, renamed pages, merged terms.</summary>
public sealed class OldAddress : ICached
{
    public string Path { get; private set; } = "";
    public string Target { get; private set; } = "";

    /// <param name="path">Local path without language, lower case, without a slash at the end.</param>
    public static OldAddress Of(string path, string target) => new() { Path = Normal(path), Target = target };

    public void PointTo(string target) => Target = target;

    public static string Normal(string path)
    {
        var lower = path.ToLowerInvariant();
        return lower.Length > 1 ? lower.TrimEnd('/') : lower;
    }

    public IEnumerable<string> CacheTags => [];

    internal sealed class Map : IEntityTypeConfiguration<OldAddress>
    {
        public void Configure(EntityTypeBuilder<OldAddress> entity)
        {
            entity.ToTable("old_addresses").IsAudited();
            entity.HasKey(r => r.Path);
        }
    }
}

/// <summary>Post, redirect, get: where a form leads after it did its work.</summary>
public static class Redirect
{
    public static RedirectTo To(string path) => new(path);
}

public sealed class RedirectTo(string path) : IResult
{
    private string? message;

    /// <summary>Shown once at the top of the next page; an English sentence, translated here.</summary>
    public RedirectTo Saying(string said)
    {
        message = said;
        return this;
    }

    public Task ExecuteAsync(HttpContext http)
    {
        if (message is not null)
            Flash.Set(http, http.Texts().Say(message));
        http.Response.StatusCode = StatusCodes.Status303SeeOther;
        http.Response.Headers.Location = PageContext.In(http.Texts().Language, LocalPath.Of(path));
        return Task.CompletedTask;
    }
}

/// <summary>Addresses that arrive in a form field or a query must not send people to another site.</summary>
public static class LocalPath
{
    /// <summary>The path, with what a header cannot carry escaped; <c>/</c> when it leads anywhere but here.</summary>
    public static string Of(string? path)
    {
        // Browsers drop tabs and line breaks and read \ as /, so /\t/evil.example would be another host.
        if (
            path is null
            || !path.StartsWith('/')
            || path.AsSpan(1).StartsWith('/')
            || path.Any(c => c == '\\' || char.IsControl(c))
        )
            return "/";
        var safe = new StringBuilder(path.Length);
        foreach (var rune in path.EnumerateRunes())
            if (rune.Value is > ' ' and <= '~')
                safe.Append((char)rune.Value);
            else
                safe.Append(Uri.EscapeDataString(rune.ToString()));
        return safe.ToString();
    }
}
