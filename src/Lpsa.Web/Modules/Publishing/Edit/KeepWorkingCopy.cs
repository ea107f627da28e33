using Lpsa.Platform;

namespace Lpsa.Publishing;

/// <summary>Autosave and live preview of the editor. Both work on what is typed, not on what is stored.</summary>
public static class KeepWorkingCopy
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapPost("/admin/posts/{id:guid}/copy", Keep).Requires(PublishingPermissions.Write);
        pages.MapPost("/admin/posts/{id:guid}/copy/discard", Discard).Requires(PublishingPermissions.Write);
        pages.MapPost("/admin/posts/preview", Preview).Requires(PublishingPermissions.Write);
    }

    public sealed record Input
    {
        public string Title { get; init; } = "";
        public string Summary { get; init; } = "";
        public string Body { get; init; } = "";
        public string Language { get; init; } = "";
        public int Version { get; init; }
    }

    /// <param name="SavedAt">When the server took it.</param>
    /// <param name="IsBehind">Somebody else saved the post since this person opened it.</param>
    private sealed record Answer(DateTime SavedAt, bool IsBehind);

    static async Task<IResult> Keep(
        Guid id,
        Form<Input> form,
        HttpContext http,
        PlatformDb db,
        CancellationToken cancel
    )
    {
        if (
            form.Value is not { } input
            || input.Body.Length > Prose.LongestText
            || Language.Find(input.Language) is null
        )
            return Results.UnprocessableEntity();
        if (await PostEditing.Load(db, id, http.Viewer(), cancel) is not { } post)
            return Results.NotFound();
        var copy = await PostEditing.WorkingCopy(db, id, http.Viewer(), input.Language, cancel);
        if (copy is null)
            db.Add(copy = PostWorkingCopy.Of(id, http.Viewer().AccountId!.Value, input.Language));
        copy.Keep(input.Version, input.Title, input.Summary, input.Body, db.Now);
        await db.SaveChangesAsync(cancel);
        return DataFile.Json(new Answer(copy.SavedAt, post.Version != input.Version));
    }

    static async Task<IResult> Discard(
        Guid id,
        string? language,
        HttpContext http,
        PlatformDb db,
        CancellationToken cancel
    )
    {
        if (await PostEditing.Load(db, id, http.Viewer(), cancel) is not { } post)
            return Results.NotFound();
        if (await PostEditing.WorkingCopy(db, id, http.Viewer(), language ?? post.Language, cancel) is { } copy)
            db.Remove(copy);
        await db.SaveChangesAsync(cancel);
        return Redirect.To($"/admin/posts/{id}").Saying(http.Texts().Say("The unsaved text was discarded."));
    }

    static IResult Preview(Form<Input> form, HttpContext http) =>
        TextResult.Of(Prose.Html(form.Value?.Body, ProseStyle.On(http.PageContext())), "text/html; charset=utf-8");
}
