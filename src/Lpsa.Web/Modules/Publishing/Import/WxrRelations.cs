namespace Lpsa.Publishing;

/// <summary>What is known of all items so far: numbers, and who stands under whom.</summary>
sealed class WxrRelations
{
    private readonly Dictionary<long, (long? Parent, int Line)> items = [];
    private readonly HashSet<long> orphans = [];

    public int Count => items.Count;
    public IReadOnlySet<long> Orphans => orphans;

    /// <summary>False when the number was used before.</summary>
    public bool Add(long id, long? parent, int line) => items.TryAdd(id, (parent, line));

    public int LineOf(long id) => items[id].Line;

    public void Resolve(Findings findings)
    {
        var good = new HashSet<long>();
        foreach (var (id, (parent, line)) in items)
        {
            if (parent is not { } above)
                continue;
            if (!items.ContainsKey(above))
            {
                // An export of posts alone leaves out the pages that attachments hang on: common and harmless.
                orphans.Add(id);
                findings.Add(
                    FindingSeverity.Note,
                    "parents that are not in the file",
                    $"The parent {above} is not in the file; the item stands alone.",
                    (line, 1),
                    "wp:post_parent",
                    id
                );
            }
            else if (LeadsBack(id, good))
            {
                orphans.Add(id);
                findings.Add(
                    FindingSeverity.Changed,
                    "circles of pages",
                    "The item is, through its parents, its own parent; it stands alone.",
                    (line, 1),
                    "wp:post_parent",
                    id
                );
            }
        }
    }

    private bool LeadsBack(long id, HashSet<long> good)
    {
        var path = new HashSet<long>();
        long? at = id;
        while (at is { } here && !good.Contains(here) && !orphans.Contains(here) && path.Add(here))
            at = items.TryGetValue(here, out var item) ? item.Parent : null;
        if (at == id)
            return true;
        // Known to end, or to end in a circle that is cut elsewhere: no need to walk this way again.
        if (at is null || good.Contains(at.Value) || orphans.Contains(at.Value))
            good.UnionWith(path);
        return false;
    }
}
