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

    public static async Task Start(HttpContext http, PlatformDb db, Account account, CancellationToken cancel)
    {
        var session = Session.Start(account.Id, http.Request.Headers.UserAgent.ToString(), db.Now);
        db.Add(session);
        await db.SaveChangesAsync(cancel);
        var identity = new ClaimsIdentity(
            [new Claim(SessionClaim, session.Id.ToString())],
            CookieAuthenticationDefaults.AuthenticationScheme
        );
        await http.SignInAsync(new ClaimsPrincipal(identity), new AuthenticationProperties { IsPersistent = true });
    }

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
            ? await Load(
                db,
                context.HttpContext.RequestServices.GetRequiredService<ModuleRegistry>(),
                id,
                context.HttpContext.RequestAborted
            )
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
        ModuleRegistry modules,
        Guid sessionId,
        CancellationToken cancel
    )
    {
        var now = db.Now;
        var found = await db.Set<Session>()
            .Where(s => s.Id == sessionId && s.ExpiresAt > now)
            .Join(db.Set<Account>().Where(a => a.ClosedAt == null), s => s.AccountId, a => a.Id, (_, a) => a)
            .Select(a => new
            {
                a.Id,
                a.Name,
                Roles = a.Roles.Where(r => r.Until == null || r.Until > now).Select(r => r.Role).ToList(),
            })
            .SingleOrDefaultAsync(cancel);
        return found is null ? null : ViewerOf(modules, found.Id, found.Name, found.Roles, sessionId);
    }

    internal static Viewer ViewerOf(
        ModuleRegistry modules,
        Guid id,
        string name,
        IReadOnlyCollection<string> roles,
        Guid? session
    ) =>
        new()
        {
            AccountId = id,
            SessionId = session,
            Name = name,
            Roles = [.. roles],
            Permissions =
            [
                .. modules
                    .Permissions.Where(p => roles.Contains(Roles.Administrator) || p.Roles.Any(roles.Contains))
                    .Select(p => p.Name),
            ],
        };
}
