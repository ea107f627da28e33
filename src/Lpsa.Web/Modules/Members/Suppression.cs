using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lpsa.Members;

public enum SuppressionReason
{
    Unsubscribed,

    /// <summary>The mailbox does not exist or refuses for good; Mailchimp calls these cleaned.</summary>
    Bounced,
    Complained,
    Erased,
}

/// <summary>
/// An address that must not get something, kept as a keyed hash. Outlives the member: an import of tomorrow must not
/// bring back who left today. Never stops what a person asks for at this moment, such as a link to sign in.
/// </summary>
public sealed class Suppression
{
    /// <summary>Everything sent to many.</summary>
    public const string Bulk = "bulk";

    public string AddressHash { get; private set; } = "";

    /// <summary><see cref="Bulk"/>, or the code of one <see cref="Channel"/>.</summary>
    public string Scope { get; private set; } = "";
    public SuppressionReason Reason { get; private set; }

    /// <summary>Where we know it from: <c>preference page</c>, <c>import:mailchimp</c>.</summary>
    public string Origin { get; private set; } = "";
    public DateTime At { get; private set; }

    public static Suppression Of(
        string addressHash,
        string scope,
        SuppressionReason reason,
        string origin,
        DateTime at
    ) =>
        new()
        {
            AddressHash = addressHash,
            Scope = scope,
            Reason = reason,
            Origin = origin,
            At = at,
        };

    internal sealed class Map : IEntityTypeConfiguration<Suppression>
    {
        public void Configure(EntityTypeBuilder<Suppression> entity)
        {
            entity.ToTable("suppressions");
            entity.HasKey(s => new { s.AddressHash, s.Scope });
        }
    }
}
