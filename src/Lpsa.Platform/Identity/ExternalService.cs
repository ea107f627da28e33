namespace Lpsa.Platform;

/// <summary>Another service that vouches for people by OpenID Connect, as set in the environment.</summary>
/// <param name="Code">As in addresses and the database: <c>google</c>.</param>
/// <param name="Keys">Its public keys as a JSON Web Key Set (RFC 7517).</param>
/// <param name="Issuer"><c>iss</c> of its tokens; <c>{tid}</c> stands for the tenant that the token names.</param>
public sealed record ExternalService(
    string Code,
    string Name,
    Uri Authorize,
    Uri Token,
    Uri Keys,
    string Issuer,
    string Scope,
    string ClientId,
    string ClientSecret
)
{
    private const string AddressToo = "openid email profile";

    private static readonly IReadOnlyList<ExternalService> Shapes =
    [
        Shape(
            "google",
            "Google",
            "https://accounts.google.com/o/oauth2/v2/auth",
            "https://oauth2.googleapis.com/token",
            "https://www.googleapis.com/oauth2/v3/certs",
            "https://accounts.google.com",
            AddressToo
        ),
        Shape(
            "microsoft",
            "Microsoft",
            "https://login.microsoftonline.com/common/oauth2/v2.0/authorize",
            "https://login.microsoftonline.com/common/oauth2/v2.0/token",
            "https://login.microsoftonline.com/common/discovery/v2.0/keys",
            "https://login.microsoftonline.com/{tid}/v2.0",
            AddressToo
        ),
        Shape(
            "linkedin",
            "LinkedIn",
            "https://www.linkedin.com/oauth/v2/authorization",
            "https://www.linkedin.com/oauth/v2/accessToken",
            "https://www.linkedin.com/oauth/openid/jwks",
            "https://www.linkedin.com/oauth",
            AddressToo
        ),
        Shape(
            "orcid",
            "ORCID",
            "https://orcid.org/oauth/authorize",
            "https://orcid.org/oauth/token",
            "https://orcid.org/oauth/jwks",
            "https://orcid.org",
            "openid"
        ),
    ];

    /// <param name="read">Value of a variable, null when it is not set: <c>LPSA_OAUTH_GOOGLE=client:secret</c>.</param>
    /// <exception cref="SettingException">A value has no colon.</exception>
    public static IReadOnlyList<ExternalService> Read(Func<string, string?> read)
    {
        var services = new List<ExternalService>();
        foreach (var shape in Shapes)
        {
            var variable = "LPSA_OAUTH_" + shape.Code.ToUpperInvariant();
            if (read(variable)?.Trim() is not { Length: > 0 } value)
                continue;
            var colon = value.IndexOf(':', StringComparison.Ordinal);
            if (colon < 1 || colon == value.Length - 1)
                throw new SettingException(variable, "must be client:secret, as the service gave them");
            services.Add(shape with { ClientId = value[..colon], ClientSecret = value[(colon + 1)..] });
        }
        return services;
    }

    private static ExternalService Shape(
        string code,
        string name,
        string authorize,
        string token,
        string keys,
        string issuer,
        string scope
    ) => new(code, name, new Uri(authorize), new Uri(token), new Uri(keys), issuer, scope, "", "");
}
