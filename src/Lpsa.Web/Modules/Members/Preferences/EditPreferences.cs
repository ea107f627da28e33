using Lpsa.Places;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Members;

/// <summary>
/// Everything a member chose, on one page, opened by the link in any message: no password, no account page, even years
/// later. What must not be changed by a mail that somebody forwarded (address, erasure) is not here.
/// </summary>
public static class EditPreferences
{
    internal const string How = "preference page";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/preferences", Own).RequiresSignIn();
        pages.MapGet("/preferences/{token}", Get);
        pages.MapPost("/preferences/{token}", Post);
    }

    public static string PathOf(string token) => "/preferences/" + token;

    public sealed record Input : ChoiceInput
    {
        /// <summary>BCP 47 code of the language of pages and messages.</summary>
        public string Language { get; init; } = "en";
        public DateOnly? PausedUntil { get; init; }

        public static Input Of(Member member, string name) =>
            Filled<Input>(member, name) with
            {
                Language = member.Language,
                PausedUntil = member.PausedUntil,
            };
    }

    public sealed record Model(
        string Token,
        string Email,
        bool IsMember,
        Form<Input> Form,
        ChoiceOptions Options,
        IReadOnlyList<NextStep> Welcome,
        IReadOnlyList<History> History
    );

    /// <summary>A decision of the person, as the own page lists it.</summary>
    public sealed record History(DateTime At, ConsentAct Act, string How);

    /// <summary>For somebody who is signed in: the own link.</summary>
    static async Task<IResult> Own(Viewer viewer, PlatformDb db, MemberSecrets secrets, CancellationToken cancel) =>
        await db.Set<Member>().AsNoTracking().SingleOrDefaultAsync(m => m.Id == viewer.AccountId, cancel) is { } member
            ? Redirect.To(PathOf(await secrets.LinkOf(db, member, cancel)))
            : Redirect.To("/join");

    static async Task<IResult> Get(
        string token,
        HttpContext http,
        PlatformDb db,
        MemberSecrets secrets,
        IVocabulary vocabulary,
        CancellationToken cancel
    )
    {
        PrivateLink.Guard(http);
        if (await secrets.Open(db, token, cancel) is not { } member)
            return LinkGonePage.View(new(), StatusCodes.Status404NotFound);
        return await View(token, member, null, http, db, vocabulary, cancel);
    }

    static async Task<IResult> Post(
        string token,
        Form<Input> form,
        HttpContext http,
        PlatformDb db,
        MemberSecrets secrets,
        IVocabulary vocabulary,
        CancellationToken cancel
    )
    {
        PrivateLink.Guard(http);
        await using var turn = await db.TakeTurn(MemberTurn.Of(token), cancel);
        if (await secrets.Open(db, token, cancel) is not { } member)
            return LinkGonePage.View(new(), StatusCodes.Status404NotFound);
        if (form.Value is not { } input)
            return await View(token, member, form, http, db, vocabulary, cancel);
        var now = db.Now;
        var language = Language.Find(input.Language)?.Code ?? member.Language;
        var choices = input.Choices(vocabulary, language) with { PausedUntil = input.PausedUntil };
        var account = await db.Set<Account>().SingleAsync(a => a.Id == member.Id, cancel);
        account.Rename(input.Name);
        // A person who left and saves the page wants to be back; nobody else can have opened it.
        member.Return(now);
        member.Choose(choices, onlyGiven: false, now);
        await Suppressions.Lift(db, await secrets.HashOf(db, account.Email, cancel), choices, isReached: false, cancel);
        db.Add(
            MemberConsent.Of(
                member.Id,
                ConsentAct.Changed,
                How,
                http.Texts().Say(JoinWords.Consent),
                choices,
                Throttle.NetworkOf(http.Connection.RemoteIpAddress),
                now
            )
        );
        await db.SaveChangesAsync(cancel);
        await turn.CommitAsync(cancel);
        return Redirect.To(PathOf(token)).Saying("Your choices hold from now on.");
    }

    private static async Task<PageResult> View(
        string token,
        Member member,
        Form<Input>? form,
        HttpContext http,
        PlatformDb db,
        IVocabulary vocabulary,
        CancellationToken cancel
    )
    {
        var account = await db.Set<Account>().AsNoTracking().SingleAsync(a => a.Id == member.Id, cancel);
        var history = await db.Set<MemberConsent>()
            .Where(c => c.MemberId == member.Id)
            .OrderByDescending(c => c.At)
            .Select(c => new History(c.At, c.Act, c.How))
            .Take(20)
            .ToListAsync(cancel);
        var steps = http.Request.Query.ContainsKey("welcome")
            ? NextSteps.For(MemberChoices.Of(member, account.Name), vocabulary, http.Texts())
            : [];
        return PreferencesPage.View(
            new(
                token,
                account.Email,
                member.State == MemberState.Member,
                form ?? Form<Input>.Of(Input.Of(member, account.Name)),
                ChoiceOptions.Of(vocabulary, http.Texts()),
                steps,
                history
            ),
            form is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity
        );
    }
}
