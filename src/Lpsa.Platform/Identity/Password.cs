using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lpsa.Platform;

/// <summary>The password of an account that wants one. The hash is PBKDF2 as ASP.NET Core Identity makes it.</summary>
public sealed class Password
{
    private static readonly PasswordHasher<Password> Hasher = new();

    // An unknown address costs as much time as a known one, or the time would tell who has a password.
    private static readonly string NobodysHash = Hasher.HashPassword(new Password(), Guid.NewGuid().ToString());

    public Guid AccountId { get; private set; }
    public string Hash { get; private set; } = "";
    public DateTime SetAt { get; private set; }

    public static Password Of(Guid accountId, string typed, DateTime now)
    {
        var password = new Password { AccountId = accountId };
        password.Change(typed, now);
        return password;
    }

    public void Change(string typed, DateTime now)
    {
        Hash = Hasher.HashPassword(this, Normal(typed));
        SetAt = now;
    }

    /// <summary>The account that has this address and password. Takes the same time whether or not there is one.</summary>
    public static async Task<Account?> Check(PlatformDb db, string email, string typed, CancellationToken cancel)
    {
        var key = Account.KeyOf(email);
        var found = await db.Set<Account>()
            .Where(a => a.EmailKey == key && a.ClosedAt == null)
            .Join(db.Set<Password>(), a => a.Id, p => p.AccountId, (a, p) => new { Account = a, Password = p })
            .SingleOrDefaultAsync(cancel);
        var result = Hasher.VerifyHashedPassword(
            found?.Password ?? new Password(),
            found?.Password.Hash ?? NobodysHash,
            Normal(typed)
        );
        if (found is null || result == PasswordVerificationResult.Failed)
            return null;
        if (result == PasswordVerificationResult.SuccessRehashNeeded)
        {
            found.Password.Change(typed, found.Password.SetAt);
            await db.SaveChangesAsync(cancel);
        }
        return found.Account;
    }

    // The same letters typed on another keyboard may be other code points (NIST SP 800-63B, 3.1.1.2).
    private static string Normal(string typed) => typed.Normalize(NormalizationForm.FormKC);

    internal sealed class Map : IEntityTypeConfiguration<Password>
    {
        public void Configure(EntityTypeBuilder<Password> entity)
        {
            entity.ToTable("passwords");
            entity.HasKey(p => p.AccountId);
            entity.Property(p => p.AccountId).WhenMerged(WhenMerged.Stays);
            entity.HasOne<Account>().WithOne().HasForeignKey<Password>(p => p.AccountId);
        }
    }
}
