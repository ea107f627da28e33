using System.ComponentModel.DataAnnotations;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Publishing;

/// <summary>A post in another language, beside its original. It remembers which version of the original it was made from.</summary>
public static class TranslatePost
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/admin/posts/{id:guid}/translations/{language}", Get).Requires(PublishingPermissions.Write);
        pages.MapPost("/admin/posts/{id:guid}/translations/{language}", Save).Requires(PublishingPermissions.Write);
    }

    public sealed record Input
    {
        [
            Required(ErrorMessage = "A post needs a title."),
            StringLength(200, ErrorMessage = "A title has at most 200 characters.")
        ]
        public string Title { get; init; } = "";

        [StringLength(600, ErrorMessage = "A summary has at most 600 characters.")]
        public string Summary { get; init; } = "";

        [StringLength(Prose.LongestText, ErrorMessage = "The text is too long; split it into several posts.")]
        public string Body { get; init; } = "";
        public TranslationQuality State { get; init; } = TranslationQuality.Reviewed;
        public int Version { get; init; }
    }

    public sealed record Model(Post Post, Language Language, Form<Input> Form, bool IsBehind, bool IsConflict);

    static async Task<IResult> Get(Guid id, string language, HttpContext http, PlatformDb db, CancellationToken cancel)
    {
        if (await Find(db, id, language, http, cancel) is not (var post, var into))
            return Results.NotFound();
        var translation = post.Translations.FirstOrDefault(t => t.Language == into.Code);
        var input = translation is null
            ? new Input { Version = post.Version }
            : new Input
            {
                Title = translation.Title,
                Summary = translation.Summary,
                Body = translation.Body,
                State = translation.State,
                Version = post.Version,
            };
        return TranslatePostPage.View(
            new Model(post, into, Form<Input>.Of(input), translation?.SourceVersion < post.ContentVersion, false)
        );
    }

    static async Task<IResult> Save(
        Guid id,
        string language,
        Form<Input> form,
        HttpContext http,
        PlatformDb db,
        CancellationToken cancel
    )
    {
        if (await Find(db, id, language, http, cancel) is not (var post, var into))
            return Results.NotFound();
        if (form.Value is not { } input)
            return TranslatePostPage.View(
                new Model(post, into, form, false, false),
                StatusCodes.Status422UnprocessableEntity
            );
        if (input.Version != post.Version)
            return Conflict(post, into, input);
        post.Translate(into.Code, input.Title, input.Summary, input.Body, input.State, db.Now);
        db.Add(
            await PostEditing.Revision(db, id, into.Code, input.Title, input.Summary, input.Body, http.Viewer(), cancel)
        );
        await PostFiles.Open(db, cancel, post);
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateConcurrencyException)
        {
            return Conflict(post, into, input);
        }
        return Redirect.To($"/admin/posts/{id}/translations/{into.Code}").Saying(http.Texts().Say("Saved."));
    }

    private static PageResult Conflict(Post post, Language into, Input input) =>
        TranslatePostPage.View(
            new Model(post, into, Form<Input>.Of(input with { Version = post.Version }), false, true),
            StatusCodes.Status409Conflict
        );

    private static async Task<(Post, Language)?> Find(
        PlatformDb db,
        Guid id,
        string language,
        HttpContext http,
        CancellationToken cancel
    ) =>
        await PostEditing.Load(db, id, http.Viewer(), cancel) is { } post
        && Language.Find(language) is { } into
        && into.Code != post.Language
            ? (post, into)
            : null;
}
