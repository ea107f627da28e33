using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace Lpsa.Platform;

public enum SmtpSecurity
{
    /// <summary>TLS from the first byte (RFC 8314), port 465.</summary>
    ImplicitTls,

    /// <summary>STARTTLS with a certificate that is checked, or no mail at all.</summary>
    StartTlsRequired,

    /// <summary>STARTTLS where the server has it. Its certificate is not checked: without TLS there would be none.</summary>
    StartTlsWhenOffered,

    /// <summary>Never encrypted: a relay on the same machine or a closed network.</summary>
    Plain,
}

/// <summary>How mail leaves: the value of <c>LPSA_SMTP</c>, read.</summary>
public sealed record SmtpSettings
{
    private const string Shape = "Expected smtp://user:password@host:port or smtps://user:password@host:port.";

    public required string Host { get; init; }
    public required int Port { get; init; }
    public required SmtpSecurity Security { get; init; }

    /// <summary>Empty: no sign-in.</summary>
    public string User { get; init; } = "";

    /// <summary>The password, or with <see cref="UsesAccessToken"/> the OAuth 2 access token.</summary>
    public string Secret { get; init; } = "";

    /// <summary>Sign in with XOAUTH2 instead of a password.</summary>
    public bool UsesAccessToken { get; init; }

    /// <summary>What we call ourselves in EHLO; null: the address of our end of the connection.</summary>
    public string? OwnName { get; init; }

    /// <summary>PEM file of an authority to trust besides those of the machine, for relays with a certificate of their own.</summary>
    public string? AuthorityFile { get; init; }

    internal bool IsLoopback =>
        Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(Host, out var address) && IPAddress.IsLoopback(address));

    /// <exception cref="SettingException">The value cannot be used; the message names LPSA_SMTP and never repeats the password.</exception>
    public static SmtpSettings Parse(string value) =>
        TryParse(value, out var settings, out var problem)
            ? settings
            : throw new SettingException("LPSA_SMTP", problem);

    /// <summary>
    /// Reads <c>smtp[s]://[user:password@]host[:port]</c>. Options follow as a query: <c>tls=required|offered|none</c>,
    /// <c>auth=password|xoauth2</c>, <c>name=</c> for EHLO, <c>ca=</c> for a PEM file. Signs may be percent-encoded.
    /// </summary>
    public static bool TryParse(
        string value,
        [NotNullWhen(true)] out SmtpSettings? settings,
        [NotNullWhen(false)] out string? problem
    )
    {
        settings = null;
        problem = Read(value.Trim(), ref settings);
        return problem is null;
    }

    /// <summary>Without the secret, so that logs may hold it.</summary>
    public override string ToString() => $"{Security} {(User.Length == 0 ? "" : User + "@")}{Host}:{Port}";

    private static string? Read(string value, ref SmtpSettings? settings)
    {
        var scheme = value.Split("://", 2) is [var before, _] ? before.ToLowerInvariant() : "";
        if (scheme is not ("smtp" or "smtps"))
            return $"the value must start with smtp:// or smtps://. {Shape}";

        // The last at sign parts sign-in and host: people paste passwords and user names that hold one.
        var rest = value[(scheme.Length + 3)..];
        var at = rest.LastIndexOf('@');
        var signIn = at < 0 ? "" : rest[..at];
        if (!Uri.TryCreate($"{scheme}://{rest[(at + 1)..]}", UriKind.Absolute, out var place) || place.Host.Length == 0)
            return $"no host can be read from the value. {Shape}";
        if (place.AbsolutePath is not ("" or "/") || place.Fragment.Length > 0)
            return $"something follows the host and port. {Shape}";
        if (place.Port == 0)
            return $"port 0 cannot be used. {Shape}";

        var colon = signIn.IndexOf(':');
        if (at >= 0 && colon <= 0)
            return $"before the @ sign there must be a user and a password with a colon between them. {Shape}";
        var read = new SmtpSettings
        {
            Host = place.IdnHost,
            Port =
                place.Port > 0 && HasPort(rest[(at + 1)..], place) ? place.Port
                : scheme == "smtps" ? 465
                : 587,
            Security = SmtpSecurity.ImplicitTls,
            User = at < 0 ? "" : Uri.UnescapeDataString(signIn[..colon]),
            Secret = at < 0 ? "" : Uri.UnescapeDataString(signIn[(colon + 1)..]),
        };
        if (read.User.Concat(read.Secret).Any(char.IsControl))
            return "the user or the password holds a control character.";
        if (scheme == "smtp")
            read = read with
            {
                // A password must not cross the network in the clear because someone stripped STARTTLS from the reply.
                Security =
                    at >= 0 && !read.IsLoopback ? SmtpSecurity.StartTlsRequired : SmtpSecurity.StartTlsWhenOffered,
            };

        foreach (var option in place.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, given) = option.Split('=', 2) is [var n, var g] ? (n, Uri.UnescapeDataString(g)) : (option, "");
            if (Apply(ref read, scheme, name, given) is { } problem)
                return problem;
        }
        settings = read;
        return null;
    }

    // Uri gives -1 for unknown schemes without a port, but a number of its own for those it knows.
    private static bool HasPort(string authority, Uri place) =>
        authority.Split('/', '?')[0].EndsWith(":" + place.Port, StringComparison.Ordinal);

    private static string? Apply(ref SmtpSettings settings, string scheme, string name, string value)
    {
        switch (name, value)
        {
            case ("tls", "required" or "offered" or "none") when scheme == "smtp":
                settings = settings with
                {
                    Security = value switch
                    {
                        "required" => SmtpSecurity.StartTlsRequired,
                        "offered" => SmtpSecurity.StartTlsWhenOffered,
                        _ => SmtpSecurity.Plain,
                    },
                };
                return null;
            case ("tls", _):
                return scheme == "smtps"
                    ? "smtps:// is always encrypted; leave out tls=."
                    : "tls= must be required, offered or none.";
            case ("auth", "password" or "xoauth2"):
                settings = settings with { UsesAccessToken = value == "xoauth2" };
                return null;
            case ("auth", _):
                return "auth= must be password or xoauth2.";
            case ("name", _):
                settings = settings with { OwnName = value };
                return Uri.CheckHostName(value) == UriHostNameType.Dns ? null : "name= must be a host name.";
            case ("ca", _):
                settings = settings with { AuthorityFile = value };
                return CanRead(value) ? null : $"the certificate file “{value}” cannot be read.";
            default:
                return $"the option “{name}” is unknown; there are tls, auth, name and ca.";
        }
    }

    private static bool CanRead(string file)
    {
        try
        {
            var authorities = new X509Certificate2Collection();
            authorities.ImportFromPemFile(file);
            return authorities.Count > 0;
        }
        catch (Exception fault)
            when (fault
                    is IOException
                        or UnauthorizedAccessException
                        or ArgumentException
                        or System.Security.Cryptography.CryptographicException
            )
        {
            return false;
        }
    }
}
