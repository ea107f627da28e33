using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Members;

/// <summary>A member has another e-mail address: refusals move along, old links end, evidence is kept.</summary>
static class MovedMember
{
    private const string Origin = "address changed";

    public static async Task Follow(
        IServiceProvider services,
        PlatformDb db,
        AddressMoved moved,
        CancellationToken cancel
    )
    {
        var secrets = services.GetRequiredService<MemberSecrets>();
        var (old, now) = (await secrets.HashOf(db, moved.OldEmail, cancel), db.Now);
        var target = await secrets.HashOf(db, moved.NewEmail, cancel);
        if (
            old == target
            || await db.Set<Member>().SingleOrDefaultAsync(m => m.Id == moved.Account, cancel) is not { } member
        )
            return;
        // The old mailbox may be somebody else's by now: its links open nothing any more (LinkGonePage says so).
        member.RenewLinks();
        await db.Set<Suppression>()
            .Where(s => s.AddressHash == target && s.Origin == Origin)
            .ExecuteDeleteAsync(cancel);
        // What the person refused stays refused. A mailbox that bounced is why people change, so that one stays behind.
        foreach (
            var refused in await db.Set<Suppression>()
                .AsNoTracking()
                .Where(s =>
                    s.AddressHash == old
                    && s.Origin != Origin
                    && (s.Reason == SuppressionReason.Unsubscribed || s.Reason == SuppressionReason.Complained)
                )
                .ToListAsync(cancel)
        )
            await Suppressions.Add(
                db,
                Suppression.Of(target, refused.Scope, refused.Reason, refused.Origin, refused.At),
                cancel
            );
        // Without it an old list would make a second member of the same person.
        await Suppressions.Add(
            db,
            Suppression.Of(old, Suppression.Bulk, SuppressionReason.Unsubscribed, Origin, now),
            cancel
        );
        db.Add(
            MemberConsent.Of(
                member.Id,
                ConsentAct.Moved,
                moved.How,
                "",
                new MemberChoices(),
                moved.Network,
                now,
                moved.AskedAt
            )
        );
    }
}
