using System.Collections.Frozen;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Platform;

/// <summary>Signing in and out, and who is looking.</summary>
public static class SignIn
{
    public const string CookieName = "lpsa-session";
    private const string SessionClaim = "sid";

    public static IServiceCollection AddSignIn(this IServiceCollection services, SiteAddress site)
    {
        services
            .AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme)
            .AddCookie(options =>
            {
                options.Cookie.Name = CookieName;
                options.Cookie.HttpOnly = true;
                options.Cookie.SameSite = SameSiteMode.Lax;
                options.Cookie.SecurePolicy =
                    site.Origin.Scheme == "https" ? CookieSecurePolicy.Always : CookieSecurePolicy.None;
                options.ExpireTimeSpan = Session.Lifetime;
                options.Events.OnValidatePrincipal = LoadViewer;
                options.Events.OnRedirectToLogin = _ => Task.CompletedTask;
                options.Events.OnRedirectToAccessDenied = _ => Task.CompletedTask;
            });
        services.AddScoped<CurrentActor>();
        return services;
    }

    /// <summary>Uses up the link. Null when it is unknown, used or too old; two attempts at once cannot both win.</summary>
    public static Task<Account?> Redeem(PlatformDb db, string token, CancellationToken cancel) =>
        RedeemHash(db, SignInLink.HashOf(token), cancel);

    internal static async Task<Account?> RedeemHash(PlatformDb db, string hash, CancellationToken cancel)
    {
        var now = db.Now;
        var won = await db.Set<SignInLink>()
            .Where(l => l.TokenHash == hash && l.UsedAt == null && l.ExpiresAt > now)
            .ExecuteUpdateAsync(set => set.SetProperty(l => l.UsedAt, now), cancel);
        if (won == 0)
            return null;
        return await db.Set<SignInLink>()
            .Where(l => l.TokenHash == hash)
            .Join(db.Set<Account>().Where(a => a.ClosedAt == null), l => l.AccountId, a => a.Id, (_, a) => a)
            .SingleOrDefaultAsync(cancel);
    }

    /// <summary>
    /// The only way in: a session when all factors that the account has were given, otherwise a half session and the
    /// page of the second step.
    /// </summary>
    /// <param name="back">Local path that the person wanted.</param>
    public static async Task<RedirectTo> Enter(
        HttpContext http,
        PlatformDb db,
        Account account,
        SignInProof proof,
        string back,
        CancellationToken cancel
    )
    {
        // A passkey is two factors in one: the device, and the finger or number that unlocks it.
        var complete = proof == SignInProof.Passkey;
        if (!complete && await SecondFactor.IsOn(db, account.Id, cancel))
        {
            await HalfSession.Begin(http, db, account.Id, back, cancel);
            return Redirect.To("/sign-in/second-factor");
        }
        await StartSession(http, db, account.Id, complete, cancel);
        var now = db.Now;
        var needed =
            !complete
            && StaffNeedTwoFactors(http.RequestServices)
            && await db.Set<AccountRole>()
                .AnyAsync(
                    r =>
                        r.AccountId == account.Id && Roles.Staff.Contains(r.Role) && (r.Until == null || r.Until > now),
                    cancel
                );
        if (needed && await db.Set<Passkey>().AnyAsync(p => p.AccountId == account.Id, cancel))
            return Redirect.To("/sign-in?again=true&back=" + Uri.EscapeDataString(back)).Saying(UsePasskeyInstead);
        return needed
            ? Redirect.To(SecondFactor.SetupPath).Saying("You are signed in. Your role needs a second step.")
            : Redirect.To(LocalPath.Of(back)).Saying("You are signed in.");
    }

    internal static async Task StartSession(
        HttpContext http,
        PlatformDb db,
        Guid accountId,
        bool twoFactors,
        CancellationToken cancel
    )
    {
        // A session that was there before may be known to somebody else; signing in always begins a new one.
        if (http.Viewer().SessionId is { } before)
            await db.Set<Session>().Where(s => s.Id == before).ExecuteDeleteAsync(cancel);
        var session = Session.Start(accountId, http.Request.Headers.UserAgent.ToString(), db.Now, twoFactors);
        db.Add(session);
        await db.SaveChangesAsync(cancel);
        var identity = new ClaimsIdentity(
            [new Claim(SessionClaim, session.Id.ToString())],
            CookieAuthenticationDefaults.AuthenticationScheme
        );
        await http.SignInAsync(new ClaimsPrincipal(identity), new AuthenticationProperties { IsPersistent = true });
    }

    private static readonly string UsePasskeyInstead = Sentence.Of(
        "Your role needs a second step. Please sign in with your passkey."
    );

    private static bool StaffNeedTwoFactors(IServiceProvider services) =>
        services.GetRequiredService<SiteSettings>()[SecondFactor.Setting] == "staff";

    public static async Task End(HttpContext http, PlatformDb db, CancellationToken cancel)
    {
        if (http.Viewer().SessionId is { } id)
            await db.Set<Session>().Where(s => s.Id == id).ExecuteDeleteAsync(cancel);
        await http.SignOutAsync();
    }

    /// <summary>The person looking at this page.</summary>
    public static Viewer Viewer(this HttpContext http) => http.Features.Get<Viewer>() ?? Platform.Viewer.Anonymous;

    private static async Task LoadViewer(CookieValidatePrincipalContext context)
    {
        var db = context.HttpContext.RequestServices.GetRequiredService<PlatformDb>();
        var viewer = Guid.TryParse(context.Principal?.FindFirstValue(SessionClaim), out var id)
            ? await Load(db, context.HttpContext.RequestServices, id, context.HttpContext.RequestAborted)
            : null;
        if (viewer is null)
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync();
            return;
        }
        context.HttpContext.Features.Set(viewer);
        db.Actor.Name = viewer.AccountId!.Value.ToString();
    }

    private static async Task<Viewer?> Load(
        PlatformDb db,
        IServiceProvider services,
        Guid sessionId,
        CancellationToken cancel
    )
    {
        var now = db.Now;
        var found = await db.Set<Session>()
            .Where(s => s.Id == sessionId && s.ExpiresAt > now)
            .Join(
                db.Set<Account>().Where(a => a.ClosedAt == null),
                s => s.AccountId,
                a => a.Id,
                (s, a) =>
                    new
                    {
                        s.StartedAt,
                        s.TwoFactorsAt,
                        Account = a,
                    }
            )
            .Select(f => new
            {
                f.Account.Id,
                f.Account.Name,
                f.StartedAt,
                f.TwoFactorsAt,
                Roles = f
                    .Account.Roles.Where(r => r.Until == null || r.Until > now)
                    .Select(r => new { r.Role, r.Scope })
                    .ToList(),
            })
            .SingleOrDefaultAsync(cancel);
        if (found is null)
            return null;
        // Without the second step a staff role gives nothing: as if the person did not have it.
        var lacks =
            found.TwoFactorsAt is null
            && found.Roles.Any(r => Roles.Staff.Contains(r.Role))
            && StaffNeedTwoFactors(services);
        var given = found.Roles.Where(r => !lacks || !Roles.Staff.Contains(r.Role)).ToList();
        var whole = RoleScope.Everything.ToString();
        var roles = given.Where(r => r.Scope == whole).Select(r => r.Role).ToFrozenSet();
        var permissions = services.GetRequiredService<ModuleRegistry>().Permissions;
        var limited = given
            .Where(r => r.Scope != whole)
            .Select(r => (r.Role, Scope: RoleScope.Read(r.Scope)))
            .Where(r => r.Scope is not null)
            .ToList();
        return new Viewer
        {
            AccountId = found.Id,
            SessionId = sessionId,
            SignedInAt = found.StartedAt,
            NeedsSecondFactor = lacks,
            MustUsePasskey = lacks && await db.Set<Passkey>().AnyAsync(p => p.AccountId == found.Id, cancel),
            Name = found.Name,
            Roles = roles,
            Permissions =
            [
                .. permissions
                    .Where(p => roles.Contains(Roles.Administrator) || p.Roles.Any(roles.Contains))
                    .Select(p => p.Name),
            ],
            Limited =
                limited.Count == 0
                    ? FrozenDictionary<string, IReadOnlyCollection<RoleScope>>.Empty
                    : permissions
                        .Select(p =>
                            (
                                p.Name,
                                Scopes: limited
                                    .Where(r => p.Roles.Contains(r.Role) && p.ScopeKinds.Contains(r.Scope!.Value.Kind))
                                    .Select(r => r.Scope!.Value)
                                    .ToFrozenSet()
                            )
                        )
                        .Where(p => p.Scopes.Count > 0)
                        .ToFrozenDictionary(p => p.Name, IReadOnlyCollection<RoleScope> (p) => p.Scopes),
        };
    }
}

/// <summary>What somebody showed to sign in.</summary>
public enum SignInProof
{
    /// <summary>A link or code from their mailbox.</summary>
    Mailbox,
    Password,
    Passkey,

    /// <summary>Another service vouches for them.</summary>
    External,
}
