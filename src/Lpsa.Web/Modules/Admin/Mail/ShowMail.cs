using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Admin;

/// <summary>
/// The outbox for staff: what became of every message. It shows no texts, since a text may hold somebody's sign-in link.
/// </summary>
public static class ShowMail
{
    private const int RowsOnPage = 100;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/admin/mail", Get).Requires(AdminPermissions.Operate);
        pages.MapPost("/admin/mail/test", SendTest).Requires(AdminPermissions.Operate);
        pages.MapPost("/admin/mail/{id:guid}/again", SendAgain).Requires(AdminPermissions.Operate);
    }

    public sealed record Row(
        Guid Id,
        string Kind,
        string To,
        string Subject,
        MailState State,
        int Attempt,
        string? Explanation,
        DateTime CreatedAt,
        DateTime NextAt,
        bool MaySendAgain
    );

    public sealed record Model(
        IReadOnlyList<Row> Rows,
        IReadOnlyDictionary<MailState, int> Counts,
        MailState? Chosen,
        int Page,
        int Pages,
        bool IsOn
    );

    static async Task<PageResult> Get(
        string? state,
        int? page,
        PlatformDb db,
        PlatformOptions options,
        CancellationToken cancel
    )
    {
        MailState? chosen =
            Enum.TryParse<MailState>(state, ignoreCase: true, out var named) && Enum.IsDefined(named) ? named : null;
        var number = Math.Clamp(page ?? 1, 1, 10_000);
        var counts = await db.Set<OutgoingMail>()
            .GroupBy(m => m.State)
            .Select(group => new { group.Key, Count = group.Count() })
            .ToDictionaryAsync(group => group.Key, group => group.Count, cancel);
        var mails = await db.Set<OutgoingMail>()
            .AsNoTracking()
            .Where(m => chosen == null || m.State == chosen)
            .OrderByDescending(m => m.CreatedAt)
            .ThenByDescending(m => m.Id)
            .Skip((number - 1) * RowsOnPage)
            .Take(RowsOnPage)
            .ToListAsync(cancel);
        var rows = mails.ConvertAll(RowOf);
        var total = chosen is { } one ? counts.GetValueOrDefault(one) : counts.Values.Sum();
        var last = (total + RowsOnPage - 1) / RowsOnPage;
        return ShowMailPage.View(new(rows, counts, chosen, number, last, options.Smtp is not null));
    }

    static async Task<IResult> SendAgain(
        Guid id,
        HttpContext http,
        PlatformDb db,
        Mailer mailer,
        CancellationToken cancel
    )
    {
        if (await db.Set<OutgoingMail>().SingleOrDefaultAsync(m => m.Id == id, cancel) is not { } mail)
            return ErrorPage.View(ErrorModel.NotFound, StatusCodes.Status404NotFound);
        if (!mailer.SendAgain(db, mail))
            return Redirect
                .To("/admin/mail")
                .Saying(http.Texts().Say("This message is waiting or was sent. Nothing was changed."));
        await db.SaveChangesAsync(cancel);
        return Redirect.To("/admin/mail").Saying(http.Texts().Say("The message is sent again."));
    }

    static async Task<IResult> SendTest(
        HttpContext http,
        PlatformDb db,
        Mailer mailer,
        PlatformOptions options,
        CancellationToken cancel
    )
    {
        var viewer = http.Viewer();
        var account = await db.Set<Account>().AsNoTracking().SingleAsync(a => a.Id == viewer.AccountId, cancel);
        if (!MailAddress.TryParse(account.Email, account.Name, out var address, out _))
            return Redirect
                .To("/admin/mail")
                .Saying(http.Texts().Say("Your account has no address that mail could go to."));
        mailer.Queue(db, address, http.Texts().Language, new TestLetter());
        await db.SaveChangesAsync(cancel);
        return Redirect
            .To("/admin/mail")
            .Saying(
                options.Smtp is null
                    ? http.Texts().Say("The test message lies in the outbox, because no mail server is set.")
                    : http.Texts().Say("A test message is on its way to your address.")
            );
    }

    private static Row RowOf(OutgoingMail mail) =>
        new(
            mail.Id,
            mail.Kind,
            mail.ToAddress,
            mail.Subject,
            mail.State,
            mail.Attempt,
            mail.Explanation,
            mail.CreatedAt,
            mail.NextAt,
            mail.MaySendAgain
        );
}
