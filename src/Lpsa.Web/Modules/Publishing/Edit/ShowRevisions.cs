using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Publishing;

/// <summary>Every saved text of a post; compare any two, bring one back.</summary>
public static class ShowRevisions
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/admin/posts/{id:guid}/revisions", Get).Requires(PublishingPermissions.Write);
        pages
            .MapPost("/admin/posts/{id:guid}/revisions/{number:int}/restore", Restore)
            .Requires(PublishingPermissions.Write);
    }

    public sealed record Model(Post Post, string Language, IReadOnlyList<Row> Revisions, Comparison? Compared);

    public sealed record Row(int Number, string Title, DateTime SavedAt, string SavedBy, int Words);

    public sealed record Comparison(
        int Before,
        int After,
        IReadOnlyList<TextChange> Title,
        IReadOnlyList<TextChange> Summary,
        IReadOnlyList<TextChange> Body
    );

    static async Task<IResult> Get(
        Guid id,
        string? language,
        int? before,
        int? after,
        HttpContext http,
        PlatformDb db,
        CancellationToken cancel
    )
    {
        if (await PostEditing.Load(db, id, http.Viewer(), cancel) is not { } post)
            return Results.NotFound();
        var chosen = language ?? post.Language;
        var revisions = await db.Set<PostRevision>()
            .AsNoTracking()
            .Where(r => r.PostId == id && r.Language == chosen)
            .OrderByDescending(r => r.Number)
            .ToListAsync(cancel);
        var newer = revisions.Find(r => r.Number == after) ?? revisions.FirstOrDefault();
        var older = revisions.Find(r => r.Number == before) ?? revisions.Find(r => r.Number < newer?.Number);
        var compared =
            newer is null || older is null
                ? null
                : new Comparison(
                    older.Number,
                    newer.Number,
                    TextComparison.Of(older.Title, newer.Title),
                    TextComparison.Of(older.Summary, newer.Summary),
                    TextComparison.Of(older.Body, newer.Body)
                );
        var rows = revisions.ConvertAll(r => new Row(r.Number, r.Title, r.SavedAt, r.SavedBy, Prose.Words(r.Body)));
        return ShowRevisionsPage.View(new Model(post, chosen, rows, compared));
    }

    static async Task<IResult> Restore(Guid id, int number, HttpContext http, PlatformDb db, CancellationToken cancel)
    {
        if (await PostEditing.Load(db, id, http.Viewer(), cancel) is not { } post)
            return Results.NotFound();
        var chosen = http.Request.Form["Language"].FirstOrDefault() ?? post.Language;
        var revision = await db.Set<PostRevision>()
            .AsNoTracking()
            .SingleOrDefaultAsync(r => r.PostId == id && r.Language == chosen && r.Number == number, cancel);
        if (revision is null)
            return Results.NotFound();
        if (chosen == post.Language)
            post.Write(revision.Title, revision.Summary, revision.Body, db.Now);
        else
            post.Translate(
                chosen,
                revision.Title,
                revision.Summary,
                revision.Body,
                TranslationQuality.Reviewed,
                db.Now
            );
        // The restored text becomes the newest revision, so that restoring can itself be undone.
        db.Add(
            await PostEditing.Revision(
                db,
                id,
                chosen,
                revision.Title,
                revision.Summary,
                revision.Body,
                http.Viewer(),
                cancel
            )
        );
        await db.SaveChangesAsync(cancel);
        return Redirect
            .To($"/admin/posts/{id}/revisions?language={chosen}")
            .Saying(http.Texts().Say("Revision {0} is back as the newest text.", number));
    }
}
