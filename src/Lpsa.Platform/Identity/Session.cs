using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lpsa.Platform;

/// <summary>One signed-in browser. The cookie holds only the id; ending the row signs the browser out at once.</summary>
public sealed class Session
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);

    public Guid Id { get; private set; }
    public Guid AccountId { get; private set; }
    public DateTime StartedAt { get; private set; }
    public DateTime ExpiresAt { get; private set; }
    public string Device { get; private set; } = "";

    /// <summary>When two factors had been shown; null while only one was asked for.</summary>
    public DateTime? TwoFactorsAt { get; private set; }

    public static Session Start(Guid accountId, string device, DateTime now, bool twoFactors = false) =>
        new()
        {
            // Random, not version 7: an id that a cookie carries must not be guessable from the time.
            Id = Guid.NewGuid(),
            AccountId = accountId,
            StartedAt = now,
            TwoFactorsAt = twoFactors ? now : null,
            ExpiresAt = now + Lifetime,
            Device = device.Length > 200 ? device[..200] : device,
        };

    internal sealed class Map : IEntityTypeConfiguration<Session>
    {
        public void Configure(EntityTypeBuilder<Session> entity)
        {
            entity.ToTable("sessions");
            entity.Property(s => s.Id).ValueGeneratedNever();
            entity.Property(s => s.AccountId).WhenMerged(WhenMerged.Ends);
            entity.HasOne<Account>().WithMany().HasForeignKey(s => s.AccountId);
            entity.HasIndex(s => s.AccountId);
        }
    }
}
