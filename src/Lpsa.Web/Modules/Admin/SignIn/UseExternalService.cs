using Lpsa.Platform;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Admin;

/// <summary>
/// Signing in through another service. Its person becomes an account here only when the address that the service has
/// verified is the account's, or when somebody signed in confirms it.
/// </summary>
public static class UseExternalService
{
    private const string Offer = "lpsa-link";
    private static readonly TimeSpan OfferLifetime = TimeSpan.FromMinutes(10);

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/sign-in/with/{service}", Begin);
        pages.MapGet("/sign-in/with/{service}/back", Finish).RequireRateLimiting(PlatformApp.CautiousLimit);
        pages.MapPost("/account/external", Link).RequiresSignIn().RequiresFreshSignIn();
    }

    static IResult Begin(string service, string? back, HttpContext http, ExternalSignIn external) =>
        external.Find(service) is { } known
            ? Results.Redirect(external.Begin(http, known, LocalPath.Of(back)))
            : Redirect.To("/sign-in");

    static async Task<IResult> Finish(
        string service,
        string? code,
        string? state,
        HttpContext http,
        PlatformDb db,
        ExternalSignIn external,
        CredentialChange change,
        CancellationToken cancel
    )
    {
        if (
            external.Find(service) is not { } known
            || await external.Finish(http, known, code, state, cancel) is not var (person, back)
        )
            return Redirect.To("/sign-in").Saying("The other service did not confirm who you are. Please try again.");
        var account = await db.Set<ExternalLogin>()
            .Where(l => l.Service == person.Service && l.Subject == person.Subject)
            .Join(db.Set<Lpsa.Platform.Account>(), l => l.AccountId, a => a.Id, (_, a) => a)
            .SingleOrDefaultAsync(cancel);
        if (account is null && http.Viewer().IsKnown)
        {
            http.Response.Cookies.Append(
                Offer,
                Seal(http).Protect(person.Service + "|" + person.Subject, OfferLifetime),
                new CookieOptions
                {
                    HttpOnly = true,
                    SameSite = SameSiteMode.Lax,
                    Secure = http.RequestServices.GetRequiredService<SiteAddress>().Origin.Scheme == "https",
                    MaxAge = OfferLifetime,
                }
            );
            return ConfirmExternalPage.View(known.Name);
        }
        if (account is null && person.VerifiedEmail is { } email)
        {
            var key = Lpsa.Platform.Account.KeyOf(email);
            account = await db.Set<Lpsa.Platform.Account>().SingleOrDefaultAsync(a => a.EmailKey == key, cancel);
            if (account is { ClosedAt: null })
                await Save(person.Service, person.Subject, account.Id, null, http, db, change, cancel);
        }
        return account is { ClosedAt: null }
            ? await Lpsa.Platform.SignIn.Enter(http, db, account, SignInProof.External, back, cancel)
            : Redirect
                .To("/sign-in")
                .Saying("No account here belongs to this person. Sign in with your mailbox, then connect the service.");
    }

    /// <summary>The person confirmed, on our page, that both are the same.</summary>
    static async Task<IResult> Link(HttpContext http, PlatformDb db, CredentialChange change, CancellationToken cancel)
    {
        var viewer = http.Viewer();
        var sealedOffer = http.Request.Cookies[Offer] ?? "";
        http.Response.Cookies.Delete(Offer);
        try
        {
            if (Seal(http).Unprotect(sealedOffer).Split('|', 2) is not [var service, var subject])
                return Results.NotFound();
            if (await db.Set<ExternalLogin>().AnyAsync(l => l.Service == service && l.Subject == subject, cancel))
                return Results.NotFound();
            await Save(service, subject, viewer.AccountId!.Value, viewer.SessionId, http, db, change, cancel);
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return Results.NotFound();
        }
        return Redirect.To("/account").Saying("The service is connected. You can sign in through it.");
    }

    private static Task Save(
        string service,
        string subject,
        Guid accountId,
        Guid? keep,
        HttpContext http,
        PlatformDb db,
        CredentialChange change,
        CancellationToken cancel
    )
    {
        db.Add(ExternalLogin.Link(service, subject, accountId, db.Now));
        return change.Save(
            db,
            accountId,
            keep,
            Sentence.Of("Another service was connected with your account; you can sign in through it."),
            http.Texts().Language,
            cancel
        );
    }

    /// <summary>For this account only: somebody else who signs in at the same browser cannot take it.</summary>
    private static ITimeLimitedDataProtector Seal(HttpContext http) =>
        http
            .RequestServices.GetRequiredService<IDataProtectionProvider>()
            .CreateProtector("identity.external-link", http.Viewer().AccountId!.Value.ToString())
            .ToTimeLimitedDataProtector();
}
