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
    private string challenge = "";

    private VouchingService(WebApplication app) => this.app = app;

    /// <summary>Claims of the next token; the nonce is added unless it is among them.</summary>
    public Dictionary<string, object> Claims { get; } = [];
    public string Nonce { get; private set; } = "";

    public ExternalService AsService =>
        new(
            "google",
            "Google",
            new Uri(app.Urls.First() + "/authorize"),
            new Uri(app.Urls.First() + "/token"),
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

    public ValueTask DisposeAsync() => app.DisposeAsync();

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
        return Results.Json(new { id_token = $"e30.{payload}.c2lnbmF0dXJl", token_type = "Bearer" });
    }
}
