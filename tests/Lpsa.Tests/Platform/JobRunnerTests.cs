using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lpsa.Tests;

public sealed class JobRunnerTests
{
    [Fact]
    public async Task A_published_event_reaches_every_subscriber_and_finished_jobs_are_gone()
    {
        var notes = new NotesModule();
        await using var platform = await TestPlatform.Start(notes);
        await platform.Db(db =>
        {
            db.Publish(new NoteWritten("hello"));
            return db.SaveChangesAsync();
        });
        await platform.Jobs.RunUntilIdle(CancellationToken.None);
        Assert.Equal(["first:hello", "second:hello"], notes.Ran.Order());
        Assert.Equal(0, await platform.Db(db => db.Set<Job>().CountAsync()));
    }

    [Fact]
    public async Task A_failing_job_waits_longer_each_time_and_is_parked_after_eight_tries_with_its_error()
    {
        var notes = new NotesModule { OnRun = (_, _) => throw new InvalidOperationException("the printer is on fire") };
        await using var platform = await TestPlatform.Start(notes);
        await Enqueue(platform, "print");
        var waits = new List<TimeSpan>();
        for (var tries = 1; tries <= Job.MaximumTries; tries++)
        {
            Assert.Equal(1, await platform.Jobs.RunBatch(CancellationToken.None));
            Assert.Equal(0, await platform.Jobs.RunBatch(CancellationToken.None));
            var job = await Only(platform);
            Assert.Equal(tries, job.Tries);
            waits.Add(job.DueAt - platform.Clock.GetUtcNow().UtcDateTime);
            platform.Clock.Advance(waits[^1] + TimeSpan.FromSeconds(1));
        }
        var parked = await Only(platform);
        Assert.Equal(JobState.Parked, parked.State);
        Assert.Contains("the printer is on fire", parked.LastError);
        Assert.InRange(waits[0].TotalSeconds, 10, 12);
        Assert.InRange(waits[3].TotalSeconds, 270, 324);
        Assert.Equal(0, await platform.Jobs.RunBatch(CancellationToken.None));
    }

    [Fact]
    public async Task An_administrator_runs_a_parked_job_again()
    {
        var fails = true;
        var notes = new NotesModule
        {
            OnRun = (_, _) => fails ? throw new InvalidOperationException() : Task.CompletedTask,
        };
        await using var platform = await TestPlatform.Start(notes);
        await Enqueue(platform, "work");
        for (var i = 0; i < Job.MaximumTries; i++)
        {
            await platform.Jobs.RunBatch(CancellationToken.None);
            platform.Clock.Advance(TimeSpan.FromHours(8));
        }
        fails = false;
        await platform.Db(async db =>
        {
            (await db.Set<Job>().SingleAsync()).RunAgain(db.Now);
            await db.SaveChangesAsync();
        });
        await platform.Jobs.RunUntilIdle(CancellationToken.None);
        Assert.Equal(["work"], notes.Ran);
    }

    [Fact]
    public async Task A_job_for_a_handler_that_no_module_has_any_more_says_so()
    {
        await using var platform = await TestPlatform.Start();
        await platform.Db(db =>
        {
            db.Add(Job.For(new JobHandler("gone.handler", (_, _, _) => Task.CompletedTask), "{}", db.Now));
            return db.SaveChangesAsync();
        });
        await platform.Jobs.RunBatch(CancellationToken.None);
        Assert.Contains("gone.handler", (await Only(platform)).LastError);
    }

    [Fact]
    public async Task The_job_of_a_node_that_died_is_left_alone_until_its_lease_ends_and_then_taken_over()
    {
        await using var database = await TestDatabase.Create();
        var clock = new TestClock();
        var (dying, living) = (new NotesModule(), new NotesModule());
        await using var first = await TestPlatform.Join(database, clock, dying);
        await using var second = await TestPlatform.Join(database, clock, living);
        await Enqueue(first, "precious");
        // The process dies after the claim: the row says running and nobody is there to say otherwise.
        await first.Db(db =>
            db.Set<Job>()
                .ExecuteUpdateAsync(s =>
                    s.SetProperty(j => j.State, JobState.Running)
                        .SetProperty(j => j.Tries, 1)
                        .SetProperty(j => j.LeasedUntil, db.Now + TimeSpan.FromMinutes(10))
                )
        );
        Assert.Equal(0, await second.Jobs.RunBatch(CancellationToken.None));
        clock.Advance(TimeSpan.FromMinutes(10) + TimeSpan.FromSeconds(1));
        await second.Jobs.RunUntilIdle(CancellationToken.None);
        Assert.Equal(["precious"], living.Ran);
        Assert.Empty(dying.Ran);
    }

