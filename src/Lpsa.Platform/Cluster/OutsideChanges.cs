namespace Lpsa.Platform;

/// <summary>
/// A command changed something in a process of its own. The queue, which the servers read anyway, tells them which of
/// their cached pages that made stale.
/// </summary>
public static class OutsideChanges
{
    internal const string Handler = "platform.outside-changes";

    /// <summary>Adds the message to the caller's transaction; a running server hears it within seconds.</summary>
    public static void Report(JobQueue queue, PlatformDb db, IReadOnlyList<string> tags) =>
        queue.Add(db, Handler, tags);

    internal static Task Run(IServiceProvider services, IReadOnlyList<string> tags, CancellationToken cancel)
    {
        services.GetRequiredService<INotifier>().Send(new Notice(NoticeKind.Evict, tags));
        return Task.CompletedTask;
    }
}
