using Lpsa.Places;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Members;

/// <summary>The owner of the address says yes, or that it was somebody else. Opening the link does nothing by itself.</summary>
public static class ConfirmJoin
{
    internal const string How = "join form, confirmed by mail";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/welcome/{token}", Get);
        pages.MapPost("/welcome/{token}", Post);
        pages.MapPost("/welcome/{token}/not-me", Refuse);
    }

    public static string PathOf(string token) => "/welcome/" + token;

    /// <param name="Email">Null when the link leads nowhere any more.</param>
    /// <param name="Chosen">What the form said; the owner of the address sees it before it holds, a stranger may have sent it.</param>
    public sealed record Model(string Token, string? Email, IReadOnlyList<(string Term, string Value)> Chosen)
    {
        public static Model Gone(string token) => new(token, null, []);
    }

    static async Task<IResult> Get(
        string token,
        HttpContext http,
        PlatformDb db,
        IVocabulary vocabulary,
        CancellationToken cancel
    )
    {
        PrivateLink.Guard(http);
        return await Find(db, token, cancel) is { } asked
            ? ConfirmJoinPage.View(new(token, asked.Email, http.Texts().Facts(asked.Chosen, vocabulary)))
            : ConfirmJoinPage.View(Model.Gone(token), StatusCodes.Status410Gone);
    }

    static async Task<IResult> Post(
        string token,
        HttpContext http,
        PlatformDb db,
        MemberSecrets secrets,
        Mailer mailer,
        SiteAddress site,
        IVocabulary vocabulary,
        CancellationToken cancel
    )
    {
        PrivateLink.Guard(http);
        if (await Find(db, token, cancel) is not { } asked)
            return ConfirmJoinPage.View(Model.Gone(token), StatusCodes.Status410Gone);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var now = db.Now;
        // Two clicks at once: one of them wins, the other finds the link used.
        var won = await db.Set<Registration>()
            .Where(r => r.Id == asked.Id && r.UsedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.UsedAt, now), cancel);
        if (won == 0)
            return ConfirmJoinPage.View(Model.Gone(token), StatusCodes.Status410Gone);
        var choices = asked.Chosen;
        var (member, name, isNew) = await Take(db, asked, choices, cancel);
        db.Add(
            MemberConsent.Of(
                member.Id,
                isNew ? ConsentAct.Joined : ConsentAct.Changed,
                How,
                asked.Shown,
                choices,
                asked.Network,
                now,
                asked.AskedAt
            )
        );
        await Suppressions.Lift(db, await secrets.HashOf(db, asked.Email, cancel), choices, isReached: true, cancel);
        var link = await secrets.LinkOf(db, member, cancel);
        if (isNew && MailAddress.TryParse(asked.Email, name, out var to, out _))
            mailer.Queue(
                db,
                to,
                Language.Find(member.Language) ?? Language.English,
                new WelcomeLetter
                {
                    Name = name,
                    Token = link,
                    Choices = choices,
                    Terms = vocabulary,
                },
                MemberMail.Options(site, link)
            );
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return Redirect
            .To(EditPreferences.PathOf(link) + (isNew ? "?welcome=1" : ""))
            .Saying(isNew ? Sentence.Of("Welcome. You are a member.") : Sentence.Of("Your choices hold from now on."));
    }

    static async Task<IResult> Refuse(string token, HttpContext http, PlatformDb db, CancellationToken cancel)
    {
        PrivateLink.Guard(http);
        var hash = SignInLink.HashOf(token);
        await db.Set<Registration>().Where(r => r.TokenHash == hash && r.UsedAt == null).ExecuteDeleteAsync(cancel);
        return Redirect.To("/").Saying("What was typed in your name is deleted.");
    }

    private static async Task<(Member Member, string Name, bool IsNew)> Take(
        PlatformDb db,
        Registration asked,
        MemberChoices choices,
        CancellationToken cancel
    )
    {
        var now = db.Now;
        var account = await db.Set<Account>().SingleOrDefaultAsync(a => a.EmailKey == asked.EmailKey, cancel);
        if (account is not null && await SecondAddress.BelongsTo(db, account.Id, cancel) is { } stayed)
            account = await db.Set<Account>().SingleAsync(a => a.Id == stayed, cancel);
        if (account is null)
            db.Add(account = Account.Open(asked.Email, choices.Name ?? "", now));
        else if (!string.IsNullOrEmpty(choices.Name))
            account.Rename(choices.Name);
        var member = await db.Set<Member>()
            .Include(m => m.Interests)
            .Include(m => m.Periods)
            .SingleOrDefaultAsync(m => m.Id == account.Id, cancel);
        var isNew = member is null || member.State == MemberState.Left;
        if (member is null)
            db.Add(member = Member.Join(account.Id, "form", now));
        member.Return(now);
        member.Choose(choices, onlyGiven: true, now);
        return (member, account.Name, isNew);
    }

    private static Task<Registration?> Find(PlatformDb db, string token, CancellationToken cancel)
    {
        var (hash, now) = (SignInLink.HashOf(token), db.Now);
        return db.Set<Registration>()
            .AsNoTracking()
            .SingleOrDefaultAsync(r => r.TokenHash == hash && r.UsedAt == null && r.ExpiresAt > now, cancel);
    }
}
