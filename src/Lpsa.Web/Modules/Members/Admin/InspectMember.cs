using System.ComponentModel.DataAnnotations;
using Lpsa.Places;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Members;

/// <summary>One member as staff see it: what was chosen and agreed to, and notes.</summary>
public static class InspectMember
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        var member = pages.MapGroup("/admin/members/{id:guid}").RequiresSomewhere(MembersPermissions.See);
        member.MapGet("", Get);
        member.MapPost("/notes", Note);
        pages.MapPost("/admin/members/{id:guid}/leave", Leave).Requires(MembersPermissions.Manage);
    }

    public sealed record NoteInput
    {
        [Required(ErrorMessage = "Write something."), StringLength(2000)]
        public string Text { get; init; } = "";
    }

    public sealed record Model(
        Guid Id,
        string Name,
        string Email,
        Member Member,
        IReadOnlyList<(string Term, string Value)> Chosen,
        IReadOnlyList<MemberConsent> Consents,
        IReadOnlyList<MemberNote> Notes,
        Form<NoteInput> Note,
        bool MayManage,
        IReadOnlyList<string> SecondAddresses
    );

    static async Task<IResult> Get(
        Guid id,
        HttpContext http,
        PlatformDb db,
        IVocabulary vocabulary,
        CancellationToken cancel
    ) =>
        await Load(id, Form<NoteInput>.Empty, http, db, vocabulary, cancel) is { } model
            ? InspectMemberPage.View(model)
            : Results.NotFound();

    static async Task<IResult> Note(
        Guid id,
        Form<NoteInput> form,
        HttpContext http,
        PlatformDb db,
        IVocabulary vocabulary,
        CancellationToken cancel
    )
    {
        if (await Load(id, form, http, db, vocabulary, cancel) is not { } model)
            return Results.NotFound();
        if (form.Value is not { } input)
            return InspectMemberPage.View(model, StatusCodes.Status422UnprocessableEntity);
        db.Add(MemberNote.Write(id, http.Viewer().Name, input.Text, db.Now));
        await db.SaveChangesAsync(cancel);
        return Redirect.To("/admin/members/" + id).Saying("The note is kept.");
    }

    /// <summary>For somebody who asked by telephone or letter.</summary>
    static async Task<IResult> Leave(
        Guid id,
        HttpContext http,
        PlatformDb db,
        MemberSecrets secrets,
        CancellationToken cancel
    )
    {
        if (
            await db.Set<Member>().Include(m => m.Periods).SingleOrDefaultAsync(m => m.Id == id, cancel)
            is not { } member
        )
            return Results.NotFound();
        var email = await db.Set<Account>().Where(a => a.Id == id).Select(a => a.Email).SingleAsync(cancel);
        var how = "staff, on request";
        member.Leave(db.Now);
        await Suppressions.Add(
            db,
            Suppression.Of(
                await secrets.HashOf(db, email, cancel),
                Suppression.Bulk,
                SuppressionReason.Unsubscribed,
                how,
                db.Now
            ),
            cancel
        );
        db.Add(MemberConsent.Of(id, ConsentAct.Left, how, "", new MemberChoices(), "", db.Now));
        await db.SaveChangesAsync(cancel);
        return Redirect.To("/admin/members/" + id).Saying("The membership has ended.");
    }

    private static async Task<Model?> Load(
        Guid id,
        Form<NoteInput> form,
        HttpContext http,
        PlatformDb db,
        IVocabulary vocabulary,
        CancellationToken cancel
    )
    {
        var member = await MembersInReach
            .Of(db, http.Viewer(), MembersPermissions.See)
            .AsNoTracking()
            .Include(m => m.Interests)
            .Include(m => m.Periods)
            .SingleOrDefaultAsync(m => m.Id == id, cancel);
        if (member is null)
            return null;
        var account = await db.Set<Account>().AsNoTracking().SingleAsync(a => a.Id == id, cancel);
        return new Model(
            id,
            account.Name,
            account.Email,
            member,
            http.Texts().Facts(MemberChoices.Of(member, ""), vocabulary),
            await db.Set<MemberConsent>()
                .AsNoTracking()
                .Where(c => c.MemberId == id)
                .OrderByDescending(c => c.At)
                .ToListAsync(cancel),
            await db.Set<MemberNote>()
                .AsNoTracking()
                .Where(n => n.MemberId == id)
                .OrderByDescending(n => n.At)
                .ToListAsync(cancel),
            form,
            http.Viewer().May(MembersPermissions.Manage),
            await SecondAddress.Of(db, id, cancel)
        );
    }
}
