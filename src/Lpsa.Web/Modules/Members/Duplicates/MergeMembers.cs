using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Members;

/// <summary>Of whom a field is kept.</summary>
public enum MergeSide
{
    Survivor,
    Merged,
}

/// <summary>What becomes of lists that both have.</summary>
public enum MergeList
{
    Both,
    Survivor,
    Merged,
}

/// <summary>What staff decided about two records of one person.</summary>
public sealed record MergeChoices
{
    public MergeSide Name { get; init; }
    public MergeSide Language { get; init; }
    public MergeSide Country { get; init; }
    public MergeSide Stakeholder { get; init; }
    public MergeSide Institution { get; init; }
    public MergeSide Position { get; init; }
    public MergeSide Profile { get; init; }
    public MergeList Interests { get; init; }
}

public enum MergeOutcome
{
    Done,

    /// <summary>One of the two is no member any more: merged, erased, or never was one.</summary>
    Gone,

    /// <summary>One of the two is waiting to be erased.</summary>
    Erasing,

    /// <summary>Somebody with rights is involved, and who asks may not decide about rights.</summary>
    NeedsAdministrator,
}

/// <summary>Makes one member of two, and two of one again.</summary>
internal sealed class MergeMembers(PlatformDb db, MemberSecrets secrets)
{
    public async Task<MergeOutcome> Merge(
        Guid survivorId,
        Guid mergedId,
        MergeChoices choices,
        Viewer viewer,
        CancellationToken cancel
    )
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await Lock(survivorId, mergedId, cancel);
        var pair = new[] { survivorId, mergedId };
        var members = await db.Set<Member>()
            .Include(m => m.Periods)
            .Include(m => m.Interests)
            .AsSplitQuery()
            .Where(m => pair.Contains(m.Id))
            .ToListAsync(cancel);
        var accounts = await db.Set<Account>().Where(a => pair.Contains(a.Id)).ToListAsync(cancel);
        if (survivorId == mergedId || members.Count != 2 || accounts.Exists(a => a.ClosedAt != null))
            return MergeOutcome.Gone;
        if (await db.Set<ErasureRequest>().AnyAsync(r => pair.Contains(r.AccountId) && r.DueAt != null, cancel))
            return MergeOutcome.Erasing;
        if (!viewer.Roles.Contains(Roles.Administrator) && await HasStaff(db, pair, cancel))
            return MergeOutcome.NeedsAdministrator;

