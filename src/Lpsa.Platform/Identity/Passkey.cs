using System.Buffers.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lpsa.Platform;

/// <summary>A WebAuthn credential of an account. We hold its public half only; the private one never leaves the device.</summary>
public sealed class Passkey
{
    /// <summary>Base64url, as the authenticator chose it.</summary>
    public string CredentialId { get; private set; } = "";
    public Guid AccountId { get; private set; }

    /// <summary>COSE key, base64url.</summary>
    public string PublicKey { get; private set; } = "";

    /// <summary>What the person calls the device.</summary>
    public string Name { get; private set; } = "";
    public string Transports { get; private set; } = "";
    public long SignCount { get; private set; }
    public bool IsBackupEligible { get; private set; }
    public bool IsBackedUp { get; private set; }
    public DateTime CreatedAt { get; private set; }
    public DateTime? UsedAt { get; private set; }

    internal static Passkey Register(Guid accountId, string name, UserPasskeyInfo made, DateTime now) =>
        new()
        {
            CredentialId = Base64Url.EncodeToString(made.CredentialId),
            AccountId = accountId,
            PublicKey = Base64Url.EncodeToString(made.PublicKey),
            Name = name,
            Transports = string.Join(' ', made.Transports ?? []),
            SignCount = made.SignCount,
            IsBackupEligible = made.IsBackupEligible,
            IsBackedUp = made.IsBackedUp,
            CreatedAt = now,
        };

    internal void Use(UserPasskeyInfo shown, DateTime now) =>
        (SignCount, IsBackedUp, UsedAt) = (shown.SignCount, shown.IsBackedUp, now);

    internal UserPasskeyInfo ToInfo() =>
        new(
            Base64Url.DecodeFromChars(CredentialId),
            Base64Url.DecodeFromChars(PublicKey),
            CreatedAt,
            (uint)SignCount,
            Transports.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            isUserVerified: true,
            IsBackupEligible,
            IsBackedUp,
            attestationObject: [],
            clientDataJson: []
        );

    internal sealed class Map : IEntityTypeConfiguration<Passkey>
    {
        public void Configure(EntityTypeBuilder<Passkey> entity)
        {
            entity.ToTable("passkeys");
            entity.HasKey(p => p.CredentialId);
            entity.Property(p => p.AccountId).WhenMerged(WhenMerged.Stays);
            entity.HasOne<Account>().WithMany().HasForeignKey(p => p.AccountId);
            entity.HasIndex(p => p.AccountId);
        }
    }
}
