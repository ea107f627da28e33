using System.ComponentModel.DataAnnotations;
using Lpsa.Places;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Publishing;

/// <summary>Writing a post. Two people never overwrite each other: the later one sees both texts and decides.</summary>
public static class EditPost
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages
            .MapGet("/admin/posts/new", PageResult () => NewPostPage.View(Form<NewInput>.Of(new NewInput())))
            .Requires(PublishingPermissions.Write);
        pages.MapPost("/admin/posts/new", Begin).Requires(PublishingPermissions.Write);
        pages.MapGet("/admin/posts/{id:guid}", Get).Requires(PublishingPermissions.Write);
        pages.MapPost("/admin/posts/{id:guid}", Save).Requires(PublishingPermissions.Write);
    }

    public sealed record NewInput
    {
        [
            Required(ErrorMessage = "Give it a title; you can change it later."),
            StringLength(200, ErrorMessage = "A title has at most 200 characters.")
        ]
        public string Title { get; init; } = "";
        public PostKind Kind { get; init; }
        public string Language { get; init; } = "en";
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
        public string Slug { get; init; } = "";
        public PostKind Kind { get; init; }
        public DateOnly? Date { get; init; }
        public DatePrecision Precision { get; init; } = DatePrecision.Day;
        public DateOnly? CheckedOn { get; init; }

        [StringLength(100, ErrorMessage = "The name of a licence has at most 100 characters.")]
        public string Licence { get; init; } = "";
        public string Picture { get; init; } = "";

        [StringLength(500, ErrorMessage = "The description of a picture has at most 500 characters.")]
        public string PictureText { get; init; } = "";
        public string SourceAddress { get; init; } = "";

        [StringLength(500, ErrorMessage = "The note on the source has at most 500 characters.")]
        public string SourceNote { get; init; } = "";
        public IReadOnlyList<string> Themes { get; init; } = [];
        public IReadOnlyList<string> Regions { get; init; } = [];
        public IReadOnlyList<string> Sectors { get; init; } = [];
        public string Countries { get; init; } = "";
        public string Tags { get; init; } = "";
        public string Authors { get; init; } = "";

        /// <summary>The version that the person started from.</summary>
        public int Version { get; init; }
    }

    /// <param name="Theirs">Set when somebody else saved meanwhile: what is stored now.</param>
    public sealed record Model(
        Post Post,
        Form<Input> Form,
        PostWorkingCopy? Unsaved,
        Conflict? Theirs,
        IVocabulary Vocabulary,
        bool MayPublish,
        string? PreviewPath
    );

    public sealed record Conflict(
        IReadOnlyList<TextChange> Title,
        IReadOnlyList<TextChange> Summary,
        IReadOnlyList<TextChange> Body
    );

    static async Task<IResult> Begin(Form<NewInput> form, HttpContext http, PlatformDb db, CancellationToken cancel)
    {
        if (form.Value is not { } input)
            return NewPostPage.View(form, StatusCodes.Status422UnprocessableEntity);
        var slug = await Platform.Slug.Free(
            Platform.Slug.Of(input.Title),
            s => db.Set<Post>().AnyAsync(p => p.Slug == s, cancel)
        );
        var language = Language.Find(input.Language)?.Code ?? "en";
        var post = Post.Draft(input.Kind, language, slug, http.Viewer().AccountId, db.Now);
        post.Write(input.Title, "", "", db.Now);
        db.Add(post);
        await db.SaveChangesAsync(cancel);
        return Redirect.To($"/admin/posts/{post.Id}");
    }

    static async Task<IResult> Get(
        Guid id,
        bool? unsaved,
        HttpContext http,
        PlatformDb db,
        IVocabulary vocabulary,
        CancellationToken cancel
    )
    {
        if (await PostEditing.Load(db, id, http.Viewer(), cancel) is not { } post)
            return Results.NotFound();
        var copy = await PostEditing.WorkingCopy(db, post.Id, http.Viewer(), post.Language, cancel);
        var input = await PostEditing.InputOf(db, post, vocabulary, http.Texts(), cancel);
        if (unsaved == true && copy is not null)
            input = input with
            {
                Title = copy.Title,
                Summary = copy.Summary,
                Body = copy.Body,
                Version = copy.BaseVersion,
            };
        return EditPostPage.View(
            ModelOf(post, Form<Input>.Of(input), unsaved == true ? null : copy, null, http, vocabulary)
        );
    }

    static async Task<IResult> Save(
        Guid id,
        Form<Input> form,
        HttpContext http,
        PlatformDb db,
        IVocabulary vocabulary,
        CancellationToken cancel
    )
    {
        if (await PostEditing.Load(db, id, http.Viewer(), cancel) is not { } post)
            return Results.NotFound();
        var described = form.Value is { } sent
            ? await PostEditing.Describe(db, post, sent, form, vocabulary, http.Texts(), cancel)
            : null;
        if (form.Value is not { } input || described is null)
            return EditPostPage.View(
                ModelOf(post, form, null, null, http, vocabulary),
                StatusCodes.Status422UnprocessableEntity
            );
        if (input.Version != post.Version)
            return Conflicting(post, input, http, vocabulary);

        var before = post.ContentVersion;
        post.Write(input.Title, input.Summary, input.Body, db.Now);
        post.Describe(described.Details, db.Now);
        post.Classify(described.Facets);
        post.Credit(described.Credits);
        if (described.OldPath is { } old)
            db.Add(OldAddress.Of(old, post.Path));
        if (post.ContentVersion != before)
            db.Add(
                await PostEditing.Revision(
                    db,
                    post.Id,
                    post.Language,
                    post.Title,
                    post.Summary,
                    post.Body,
                    http.Viewer(),
                    cancel
                )
            );
        if (await PostEditing.WorkingCopy(db, post.Id, http.Viewer(), post.Language, cancel) is { } copy)
            db.Remove(copy);
        await PostFiles.Open(db, cancel, post);
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateConcurrencyException)
        {
            // Somebody saved between our look and our write.
            db.ChangeTracker.Clear();
            return Conflicting((await PostEditing.Load(db, id, http.Viewer(), cancel))!, input, http, vocabulary);
        }
        return Redirect.To($"/admin/posts/{post.Id}").Saying(http.Texts().Say("Saved."));
    }

    private static PageResult Conflicting(Post post, Input input, HttpContext http, IVocabulary vocabulary)
    {
        var theirs = new Conflict(
            TextComparison.Of(post.Title, input.Title),
            TextComparison.Of(post.Summary, input.Summary),
            TextComparison.Of(post.Body, input.Body)
        );
        // The form keeps what was typed, on top of the newest version: saving again is now a decision.
        var form = Form<Input>.Of(input with { Version = post.Version });
        return EditPostPage.View(ModelOf(post, form, null, theirs, http, vocabulary), StatusCodes.Status409Conflict);
    }

    private static Model ModelOf(
        Post post,
        Form<Input> form,
        PostWorkingCopy? unsaved,
        Conflict? theirs,
        HttpContext http,
        IVocabulary vocabulary
    ) =>
        new(
            post,
            form,
            unsaved,
            theirs,
            vocabulary,
            http.Viewer().May(PublishingPermissions.Edit),
            post.PreviewToken is null ? null : http.PageContext().Site.Absolute("/posts/preview/" + post.PreviewToken)
        );
}
