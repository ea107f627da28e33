namespace Lpsa.Platform;

/// <summary>The settings of the environment, read and checked once at the start.</summary>
public sealed record PlatformOptions
{
    public required string DataFolder { get; init; }
    public required DatabaseSettings Database { get; init; }
    public required Uri Url { get; init; }
    public string? Smtp { get; init; }

    /// <summary><c>selector:domain:file.pem</c>; null: mail is not signed here.</summary>
    public string? Dkim { get; init; }
    public required IReadOnlyList<Language> Languages { get; init; }
    public string? OtlpEndpoint { get; init; }

    /// <summary>Services that people may sign in through.</summary>
    public IReadOnlyList<ExternalService> ExternalServices { get; init; } = [];

    /// <param name="read">Value of a variable, null when it is not set.</param>
    /// <exception cref="SettingException">A value cannot be used; the message names the variable.</exception>
    public static PlatformOptions Read(Func<string, string?> read)
    {
        var folder = ReadFolder(NonEmpty(read("LPSA_DATA")) ?? "data");
        return new PlatformOptions
        {
            DataFolder = folder,
            Database = DatabaseSettings.Parse(read("LPSA_DATABASE"), folder),
            Url = ReadUrl(NonEmpty(read("LPSA_URL")) ?? "http://127.0.0.1:5080"),
            Smtp = ReadSmtp(NonEmpty(read("LPSA_SMTP"))),
            Dkim = ReadDkim(NonEmpty(read("LPSA_DKIM"))),
            Languages = ReadLanguages(NonEmpty(read("LPSA_LANGUAGES"))),
            ExternalServices = ExternalService.Read(read),
            OtlpEndpoint = ReadEndpoint(NonEmpty(read("OTEL_EXPORTER_OTLP_ENDPOINT"))),
        };
    }

    private static string? ReadSmtp(string? value)
    {
        if (value is not null)
            SmtpSettings.Parse(value);
        return value;
    }

    private static string? ReadDkim(string? value)
    {
        if (value is not null)
            DkimSetting.Read(value, TimeProvider.System).Dispose();
        return value;
    }

    private static string ReadFolder(string value) =>
        value.Any(char.IsControl)
            ? throw new SettingException("LPSA_DATA", "the folder's name holds a control character")
            : Path.GetFullPath(value);

    private static string? ReadEndpoint(string? value) =>
        value is null
        || Uri.TryCreate(value, UriKind.Absolute, out var address) && address.Scheme is ("http" or "https")
            ? value
            : throw new SettingException(
                "OTEL_EXPORTER_OTLP_ENDPOINT",
                $"“{value}” is not an address such as http://127.0.0.1:4318"
            );

    private static Uri ReadUrl(string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var url)
        && url.Scheme is "http" or "https"
        && url.PathAndQuery == "/"
        && url.UserInfo == ""
            ? url
            : throw new SettingException(
                "LPSA_URL",
                $"“{value}” is not a public origin such as https://decentralization.net"
            );

    private static IReadOnlyList<Language> ReadLanguages(string? value)
    {
        if (value is null)
            return Language.All;
        var chosen = value
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(code =>
                Language.Find(code)
                ?? throw new SettingException(
                    "LPSA_LANGUAGES",
                    $"“{code}” is not one of {string.Join(", ", Language.All.Select(l => l.Code))}"
                )
            )
            .ToList();
        return chosen.Contains(Language.English)
            ? chosen
            : throw new SettingException("LPSA_LANGUAGES", "must contain en, which has the addresses without a prefix");
    }

    private static string? NonEmpty(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();
}
