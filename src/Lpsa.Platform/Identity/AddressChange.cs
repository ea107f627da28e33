using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lpsa.Platform;

/// <summary>
/// Somebody wants another e-mail address for their account. Holds when both mailboxes said yes, in any order; started by
/// an administrator, when the new one did and the old one had a week to object.
/// </summary>
public sealed class AddressChange
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(2);

    /// <summary>How long the old mailbox may object when an administrator started the change.</summary>
    public static readonly TimeSpan StaffWait = TimeSpan.FromDays(7);
    public static readonly TimeSpan StaffLifetime = TimeSpan.FromDays(21);

    /// <summary>How long one click in either mailbox takes it back.</summary>
    public static readonly TimeSpan UndoTime = TimeSpan.FromDays(14);

    public Guid Id { get; private set; }
    public Guid AccountId { get; private set; }

    /// <summary>The address that the account had when this was asked for; with another one the change is void.</summary>
    public string OldEmail { get; private set; } = "";
    public string NewEmail { get; private set; } = "";

    /// <summary>BCP 47 code, for the messages.</summary>
    public string Language { get; private set; } = "";
    public bool ByStaff { get; private set; }
    public DateTime AskedAt { get; private set; }
    public DateTime NotBefore { get; private set; }
    public DateTime ExpiresAt { get; private set; }

    /// <summary>SHA-256 of the token in the message to the old mailbox; null until that is written.</summary>
    public string? OldHash { get; private set; }

    /// <summary>The same for the new one; stays null when the address has an account already.</summary>
    public string? NewHash { get; private set; }
    public DateTime? OldConfirmedAt { get; private set; }
    public DateTime? NewConfirmedAt { get; private set; }
    public DateTime? DoneAt { get; private set; }
    public string? UndoHash { get; private set; }
    public DateTime? UndoUntil { get; private set; }
    public DateTime? UndoneAt { get; private set; }

    internal static AddressChange Ask(
        Account account,
        string newEmail,
        Language language,
        bool byStaff,
        DateTime now
    ) =>
        new()
        {
            Id = Guid.CreateVersion7(),
            AccountId = account.Id,
            OldEmail = account.Email,
            NewEmail = newEmail.Trim(),
            Language = language.Code,
            ByStaff = byStaff,
            AskedAt = now,
            NotBefore = byStaff ? now + StaffWait : now,
            ExpiresAt = now + (byStaff ? StaffLifetime : Lifetime),
        };

    internal string MakeOldToken()
    {
        (var token, OldHash) = NewToken();
        return token;
    }

    internal string MakeNewToken()
    {
        (var token, NewHash) = NewToken();
        return token;
    }

    /// <returns>32 random bytes in base64url, and what is stored of them.</returns>
    internal static (string Token, string Hash) NewToken()
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        return (token, SignInLink.HashOf(token));
    }

    internal sealed class Map : IEntityTypeConfiguration<AddressChange>
    {
        public void Configure(EntityTypeBuilder<AddressChange> entity)
        {
            entity.ToTable("address_changes");
            entity.Property(c => c.Id).ValueGeneratedNever();
            entity.Property(c => c.AccountId).WhenMerged(WhenMerged.Ends);
            entity.HasOne<Account>().WithMany().HasForeignKey(c => c.AccountId);
            entity.HasIndex(c => c.AccountId);
            entity.HasIndex(c => c.OldHash).IsUnique();
            entity.HasIndex(c => c.NewHash).IsUnique();
            entity.HasIndex(c => c.UndoHash).IsUnique();
        }
    }
}

/// <summary>What became of a click.</summary>
public enum AddressOutcome
{
    /// <summary>The other mailbox, or the waiting period, is still missing.</summary>
    Waiting,
    Done,

    /// <summary>Unknown, too old, stopped, or the address cannot be used any more. Which of them is not said.</summary>
    Void,
}
