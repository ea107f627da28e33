using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Publishing;

/// <summary>Submit, publish, schedule, take back, archive; preview links; "still right".</summary>
public static class ChangeState
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapPost("/admin/posts/{id:guid}/state", Post).Requires(PublishingPermissions.Write);
        pages.MapGet("/admin/posts/{id:guid}/preview", Preview).Requires(PublishingPermissions.Write);
    }

    public enum Act
    {
        Submit,
        Publish,
        Schedule,
        BackToDraft,
        Archive,
        OpenPreview,
        ClosePreview,
        StillHolds,
    }

    public sealed record Input
    {
        public Act Act { get; init; }

        /// <summary>In UTC.</summary>
        public DateTime? DueAt { get; init; }
        public int Version { get; init; }
    }

    static async Task<IResult> Post(
        Guid id,
        Form<Input> form,
        HttpContext http,
        PlatformDb db,
        CancellationToken cancel
    )
    {
        if (await PostEditing.Load(db, id, http.Viewer(), cancel) is not { } post)
            return Results.NotFound();
        var back = Redirect.To($"/admin/posts/{id}");
        var texts = http.Texts();
        if (form.Value is not { } input)
            return back.Saying(texts.Say(form.Errors[0].Message));
        if (input.Version != post.Version)
            return back.Saying(
                texts.Say(
                    "Somebody else changed this post meanwhile. Look at it and choose again; nothing was changed."
                )
            );
        if (!MayDo(input.Act, http.Viewer()))
            return ErrorPage.View(ErrorModel.NotAllowed, StatusCodes.Status403Forbidden);
        if (Do(input, post, db.Now) is { } problem)
            return back.Saying(texts.Say(problem));
        await PostFiles.Open(db, cancel, post);
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateConcurrencyException)
        {
            return back.Saying(
                texts.Say(
                    "Somebody else changed this post meanwhile. Look at it and choose again; nothing was changed."
                )
            );
        }
        return back.Saying(texts.Say(Done(input.Act)));
    }

    /// <summary>The post as its reader will see it, whatever its state.</summary>
    static async Task<IResult> Preview(
        Guid id,
        HttpContext http,
        PlatformDb db,
        Places.IVocabulary vocabulary,
        SiteSettings settings,
        CancellationToken cancel
    )
    {
        if (await PostEditing.Load(db, id, http.Viewer(), cancel) is null)
            return Results.NotFound();
        return await ShowPost.Read(db, p => p.Id == id, http.Texts().Language.Code, cancel) is { } stored
            ? await ShowPost.View(stored, http, db, vocabulary, settings, cancel)
            : Results.NotFound();
    }

    private static bool MayDo(Act act, Viewer viewer) =>
        viewer.May(PublishingPermissions.Edit)
        || act is Act.Submit or Act.BackToDraft or Act.OpenPreview or Act.ClosePreview;

    /// <returns>An English sentence when it cannot be done.</returns>
    private static string? Do(Input input, Post post, DateTime now)
    {
        switch (input.Act)
        {
            case Act.Submit:
                post.Submit(now);
                return null;
            case Act.Publish:
                post.Publish(now);
                return null;
            case Act.Schedule when input.DueAt is not { } due || due <= now:
                return "Choose a time in the future to publish it at.";
            case Act.Schedule:
                post.Schedule(input.DueAt!.Value, now);
                return null;
            case Act.BackToDraft:
                post.BackToDraft(now);
                return null;
            case Act.Archive:
                post.Archive(now);
                return null;
            case Act.OpenPreview:
                post.OpenPreview(now);
                return null;
            case Act.ClosePreview:
                post.ClosePreview(now);
                return null;
            default:
                post.StillHolds(DateOnly.FromDateTime(now), now);
                return null;
        }
    }

    private static string Done(Act act) =>
        act switch
        {
            Act.Submit => "Submitted. An editor will look at it.",
            Act.Publish => "Published.",
            Act.Schedule => "Scheduled.",
            Act.BackToDraft => "It is a draft again and nobody outside can see it.",
            Act.Archive => "Archived. It can be brought back as a draft.",
            Act.OpenPreview => "The preview link below works for anyone who has it.",
            Act.ClosePreview => "The preview link no longer works.",
            _ => "Marked as checked today.",
        };
}
