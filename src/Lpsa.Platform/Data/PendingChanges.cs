using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Lpsa.Platform;

/// <summary>An entity whose change makes cached pages stale: the tags of those pages.</summary>
public interface ICached
{
    IEnumerable<string> CacheTags { get; }
}

/// <summary>An entity whose change must be seen by search: the document it belongs to.</summary>
public interface ISearchable
{
    SearchKey SearchKey { get; }
}

/// <summary>What a save is about to do, seen once before it happens.</summary>
internal sealed record PendingChanges(
    IReadOnlyList<AuditedChange> Audited,
    IReadOnlyCollection<SearchKey> Searchable,
    IReadOnlyCollection<string> Tags,
    bool HasJobs
)
{
    public static PendingChanges Of(PlatformDb db)
    {
        db.ChangeTracker.DetectChanges();
        var audited = new List<AuditedChange>();
        var searchable = new HashSet<SearchKey>();
        var tags = new HashSet<string>();
        var jobs = false;
        foreach (var entry in db.ChangeTracker.Entries())
        {
            if (entry.State is not (EntityState.Added or EntityState.Modified or EntityState.Deleted))
                continue;
            if (entry.Entity is ICached cached)
                tags.UnionWith(cached.CacheTags);
            if (entry.Entity is ISearchable found)
                searchable.Add(found.SearchKey);
            if (AuditedChange.Of(entry) is { } change)
                audited.Add(change);
            jobs |= entry is { Entity: Job, State: EntityState.Added };
        }
        return new PendingChanges(audited, searchable, tags, jobs);
    }
}
