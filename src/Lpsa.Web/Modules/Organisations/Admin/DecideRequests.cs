using System.ComponentModel.DataAnnotations;
using Lpsa.Places;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Organisations;

/// <summary>The queue of requests, oldest first, and the decision on one of them.</summary>
public static class DecideRequests
{
    public const string Path = "/admin/recognition";

    public static void Map(IEndpointRouteBuilder pages)
    {
        var staff = pages.MapGroup(Path).Requires(OrganisationsPermissions.Decide);
        staff.MapGet("", List);
        staff.MapGet("/{id:guid}", Get);
        staff.MapPost("/{id:guid}", Post);
    }

    public static string PathOf(Guid id) => $"{Path}/{id}";

    public sealed record Row(Guid Id, string Name, MarkKind Mark, RequestState State, DateTime AskedAt);

    public sealed record ListModel(IReadOnlyList<Row> Rows, string State);

    public sealed record DecisionInput
    {
        public RequestState State { get; init; }

        [StringLength(2000)]
        public string Note { get; init; } = "";

        /// <summary>Last part of the address of the organisation that is meant; empty: a new one is made.</summary>
        [StringLength(300)]
        public string Organisation { get; init; } = "";
        public DateOnly? From { get; init; }
        public DateOnly? Until { get; init; }
        public bool MayRepresent { get; init; }
    }

    public sealed record Model(
        RecognitionRequest Request,
        string Requester,
        Organisation? Organisation,
        IReadOnlyList<(string Slug, string Name)> Similar,
        Form<DecisionInput> Form,
        IVocabulary Vocabulary
    );

    static async Task<IResult> List(string? state, PlatformDb db, CancellationToken cancel)
    {
        var all = db.Set<RecognitionRequest>().AsNoTracking();
        var found = Enum.TryParse<RequestState>(state, ignoreCase: true, out var only)
            ? all.Where(r => r.State == only)
            : all.Where(r =>
                r.State == RequestState.Received
                || r.State == RequestState.UnderReview
                || r.State == RequestState.MoreAsked
            );
        var rows = await found
            .OrderBy(r => r.AskedAt)
            .ThenBy(r => r.Id)
            .Take(500)
            .Select(r => new Row(r.Id, r.Name, r.Mark, r.State, r.AskedAt))
            .ToListAsync(cancel);
        return ListRequestsPage.View(new(rows, state ?? ""));
    }

    static async Task<IResult> Get(Guid id, PlatformDb db, IVocabulary vocabulary, CancellationToken cancel)
    {
        if (await Find(id, db, cancel) is not { } request)
            return Results.NotFound();
        var form = Form<DecisionInput>.Of(
            new DecisionInput { From = db.Today(), MayRepresent = request.WantsToRepresent }
        );
        return await View(request, form, db, vocabulary, cancel);
    }

