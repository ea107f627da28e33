using System.Buffers.Text;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Lpsa.Platform;

/// <summary>What another service says about somebody.</summary>
/// <param name="VerifiedEmail">Null unless the service itself says that it checked the address.</param>
public sealed record ExternalPerson(string Service, string Subject, string? VerifiedEmail);

/// <summary>
/// OpenID Connect by authorization code with PKCE (RFC 7636). State, nonce and verifier lie in a sealed cookie of the
/// browser that began, so an answer that another browser obtained is worth nothing here.
/// </summary>
public sealed class ExternalSignIn(
    PlatformOptions options,
    SiteAddress site,
    IDataProtectionProvider protection,
    IHttpClientFactory clients,
    TimeProvider clock
)
{
    private const string CookieName = "lpsa-external";
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    private sealed record Begun(string Service, string State, string Nonce, string Verifier, string Back);

    public IReadOnlyList<ExternalService> Services => options.ExternalServices;

    public ExternalService? Find(string code) => Services.FirstOrDefault(s => s.Code == code);

    /// <summary>Where the browser goes to ask the service.</summary>
    public string Begin(HttpContext http, ExternalService service, string back)
    {
        var begun = new Begun(service.Code, Secret(), Secret(), Secret(), back);
        http.Response.Cookies.Append(
            CookieName,
            Protector.Protect(JsonSerializer.Serialize(begun), Lifetime),
            new CookieOptions
            {
                HttpOnly = true,
                // Not strict: the service sends the browser back, and that is another site.
                SameSite = SameSiteMode.Lax,
                Secure = site.Origin.Scheme == "https",
                MaxAge = Lifetime,
            }
        );
        return QueryHelpers.AddQueryString(
            service.Authorize.AbsoluteUri,
            new Dictionary<string, string?>
            {
                ["response_type"] = "code",
                ["client_id"] = service.ClientId,
                ["redirect_uri"] = ReturnAddress(service),
                ["scope"] = service.Scope,
                ["state"] = begun.State,
                ["nonce"] = begun.Nonce,
                ["code_challenge"] = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(begun.Verifier))),
                ["code_challenge_method"] = "S256",
            }
        );
    }

    /// <summary>Exchanges the code and checks the token. Null when anything at all is not in order.</summary>
    public async Task<(ExternalPerson Person, string Back)?> Finish(
        HttpContext http,
        ExternalService service,
        string? code,
        string? state,
        CancellationToken cancel
    )
    {
        if (Recall(http) is not { } begun || begun.Service != service.Code || code is null || !Same(begun.State, state))
            return null;
        using var request = new FormUrlEncodedContent([
            new("grant_type", "authorization_code"),
            new("code", code),
            new("redirect_uri", ReturnAddress(service)),
            new("client_id", service.ClientId),
            new("client_secret", service.ClientSecret),
            new("code_verifier", begun.Verifier),
        ]);
        try
        {
            using var client = clients.CreateClient(nameof(ExternalSignIn));
            using var answer = await client.PostAsync(service.Token, request, cancel);
            if (!answer.IsSuccessStatusCode)
                return null;
            var body = await answer.Content.ReadFromJsonAsync<JsonElement>(cancel);
            return Read(service, body, begun.Nonce) is { } person ? (person, begun.Back) : null;
        }
        catch (Exception fault) when (fault is HttpRequestException or JsonException or FormatException)
        {
            return null;
        }
    }

    /// <summary>
    /// The token came straight from the service over TLS, which stands for its signature (OpenID Connect Core,
    /// 3.1.3.7, point 6); everything it says is checked all the same.
    /// </summary>
    private ExternalPerson? Read(ExternalService service, JsonElement body, string nonce)
    {
        if (Text(body, "id_token")?.Split('.') is not [_, var payload, _])
            return null;
        var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(payload)).RootElement;
        var issuer = service.Issuer.Replace("{tid}", Text(claims, "tid") ?? "-", StringComparison.Ordinal);
        if (
            Text(claims, "iss") != issuer
            || !IsFor(claims, service.ClientId)
            || !Same(nonce, Text(claims, "nonce"))
            || !claims.TryGetProperty("exp", out var end)
            || DateTimeOffset.FromUnixTimeSeconds(end.GetInt64()) + ClockSkew < clock.GetUtcNow()
            || Text(claims, "sub") is not { Length: > 0 } subject
        )
            return null;
        var isVerified =
            claims.TryGetProperty("email_verified", out var verified)
            && (verified.ValueKind == JsonValueKind.True || Text(claims, "email_verified") == "true");
        return new ExternalPerson(service.Code, subject, isVerified ? Text(claims, "email") : null);
    }

    /// <summary>A token for several is taken only if it was made at our asking.</summary>
    private static bool IsFor(JsonElement claims, string client) =>
        claims.TryGetProperty("aud", out var audience)
        && (
            audience.ValueKind == JsonValueKind.Array
                ? audience.EnumerateArray().Any(a => a.GetString() == client)
                    && (audience.GetArrayLength() == 1 || Text(claims, "azp") == client)
                : audience.GetString() == client
        );

    private Begun? Recall(HttpContext http)
    {
        if (http.Request.Cookies[CookieName] is not { } cookie)
            return null;
        http.Response.Cookies.Delete(CookieName);
        try
        {
            return JsonSerializer.Deserialize<Begun>(Protector.Unprotect(cookie));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private string ReturnAddress(ExternalService service) => site.Absolute($"/sign-in/with/{service.Code}/back");

    private ITimeLimitedDataProtector Protector =>
        protection.CreateProtector("identity.external").ToTimeLimitedDataProtector();

    private static string Secret() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    private static bool Same(string ours, string? theirs) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(ours), Encoding.UTF8.GetBytes(theirs ?? ""));

    private static string? Text(JsonElement from, string name) =>
        from.ValueKind == JsonValueKind.Object
        && from.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
