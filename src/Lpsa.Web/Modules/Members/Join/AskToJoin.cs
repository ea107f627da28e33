using System.ComponentModel.DataAnnotations;
using Lpsa.Places;
using Lpsa.Platform;

namespace Lpsa.Members;

/// <summary>
/// The one form to become a member or to change what a member chose. It answers alike for every address: whether one is
/// known turns up only in the mail to its owner.
/// </summary>
public static class AskToJoin
{
    /// <summary>A workshop signs up behind one address; more than this in an hour is a program.</summary>
    public static readonly Setting Limit = Setting.WholeNumber(
        "members.joins-per-network",
        "Join forms from one network in an hour",
        "Whoever sends more has to wait. Raise it before a large event whose guests share a network.",
        standard: 200,
        least: 1,
        most: 1_000_000
    );

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/join", Get);
        pages.MapPost("/join", Post);
        pages.MapGet("/join/sent", PageResult () => JoinSentPage.View(new()));
    }

    public sealed record Input : ChoiceInput, IValidatableObject
    {
        [Required(ErrorMessage = "Enter your e-mail address.")]
        [StringLength(254, ErrorMessage = "An e-mail address has at most 254 characters.")]
        public string Email { get; init; } = "";

        public IEnumerable<ValidationResult> Validate(ValidationContext context)
        {
            if (Email.Length > 0 && !MailAddress.TryParse(Email, "", out _, out var problem))
                yield return new ValidationResult(problem, [nameof(Email)]);
        }
    }

    public sealed record Model(Form<Input> Form, ChoiceOptions Options);

    public sealed record Sent;

    static PageResult Get(HttpContext http, IVocabulary vocabulary) =>
        JoinPage
            .View(new(Form<Input>.Of(new Input()), ChoiceOptions.Of(vocabulary, http.Texts())))
            .Tagged(HubTags.Taxonomy);

    static async Task<IResult> Post(
        Form<Input> form,
        HttpContext http,
        PlatformDb db,
        JobQueue jobs,
        SiteSettings settings,
        IVocabulary vocabulary,
        CancellationToken cancel
    )
    {
        var texts = http.Texts();
        var limit = settings.Number(Limit.Key);
        if (!await http.TakeFromNetwork(db, new ThrottleRule("join.network", limit, TimeSpan.FromHours(1)), cancel))
            return ErrorPage.View(ErrorModel.TooMany, StatusCodes.Status429TooManyRequests);
        if (form.Value is not { } input)
            return JoinPage.View(
                new(form, ChoiceOptions.Of(vocabulary, texts)),
                StatusCodes.Status422UnprocessableEntity
            );
        var asked = Registration.Ask(
            input.Email,
            input.Choices(vocabulary, texts.Language.Code),
            texts.Language.Code,
            texts.Say(JoinWords.Consent),
            Throttle.NetworkOf(http.Connection.RemoteIpAddress),
            db.Now
        );
        db.Add(asked);
        jobs.Add(db, SendConfirmation.Job, asked.Id);
        await db.SaveChangesAsync(cancel);
        return Redirect.To("/join/sent");
    }
}

/// <summary>Sentences that are kept as evidence of what a person agreed to.</summary>
internal static class JoinWords
{
    public static readonly string Consent = Sentence.Of(
        "I want to be a member of the Local Public Sector Alliance and get the messages chosen here. I can change or end this at any time, with one click in any message."
    );
}
