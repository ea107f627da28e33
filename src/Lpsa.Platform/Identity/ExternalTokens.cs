using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Lpsa.Platform;

/// <summary>
/// Checks ID tokens of other services (OpenID Connect Core 1.0, 3.1.3.7): signature by the service's published keys,
/// issuer, audience, authorized party, lifetime and nonce.
/// </summary>
public sealed class ExternalTokens(IHttpClientFactory clients, TimeProvider clock)
{
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan KeysLifetime = TimeSpan.FromHours(12);

    /// <summary>A token with an unknown key makes us ask again, but not as often as somebody sends one.</summary>
    private static readonly TimeSpan KeysPause = TimeSpan.FromMinutes(1);

    /// <summary>Never <c>none</c>, and none with a shared secret: anybody with our secret could sign those.</summary>
    private static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256,
        SecurityAlgorithms.RsaSsaPssSha256,
        SecurityAlgorithms.EcdsaSha256,
    ];

    private readonly ConcurrentDictionary<string, (DateTimeOffset At, JsonWebKeySet Keys)> known = new();
    private readonly JsonWebTokenHandler handler = new() { MapInboundClaims = false };

    /// <summary>Null when anything at all is not in order.</summary>
    /// <exception cref="HttpRequestException">The service does not give its keys.</exception>
    public async Task<ExternalPerson?> Check(
        ExternalService service,
        string token,
        string nonce,
        CancellationToken cancel
    )
    {
        if (!handler.CanReadToken(token))
            return null;
        JsonWebToken read;
        try
        {
            read = handler.ReadJsonWebToken(token);
        }
        catch (Exception wrong) when (wrong is ArgumentException or SecurityTokenException or FormatException)
        {
            return null;
        }
        var keys = await KeysOf(service, read.Kid, cancel);
        var result = await handler.ValidateTokenAsync(
            token,
            new TokenValidationParameters
            {
                IssuerSigningKeys = keys.GetSigningKeys(),
                ValidAlgorithms = Algorithms,
                ValidAudience = service.ClientId,
                ValidIssuer = service.Issuer.Replace("{tid}", Text(read, "tid") ?? "-", StringComparison.Ordinal),
                LifetimeValidator = IsInTime,
            }
        );
        if (
            !result.IsValid
            || result.SecurityToken is not JsonWebToken good
            || !Same(nonce, Text(good, "nonce"))
            // A token for several is taken only if it was made at our asking.
            || (good.Audiences.Count() > 1 || Text(good, "azp") is not null) && Text(good, "azp") != service.ClientId
            || string.IsNullOrEmpty(good.Subject)
        )
            return null;
        var isVerified = string.Equals(Text(good, "email_verified"), "true", StringComparison.OrdinalIgnoreCase);
        return new ExternalPerson(service.Code, good.Subject, isVerified ? Text(good, "email") : null);
    }

    private bool IsInTime(DateTime? from, DateTime? until, SecurityToken token, TokenValidationParameters parameters)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return until + ClockSkew > now && (from is null || from - ClockSkew <= now);
    }

    private async Task<JsonWebKeySet> KeysOf(ExternalService service, string? id, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        if (known.TryGetValue(service.Code, out var held))
        {
            var age = now - held.At;
            var isThere = string.IsNullOrEmpty(id) || held.Keys.Keys.Any(k => k.Kid == id);
            if (age < KeysPause || age < KeysLifetime && isThere)
                return held.Keys;
        }
        using var client = clients.CreateClient(nameof(ExternalSignIn));
        var keys = JsonWebKeySet.Create(await client.GetStringAsync(service.Keys, cancel));
        known[service.Code] = (now, keys);
        return keys;
    }

    private static string? Text(JsonWebToken token, string claim) =>
        token.TryGetPayloadValue<object>(claim, out var value) ? value?.ToString() : null;

    private static bool Same(string ours, string? theirs) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(ours), Encoding.UTF8.GetBytes(theirs ?? ""));
}
