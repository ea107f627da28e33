using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Lpsa.Tests;

/// <summary>Independent mail software that the tests hold our own against. All of it comes from Debian.</summary>
internal static class MailTools
{
    private static readonly string[] Folders =
    [
        .. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries),
        "/usr/sbin",
        "/usr/bin",
    ];

    public static string Find(string program, string package) =>
        Folders.Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException(
            $"{program} is missing. Install it: apt-get install --no-install-recommends {package}"
        );

    /// <summary>A folder that other accounts may enter, because mail servers drop their privileges.</summary>
    public static string Scratch()
    {
        var folder = Directory.CreateTempSubdirectory("lpsa-mail-").FullName;
        if (OperatingSystem.IsWindows())
            throw new PlatformNotSupportedException("The mail tests need Postfix and OpenDKIM, which run on Unix.");
        File.SetUnixFileMode(
            folder,
            UnixFileMode.UserRead
                | UnixFileMode.UserWrite
                | UnixFileMode.UserExecute
                | UnixFileMode.GroupRead
                | UnixFileMode.GroupExecute
                | UnixFileMode.OtherRead
                | UnixFileMode.OtherExecute
        );
        return folder;
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Runs a program to its end; both outputs together.</summary>
    public static async Task<string> Run(string program, IEnumerable<string> arguments, string input = "")
    {
        using var process = Start(program, arguments);
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        var said = await output + await errors;
        return process.ExitCode == 0
            ? said
            : throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {said}");
    }

    public static Process Start(string program, IEnumerable<string> arguments) =>
        Process.Start(
            new ProcessStartInfo(program, arguments)
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                StandardInputEncoding = new UTF8Encoding(false),
            }
        )!;

    /// <summary>Looks again and again until something is there; fails with the given words after half a minute.</summary>
    public static async Task<T> Await<T>(Func<Task<T?>> look, Func<string> complaint)
        where T : class
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!limit.IsCancellationRequested)
        {
            if (await look() is { } found)
                return found;
            await tick.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
        throw new InvalidOperationException(complaint());
    }

    public static Task AwaitPort(int port, Process server, Func<string> said) =>
        Await(
            async () =>
            {
                if (server.HasExited)
                    throw new InvalidOperationException($"{server.StartInfo.FileName} ended at once: {said()}");
                using var probe = new TcpClient();
                try
                {
                    await probe.ConnectAsync(IPAddress.Loopback, port);
                    return probe.Connected ? "open" : null;
                }
                catch (SocketException)
                {
                    return null;
                }
            },
            () => $"{server.StartInfo.FileName} does not answer on port {port}: {said()}"
        );
}
