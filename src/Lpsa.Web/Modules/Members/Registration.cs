using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lpsa.Members;

/// <summary>
/// Somebody filled in the form with this address; nothing holds until its owner confirms. The token is made when the
/// mail is written, so that the form's answer says and costs the same for every address.
/// </summary>
public sealed class Registration
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    public Guid Id { get; private set; }

    /// <summary>SHA-256 of the token in the mail; null until it is written.</summary>
    public string? TokenHash { get; private set; }
    public string Email { get; private set; } = "";
    public string EmailKey { get; private set; } = "";
    public string Choices { get; private set; } = "{}";
    public string Language { get; private set; } = "en";
    public string Shown { get; private set; } = "";
    public string Network { get; private set; } = "";
    public DateTime AskedAt { get; private set; }
    public DateTime ExpiresAt { get; private set; }
    public DateTime? UsedAt { get; private set; }

    public MemberChoices Chosen => JsonSerializer.Deserialize<MemberChoices>(Choices, MemberConsent.Json)!;

    public static Registration Ask(
        string email,
        MemberChoices choices,
        string language,
        string shown,
        string network,
        DateTime now
    ) =>
        new()
        {
            Id = Guid.CreateVersion7(),
            Email = email.Trim(),
            EmailKey = Account.KeyOf(email),
            Choices = JsonSerializer.Serialize(choices, MemberConsent.Json),
            Language = language,
            Shown = shown,
            Network = network,
            AskedAt = now,
            ExpiresAt = now + Lifetime,
        };

    /// <returns>The token for the mail: 32 random bytes in base64url.</returns>
    public string MakeToken()
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        TokenHash = SignInLink.HashOf(token);
        return token;
    }

    internal sealed class Map : IEntityTypeConfiguration<Registration>
    {
        public void Configure(EntityTypeBuilder<Registration> entity)
        {
            entity.ToTable("member_registrations");
            entity.Property(r => r.Id).ValueGeneratedNever();
            entity.Property(r => r.Choices).IsJson();
            entity.HasIndex(r => r.TokenHash).IsUnique();
            entity.HasIndex(r => r.EmailKey);
            entity.HasIndex(r => r.ExpiresAt);
            entity.Ignore(r => r.Chosen);
        }
    }
}
