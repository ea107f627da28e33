using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lpsa.Tests;

/// <summary>A small feature for the tests of the kernel: something audited, cached, searchable and announced.</summary>
internal sealed class NotesModule : Module
{
    public List<string> Ran { get; } = [];
    public List<(SearchKey Key, bool InTransaction, string? SeenText)> Refreshed { get; } = [];
    public Func<string, CancellationToken, Task> OnRun { get; set; } = (_, _) => Task.CompletedTask;

    public override void Configure(ModuleBuilder m)
    {
        m.Entity<Note, Note.Map>();
        m.Search(new SearchSource("note", "Notes", Load, db => db.Set<Note>().Select(n => n.Id).AsAsyncEnumerable()));
        m.On<NoteWritten>("notes.first-listener", (_, e, cancel) => Run("first:" + e.Text, cancel));
        m.On<NoteWritten>("notes.second-listener", (_, e, cancel) => Run("second:" + e.Text, cancel));
        m.Command<string>("notes.do", (_, text, cancel) => Run(text, cancel));
        m.Every(TimeSpan.FromMinutes(5), "notes.sweep", (_, cancel) => Run("sweep", cancel));
    }

    /// <summary>The kernel is told of the table by hand: it belongs to the tests, not to the product.</summary>
    public static async Task<TestPlatform> Start(NotesModule module)
    {
        var platform = await TestPlatform.Start(module);
        await CreateTable(platform);
        return platform;
    }

    public static Task CreateTable(TestPlatform platform) =>
        platform.Db(db =>
            db.IsPostgres
                ? db.Database.ExecuteSqlAsync($"CREATE TABLE notes (id uuid PRIMARY KEY, text text NOT NULL)")
                : db.Database.ExecuteSqlAsync($"CREATE TABLE notes (id TEXT PRIMARY KEY, text TEXT NOT NULL)")
        );

    private async Task Run(string what, CancellationToken cancel)
    {
        await OnRun(what, cancel);
        Ran.Add(what);
    }

    private async Task<IReadOnlyList<SearchDocument>> Load(PlatformDb db, Guid id, CancellationToken cancel)
    {
        var text = await db.Set<Note>().Where(n => n.Id == id).Select(n => n.Text).SingleOrDefaultAsync(cancel);
        Refreshed.Add((new SearchKey("note", id), db.Database.CurrentTransaction is not null, text));
        return [];
    }
}

internal sealed record NoteWritten(string Text);

internal sealed class Note : ICached, ISearchable
{
    public Guid Id { get; private set; } = Guid.CreateVersion7();
    public string Text { get; private set; } = "";

    public static Note Of(string text) => new() { Text = text };

    public void Rewrite(string text) => Text = text;

    public IEnumerable<string> CacheTags => ["note:" + Id];
    public SearchKey SearchKey => new("note", Id);

    internal sealed class Map : IEntityTypeConfiguration<Note>
    {
        public void Configure(EntityTypeBuilder<Note> entity)
        {
            entity.ToTable("notes").IsAudited();
            entity.Property(n => n.Id).ValueGeneratedNever();
        }
    }
}
