using System.ComponentModel.DataAnnotations;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Members;

/// <summary>What others wrote to this member: answer, block, report. Another person's message answers like none.</summary>
public static class ReadMessages
{
    private const string Path = "/account/messages";

    public static void Map(IEndpointRouteBuilder pages)
    {
        var own = pages.MapGroup(Path).RequiresSignIn();
        own.MapGet("", List);
        own.MapGet("/{id:guid}", Get);
        own.MapPost("/{id:guid}", Answer);
        own.MapPost("/{id:guid}/block", Block);
        own.MapPost("/{id:guid}/report", Report);
        pages.MapGet("/admin/reports", Reports).Requires(MembersPermissions.Reports);
    }

    public static string PathOf(Guid id) => $"{Path}/{id}";

    /// <param name="From">Name of the sender; empty when the sender has none.</param>
    public sealed record Row(Guid Id, Guid SenderId, string From, string Body, DateTime SentAt, DateTime? ReportedAt);

    public sealed record Model(Row Message, bool IsBlocked, Form<WriteMessage.Input> Form);

    public sealed record BlockInput
    {
        /// <summary>Says what is meant, so that a double click does not undo itself.</summary>
        public bool Lift { get; init; }
    }

    public sealed record ReportInput
    {
        [StringLength(1000)]
        public string Reason { get; init; } = "";
    }

    /// <summary>A message whose recipient asked staff to look at it.</summary>
    public sealed record ReportedRow(Guid SenderId, string From, string To, string Body, string Reason, DateTime At);

    static async Task<IResult> List(Viewer viewer, PlatformDb db, CancellationToken cancel) =>
        ReadMessagesPage.View(
            await Rows(Received(viewer, db).OrderByDescending(m => m.SentAt).Take(100), db).ToListAsync(cancel)
        );

    static Task<IResult> Get(Guid id, Viewer viewer, PlatformDb db, CancellationToken cancel) =>
        View(id, Form<WriteMessage.Input>.Of(new()), viewer, db, cancel);

    static async Task<IResult> Answer(
        Guid id,
        Form<WriteMessage.Input> form,
        Viewer viewer,
        PlatformDb db,
        RelayMessage relay,
        CancellationToken cancel
    )
    {
        if (await Received(viewer, db).SingleOrDefaultAsync(m => m.Id == id, cancel) is not { } message)
            return Results.NotFound();
        if (form.Value is { } input)
        {
            if (await relay.Send(db, viewer.AccountId!.Value, message.SenderId, input.Text, cancel) is not { } refusal)
                return Redirect.To(PathOf(id)).Saying("Your message is on its way.");
            form.With(nameof(WriteMessage.Input.Text), refusal);
        }
        return await View(id, form, viewer, db, cancel);
    }

    static async Task<IResult> Block(
        Guid id,
        Form<BlockInput> form,
        Viewer viewer,
        PlatformDb db,
        CancellationToken cancel
    )
    {
        await using var turn = await db.TakeTurn(MemberTurn.Of(viewer.AccountId!.Value), cancel);
        if (await Received(viewer, db).SingleOrDefaultAsync(m => m.Id == id, cancel) is not { } message)
            return Results.NotFound();
        var own = viewer.AccountId!.Value;
        var block = await db.Set<MemberBlock>().FindAsync([own, message.SenderId], cancel);
        var wanted = form.Value is not { Lift: true };
        if (block is null && wanted)
            db.Add(new MemberBlock(own, message.SenderId, db.Now));
        else if (block is not null && !wanted)
            db.Remove(block);
        await db.SaveChangesAsync(cancel);
        await turn.CommitAsync(cancel);
        return Redirect.To(PathOf(id)).Saying("Saved.");
    }

    static async Task<IResult> Report(
        Guid id,
        Form<ReportInput> form,
        Viewer viewer,
        PlatformDb db,
        CancellationToken cancel
    )
    {
        var message = await Received(viewer, db).SingleOrDefaultAsync(m => m.Id == id, cancel);
        if (message is null || form.Value is not { } input)
            return Results.NotFound();
        message.Complain(input.Reason, db.Now);
        await db.SaveChangesAsync(cancel);
        return Redirect.To(PathOf(id)).Saying("Thank you. Somebody of the staff will read the message.");
    }

    static async Task<IResult> Reports(PlatformDb db, CancellationToken cancel) =>
        ReportedMessagesPage.View(
            await (
                from m in db.Set<MemberMessage>()
                where m.ReportedAt != null
                join sender in db.Set<Account>() on m.SenderId equals sender.Id
                join recipient in db.Set<Account>() on m.RecipientId equals recipient.Id
                orderby m.ReportedAt descending
                select new ReportedRow(m.SenderId, sender.Name, recipient.Name, m.Body, m.Report, m.ReportedAt!.Value)
            )
                .Take(200)
                .ToListAsync(cancel)
        );

    private static IQueryable<MemberMessage> Received(Viewer viewer, PlatformDb db) =>
        db.Set<MemberMessage>().Where(m => m.RecipientId == viewer.AccountId && !m.Withheld);

    private static IQueryable<Row> Rows(IQueryable<MemberMessage> messages, PlatformDb db) =>
        from m in messages
        join sender in db.Set<Account>() on m.SenderId equals sender.Id
        select new Row(m.Id, m.SenderId, sender.Name, m.Body, m.SentAt, m.ReportedAt);

    private static async Task<IResult> View(
        Guid id,
        Form<WriteMessage.Input> form,
        Viewer viewer,
        PlatformDb db,
        CancellationToken cancel
    )
    {
        var message = await Rows(Received(viewer, db).Where(m => m.Id == id), db).SingleOrDefaultAsync(cancel);
        if (message is null)
            return Results.NotFound();
        var isBlocked = await db.Set<MemberBlock>()
            .AnyAsync(b => b.MemberId == viewer.AccountId && b.BlockedId == message.SenderId, cancel);
        return ReadMessagePage.View(
            new(message, isBlocked, form),
            form.Errors.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity
        );
    }
}
