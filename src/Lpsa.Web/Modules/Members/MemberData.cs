using System.Text.Json;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Members;

/// <summary>What this module holds about a person.</summary>
static class MemberData
{
    public static readonly PersonalData Hook = new("membership", Export, Erase);

    private static async Task<object?> Export(PlatformDb db, Guid id, CancellationToken cancel)
    {
        var member = await db.Set<Member>()
            .AsNoTracking()
            .Include(m => m.Interests)
            .Include(m => m.Periods)
            .SingleOrDefaultAsync(m => m.Id == id, cancel);
        if (member is null)
            return null;
        var consents = await db.Set<MemberConsent>()
            .AsNoTracking()
            .Where(c => c.MemberId == id)
            .OrderBy(c => c.At)
            .ToListAsync(cancel);
        var notes = await db.Set<MemberNote>()
            .Where(n => n.MemberId == id)
            .OrderBy(n => n.At)
            .Select(n => new { n.At, n.Text })
            .ToListAsync(cancel);
        return new
        {
            Notes = notes,
            State = member.State.ToString(),
            member.JoinedAt,
            member.LeftAt,
            member.Origin,
            member.ChangedAt,
            Periods = member.Periods.OrderBy(p => p.StartedAt).Select(p => new { p.StartedAt, p.EndedAt }),
            Choices = MemberChoices.Of(member, ""),
            Consents = consents.Select(c => new
            {
                c.At,
                c.AskedAt,
                Act = c.Act.ToString(),
                c.How,
                c.Shown,
                c.Network,
                Choices = JsonSerializer.Deserialize<JsonElement>(c.Choices),
            }),
        };
    }

    private static async Task Erase(PlatformDb db, Guid id, CancellationToken cancel)
    {
        var key = await db.Set<Account>().Where(a => a.Id == id).Select(a => a.EmailKey).SingleOrDefaultAsync(cancel);
        if (key is null)
            return;
        // Of the address only this hash stays, or an old list would bring the person back.
        await Suppressions.Add(
            db,
            Suppression.Of(
                await new MemberSecrets().HashOf(db, key, cancel),
                Suppression.Bulk,
                SuppressionReason.Erased,
                "erasure",
                db.Now
            ),
            cancel
        );
        await db.SaveChangesAsync(cancel);
        await db.Set<Registration>().Where(r => r.EmailKey == key).ExecuteDeleteAsync(cancel);
        await db.Set<MemberConsent>().Where(c => c.MemberId == id).ExecuteDeleteAsync(cancel);
        await db.Set<Member>().Where(m => m.Id == id).ExecuteDeleteAsync(cancel);
    }
}
