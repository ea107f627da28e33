using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Members;

/// <summary>What a person wrote to others through the platform and got from them.</summary>
static class MessageData
{
    public static readonly PersonalData Hook = new("messages", Export, Erase);

    private static async Task<object?> Export(PlatformDb db, Guid id, CancellationToken cancel)
    {
        var sent = await db.Set<MemberMessage>()
            .Where(m => m.SenderId == id)
            .OrderBy(m => m.SentAt)
            .Select(m => new { m.SentAt, m.Body })
            .ToListAsync(cancel);
        var received = await db.Set<MemberMessage>()
            .Where(m => m.RecipientId == id && !m.Withheld)
            .OrderBy(m => m.SentAt)
            .Select(m => new
            {
                m.SentAt,
                m.Body,
                m.ReportedAt,
                m.Report,
            })
            .ToListAsync(cancel);
        var blocked = await db.Set<MemberBlock>().CountAsync(b => b.MemberId == id, cancel);
        return sent.Count + received.Count + blocked == 0
            ? null
            : new
            {
                Sent = sent,
                Received = received,
                Blocked = blocked,
            };
    }

    private static async Task Erase(PlatformDb db, Guid id, CancellationToken cancel)
    {
        await db.Set<MemberMessage>().Where(m => m.SenderId == id || m.RecipientId == id).ExecuteDeleteAsync(cancel);
        await db.Set<MemberBlock>().Where(b => b.MemberId == id || b.BlockedId == id).ExecuteDeleteAsync(cancel);
    }

    /// <summary>Both have the letters; a copy here is needed only to answer and to look into reports.</summary>
    public static Task ForgetOld(IServiceProvider services, CancellationToken cancel)
    {
        var db = services.GetRequiredService<PlatformDb>();
        var oldest = db.Now - MemberMessage.Kept;
        return db.Set<MemberMessage>().Where(m => m.SentAt < oldest).ExecuteDeleteAsync(cancel);
    }
}
