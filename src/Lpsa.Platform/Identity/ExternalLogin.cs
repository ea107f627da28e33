using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lpsa.Platform;

/// <summary>A person at another service who is an account here. The service's own number for them, never an address.</summary>
public sealed class ExternalLogin
{
    public string Service { get; private set; } = "";
    public string Subject { get; private set; } = "";
    public Guid AccountId { get; private set; }
    public DateTime LinkedAt { get; private set; }

    public static ExternalLogin Link(string service, string subject, Guid accountId, DateTime now) =>
        new()
        {
            Service = service,
            Subject = subject,
            AccountId = accountId,
            LinkedAt = now,
        };

    internal sealed class Map : IEntityTypeConfiguration<ExternalLogin>
    {
        public void Configure(EntityTypeBuilder<ExternalLogin> entity)
        {
            entity.ToTable("external_logins");
            entity.HasKey(l => new { l.Service, l.Subject });
            entity.Property(l => l.AccountId).WhenMerged(WhenMerged.Stays);
            entity.HasOne<Account>().WithMany().HasForeignKey(l => l.AccountId);
            entity.HasIndex(l => l.AccountId);
        }
    }
}
