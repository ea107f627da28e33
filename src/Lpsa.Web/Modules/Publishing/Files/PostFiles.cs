using System.Text.RegularExpressions;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Publishing;

/// <summary>A file is public once a public post uses it; until then only staff can open it.</summary>
static partial class PostFiles
{
    /// <summary>Opens the files that these posts use, as far as the posts are public, in the caller's transaction.</summary>
    public static async Task Open(PlatformDb db, CancellationToken cancel, params IReadOnlyList<Post> posts)
    {
        var used = posts
            .Where(p => p.IsPublic)
            .SelectMany(p => p.Translations.Select(t => t.Body).Append(p.Body).Append(p.Picture ?? ""))
            .SelectMany(text => Address().Matches(text).Select(m => Guid.Parse(m.Groups[1].Value)))
            .ToHashSet();
        if (used.Count == 0)
            return;
        foreach (
            var file in await db.Set<StoredFile>().Where(f => used.Contains(f.Id) && !f.IsPublic).ToListAsync(cancel)
        )
            file.Publish();
    }

    [GeneratedRegex("/files/([0-9a-fA-F-]{36})/")]
    private static partial Regex Address();
}
