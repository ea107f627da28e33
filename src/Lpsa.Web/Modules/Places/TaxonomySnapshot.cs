using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Places;

/// <summary>Keeps the newest taxonomy in memory; read again when any node changes a term.</summary>
public sealed class TaxonomySnapshot
{
    private readonly IServiceScopeFactory scopes;
    private Taxonomy? current;
    private int version;

    public TaxonomySnapshot(IServiceScopeFactory scopes, INotifier notifier)
    {
        this.scopes = scopes;
        notifier.Received += notice =>
        {
            if (!notice.Names.Contains(HubTags.Taxonomy))
                return;
            Interlocked.Increment(ref version);
            current = null;
        };
    }

    public Taxonomy Current
    {
        get
        {
            if (current is { } known)
                return known;
            var before = version;
            var read = Read();
            // A change that arrives while the table is being read must not be covered by what was read before it.
            if (before == version)
                current = read;
            return read;
        }
    }

    public static async Task<Taxonomy> Load(PlatformDb db, CancellationToken cancel) =>
        new(await db.Set<EditedTerm>().AsNoTracking().ToListAsync(cancel));

    private Taxonomy Read()
    {
        using var scope = scopes.CreateScope();
        return new Taxonomy(scope.ServiceProvider.GetRequiredService<PlatformDb>().Set<EditedTerm>().AsNoTracking());
    }
}
