using Microsoft.Extensions.DependencyInjection;

namespace Lpsa.Platform;

/// <summary>
/// What lists are drawn from, whole in memory: filters in any combination with their counts would be many queries over
/// all rows. Never authoritative: a notice about one entry, from this node or another, makes the next reader load that
/// entry again.
/// </summary>
/// <typeparam name="TShelf">One state of it: immutable, shared by all requests until something changes.</typeparam>
public abstract class Catalogue<TShelf>
    where TShelf : class
{
    private readonly IServiceScopeFactory scopes;
    private readonly string prefix;
    private readonly IReadOnlyList<string> wholes;
    private readonly SemaphoreSlim loading = new(1, 1);
    private readonly HashSet<Guid> stale = [];
    private volatile TShelf? shelf;
    private volatile bool anyStale;
    private int resets;

    /// <param name="prefix">Of the cache tag of one entry, before its id: <c>post:</c>.</param>
    /// <param name="wholes">Further tags that make everything stale.</param>
    protected Catalogue(IServiceScopeFactory scopes, INotifier notifier, string prefix, params string[] wholes)
    {
        this.scopes = scopes;
        this.prefix = prefix;
        this.wholes = [CacheTags.Everything, .. wholes];
        notifier.Received += Hear;
    }

    public ValueTask<TShelf> Get(CancellationToken cancel) =>
        shelf is { } known && !anyStale ? ValueTask.FromResult(known) : new ValueTask<TShelf>(Load(cancel));

    /// <summary>Reads everything.</summary>
    protected abstract Task<TShelf> Read(PlatformDb db, CancellationToken cancel);

    /// <summary>The shelf after these entries changed, came or went.</summary>
    protected abstract Task<TShelf> Update(
        PlatformDb db,
        TShelf known,
        IReadOnlyCollection<Guid> changed,
        CancellationToken cancel
    );

    private void Hear(Notice notice)
    {
        if (notice.Kind != NoticeKind.Evict)
            return;
        lock (stale)
        {
            foreach (var tag in notice.Names)
                if (
                    tag.StartsWith(prefix, StringComparison.Ordinal)
                    && Guid.TryParse(tag.AsSpan(prefix.Length), out var id)
                )
                    stale.Add(id);
                else if (wholes.Contains(tag))
                {
                    shelf = null;
                    resets++;
                }
            anyStale = stale.Count > 0;
        }
    }

    private async Task<TShelf> Load(CancellationToken cancel)
    {
        await loading.WaitAsync(cancel);
        try
        {
            List<Guid> changed;
            int seen;
            lock (stale)
            {
                seen = resets;
                changed = [.. stale];
                stale.Clear();
                anyStale = false;
            }
            var known = shelf;
            if (known is not null && changed.Count == 0)
                return known;
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                var db = scope.ServiceProvider.GetRequiredService<PlatformDb>();
                // Past a few hundred, loading everything is cheaper than asking for each.
                var made =
                    known is null || changed.Count > 300
                        ? await Read(db, cancel)
                        : await Update(db, known, changed, cancel);
                // Somebody made everything stale while we read: ours may be from before, so it is not kept.
                lock (stale)
                    if (seen == resets)
                        shelf = made;
                return made;
            }
            catch
            {
                lock (stale)
                {
                    stale.UnionWith(changed);
                    anyStale = stale.Count > 0;
                }
                throw;
            }
        }
        finally
        {
            loading.Release();
        }
    }
}
