using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lpsa.Platform;

/// <summary>A challenge that somebody answered. It is kept, as a hash, until it would have ended anyway.</summary>
internal sealed class UsedChallenge
{
    public string Hash { get; private set; } = "";
    public DateTime ExpiresAt { get; private set; }

    /// <summary>
    /// Uses it up; false when that was done before, here or on another node. <paramref name="lifetime"/> counts from
    /// now, so the row outlives every copy of the challenge whatever the hour.
    /// </summary>
    public static async Task<bool> Take(PlatformDb db, string challenge, TimeSpan lifetime, CancellationToken cancel)
    {
        var (hash, end) = (SignInLink.HashOf(challenge), db.Now + lifetime);
        return await db.Database.ExecuteSqlAsync(
                $"INSERT INTO used_challenges (hash, expires_at) VALUES ({hash}, {end}) ON CONFLICT (hash) DO NOTHING",
                cancel
            ) == 1;
    }

    internal sealed class Map : IEntityTypeConfiguration<UsedChallenge>
    {
        public void Configure(EntityTypeBuilder<UsedChallenge> entity)
        {
            entity.ToTable("used_challenges");
            entity.HasKey(c => c.Hash);
            entity.HasIndex(c => c.ExpiresAt);
        }
    }
}