    static async Task<IResult> Post(
        Guid id,
        Form<DecisionInput> form,
        PlatformDb db,
        IVocabulary vocabulary,
        RequestMail mail,
        CancellationToken cancel
    )
    {
        if (await Find(id, db, cancel) is not { } request)
            return Results.NotFound();
        if (form.Value is { } typed)
            await Check(request, typed, form, db, cancel);
        if (form.Value is not { } input)
            return await View(request, form, db, vocabulary, cancel);
        var note = PlainText.Text(input.Note);
        if (!request.Go(input.State, byStaff: true, note, db.Now))
            return Redirect.To(PathOf(id)).Saying(RequestMail.Moved);
        if (input.State == RequestState.Approved)
            await Approve(request, input, note, db, cancel);
        await mail.Tell(db, request, note, cancel);
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateConcurrencyException)
        {
            return Redirect.To(PathOf(id)).Saying(RequestMail.Moved);
        }
        return Redirect.To(PathOf(id)).Saying("Saved. The person who asked was told by mail.");
    }

    private static async Task Check(
        RecognitionRequest request,
        DecisionInput input,
        Form<DecisionInput> form,
        PlatformDb db,
        CancellationToken cancel
    )
    {
        var needsWords = input.State is RequestState.MoreAsked or RequestState.Declined or RequestState.Approved;
        if (needsWords && PlainText.Text(input.Note).Length == 0)
            form.With(nameof(DecisionInput.Note), "Say it in words: the person who asked reads this.");
        if (input.State != RequestState.Approved || !request.MayGo(RequestState.Approved, byStaff: true))
            return;
        if (input.From is not { } from)
            form.With(nameof(DecisionInput.From), FormWords.Date);
        else if (input.Until < from)
            form.With(nameof(DecisionInput.Until), "The last day lies before the first.");
        var meant = await Meant(request, input, db, cancel);
        if (input.Organisation.Length > 0 && meant is null)
            form.With(nameof(DecisionInput.Organisation), "There is no organisation with this address.");
        if (meant is null || input.From is not { } first)
            return;
        var marks = await db.Set<OrganisationMark>()
            .AsNoTracking()
            .Where(m => m.OrganisationId == meant.Id && m.Kind == request.Mark)
            .ToListAsync(cancel);
        if (marks.Any(m => m.Overlaps(first, input.Until)))
            form.With(
                nameof(DecisionInput.From),
                "It has this standing already in a part of that time. End the other first."
            );
    }

    private static async Task Approve(
        RecognitionRequest request,
        DecisionInput input,
        string note,
        PlatformDb db,
        CancellationToken cancel
    )
    {
        var organisation = await Meant(request, input, db, cancel);
        if (organisation is null)
        {
            var made = new OrganisationInput
            {
                Name = request.Name,
                Kind = request.Kind,
                Country = request.Country ?? "",
                Website = request.Website,
                State = OrganisationState.Published,
            };
            organisation = Organisation.Add(
                await EditOrganisations.FreeSlug(db, request.Name, cancel),
                made.Kept(),
                db.Now
            );
            db.Add(organisation);
        }
        request.IsAbout(organisation.Id);
        db.Add(OrganisationMark.Decide(organisation.Id, request.Mark, input.From!.Value, input.Until, note, db.Now));
        if (!input.MayRepresent)
            return;
        // Without the person's own statement there is nothing to give the right to.
        var said = await db.Set<Affiliation>()
            .SingleOrDefaultAsync(a => a.OrganisationId == organisation.Id && a.AccountId == request.AccountId, cancel);
        said?.LetRepresent(true, db.Now);
    }

    private static async Task<Organisation?> Meant(
        RecognitionRequest request,
        DecisionInput input,
        PlatformDb db,
        CancellationToken cancel
    )
    {
        var slug = PlainText.Line(Uri.UnescapeDataString(input.Organisation.TrimEnd('/').Split('/')[^1]));
        return slug.Length > 0 ? await db.Set<Organisation>().SingleOrDefaultAsync(o => o.Slug == slug, cancel)
            : request.OrganisationId is { } known
                ? await db.Set<Organisation>().SingleOrDefaultAsync(o => o.Id == known, cancel)
            : null;
    }

    private static Task<RecognitionRequest?> Find(Guid id, PlatformDb db, CancellationToken cancel) =>
        db.Set<RecognitionRequest>().Include(r => r.Steps).SingleOrDefaultAsync(r => r.Id == id, cancel);

    private static async Task<PageResult> View(
        RecognitionRequest request,
        Form<DecisionInput> form,
        PlatformDb db,
        IVocabulary vocabulary,
        CancellationToken cancel
    )
    {
        var requester = await db.Set<Account>()
            .Where(a => a.Id == request.AccountId)
            .Select(a => a.Name)
            .SingleOrDefaultAsync(cancel);
        var known = await db.Set<Organisation>()
            .AsNoTracking()
            .SingleOrDefaultAsync(o => o.Id == request.OrganisationId, cancel);
        var similar = known is null
            ? await OrganisationQuery
                .Containing(db.Set<Organisation>(), request.Name)
                .OrderBy(o => o.Name)
                .Take(5)
                .Select(o => new { o.Slug, o.Name })
                .ToListAsync(cancel)
            : [];
        return DecideRequestPage.View(
            new(request, requester ?? "", known, [.. similar.Select(o => (o.Slug, o.Name))], form, vocabulary),
            form.Errors.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity
        );
    }
}
