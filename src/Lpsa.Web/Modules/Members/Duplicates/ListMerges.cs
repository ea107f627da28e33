using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Members;

/// <summary>Merges that were made, the newest first; those of the last 30 days can be undone.</summary>
public static class ListMerges
{
    private const int Shown = 100;

    public static void Map(IEndpointRouteBuilder pages)
    {
        var merges = pages.MapGroup("/admin/members/merges").Requires(MembersPermissions.Merge);
        merges.MapGet("", Get);
        merges.MapPost("/{id:guid}/undo", Undo);
    }

    public sealed record Row(
        Guid Id,
        Guid SurvivorId,
        string Name,
        string Email,
        string MergedEmail,
        string By,
        DateTime At,
        DateTime? UndoneAt,
        bool CanUndo
    );

    static async Task<IResult> Get(PlatformDb db, CancellationToken cancel)
    {
        var oldest = db.Now - MemberMerge.Undoable;
        var accounts = db.Set<Account>();
        return ListMergesPage.View(
            await db.Set<MemberMerge>()
                .OrderByDescending(m => m.At)
                .Take(Shown)
                .Select(m => new Row(
                    m.Id,
                    m.SurvivorId,
                    accounts.Where(a => a.Id == m.SurvivorId).Select(a => a.Name).First(),
                    accounts.Where(a => a.Id == m.SurvivorId).Select(a => a.Email).First(),
                    accounts.Where(a => a.Id == m.MergedId).Select(a => a.Email).First(),
                    accounts.Where(a => a.Id == m.ByAccount).Select(a => a.Name).FirstOrDefault() ?? "",
                    m.At,
                    m.UndoneAt,
                    m.StandingId != null && m.Steps != null && m.At >= oldest
                ))
                .ToListAsync(cancel)
        );
    }

    static async Task<IResult> Undo(Guid id, Viewer viewer, MergeMembers merging, CancellationToken cancel)
    {
        var outcome = await merging.Undo(id, viewer, cancel);
        if (outcome == UndoOutcome.Gone)
            return Results.NotFound();
        if (outcome == UndoOutcome.NeedsAdministrator)
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        return Redirect
            .To("/admin/members/merges")
            .Saying(
                outcome switch
                {
                    UndoOutcome.Undone => Sentence.Of("This merge was undone before."),
                    UndoOutcome.TooLate => Sentence.Of(
                        "This merge cannot be undone any more: 30 days have passed, or one of the two was erased."
                    ),
                    UndoOutcome.MergedFurther => Sentence.Of(
                        "The member was merged again since. Undo the later merge first."
                    ),
                    UndoOutcome.ChangedSince => Sentence.Of(
                        "The record was changed since the merge, and an undo would take that back too. Nothing was changed."
                    ),
                    _ => Sentence.Of("The merge is undone; both are as they were. Who was signed in signs in again."),
                }
            );
    }
}
