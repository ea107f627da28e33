using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lpsa.Platform;

/// <summary>
/// Somebody who gave the first factor and owes the second. It lies in a table and a cookie of its own, which nothing
/// but the page of the second step reads: a route that forgets to ask cannot take it for a session.
/// </summary>
public sealed class HalfSession
{
    public const string CookieName = "lpsa-half";
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    /// <summary>Wrong codes end it; then the first factor has to be given anew.</summary>
    public const int MostTries = 5;

    public string TokenHash { get; private set; } = "";
    public Guid AccountId { get; private set; }
    public string Back { get; private set; } = "/";
    public DateTime ExpiresAt { get; private set; }
    public int Tries { get; private set; }

    internal static async Task Begin(
        HttpContext http,
        PlatformDb db,
        Guid accountId,
        string back,
        CancellationToken cancel
    )
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        db.Add(
            new HalfSession
            {
                TokenHash = SignInLink.HashOf(token),
                AccountId = accountId,
                Back = back,
                ExpiresAt = db.Now + Lifetime,
            }
        );
        await db.SaveChangesAsync(cancel);
        http.Response.Cookies.Append(
            CookieName,
            token,
            new CookieOptions
            {
                HttpOnly = true,
                SameSite = SameSiteMode.Lax,
                Secure = http.RequestServices.GetRequiredService<SiteAddress>().Origin.Scheme == "https",
                MaxAge = Lifetime,
            }
        );
    }

    public static Task<bool> IsOpen(HttpContext http, PlatformDb db, CancellationToken cancel) =>
        Open(http, db).AnyAsync(cancel);

    /// <summary>Counts a try, before the code is looked at. Null when there is none left or it took too long.</summary>
    public static async Task<HalfSession?> Try(HttpContext http, PlatformDb db, CancellationToken cancel) =>
        await Open(http, db).ExecuteUpdateAsync(set => set.SetProperty(h => h.Tries, h => h.Tries + 1), cancel) == 0
            ? null
            : await Of(http, db).AsNoTracking().SingleOrDefaultAsync(cancel);

    /// <summary>Turns it into a session. False when somebody else was faster or the account was closed meanwhile.</summary>
    public async Task<bool> Complete(HttpContext http, PlatformDb db, CancellationToken cancel)
    {
        http.Response.Cookies.Delete(CookieName);
        if (await Of(http, db).ExecuteDeleteAsync(cancel) == 0)
            return false;
        var account = await db.Set<Account>()
            .SingleOrDefaultAsync(a => a.Id == AccountId && a.ClosedAt == null, cancel);
        if (account is null)
            return false;
        await SignIn.StartSession(http, db, account.Id, twoFactors: true, cancel);
        return true;
    }

    private static IQueryable<HalfSession> Of(HttpContext http, PlatformDb db)
    {
        var hash = SignInLink.HashOf(http.Request.Cookies[CookieName] ?? "");
        return db.Set<HalfSession>().Where(h => h.TokenHash == hash);
    }

    private static IQueryable<HalfSession> Open(HttpContext http, PlatformDb db)
    {
        var now = db.Now;
        return Of(http, db).Where(h => h.ExpiresAt > now && h.Tries < MostTries);
    }

    internal sealed class Map : IEntityTypeConfiguration<HalfSession>
    {
        public void Configure(EntityTypeBuilder<HalfSession> entity)
        {
            entity.ToTable("half_sessions");
            entity.HasKey(h => h.TokenHash);
            entity.Property(h => h.AccountId).WhenMerged(WhenMerged.Ends);
            entity.HasOne<Account>().WithMany().HasForeignKey(h => h.AccountId);
            entity.HasIndex(h => h.AccountId);
        }
    }
}