        var (survivor, merged) = (members.Single(m => m.Id == survivorId), members.Single(m => m.Id == mergedId));
        var (staying, leaving) = (accounts.Single(a => a.Id == survivorId), accounts.Single(a => a.Id == mergedId));
        var steps = new MergeSteps(db, mergedId, survivorId);
        var periods = MergePeriods.Of(survivor, merged);
        await Interests(steps, survivor, merged, choices.Interests, cancel);
        var authors = await db.Set<MemberProfile>()
            .Where(p => pair.Contains(p.MemberId))
            .ToDictionaryAsync(p => p.MemberId, p => p.AuthorSlug, cancel);
        db.ChangeTracker.Clear();
        await steps.Follow(
            table =>
                table == "member_profiles" && choices.Profile == MergeSide.Merged
                    ? MergeWinner.Merged
                    : MergeWinner.Survivor,
            cancel
        );
        await KeepAuthor(steps, survivorId, authors.Values.OfType<string>().FirstOrDefault(), cancel);
        foreach (var old in members.SelectMany(m => m.Periods))
            await steps.Drop(old, cancel);
        foreach (var period in periods)
            await steps.Add(period, cancel);
        await Stop(steps, staying.Email, leaving.Email, cancel);
        await steps.Add(
            MemberConsent.Of(
                survivorId,
                ConsentAct.Merged,
                "merged by staff; what either record had refused stays refused",
                "",
                MemberChoices.Of(survivor, staying.Name),
                "",
                db.Now
            ),
            cancel
        );
        db.ChangeTracker.Clear();
        await Combine(steps, survivorId, mergedId, choices, cancel);
        await steps.Drop(merged, cancel);
        db.Add(MemberMerge.Of(merged, survivor, viewer.AccountId, steps.Written(), db.Now));
        db.Evict(CacheTags.Everything);
        await db.SaveChangesAsync(cancel);
        await Refind(survivorId, mergedId, cancel);
        await transaction.CommitAsync(cancel);
        return MergeOutcome.Done;
    }

    /// <summary>Whether one of them has a role that sees or changes what is not their own.</summary>
    public static Task<bool> HasStaff(PlatformDb db, Guid[] accounts, CancellationToken cancel) =>
        db.Set<AccountRole>().AnyAsync(r => accounts.Contains(r.AccountId) && r.Role != Roles.Member, cancel);

    /// <summary>On PostgreSQL two merges of the same people would run side by side; SQLite has one writer.</summary>
    private async Task Lock(Guid one, Guid other, CancellationToken cancel)
    {
        if (!db.IsPostgres)
            return;
        await db.Database.ExecuteSqlAsync(
            $"SELECT id FROM accounts WHERE id IN ({one}, {other}) ORDER BY id FOR UPDATE",
            cancel
        );
        await db.Database.ExecuteSqlAsync(
            $"SELECT id FROM members WHERE id IN ({one}, {other}) ORDER BY id FOR UPDATE",
            cancel
        );
    }

    private static async Task Interests(
        MergeSteps steps,
        Member survivor,
        Member merged,
        MergeList kept,
        CancellationToken cancel
    )
    {
        var gone = kept switch
        {
            MergeList.Survivor => merged,
            MergeList.Merged => survivor,
            _ => null,
        };
        foreach (var interest in gone?.Interests.ToList() ?? [])
            await steps.Drop(interest, cancel);
    }

    /// <summary>
    /// What must not be sent to one address must not be sent to the other. A dead mailbox is no wish of the person and
    /// says nothing about the mailbox that lives.
    /// </summary>
    private async Task Stop(MergeSteps steps, string staying, string leaving, CancellationToken cancel)
    {
        var (kept, gone) = (await secrets.HashOf(db, staying, cancel), await secrets.HashOf(db, leaving, cancel));
        var stops = await db.Set<Suppression>()
            .AsNoTracking()
            .Where(s => s.AddressHash == kept || s.AddressHash == gone)
            .ToListAsync(cancel);
        foreach (var stop in stops.Where(s => s.AddressHash == gone && s.Reason != SuppressionReason.Bounced))
            if (!stops.Exists(s => s.AddressHash == kept && s.Scope == stop.Scope))
                await steps.Add(Suppression.Of(kept, stop.Scope, stop.Reason, stop.Origin, stop.At), cancel);
    }

    /// <summary>Posts go on leading to the person, whichever of two profiles is kept.</summary>
    private async Task KeepAuthor(MergeSteps steps, Guid survivor, string? author, CancellationToken cancel)
    {
        if (
            author is not null
            && await db.Set<MemberProfile>().SingleOrDefaultAsync(p => p.MemberId == survivor, cancel)
                is { AuthorSlug: null } profile
        )
            await steps.Change([profile], () => profile.WriteAs(author), cancel);
        db.ChangeTracker.Clear();
    }

    private async Task Combine(
        MergeSteps steps,
        Guid survivorId,
        Guid mergedId,
        MergeChoices choices,
        CancellationToken cancel
    )
    {
        var survivor = await db.Set<Member>().SingleAsync(m => m.Id == survivorId, cancel);
        var merged = await db.Set<Member>().SingleAsync(m => m.Id == mergedId, cancel);
        // Its profile has moved past the context; by this search forgets it.
        db.Entry(merged).Property(m => m.ChangedAt).IsModified = true;
        var staying = await db.Set<Account>().SingleAsync(a => a.Id == survivorId, cancel);
        var leaving = await db.Set<Account>().SingleAsync(a => a.Id == mergedId, cancel);
        await steps.Change(
            [survivor, staying, leaving],
            () =>
            {
                survivor.Absorb(
                    merged,
                    new MemberChoices
                    {
                        Language = Of(choices.Language).Language,
                        Country = Of(choices.Country).Country,
                        Stakeholder = Of(choices.Stakeholder).Stakeholder,
                        Institution = Of(choices.Institution).Institution,
                        Position = Of(choices.Position).Position,
                    },
                    db.Now
                );
                if (choices.Name == MergeSide.Merged)
                    staying.Rename(leaving.Name);
                leaving.Close(db.Now);
            },
            cancel
        );
        db.ChangeTracker.Clear();

        Member Of(MergeSide side) => side == MergeSide.Merged ? merged : survivor;
    }

    /// <summary>Rows moved past the context; search must look at both again.</summary>
    private async Task Refind(Guid one, Guid other, CancellationToken cancel)
    {
        db.ChangeTracker.Clear();
        foreach (
            var profile in await db.Set<MemberProfile>()
                .Where(p => p.MemberId == one || p.MemberId == other)
                .ToListAsync(cancel)
        )
            db.Entry(profile).Property(p => p.ChangedAt).IsModified = true;
        await db.SaveChangesAsync(cancel);
        db.ChangeTracker.Clear();
    }

    /// <summary>Two of one again, as both were.</summary>
    public async Task<UndoOutcome> Undo(Guid id, Viewer viewer, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var found = await db.Set<MemberMerge>().AsNoTracking().SingleOrDefaultAsync(m => m.Id == id, cancel);
        if (found is null)
            return UndoOutcome.Gone;
        await Lock(found.SurvivorId, found.MergedId, cancel);
        var merge = await db.Set<MemberMerge>().SingleAsync(m => m.Id == id, cancel);
        if (merge.StandingId is null)
            return UndoOutcome.Undone;
        if (merge.Steps is not { } written || merge.At + MemberMerge.Undoable < db.Now)
            return UndoOutcome.TooLate;
        var pair = new[] { merge.SurvivorId, merge.MergedId };
        if (!viewer.Roles.Contains(Roles.Administrator) && await HasStaff(db, pair, cancel))
            return UndoOutcome.NeedsAdministrator;
        if (await db.Set<MemberMerge>().AnyAsync(m => m.StandingId == merge.SurvivorId, cancel))
            return UndoOutcome.MergedFurther;
        merge.Undo(db.Now);
        await db.SaveChangesAsync(cancel);
        db.ChangeTracker.Clear();
        if (await new MergeSteps(db, merge.MergedId, merge.SurvivorId).TakeBack(written, cancel) is not null)
            return UndoOutcome.ChangedSince;
        db.Evict(CacheTags.Everything);
        await Refind(merge.SurvivorId, merge.MergedId, cancel);
        await transaction.CommitAsync(cancel);
        return UndoOutcome.Done;
    }
}

public enum UndoOutcome
{
    Done,
    Gone,

    /// <summary>It was undone before.</summary>
    Undone,

    /// <summary>More than 30 days have passed, or one of the two was erased.</summary>
    TooLate,
    NeedsAdministrator,

    /// <summary>The member who stayed was merged into a third one since.</summary>
    MergedFurther,

    /// <summary>The person or staff changed the record since; an undo would take that back too.</summary>
    ChangedSince,
}