    [Fact]
    public async Task A_job_that_kills_its_server_every_time_is_parked_in_the_end()
    {
        var notes = new NotesModule();
        await using var platform = await TestPlatform.Start(notes);
        await Enqueue(platform, "deadly");
        await platform.Db(db =>
            db.Set<Job>()
                .ExecuteUpdateAsync(s =>
                    s.SetProperty(j => j.State, JobState.Running)
                        .SetProperty(j => j.Tries, Job.MaximumTries)
                        .SetProperty(j => j.LeasedUntil, db.Now - TimeSpan.FromSeconds(1))
                )
        );
        await platform.Jobs.RunBatch(CancellationToken.None);
        Assert.Equal(JobState.Parked, (await Only(platform)).State);
        Assert.Empty(notes.Ran);
    }

    [Fact]
    public async Task A_server_that_stops_in_the_middle_of_a_job_leaves_it_for_the_next_start()
    {
        using var stop = new CancellationTokenSource();
        var interrupted = true;
        var notes = new NotesModule
        {
            OnRun = async (_, cancel) =>
            {
                if (!interrupted)
                    return;
                await stop.CancelAsync();
                cancel.ThrowIfCancellationRequested();
            },
        };
        await using var platform = await TestPlatform.Start(notes);
        await Enqueue(platform, "long");
        await platform.Jobs.RunBatch(stop.Token);
        Assert.Empty(notes.Ran);
        Assert.Equal(JobState.Waiting, (await Only(platform)).State);
        interrupted = false;
        platform.Clock.Advance(TimeSpan.FromMinutes(1));
        await platform.Jobs.RunUntilIdle(CancellationToken.None);
        Assert.Equal(["long"], notes.Ran);
    }

    [Fact]
    public async Task Two_jobs_cannot_have_one_unique_key()
    {
        await using var platform = await TestPlatform.Start(new NotesModule());
        await Enqueue(platform, "a", "only-one");
        await Assert.ThrowsAsync<DbUpdateException>(() => Enqueue(platform, "b", "only-one"));
    }

    [Fact]
    public async Task A_recurring_job_is_one_row_with_two_runners_and_runs_once_for_each_interval()
    {
        await using var database = await TestDatabase.Create();
        var clock = new TestClock();
        var (one, two) = (new NotesModule(), new NotesModule());
        await using var first = await TestPlatform.Join(database, clock, one);
        await using var second = await TestPlatform.Join(database, clock, two);
        await Task.WhenAll(
            first.Jobs.PlanRecurring(CancellationToken.None),
            second.Jobs.PlanRecurring(CancellationToken.None)
        );
        Assert.Equal("every:notes.sweep", (await Sweep(first)).UniqueKey);
        for (var i = 0; i < 3; i++)
        {
            clock.Advance(TimeSpan.FromMinutes(5));
            await Task.WhenAll(
                first.Jobs.RunBatch(CancellationToken.None),
                second.Jobs.RunBatch(CancellationToken.None)
            );
        }
        Assert.Equal(3, one.Ran.Concat(two.Ran).Count(r => r == "sweep"));
        Assert.Equal(clock.GetUtcNow().UtcDateTime + TimeSpan.FromMinutes(5), (await Sweep(first)).DueAt);
    }

    [Fact]
    public async Task Two_runners_at_once_run_every_job_exactly_once()
    {
        await using var database = await TestDatabase.Create();
        var clock = new TestClock();
        var (one, two) = (new NotesModule(), new NotesModule());
        await using var first = await TestPlatform.Join(database, clock, one);
        await using var second = await TestPlatform.Join(database, clock, two);
        for (var i = 0; i < 30; i++)
            await Enqueue(first, "job" + i);
        await Task.WhenAll(
            first.Jobs.RunUntilIdle(CancellationToken.None),
            second.Jobs.RunUntilIdle(CancellationToken.None)
        );
        Assert.Equal(Enumerable.Range(0, 30).Select(i => "job" + i).Order(), one.Ran.Concat(two.Ran).Order());
    }

    [Fact]
    public void The_wait_grows_to_six_hours_and_is_spread()
    {
        Assert.Equal(10, Job.Delay(1, 0).TotalSeconds);
        Assert.Equal(36, Job.Delay(2, 1).TotalSeconds);
        Assert.Equal(TimeSpan.FromHours(6), Job.Delay(20, 0));
    }

    private static Task Enqueue(TestPlatform platform, string text, string? key = null) =>
        platform.Db(db =>
        {
            platform.Services.GetRequiredService<JobQueue>().Add(db, "notes.do", text, uniqueKey: key);
            return db.SaveChangesAsync();
        });

    private static Task<Job> Only(TestPlatform platform) =>
        platform.Db(db => db.Set<Job>().AsNoTracking().SingleAsync());

    private static Task<Job> Sweep(TestPlatform platform) =>
        platform.Db(db => db.Set<Job>().AsNoTracking().SingleAsync(j => j.Handler == "notes.sweep"));
}
