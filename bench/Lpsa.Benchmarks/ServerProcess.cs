using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;

namespace Lpsa.Benchmarks;

/// <summary>The product as a process of its own, so that what it costs can be read apart from what the load costs.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly Process process;

    private ServerProcess(Process process, Uri address, TimeSpan untilFirstPage)
    {
        this.process = process;
        Address = address;
        UntilFirstPage = untilFirstPage;
    }

    public Uri Address { get; }

    /// <summary>From the start of the process to the first whole answer of the front page.</summary>
    public TimeSpan UntilFirstPage { get; }

    public static async Task<ServerProcess> Start(string data, string? database)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        var start = new ProcessStartInfo(Script("lpsa"))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in (string[])["serve", "--listen", address.GetLeftPart(UriPartial.Authority)])
            start.ArgumentList.Add(argument);
        start.Environment["LPSA_DATA"] = data;
        start.Environment["LPSA_DATABASE"] = database ?? "";
        // Built beforehand: the start is measured, not the compiler. The script gives its process to the program.
        await Process
            .Start(new ProcessStartInfo(Script("lpsa"), "--version") { RedirectStandardOutput = true })!
            .WaitForExitAsync();
        var clock = Stopwatch.StartNew();
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, line) => Console.Error.WriteLine(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using var client = new HttpClient(new SocketsHttpHandler());
        while (clock.Elapsed < TimeSpan.FromSeconds(60))
        {
            try
            {
                using var answer = await client.GetAsync(address);
                if (answer.IsSuccessStatusCode)
                    return new ServerProcess(process, address, clock.Elapsed);
            }
            catch (HttpRequestException)
            {
                await Task.Delay(5);
            }
        }
        throw new TimeoutException("The server did not answer within a minute.");
    }

    private static string Script(string name)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Lpsa.slnx")))
            folder = folder.Parent ?? throw new DirectoryNotFoundException("The repository was not found.");
        return Path.Combine(folder.FullName, name);
    }

    /// <summary>Processor time of the whole process so far.</summary>
    public TimeSpan Cpu
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <summary>Proportional set size in MB: what the process really takes, shared pages counted once.</summary>
    public double MemoryMegabytes()
    {
        var line = File.ReadLines($"/proc/{process.Id}/smaps_rollup")
            .First(l => l.StartsWith("Pss:", StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture)
            / 1024;
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }
}
