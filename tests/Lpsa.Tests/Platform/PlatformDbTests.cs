using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Tests;

public sealed class PlatformDbTests
{
    [Fact]
    public async Task Creating_changing_and_deleting_leave_audit_lines_with_the_actor_and_only_what_differs()
    {
        await using var platform = await NotesModule.Start(new NotesModule());
        var note = Note.Of("first");
        await platform.Db(async db =>
        {
            db.Actor.Name = "amina";
            db.Add(note);
            await db.SaveChangesAsync();
            note.Rewrite("second");
            await db.SaveChangesAsync();
            db.Actor.Name = "job:clean";
            db.Remove(note);
            await db.SaveChangesAsync();
        });
        var lines = await Lines(platform);
        Assert.Equal(["create", "update", "delete"], lines.Select(l => l.Action));
        Assert.Equal(["amina", "amina", "job:clean"], lines.Select(l => l.Actor));
        Assert.All(lines, l => Assert.Equal(("notes", note.Id.ToString()), (l.Entity, l.EntityId)));
        Assert.Null(lines[0].Before);
        Assert.Equal("""{"Text":"first"}""", lines[1].Before);
        Assert.Equal("""{"Text":"second"}""", lines[1].After);
        Assert.Null(lines[2].After);
    }

    [Fact]
    public async Task A_save_that_changes_nothing_writes_no_line()
    {
        await using var platform = await NotesModule.Start(new NotesModule());
        await platform.Db(async db =>
        {
            var note = Note.Of("same");
            db.Add(note);
            await db.SaveChangesAsync();
            note.Rewrite("same");
            await db.SaveChangesAsync();
        });
        Assert.Single(await Lines(platform));
    }

    [Fact]
    public async Task A_rolled_back_transaction_leaves_no_row_no_line_no_job_and_evicts_nothing()
    {
        await using var platform = await NotesModule.Start(new NotesModule());
        var notices = Listen(platform);
        await platform.Db(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            db.Add(Note.Of("gone"));
            db.Publish(new NoteWritten("gone"));
            await db.SaveChangesAsync();
            await transaction.RollbackAsync();
        });
        await platform.Db(async db =>
        {
            Assert.Equal(0, await db.Set<Note>().CountAsync());
            Assert.Equal(0, await db.Set<Job>().CountAsync());
        });
        Assert.Empty(await Lines(platform));
        Assert.Empty(notices);
    }

    [Fact]
    public async Task After_a_save_that_failed_the_next_one_continues_the_audit_log_where_it_was()
    {
        await using var platform = await NotesModule.Start(new NotesModule());
        await platform.Db(async db =>
        {
            var taken = Account.Open("amina@example.org", "Amina", db.Now);
            db.Add(taken);
            await db.SaveChangesAsync();
            var again = Account.Open("amina@example.org", "Other", db.Now);
            db.Add(again);
            await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync());
            db.Entry(again).State = EntityState.Detached;
            db.Add(Note.Of("after"));
            await db.SaveChangesAsync();
            Assert.Null(await AuditLog.Verify(db, CancellationToken.None));
        });
        Assert.Equal(["accounts", "notes"], (await Lines(platform)).Select(l => l.Entity));
    }

    [Fact]
    public async Task Cached_pages_are_evicted_after_the_commit_and_not_before()
    {
        await using var platform = await NotesModule.Start(new NotesModule());
        var notices = Listen(platform);
        var note = Note.Of("x");
        await platform.Db(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            db.Add(note);
            await db.SaveChangesAsync();
            Assert.Empty(notices);
            await transaction.CommitAsync();
        });
        Assert.Equal(["note:" + note.Id], Assert.Single(notices, n => n.Kind == NoticeKind.Evict).Names);
    }

    [Fact]
    public async Task Search_is_refreshed_inside_the_transaction_and_sees_what_was_saved()
    {
        var notes = new NotesModule();
        await using var platform = await NotesModule.Start(notes);
        var note = Note.Of("found");
        await platform.Db(async db =>
        {
            db.Add(note);
            await db.SaveChangesAsync();
            db.Remove(note);
            await db.SaveChangesAsync();
        });
        Assert.Equal([(note.SearchKey, true, "found"), (note.SearchKey, true, null)], notes.Refreshed);
    }

    [Fact]
    public async Task An_event_becomes_one_job_for_each_subscriber_in_the_same_transaction_and_wakes_the_runner_after_it()
    {
        await using var platform = await NotesModule.Start(new NotesModule());
        var notices = Listen(platform);
        await platform.Db(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            db.Publish(new NoteWritten("hello"));
            await db.SaveChangesAsync();
            Assert.Equal(2, await db.Set<Job>().CountAsync());
            Assert.Empty(notices);
            await transaction.CommitAsync();
        });
        Assert.Contains(notices, n => n.Kind == NoticeKind.WakeJobs);
        await platform.Db(async db =>
            Assert.Equal(
                ["notes.first-listener", "notes.second-listener"],
                await db.Set<Job>().OrderBy(j => j.Handler).Select(j => j.Handler).ToListAsync()
            )
        );
    }

    [Fact]
    public async Task Saving_synchronously_is_refused_because_it_would_skip_the_audit_log()
    {
        await using var platform = await NotesModule.Start(new NotesModule());
        await platform.Db(db =>
        {
            db.Add(Note.Of("x"));
            Assert.Throws<NotSupportedException>(() => db.SaveChanges());
            return Task.CompletedTask;
        });
    }

    [Fact]
    public async Task Instants_come_back_in_universal_time()
    {
        await using var platform = await TestPlatform.Start();
        await platform.Db(async db =>
        {
            db.Add(Account.Open("a@example.org", "A", db.Now));
            await db.SaveChangesAsync();
        });
        var created = await platform.Db(db => db.Set<Account>().AsNoTracking().Select(a => a.CreatedAt).SingleAsync());
        Assert.Equal((DateTimeKind.Utc, platform.Clock.GetUtcNow().UtcDateTime), (created.Kind, created));
    }

    private static List<Notice> Listen(TestPlatform platform)
    {
        var heard = new List<Notice>();
        platform.Notifier.Received += heard.Add;
        return heard;
    }

    private static Task<List<AuditEntry>> Lines(TestPlatform platform) =>
        platform.Db(db => db.Set<AuditEntry>().AsNoTracking().OrderBy(e => e.Number).ToListAsync());
}
