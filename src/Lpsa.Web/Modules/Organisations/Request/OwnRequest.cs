using System.ComponentModel.DataAnnotations;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Organisations;

/// <summary>One's own request: its state and history, an answer to a question, the way out. Others' answer like none.</summary>
public static class OwnRequest
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        var own = pages.MapGroup("/account/organisations/requests/{id:guid}").RequiresSignIn();
        own.MapGet("", Get);
        own.MapPost("/answer", Answer);
        own.MapPost("/withdraw", Withdraw);
    }

    public static string PathOf(Guid id) => $"/account/organisations/requests/{id}";

    public sealed record AnswerInput
    {
        [Required(ErrorMessage = "Write something first."), StringLength(3000)]
        public string Text { get; init; } = "";
    }

    public sealed record Model(RecognitionRequest Request, string? OrganisationSlug, Form<AnswerInput> Answer);

    static async Task<IResult> Get(Guid id, Viewer viewer, PlatformDb db, CancellationToken cancel) =>
        await Own(id, viewer, db, cancel) is { } request
            ? await View(request, Form<AnswerInput>.Empty, db, cancel)
            : Results.NotFound();

    static async Task<IResult> Answer(
        Guid id,
        Form<AnswerInput> form,
        Viewer viewer,
        PlatformDb db,
        CancellationToken cancel
    )
    {
        if (await Own(id, viewer, db, cancel) is not { } request)
            return Results.NotFound();
        if (form.Value is not { } input)
            return await View(request, form, db, cancel);
        return await Move(request, RequestState.UnderReview, PlainText.Text(input.Text), db, cancel)
            ? Redirect.To(PathOf(id)).Saying("Your answer has arrived.")
            : Redirect.To(PathOf(id)).Saying(RequestMail.Moved);
    }

    static async Task<IResult> Withdraw(Guid id, Viewer viewer, PlatformDb db, CancellationToken cancel)
    {
        if (await Own(id, viewer, db, cancel) is not { } request)
            return Results.NotFound();
        return await Move(request, RequestState.Withdrawn, "", db, cancel)
            ? Redirect.To(PathOf(id)).Saying("The request is withdrawn.")
            : Redirect.To(PathOf(id)).Saying(RequestMail.Moved);
    }

    private static async Task<bool> Move(
        RecognitionRequest request,
        RequestState to,
        string note,
        PlatformDb db,
        CancellationToken cancel
    )
    {
        if (!request.Go(to, byStaff: false, note, db.Now))
            return false;
        try
        {
            await db.SaveChangesAsync(cancel);
            return true;
        }
        catch (DbUpdateConcurrencyException)
        {
            return false;
        }
    }

    private static Task<RecognitionRequest?> Own(Guid id, Viewer viewer, PlatformDb db, CancellationToken cancel) =>
        db.Set<RecognitionRequest>()
            .Include(r => r.Steps)
            .SingleOrDefaultAsync(r => r.Id == id && r.AccountId == viewer.AccountId, cancel);

    private static async Task<PageResult> View(
        RecognitionRequest request,
        Form<AnswerInput> form,
        PlatformDb db,
        CancellationToken cancel
    ) =>
        OwnRequestPage.View(
            new(
                request,
                await ListOrganisations
                    .Public(db)
                    .Where(o => o.Id == request.OrganisationId)
                    .Select(o => o.Slug)
                    .SingleOrDefaultAsync(cancel),
                form
            ),
            form.Errors.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity
        );
}
