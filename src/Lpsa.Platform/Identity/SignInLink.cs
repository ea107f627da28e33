using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lpsa.Platform;

/// <summary>
/// A link that signs in once. Only its hash is stored, so a copy of the database signs nobody in; opening it (as mail
/// scanners do) does nothing until the person presses the button on the page.
/// </summary>
public sealed class SignInLink
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(30);

    public string TokenHash { get; private set; } = "";
    public Guid AccountId { get; private set; }
    public DateTime ExpiresAt { get; private set; }
    public DateTime? UsedAt { get; private set; }

    /// <returns>The row to store and the token to hand out: 32 random bytes in base64url.</returns>
    public static (SignInLink Link, string Token) Make(Guid accountId, DateTime now)
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var link = new SignInLink
        {
            TokenHash = HashOf(token),
            AccountId = accountId,
            ExpiresAt = now + Lifetime,
        };
        return (link, token);
    }

    public static string HashOf(string token) =>
        Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(token)));

    public static string PathOf(string token) => "/sign-in/link/" + token;

    internal sealed class Map : IEntityTypeConfiguration<SignInLink>
    {
        public void Configure(EntityTypeBuilder<SignInLink> entity)
        {
            entity.ToTable("sign_in_links");
            entity.HasKey(l => l.TokenHash);
            entity.Property(l => l.AccountId).WhenMerged(WhenMerged.Ends);
            entity.HasOne<Account>().WithMany().HasForeignKey(l => l.AccountId);
            entity.HasIndex(l => l.AccountId);
        }
    }
}
