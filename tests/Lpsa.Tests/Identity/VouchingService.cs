using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Lpsa.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;

namespace Lpsa.Tests;

/// <summary>An OpenID Connect service on a port of its own, which says about people what the test wants.</summary>
internal sealed class VouchingService : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly Dictionary<string, RSA> keys = new() { ["first"] = RSA.Create(2048) };
    private string challenge = "";

    private VouchingService(WebApplication app) => this.app = app;

    /// <summary>Claims of the next token; the nonce is added unless it is among them.</summary>
    public Dictionary<string, object> Claims { get; } = [];
    public string Nonce { get; private set; } = "";

    /// <summary>How the next token is signed.</summary>
    public Signing Signing { get; set; } = Signing.Own;

    /// <summary>How often the public keys were asked for.</summary>
    public int KeysGiven { get; private set; }

    public ExternalService AsService =>
        new(
            "google",
            "Google",
            new Uri(app.Urls.First() + "/authorize"),
            new Uri(app.Urls.First() + "/token"),
            new Uri(app.Urls.First() + "/keys"),
            "https://vouching.example",
            "openid email",
            "our-client",
            "our-secret"
        );

    public static async Task<VouchingService> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var service = new VouchingService(app);
        app.MapPost("/token", (Delegate)service.Token);
        app.MapGet("/keys", (Delegate)service.Keys);
        await app.StartAsync();
        return service;
    }

    public void Says(DateTimeOffset now, string subject, string email, bool verified)
    {
        Claims.Clear();
        Claims["iss"] = "https://vouching.example";
        Claims["aud"] = "our-client";
        Claims["exp"] = now.AddMinutes(5).ToUnixTimeSeconds();
        Claims["sub"] = subject;
        Claims["email"] = email;
        Claims["email_verified"] = verified;
    }

    /// <summary>The person agrees at the service: the address that it sends the browser back to.</summary>
    public string Agree(string authorize)
    {
        var asked = QueryHelpers.ParseQuery(new Uri(authorize).Query);
        Assert.Equal(("code", "S256"), (asked["response_type"].ToString(), asked["code_challenge_method"].ToString()));
        (challenge, Nonce) = (asked["code_challenge"].ToString(), asked["nonce"].ToString());
        var back = new Uri(asked["redirect_uri"].ToString());
        Assert.Equal("lpsa.test", back.Host);
        return $"{back.AbsolutePath}?code=a-code&state={Uri.EscapeDataString(asked["state"].ToString())}";
    }

    /// <summary>Signs with a key of another id from now on, as services do from time to time.</summary>
    public void ChangeKey()
    {
        keys.Clear();
        keys["second"] = RSA.Create(2048);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private IResult Keys()
    {
        KeysGiven++;
        return Results.Json(
            new
            {
                keys = keys.Select(k => new
                {
                    kty = "RSA",
                    use = "sig",
                    alg = "RS256",
                    kid = k.Key,
                    n = Base64Url.EncodeToString(k.Value.ExportParameters(false).Modulus),
                    e = Base64Url.EncodeToString(k.Value.ExportParameters(false).Exponent),
                }),
            }
        );
    }

    private string Sign(string payload)
    {
        var (id, own) = keys.Single();
        using var strange = RSA.Create(2048);
        var algorithm = Signing switch
        {
            Signing.None => "none",
            Signing.WithTheSecret => "HS256",
            Signing.WithThePublicKey => "HS256",
            _ => "RS256",
        };
        var header = JsonSerializer.SerializeToUtf8Bytes(new { alg = algorithm, kid = id });
        var text = $"{Base64Url.EncodeToString(header)}.{payload}";
        var bytes = Encoding.ASCII.GetBytes(text);
        byte[] signature = Signing switch
        {
            Signing.None => [],
            Signing.WithTheSecret => HMACSHA256.HashData(Encoding.UTF8.GetBytes("our-secret"), bytes),
            Signing.WithThePublicKey => HMACSHA256.HashData(own.ExportSubjectPublicKeyInfo(), bytes),
            Signing.Strange => strange.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
            _ => own.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
        };
        return $"{text}.{Base64Url.EncodeToString(signature)}";
    }

    private async Task<IResult> Token(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync();
        var verifier = Base64Url.EncodeToString(
            SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString()))
        );
        if (verifier != challenge || form["code"] != "a-code" || form["client_secret"] != "our-secret")
            return Results.BadRequest();
        var claims = new Dictionary<string, object>(Claims);
        claims.TryAdd("nonce", Nonce);
        var payload = Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(claims));
        return Results.Json(new { id_token = Sign(payload), token_type = "Bearer" });
    }
}

/// <summary>Ways to sign a token; only <see cref="Own"/> is in order.</summary>
public enum Signing
{
    Own,
    None,
    Strange,
    WithTheSecret,
    WithThePublicKey,
}
