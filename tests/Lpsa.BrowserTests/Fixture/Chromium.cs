using Microsoft.Playwright;

namespace Lpsa.Tests;

/// <summary>Debian's browser, started once for the run. Nothing is ever downloaded.</summary>
internal static class Chromium
{
    private const string Program = "/usr/bin/chromium";

    private static readonly string[] Arguments =
    [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ];

    /// <exception cref="InvalidOperationException">There is no Chromium on this machine.</exception>
    public static Task<IBrowser> Launch(IPlaywright playwright) =>
        File.Exists(Program)
            ? playwright.Chromium.LaunchAsync(
                new()
                {
                    ExecutablePath = Program,
                    Args = Arguments,
                    Headless = true,
                }
            )
            : throw new InvalidOperationException(
                $"The tests in the browser need {Program}. On Debian: apt-get install chromium"
            );
}
