using System.Buffers.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Platform;

/// <summary>
/// What ASP.NET Core Identity needs to read of our tables in order to check a passkey. It writes nothing: rows are
/// saved where the change is also told to the person.
/// </summary>
internal sealed class PasskeyStore(PlatformDb db) : IUserPasskeyStore<Account>
{
    public Task<string> GetUserIdAsync(Account user, CancellationToken cancellationToken) =>
        Task.FromResult(user.Id.ToString());

    public Task<string?> GetUserNameAsync(Account user, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(user.Email);

    public Task<Account?> FindByIdAsync(string userId, CancellationToken cancellationToken) =>
        Guid.TryParse(userId, out var id)
            ? db.Set<Account>().SingleOrDefaultAsync(a => a.Id == id && a.ClosedAt == null, cancellationToken)
            : Task.FromResult<Account?>(null);

    public async Task<IList<UserPasskeyInfo>> GetPasskeysAsync(Account user, CancellationToken cancellationToken)
    {
        var own = await db.Set<Passkey>()
            .AsNoTracking()
            .Where(p => p.AccountId == user.Id)
            .ToListAsync(cancellationToken);
        return [.. own.Select(p => p.ToInfo())];
    }

    public Task<Account?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken)
    {
        var id = Base64Url.EncodeToString(credentialId);
        return db.Set<Passkey>()
            .Where(p => p.CredentialId == id)
            .Join(db.Set<Account>().Where(a => a.ClosedAt == null), p => p.AccountId, a => a.Id, (_, a) => a)
            .SingleOrDefaultAsync(cancellationToken);
    }

    public async Task<UserPasskeyInfo?> FindPasskeyAsync(
        Account user,
        byte[] credentialId,
        CancellationToken cancellationToken
    )
    {
        var id = Base64Url.EncodeToString(credentialId);
        var found = await db.Set<Passkey>()
            .AsNoTracking()
            .SingleOrDefaultAsync(p => p.AccountId == user.Id && p.CredentialId == id, cancellationToken);
        return found?.ToInfo();
    }

    public void Dispose() { }

    private const string Reason = "Accounts are not kept through ASP.NET Core Identity.";

    public Task AddOrUpdatePasskeyAsync(Account user, UserPasskeyInfo passkey, CancellationToken cancellationToken) =>
        throw new NotSupportedException(Reason);

    public Task RemovePasskeyAsync(Account user, byte[] credentialId, CancellationToken cancellationToken) =>
        throw new NotSupportedException(Reason);

    public Task SetUserNameAsync(Account user, string? userName, CancellationToken cancellationToken) =>
        throw new NotSupportedException(Reason);

    public Task<string?> GetNormalizedUserNameAsync(Account user, CancellationToken cancellationToken) =>
        throw new NotSupportedException(Reason);

    public Task SetNormalizedUserNameAsync(Account user, string? normalizedName, CancellationToken cancellationToken) =>
        throw new NotSupportedException(Reason);

    public Task<IdentityResult> CreateAsync(Account user, CancellationToken cancellationToken) =>
        throw new NotSupportedException(Reason);

    public Task<IdentityResult> UpdateAsync(Account user, CancellationToken cancellationToken) =>
        throw new NotSupportedException(Reason);

    public Task<IdentityResult> DeleteAsync(Account user, CancellationToken cancellationToken) =>
        throw new NotSupportedException(Reason);

    public Task<Account?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) =>
        throw new NotSupportedException(Reason);
}
