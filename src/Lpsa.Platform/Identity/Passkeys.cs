using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Lpsa.Platform;

/// <summary>
/// Passkeys: registering and checking them, with the verification of ASP.NET Core Identity. The device must know its
/// owner (user verification), so that a passkey counts as two factors.
/// </summary>
public sealed class Passkeys(PlatformDb db, SiteAddress site, IDataProtectionProvider protection)
{
    public const int MostForAccount = 20;
    private const string CookieName = "lpsa-passkey";
    private const string Registering = "register";
    private const string SigningIn = "sign-in";
    private static readonly TimeSpan ChallengeLifetime = TimeSpan.FromMinutes(5);

    private readonly PasskeyHandler<Account> handler = new(
        new UserManager<Account>(
            new PasskeyStore(db),
            Options.Create(new IdentityOptions()),
            null!,
            [],
            [],
            null!,
            new IdentityErrorDescriber(),
            null!,
            NullLogger<UserManager<Account>>.Instance
        ),
        Options.Create(
            new IdentityPasskeyOptions
            {
                // From the settings, never from the Host header, which a stranger can choose.
                ServerDomain = site.Origin.Host,
                ValidateOrigin = asked => ValueTask.FromResult(!asked.CrossOrigin && IsOurs(asked.Origin, site)),
                UserVerificationRequirement = "required",
                ResidentKeyRequirement = "required",
                AttestationConveyancePreference = "none",
                AuthenticatorTimeout = ChallengeLifetime,
            }
        )
    );

    /// <summary>Browsers offer passkeys only to named hosts over https, and to <c>localhost</c>.</summary>
    public static bool AreOfferedAt(SiteAddress site) =>
        site.Origin.Host == "localhost"
        || site.Origin.Scheme == "https" && site.Origin.HostNameType == UriHostNameType.Dns;

    /// <summary>What the browser needs to make a passkey for the account, as JSON.</summary>
    public async Task<string> OfferNew(HttpContext http, Account account)
    {
        var made = await handler.MakeCreationOptionsAsync(
            new PasskeyUserEntity
            {
                Id = account.Id.ToString(),
                Name = account.Email,
                DisplayName = account.Name,
            },
            http
        );
        Remember(http, Registering, made.AttestationState!);
        return made.CreationOptionsJson;
    }

    /// <summary>Adds the passkey to the caller's save. False when what the browser brought is not in order.</summary>
    public async Task<bool> Register(
        HttpContext http,
        Guid accountId,
        string credentialJson,
        string name,
        CancellationToken cancel
    )
    {
        if (await Recall(http, Registering, cancel) is not { } state)
            return false;
        var result = await handler.PerformAttestationAsync(
            new PasskeyAttestationContext
            {
                HttpContext = http,
                CredentialJson = credentialJson,
                AttestationState = state,
            }
        );
        if (
            !result.Succeeded
            || !result.Passkey.IsUserVerified
            || result.UserEntity.Id != accountId.ToString()
            || await db.Set<Passkey>().CountAsync(p => p.AccountId == accountId, cancel) >= MostForAccount
        )
            return false;
        db.Add(Passkey.Register(accountId, name, result.Passkey, db.Now));
        return true;
    }

    /// <summary>What the browser needs to ask for any passkey of this site, as JSON. It names no account.</summary>
    public async Task<string> Ask(HttpContext http)
    {
        var made = await handler.MakeRequestOptionsAsync(null, http);
        Remember(http, SigningIn, made.AssertionState!);
        return made.RequestOptionsJson;
    }

    /// <summary>The account whose passkey answered the challenge; null when it is not in order.</summary>
    public async Task<Account?> Check(HttpContext http, string credentialJson, CancellationToken cancel)
    {
        if (await Recall(http, SigningIn, cancel) is not { } state)
            return null;
        var result = await handler.PerformAssertionAsync(
            new PasskeyAssertionContext
            {
                HttpContext = http,
                CredentialJson = credentialJson,
                AssertionState = state,
            }
        );
        if (!result.Succeeded || !result.Passkey.IsUserVerified)
            return null;
        var id = Base64Url.EncodeToString(result.Passkey.CredentialId);
        var passkey = await db.Set<Passkey>()
            .SingleOrDefaultAsync(p => p.CredentialId == id && p.AccountId == result.User.Id, cancel);
        if (passkey is null || result.User.ClosedAt is not null)
            return null;
        passkey.Use(result.Passkey, db.Now);
        await db.SaveChangesAsync(cancel);
        return result.User;
    }

    private void Remember(HttpContext http, string purpose, string state) =>
        http.Response.Cookies.Append(
            CookieName,
            Protector(purpose).Protect(state, ChallengeLifetime),
            new CookieOptions
            {
                HttpOnly = true,
                SameSite = SameSiteMode.Strict,
                Secure = site.Origin.Scheme == "https",
                MaxAge = ChallengeLifetime,
            }
        );

    private async Task<string?> Recall(HttpContext http, string purpose, CancellationToken cancel)
    {
        if (http.Request.Cookies[CookieName] is not { } cookie)
            return null;
        http.Response.Cookies.Delete(CookieName);
        try
        {
            var state = Protector(purpose).Unprotect(cookie);
            return await UsedChallenge.Take(db, state, ChallengeLifetime, cancel) ? state : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private ITimeLimitedDataProtector Protector(string purpose) =>
        protection.CreateProtector("identity.passkey", purpose).ToTimeLimitedDataProtector();

    // On the machine of a developer any port is ours: no stranger can serve a page from there.
    private static bool IsOurs(string origin, SiteAddress site) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var from)
        && from.Scheme == site.Origin.Scheme
        && from.Host == site.Origin.Host
        && (from.Port == site.Origin.Port || from.Host == "localhost");
}
