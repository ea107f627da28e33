using Lpsa.Platform;

namespace Lpsa.Tests;

public sealed class PlatformOptionsTests
{
    [Theory]
    [InlineData("LPSA_DATABASE", "mysql://somewhere/x")]
    [InlineData("LPSA_DATABASE", "postgres://")]
    [InlineData("LPSA_DATABASE", "postgres://user@host")]
    [InlineData("LPSA_DATABASE", "Host=x;Nonsense=1")]
    [InlineData("LPSA_DATABASE", "lpsa")]
    [InlineData("LPSA_URL", "decentralization.net")]
    [InlineData("LPSA_URL", "ftp://decentralization.net")]
    [InlineData("LPSA_URL", "https://decentralization.net/path")]
    [InlineData("LPSA_URL", "https://decentralization.net/?a=b")]
    [InlineData("LPSA_URL", "https://user@decentralization.net")]
    [InlineData("LPSA_LANGUAGES", "en,xx")]
    [InlineData("LPSA_LANGUAGES", "fr,ar")]
    [InlineData("LPSA_DATA", "bad\0folder")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4317")]
    public void A_wrong_value_stops_the_start_and_names_the_variable(string variable, string value)
    {
        var refused = Assert.Throws<SettingException>(() => Read(variable, value));
        Assert.StartsWith(variable + ":", refused.Message);
    }

    [Fact]
    public void Nothing_set_means_a_folder_named_data_with_sqlite_and_all_languages()
    {
        var options = PlatformOptions.Read(_ => null);
        Assert.Equal(Path.GetFullPath("data"), options.DataFolder);
        Assert.Equal(DatabaseKind.Sqlite, options.Database.Kind);
        Assert.Equal("http://127.0.0.1:5080/", options.Url.AbsoluteUri);
        Assert.Equal(Language.All, options.Languages);
        Assert.Null(options.OtlpEndpoint);
    }

    [Theory]
    [InlineData(
        "postgres://amina:p%40ss@db.example:6000/lpsa",
        "Host=db.example;Port=6000;Database=lpsa;Username=amina;Password=p@ss"
    )]
    [InlineData("postgresql://db.example/lpsa", "Host=db.example;Port=5432;Database=lpsa")]
    public void A_postgres_address_is_taken_apart(string address, string connection)
    {
        var settings = DatabaseSettings.Parse(address, "/data");
        Assert.Equal((DatabaseKind.Postgres, connection), (settings.Kind, settings.ConnectionString));
    }

    [Fact]
    public void Blank_values_count_as_unset() =>
        Assert.Equal(DatabaseKind.Sqlite, PlatformOptions.Read(_ => "  ").Database.Kind);

    private static PlatformOptions Read(string variable, string value) =>
        PlatformOptions.Read(name => name == variable ? value : null);
}
