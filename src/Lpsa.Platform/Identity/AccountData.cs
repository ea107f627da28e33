using Microsoft.EntityFrameworkCore;

namespace Lpsa.Platform;

/// <summary>What the platform itself holds about a person: the account, its roles and where it is signed in.</summary>
internal static class AccountData
{
    public static readonly PersonalData Hook = new("account", Export, Erase);

    private static async Task<object?> Export(PlatformDb db, Guid id, CancellationToken cancel)
    {
        var sessions = await db.Set<Session>()
            .Where(s => s.AccountId == id)
            .OrderBy(s => s.StartedAt)
            .Select(s => new
            {
                s.StartedAt,
                s.ExpiresAt,
                s.Device,
            })
            .ToListAsync(cancel);
        var app = await db.Set<AuthenticatorApp>().AsNoTracking().SingleOrDefaultAsync(a => a.AccountId == id, cancel);
        var password = await db.Set<Password>().AsNoTracking().SingleOrDefaultAsync(p => p.AccountId == id, cancel);
        var passkeys = await db.Set<Passkey>()
            .Where(p => p.AccountId == id)
            .OrderBy(p => p.CreatedAt)
            .Select(p => new
            {
                p.Name,
                p.CreatedAt,
                p.UsedAt,
            })
            .ToListAsync(cancel);
        var addresses = await db.Set<AddressChange>()
            .Where(c => c.AccountId == id)
            .OrderBy(c => c.AskedAt)
            .Select(c => new
            {
                c.OldEmail,
                c.NewEmail,
                c.AskedAt,
                c.DoneAt,
                c.UndoneAt,
            })
            .ToListAsync(cancel);
        var connected = await db.Set<ExternalLogin>()
            .Where(l => l.AccountId == id)
            .OrderBy(l => l.LinkedAt)
            .Select(l => new
            {
                l.Service,
                l.Subject,
                l.LinkedAt,
            })
            .ToListAsync(cancel);
        return await db.Set<Account>()
            .Where(a => a.Id == id)
            .Select(a => new
            {
                a.Email,
                a.Name,
                a.CreatedAt,
                a.ClosedAt,
                Roles = a.Roles.Select(r => new
                {
                    r.Role,
                    r.Scope,
                    r.Until,
                }),
                Sessions = sessions,
                Passkeys = passkeys,
                ConnectedServices = connected,
                ChangesOfAddress = addresses,
                PasswordSince = password == null ? (DateTime?)null : password.SetAt,
                SecondStepSince = app == null ? (DateTime?)null : app.SetUpAt,
            })
            .AsNoTracking()
            .SingleOrDefaultAsync(cancel);
    }

    private static async Task Erase(PlatformDb db, Guid id, CancellationToken cancel)
    {
        await db.Set<Session>().Where(s => s.AccountId == id).ExecuteDeleteAsync(cancel);
        await db.Set<AddressChange>().Where(c => c.AccountId == id).ExecuteDeleteAsync(cancel);
        await db.Set<SignInLink>().Where(l => l.AccountId == id).ExecuteDeleteAsync(cancel);
        await db.Set<HalfSession>().Where(h => h.AccountId == id).ExecuteDeleteAsync(cancel);
        await db.Set<AuthenticatorApp>().Where(a => a.AccountId == id).ExecuteDeleteAsync(cancel);
        await db.Set<ExternalLogin>().Where(l => l.AccountId == id).ExecuteDeleteAsync(cancel);
        await db.Set<Passkey>().Where(p => p.AccountId == id).ExecuteDeleteAsync(cancel);
        await db.Set<Password>().Where(p => p.AccountId == id).ExecuteDeleteAsync(cancel);
        await db.Set<RecoveryCode>().Where(c => c.AccountId == id).ExecuteDeleteAsync(cancel);
        if (await db.Set<Account>().Include(a => a.Roles).SingleOrDefaultAsync(a => a.Id == id, cancel) is { } account)
            account.Erase(db.Now);
        await db.SaveChangesAsync(cancel);
    }
}
