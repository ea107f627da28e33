using System.Text.Json;
using System.Text.Json.Serialization;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lpsa.Members;

public enum ConsentAct
{
    Joined,
    Changed,
    Left,
    Imported,
    Erasing,

    /// <summary>The e-mail address changed.</summary>
    Moved,

    /// <summary>Staff found that two records were one person; what either had refused stays refused.</summary>
    Merged,
}

/// <summary>
/// Evidence of one decision: what the person saw, chose, when and how. Only added to; the person reads it on the own
/// page and in the export.
/// </summary>
public sealed class MemberConsent
{
    internal static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public Guid Id { get; private set; }
    public Guid MemberId { get; private set; }
    public DateTime At { get; private set; }
    public ConsentAct Act { get; private set; }

    /// <summary>The road: <c>join form, confirmed by mail</c>, <c>preference page</c>, <c>one-click unsubscribe</c>, a file's name.</summary>
    public string How { get; private set; } = "";

    /// <summary>The sentence that stood over the button, in the language it was read in.</summary>
    public string Shown { get; private set; } = "";

    /// <summary><see cref="MemberChoices"/> as JSON.</summary>
    public string Choices { get; private set; } = "{}";

    /// <summary>The network asked from, shortened to /24 or /64: enough to tell abuse, too little to find a person.</summary>
    public string Network { get; private set; } = "";

    /// <summary>When the form was sent, for what was confirmed later.</summary>
    public DateTime? AskedAt { get; private set; }

    public static MemberConsent Of(
        Guid member,
        ConsentAct act,
        string how,
        string shown,
        MemberChoices choices,
        string network,
        DateTime at,
        DateTime? askedAt = null
    ) =>
        new()
        {
            Id = Guid.CreateVersion7(),
            MemberId = member,
            Act = act,
            How = how,
            Shown = shown,
            Choices = JsonSerializer.Serialize(choices, Json),
            Network = network,
            At = at,
            AskedAt = askedAt,
        };

    internal sealed class Map : IEntityTypeConfiguration<MemberConsent>
    {
        public void Configure(EntityTypeBuilder<MemberConsent> entity)
        {
            entity.ToTable("member_consents");
            entity.Property(c => c.Id).ValueGeneratedNever();
            entity.Property(c => c.Choices).IsJson();
            entity.Property(c => c.MemberId).WhenMerged(WhenMerged.Moves);
            entity.HasOne<Member>().WithMany().HasForeignKey(c => c.MemberId);
            entity.HasIndex(c => c.MemberId);
        }
    }
}
