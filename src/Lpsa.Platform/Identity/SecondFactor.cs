using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Platform;

/// <summary>The second step of signing in: an authenticator app, with recovery codes for the day it is lost.</summary>
public sealed class SecondFactor(IDataProtectionProvider protection)
{
    public const int RecoveryCodes = 10;

    /// <summary><c>staff</c>: people with a staff role must have a second step. <c>off</c>: who wants it has it.</summary>
    public const string Setting = "identity.second-factor";

    /// <summary>Where a person sets it up.</summary>
    public const string SetupPath = "/account/second-factor";

    private const string RecoveryAlphabet = "abcdefghijkmnpqrstuvwxyz23456789";
    private static readonly TimeSpan SetupLifetime = TimeSpan.FromMinutes(30);

    internal static readonly Setting Policy = new(
        Setting,
        "Second step of signing in",
        "“staff”: people with a staff role set up an authenticator app or a passkey before they see a staff page. “off”: everybody chooses.",
        "staff",
        value => value is "staff" or "off" ? null : Sentence.Of("Enter “staff” or “off”.")
    );

    private IDataProtector Stored => protection.CreateProtector("identity.authenticator-app");

    public static Task<bool> IsOn(PlatformDb db, Guid accountId, CancellationToken cancel) =>
        db.Set<AuthenticatorApp>().AnyAsync(a => a.AccountId == accountId, cancel);

    /// <summary>
    /// A secret that is not stored yet, sealed for the hidden field of the page that shows it: looking at the page
    /// changes nothing, and nobody can bring along a secret of their own or of another account.
    /// </summary>
    public (byte[] Secret, string Seal) Propose(Guid accountId)
    {
        var secret = Totp.NewSecret();
        return (secret, Offered(accountId).Protect(Convert.ToHexString(secret), SetupLifetime));
    }

    /// <summary>The secret of a seal; null when it is not ours, not for this account, or too old.</summary>
    public byte[]? Open(Guid accountId, string seal)
    {
        try
        {
            return Convert.FromHexString(Offered(accountId).Unprotect(seal));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Adds the app to the caller's save, with new recovery codes. Null when the code is not the app's.</summary>
    public async Task<IReadOnlyList<string>?> SetUp(
        PlatformDb db,
        Guid accountId,
        byte[] secret,
        string typed,
        CancellationToken cancel
    )
    {
        if (Totp.Match(secret, typed, db.Now) is not { } step || await IsOn(db, accountId, cancel))
            return null;
        db.Add(AuthenticatorApp.SetUp(accountId, Stored.Protect(Convert.ToHexString(secret)), step, db.Now));
        return await NewRecoveryCodes(db, accountId, cancel);
    }

    /// <summary>Replaces all recovery codes; the returned ones can be shown now and never again.</summary>
    public static async Task<IReadOnlyList<string>> NewRecoveryCodes(
        PlatformDb db,
        Guid accountId,
        CancellationToken cancel
    )
    {
        db.RemoveRange(await db.Set<RecoveryCode>().Where(c => c.AccountId == accountId).ToListAsync(cancel));
        var codes = Enumerable
            .Range(0, RecoveryCodes)
            .Select(_ => RandomNumberGenerator.GetString(RecoveryAlphabet, 16))
            .ToList();
        db.AddRange(codes.Select(code => RecoveryCode.Of(accountId, HashOf(accountId, code))));
        return [.. codes.Select(c => $"{c[..4]}-{c[4..8]}-{c[8..12]}-{c[12..]}")];
    }

    public static async Task TurnOff(PlatformDb db, Guid accountId, CancellationToken cancel)
    {
        db.RemoveRange(await db.Set<AuthenticatorApp>().Where(a => a.AccountId == accountId).ToListAsync(cancel));
        db.RemoveRange(await db.Set<RecoveryCode>().Where(c => c.AccountId == accountId).ToListAsync(cancel));
    }

    /// <summary>For somebody who lost phone and codes: takes away app, recovery codes and passkeys.</summary>
    public static async Task Reset(PlatformDb db, Guid accountId, CancellationToken cancel)
    {
        await TurnOff(db, accountId, cancel);
        db.RemoveRange(await db.Set<Passkey>().Where(p => p.AccountId == accountId).ToListAsync(cancel));
    }

    /// <summary>Uses up the code of the app or a recovery code. Two uses at the same time cannot both win.</summary>
    public async Task<bool> Use(PlatformDb db, Guid accountId, string typed, CancellationToken cancel)
    {
        var protectedSecret = await db.Set<AuthenticatorApp>()
            .Where(a => a.AccountId == accountId)
            .Select(a => a.Secret)
            .SingleOrDefaultAsync(cancel);
        if (protectedSecret is null)
            return false;
        var secret = Convert.FromHexString(Stored.Unprotect(protectedSecret));
        if (Totp.Match(secret, typed, db.Now) is { } step)
            return await db.Set<AuthenticatorApp>()
                    .Where(a => a.AccountId == accountId && a.LastStep < step)
                    .ExecuteUpdateAsync(set => set.SetProperty(a => a.LastStep, step), cancel) == 1;
        var (hash, now) = (HashOf(accountId, typed), db.Now);
        return await db.Set<RecoveryCode>()
                .Where(c => c.AccountId == accountId && c.CodeHash == hash && c.UsedAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(c => c.UsedAt, now), cancel) == 1;
    }

    private ITimeLimitedDataProtector Offered(Guid accountId) =>
        protection.CreateProtector("identity.authenticator-offer", accountId.ToString()).ToTimeLimitedDataProtector();

    private static string HashOf(Guid accountId, string code)
    {
        var normal = string.Concat(code.ToLowerInvariant().Where(char.IsAsciiLetterOrDigit));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{accountId:N}{normal}")));
    }
}
