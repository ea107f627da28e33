namespace Lpsa.Platform;

public enum NoticeKind
{
    Evict,
    WakeJobs,
    ReloadSettings,
}

/// <summary>Something every node should hear. <paramref name="Names"/> are the cache tags of an eviction.</summary>
public sealed record Notice(NoticeKind Kind, IReadOnlyList<string> Names);

/// <summary>Carries notices to this node and, on PostgreSQL, to all others. Losing one costs freshness, never data.</summary>
public interface INotifier
{
    void Send(Notice notice);
    event Action<Notice> Received;
}

/// <summary>One node with SQLite: the notice arrives here and nowhere else.</summary>
public sealed class LocalNotifier : INotifier
{
    public event Action<Notice>? Received;

    public void Send(Notice notice) => Received?.Invoke(notice);
}
