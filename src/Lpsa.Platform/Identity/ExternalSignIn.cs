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
    ExternalTokens tokens
)
{
    private const string CookieName = "lpsa-external";
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

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
            return
                body.ValueKind == JsonValueKind.Object
                && body.TryGetProperty("id_token", out var token)
                && token.ValueKind == JsonValueKind.String
                && await tokens.Check(service, token.GetString()!, begun.Nonce, cancel) is { } person
                ? (person, begun.Back)
                : null;
        }
        catch (Exception fault)
            when (fault is HttpRequestException or JsonException or FormatException or ArgumentException
                || fault is TaskCanceledException && !cancel.IsCancellationRequested
            )
        {
            return null;
        }
    }

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
}
