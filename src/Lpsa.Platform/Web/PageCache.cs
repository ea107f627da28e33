using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OutputCaching;

namespace Lpsa.Platform;

/// <summary>
/// Keeps pages that everybody sees alike. A page says itself that it may be kept and by which tags it goes stale; a
/// request with a session or a message of its own neither reads nor writes the cache.
/// </summary>
public sealed class PageCache : IOutputCachePolicy
{
    /// <summary>Changes evict by tag at once; this only bounds what a lost notice can cost.</summary>
    private static readonly TimeSpan LongestLife = TimeSpan.FromMinutes(30);

    /// <summary>Longer queries are not kept: a stranger could fill the cache with addresses nobody else asks for.</summary>
    private const int LongestQuery = 200;

    public static void Allow(HttpContext http, params IEnumerable<string> tags)
    {
        if (http.Features.Get<IOutputCacheFeature>()?.Context is not { EnableOutputCaching: true } context)
            return;
        http.Features.Set(new Allowed());
        context.Tags.Add(CacheTags.Everything);
        foreach (var tag in tags)
            context.Tags.Add(tag);
    }

    internal static bool IsAllowed(HttpContext http) => http.Features.Get<Allowed>() is not null;

    ValueTask IOutputCachePolicy.CacheRequestAsync(OutputCacheContext context, CancellationToken cancel)
    {
        var request = context.HttpContext.Request;
        var anonymous =
            (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
            && !request.Cookies.ContainsKey(SignIn.CookieName)
            && !request.Cookies.ContainsKey(Flash.CookieName)
            && request.QueryString.Value!.Length <= LongestQuery;
        context.EnableOutputCaching = anonymous;
        context.AllowCacheLookup = anonymous;
        context.AllowCacheStorage = anonymous;
        context.AllowLocking = false;
        context.ResponseExpirationTimeSpan = LongestLife;
        context.CacheVaryByRules.QueryKeys = "*";
        context.CacheVaryByRules.VaryByValues["encoding"] = Compressed.Accepted(request);
        return ValueTask.CompletedTask;
    }

    ValueTask IOutputCachePolicy.ServeFromCacheAsync(OutputCacheContext context, CancellationToken cancel)
    {
        Telemetry.PageServed(fromCache: true);
        return ValueTask.CompletedTask;
    }

    ValueTask IOutputCachePolicy.ServeResponseAsync(OutputCacheContext context, CancellationToken cancel)
    {
        Telemetry.PageServed(fromCache: false);
        var response = context.HttpContext.Response;
        context.AllowCacheStorage =
            IsAllowed(context.HttpContext)
            && response.StatusCode == StatusCodes.Status200OK
            && response.Headers.SetCookie.Count == 0;
        return ValueTask.CompletedTask;
    }

    private sealed class Allowed;
}

/// <summary>Carries evictions from the notifier to the cache of this node.</summary>
internal sealed class PageEviction
{
    public PageEviction(INotifier notifier, IOutputCacheStore store, ILogger<PageEviction> log)
    {
        notifier.Received += notice =>
        {
            if (notice.Kind != NoticeKind.Evict)
                return;
            foreach (var tag in notice.Names)
                _ = Evict(store, tag, log);
        };
    }

    private static async Task Evict(IOutputCacheStore store, string tag, ILogger log)
    {
        try
        {
            // The memory store finishes before it returns, so the next request already sees the new page.
            await store.EvictByTagAsync(tag, CancellationToken.None);
        }
        catch (InvalidOperationException failure)
        {
            log.LogError(failure, "Cached pages with tag {Tag} could not be evicted", tag);
        }
    }
}
