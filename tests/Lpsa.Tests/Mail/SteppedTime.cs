namespace Lpsa.Tests;

/// <summary>A clock that stands still until it is moved; whoever waits on it can be waited for.</summary>
internal sealed class SteppedTime : TimeProvider
{
    private readonly List<Timer> timers = [];
    private DateTimeOffset now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, callback, state);
        timer.Change(dueTime, period);
        lock (timers)
            timers.Add(timer);
        return timer;
    }

    /// <summary>Waits until something is timed to end after exactly this long.</summary>
    public Task Expecting(TimeSpan limit) =>
        MailTools.Await(
            () =>
            {
                lock (timers)
                    return Task.FromResult(timers.Find(timer => timer.Due == now + limit));
            },
            () => $"Nothing waits for {limit}."
        );

    public void Advance(TimeSpan by)
    {
        List<Timer> due;
        lock (timers)
        {
            now += by;
            due = timers.FindAll(timer => timer.Due <= now);
        }
        due.ForEach(timer => timer.Ring());
    }

    private sealed class Timer(SteppedTime time, TimerCallback callback, object? state) : ITimer
    {
        public DateTimeOffset? Due { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Due = dueTime == Timeout.InfiniteTimeSpan ? null : time.now + dueTime;
            return true;
        }

        public void Ring()
        {
            Due = null;
            callback(state);
        }

        public void Dispose()
        {
            lock (time.timers)
                time.timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
