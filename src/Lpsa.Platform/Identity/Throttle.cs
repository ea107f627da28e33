using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lpsa.Platform;

/// <summary>How often something may be done by one key, such as an address or a network, in a stretch of time.</summary>
/// <param name="Action">Stable name; keys of different actions never meet.</param>
public sealed record ThrottleRule(string Action, int Limit, TimeSpan Window);

/// <summary>
/// Limits that hold across restarts and nodes, because the counters lie in the database. Windows are fixed: around
/// the turn of one, up to twice the limit can pass in a short while, and the limits are chosen with that in mind.
/// </summary>
public static class Throttle
{
    /// <summary>
    /// Counts one try and says whether it is within the limit. Costs one statement. Inside a transaction of the
    /// caller the count is lost when that rolls back, so call it before.
    /// </summary>
    /// <param name="key">Who tries; only its hash is stored.</param>
    public static async Task<bool> Take(PlatformDb db, ThrottleRule rule, string key, CancellationToken cancel)
    {
        var start = new DateTime(db.Now.Ticks - db.Now.Ticks % rule.Window.Ticks, DateTimeKind.Utc);
        var end = start + rule.Window;
        var hash = Hash(rule.Action, key);
        var taken = await db
            .Database.SqlQuery<int>(
                $"""
                INSERT INTO throttle_counts (key, starts_at, ends_at, taken) VALUES ({hash}, {start}, {end}, 1)
                ON CONFLICT (key, starts_at) DO UPDATE SET taken = throttle_counts.taken + 1
                RETURNING taken AS "Value"
                """
            )
            .ToListAsync(cancel);
        return taken[0] <= rule.Limit;
    }

    public static Task<bool> Take(
        PlatformDb db,
        string action,
        string key,
        int limit,
        TimeSpan window,
        CancellationToken cancel
    ) => Take(db, new ThrottleRule(action, limit, window), key, cancel);

    /// <summary>
    /// The network of an address: /24 of IPv4, /64 of IPv6. A household or an attacker has a whole IPv6 /64, so a
    /// limit on single addresses would limit nobody.
    /// </summary>
    public static string NetworkOf(IPAddress? address)
    {
        if (address is null)
            return "unknown";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        var bytes = address.GetAddressBytes();
        var kept = address.AddressFamily == AddressFamily.InterNetwork ? 3 : 8;
        Array.Clear(bytes, kept, bytes.Length - kept);
        return $"{new IPAddress(bytes)}/{kept * 8}";
    }

    // Hashed so that the table does not list who tried to sign in, or as whom.
    private static string Hash(string action, string key) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(action + "\n" + key)));
}

/// <summary>How often a key was used in one window.</summary>
internal sealed class ThrottleCount
{
    public string Key { get; private set; } = "";
    public DateTime StartsAt { get; private set; }
    public DateTime EndsAt { get; private set; }
    public int Taken { get; private set; }

    internal sealed class Map : IEntityTypeConfiguration<ThrottleCount>
    {
        public void Configure(EntityTypeBuilder<ThrottleCount> entity)
        {
            entity.ToTable("throttle_counts");
            entity.HasKey(t => new { t.Key, t.StartsAt });
            entity.HasIndex(t => t.EndsAt);
        }
    }
}
