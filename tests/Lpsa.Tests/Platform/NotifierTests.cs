using Lpsa.Platform;

namespace Lpsa.Tests;

/// <summary>Two servers on one database. On SQLite there is one node, and the notice reaches it alone.</summary>
public sealed class NotifierTests
{
    [Fact]
    public async Task A_notice_reaches_the_node_that_sent_it_at_once_and_the_other_nodes_of_a_postgres_too()
    {
        await using var database = await TestDatabase.Create();
        await using var first = await TestSite.Join(database);
        var own = new List<Notice>();
        first.Notifier.Received += own.Add;
        if (database.Settings.Kind == DatabaseKind.Sqlite)
        {
            first.Notifier.Send(new Notice(NoticeKind.Evict, ["post:1"]));
            Assert.Contains("post:1", Assert.Single(own).Names);
            return;
        }
        await using var second = await TestSite.Join(database);
        var heard = new TaskCompletionSource<Notice>();
        var listening = new TaskCompletionSource();
        second.Notifier.Received += notice =>
        {
            if (notice.Kind == NoticeKind.Evict && notice.Names.Contains("ready"))
                listening.TrySetResult();
            if (notice.Names.Contains("tag249"))
                heard.TrySetResult(notice);
        };
        // The other node connects in its own time; it is asked until it answers.
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var asking = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!listening.Task.IsCompleted && await asking.WaitForNextTickAsync(patience.Token))
            first.Notifier.Send(new Notice(NoticeKind.Evict, ["ready"]));
        own.Clear();
        first.Notifier.Send(new Notice(NoticeKind.Evict, [.. Enumerable.Range(0, 250).Select(i => "tag" + i)]));
        Assert.Equal(250, own.Single(n => n.Names.Contains("tag0")).Names.Count);
        Assert.Contains("tag249", (await heard.Task.WaitAsync(patience.Token)).Names);
    }
}
