using System.Diagnostics;
using System.Text.Json;

namespace Lpsa.Tests;

/// <summary>The program as an operator starts it, in a process and a folder of its own.</summary>
public sealed class CommandLineTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("lpsa-cli-").FullName;

    [Fact]
    public async Task An_operator_makes_an_account_backs_up_checks_and_restores()
    {
        var backup = Path.Combine(folder, "backup.zip");
        var (made, link) = await Run("user", "add", "amina@example.org", "--role", "administrator", "--json");
        Assert.Equal(0, made);
        Assert.Contains("/sign-in/link/", Json(link).GetProperty("link").GetString());
        var (written, said) = await Run("backup", backup, "--json");
        Assert.Equal(0, written);
        Assert.True(Json(said).GetProperty("rows").GetInt64() > 0);
        var (refused, why) = await Run("restore", backup);
        Assert.Equal(2, refused);
        Assert.Contains("--force", why);
        Assert.Equal(0, (await Run("restore", backup, "--force")).Exit);
        var (whole, result) = await Run("check", "--json");
        Assert.Equal(0, whole);
        Assert.True(Json(result).GetProperty("good").GetBoolean());
    }

    [Fact]
    public async Task A_running_server_shows_what_a_command_imported()
    {
        await using var database = await TestDatabase.Create();
        await using var site = await TestSite.Join(database);
        var reader = site.Anonymous();
        Assert.DoesNotContain("Devolved health", await reader.GetStringAsync("/posts"));
        var file = Path.Combine(folder, "posts.json");
        await File.WriteAllTextAsync(
            file,
            """{"compiled":"2026-11-21","items":[{"id":"A","title":"Devolved health","type":"post","url":"https://example.org/a"}]}"""
        );
        var settings = new Dictionary<string, string>
        {
            ["LPSA_DATA"] = database.Folder,
            ["LPSA_DATABASE"] = database.Settings.ConnectionString,
        };
        var (exit, said) = await RunWith(settings, "import", "posts", file);
        Assert.True(exit == 0, said);
        site.Clock.Advance(TimeSpan.FromDays(10_000));
        await site.RunJobs();
        Assert.Contains("Devolved health", await reader.GetStringAsync("/posts"));
    }

    [Fact]
    public async Task A_check_of_a_database_that_was_never_made_says_so_and_makes_none()
    {
        var (exit, said) = await Run("check");
        Assert.Equal(1, exit);
        Assert.Contains("schema", said);
    }

    [Fact]
    public async Task A_wrong_setting_stops_the_start_and_is_named()
    {
        var (exit, said) = await RunWith(new() { ["LPSA_URL"] = "nonsense" }, "migrate");
        Assert.Equal(2, exit);
        Assert.Contains("LPSA_URL", said);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private Task<(int Exit, string Said)> Run(params string[] arguments) => RunWith([], arguments);

    private async Task<(int Exit, string Said)> RunWith(
        Dictionary<string, string> environment,
        params string[] arguments
    )
    {
        var start = new ProcessStartInfo(
            "dotnet",
            [Path.Combine(AppContext.BaseDirectory, "Lpsa.Web.dll"), .. arguments]
        )
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        foreach (
            var name in start.Environment.Keys.Where(k => k.StartsWith("LPSA_", StringComparison.Ordinal)).ToList()
        )
            start.Environment.Remove(name);
        start.Environment["LPSA_DATA"] = Path.Combine(folder, "data");
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, string.Concat(said));
    }

    private static JsonElement Json(string text) => JsonSerializer.Deserialize<JsonElement>(text);
}
