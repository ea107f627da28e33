using System.ComponentModel.DataAnnotations;
using Lpsa.Members;
using Lpsa.Places;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Organisations;

/// <summary>What a member writes to have an organisation recognised.</summary>
public sealed record RequestInput : IValidatableObject
{
    /// <summary>Last part of the address of a listed organisation; empty: it is not listed yet.</summary>
    [StringLength(200)]
    public string Organisation { get; init; } = "";

    [StringLength(200, ErrorMessage = "A name has at most 200 characters.")]
    public string Name { get; init; } = "";

    [StringLength(60)]
    public string Kind { get; init; } = "";

    [StringLength(3)]
    public string Country { get; init; } = "";

    [StringLength(300)]
    public string Website { get; init; } = "";
    public MarkKind Mark { get; init; } = MarkKind.Recognised;

    [Required(ErrorMessage = "Say why, in a few sentences.")]
    [StringLength(3000)]
    public string Reason { get; init; } = "";

    [StringLength(500)]
    public string Evidence { get; init; } = "";
    public bool WantsToRepresent { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext context)
    {
        var whole = Sentence.Of("Enter a whole address that begins with https:// or http://.");
        if (Organisation.Length == 0 && PlainText.Line(Name).Length == 0)
            yield return new(Sentence.Of("Enter the name of the organisation."), [nameof(Name)]);
        if (Organisation.Length == 0 && Kind.Length == 0)
            yield return new(Sentence.Of("Choose a kind."), [nameof(Kind)]);
        if (Website.Length > 0 && !SafeAddress.IsWeb(Website))
            yield return new(whole, [nameof(Website)]);
        if (Evidence.Length > 0 && !SafeAddress.IsWeb(Evidence))
            yield return new(whole, [nameof(Evidence)]);
        // A seat is offered by the Board and not asked for; a form sent by hand could name it.
        if (Mark == MarkKind.AdvisoryBoard)
            yield return new(FormWords.Choice, [nameof(Mark)]);
    }

    internal RequestInput Kept() => this with { Name = PlainText.Line(Name), Reason = PlainText.Text(Reason) };
}

/// <summary>A member asks that an organisation be recognised, or become a partner.</summary>
public static class AskForRecognition
{
    public const string Path = "/organisations/request";

    /// <summary>Open at once; more would only be the same again.</summary>
    public const int MostOpen = 5;

    public static void Map(IEndpointRouteBuilder pages)
    {
        var ask = pages.MapGroup(Path).RequiresSignIn();
        ask.MapGet("", Get);
        ask.MapPost("", Post);
    }

    public sealed record Model(
        Form<RequestInput> Form,
        Organisation? Organisation,
        IReadOnlyList<Choice> Kinds,
        IReadOnlyList<Choice> Countries
    );

    static async Task<IResult> Get(
        string? organisation,
        HttpContext http,
        PlatformDb db,
        IVocabulary vocabulary,
        CancellationToken cancel
    )
    {
        if (await db.Membership(http.Viewer().AccountId, cancel) is not { } member)
            return Redirect.To("/join");
        var listed = await Listed(organisation, db, cancel);
        var input = new RequestInput
        {
            Organisation = listed?.Slug ?? "",
            Name = listed is null ? member.Institution : "",
        };
        return View(Form<RequestInput>.Of(input), listed, http, vocabulary);
    }

    static async Task<IResult> Post(
        Form<RequestInput> form,
        HttpContext http,
        PlatformDb db,
        IVocabulary vocabulary,
        RequestMail mail,
        CancellationToken cancel
    )
    {
        if (await db.Membership(http.Viewer().AccountId, cancel) is not { } member)
            return Redirect.To("/join");
        var listed = await Listed(form.Text(nameof(RequestInput.Organisation)), db, cancel);
        if (form.Value is { } typed)
        {
            if (typed.Organisation.Length > 0 && listed is null)
                form.With(nameof(RequestInput.Organisation), "There is no organisation with this address.");
            if (listed is null && vocabulary.Get(Axes.Stakeholder, typed.Kind, "en") is null)
                form.With(nameof(RequestInput.Kind), FormWords.Choice);
            if (typed.Country.Length > 0 && vocabulary.Get(Axes.Country, typed.Country, "en") is null)
                form.With(nameof(RequestInput.Country), FormWords.Choice);
            var open = await db.Set<RecognitionRequest>()
                .Where(r =>
                    r.AccountId == member.Id
                    && (
                        r.State == RequestState.Received
                        || r.State == RequestState.UnderReview
                        || r.State == RequestState.MoreAsked
                    )
                )
                .Select(r => new { r.OrganisationId, r.Mark })
                .ToListAsync(cancel);
            if (open.Count >= MostOpen)
                form.With(
                    "",
                    "You have five requests that are not decided yet. Wait for one of them, or withdraw one."
                );
            else if (listed is not null && open.Any(r => r.OrganisationId == listed.Id && r.Mark == typed.Mark))
                form.With("", "You have asked for this already; it is not decided yet.");
        }
        if (form.Value is not { } input)
            return View(form, listed, http, vocabulary);
        var asked = RecognitionRequest.Ask(member.Id, listed, input.Kept(), db.Now);
        db.Add(asked);
        await mail.Tell(db, asked, "", cancel);
        await db.SaveChangesAsync(cancel);
        return Redirect.To(OwnRequest.PathOf(asked.Id)).Saying("Your request has arrived. You see its state here.");
    }

    private static async Task<Organisation?> Listed(string? slug, PlatformDb db, CancellationToken cancel)
    {
        var clean = PlainText.Line(slug ?? "");
        return await ListOrganisations.Public(db).SingleOrDefaultAsync(o => o.Slug == clean, cancel);
    }

    private static PageResult View(
        Form<RequestInput> form,
        Organisation? listed,
        HttpContext http,
        IVocabulary vocabulary
    )
    {
        var language = http.Texts().Language.Code;
        return AskForRecognitionPage.View(
            new(
                form,
                listed,
                [.. vocabulary.All(Axes.Stakeholder, language).Select(e => new Choice(e.Code, e.Label))],
                [.. vocabulary.All(Axes.Country, language).Select(e => new Choice(e.Code, e.Label))]
            ),
            form.Errors.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity
        );
    }
}
