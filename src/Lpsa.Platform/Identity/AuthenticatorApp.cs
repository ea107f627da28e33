using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lpsa.Platform;

/// <summary>The authenticator app of an account: present means that signing in asks for its code.</summary>
public sealed class AuthenticatorApp
{
    public Guid AccountId { get; private set; }

    /// <summary>Encrypted: unlike a password it is needed in the clear to check a code.</summary>
    public string Secret { get; private set; } = "";

    /// <summary>Newest step whose code was used; a code works once, even within its half minute.</summary>
    public long LastStep { get; private set; }
    public DateTime SetUpAt { get; private set; }

    internal static AuthenticatorApp SetUp(Guid accountId, string secret, long step, DateTime now) =>
        new()
        {
            AccountId = accountId,
            Secret = secret,
            LastStep = step,
            SetUpAt = now,
        };

    internal sealed class Map : IEntityTypeConfiguration<AuthenticatorApp>
    {
        public void Configure(EntityTypeBuilder<AuthenticatorApp> entity)
        {
            entity.ToTable("authenticator_apps");
            entity.HasKey(a => a.AccountId);
            entity.Property(a => a.AccountId).WhenMerged(WhenMerged.Stays);
            entity.HasOne<Account>().WithOne().HasForeignKey<AuthenticatorApp>(a => a.AccountId);
        }
    }
}

/// <summary>A code for the day the phone is lost: works once in place of the app's code. Only its hash is stored.</summary>
public sealed class RecoveryCode
{
    public string CodeHash { get; private set; } = "";
    public Guid AccountId { get; private set; }
    public DateTime? UsedAt { get; private set; }

    internal static RecoveryCode Of(Guid accountId, string hash) => new() { AccountId = accountId, CodeHash = hash };

    internal sealed class Map : IEntityTypeConfiguration<RecoveryCode>
    {
        public void Configure(EntityTypeBuilder<RecoveryCode> entity)
        {
            entity.ToTable("recovery_codes");
            entity.HasKey(c => c.CodeHash);
            entity.Property(c => c.AccountId).WhenMerged(WhenMerged.Stays);
            entity.HasOne<Account>().WithMany().HasForeignKey(c => c.AccountId);
            entity.HasIndex(c => c.AccountId);
        }
    }
}
