using Microsoft.EntityFrameworkCore;

namespace Lpsa.Platform;

/// <summary>
/// Removes sessions and sign-in links that let nobody in any more, and counters of tries whose window is over; kept,
/// they would only say who was here.
/// </summary>
internal static class Housekeeping
{
    public static async Task Run(IServiceProvider services, CancellationToken cancel)
    {
        var db = services.GetRequiredService<PlatformDb>();
        var now = db.Now;
        await db.Set<Session>().Where(s => s.ExpiresAt <= now).ExecuteDeleteAsync(cancel);
        await db.Set<SignInLink>().Where(l => l.ExpiresAt <= now).ExecuteDeleteAsync(cancel);
        await db.Set<HalfSession>().Where(h => h.ExpiresAt <= now).ExecuteDeleteAsync(cancel);
        await db.Set<UsedChallenge>().Where(c => c.ExpiresAt <= now).ExecuteDeleteAsync(cancel);
        await db.Set<ThrottleCount>().Where(t => t.EndsAt <= now).ExecuteDeleteAsync(cancel);
    }
}
