using System.Diagnostics;
using System.Text;
using Lpsa.Platform;

namespace Lpsa.Tests;

/// <summary>Postfix's own test server, which can be told to refuse or hang up at any stage.</summary>
internal sealed class SmtpSink : IAsyncDisposable
{
    private readonly Process process;
    private readonly string folder;
    private readonly StringBuilder said = new();

    private SmtpSink(Process process, string folder, int port) =>
        (this.process, this.folder, Port) = (process, folder, port);

    public int Port { get; }

    public SmtpSettings Settings => SmtpSettings.Parse($"smtp://127.0.0.1:{Port}");

    public static async Task<SmtpSink> Start(params string[] options)
    {
        var program = MailTools.Find("smtp-sink", "postfix");
        var folder = MailTools.Scratch();
        var port = MailTools.FreePort();
        string[] account = Environment.UserName == "root" ? ["-u", "root"] : [];
        var process = MailTools.Start(
            program,
            ["-4", .. account, "-d", folder + "/mail.", .. options, $"127.0.0.1:{port}", "100"]
        );
        var sink = new SmtpSink(process, folder, port);
        process.ErrorDataReceived += (_, line) => sink.Hear(line.Data);
        process.OutputDataReceived += (_, line) => sink.Hear(line.Data);
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        await MailTools.AwaitPort(port, process, sink.Said);
        return sink;
    }

    /// <summary>
    /// Messages so far, with the lines that the sink puts in front of them. One whose sender hung up before the final
    /// dot is among them until the sink notices, and then gone.
    /// </summary>
    public string[] Messages() =>
        [.. Directory.GetFiles(folder).Order().Select(Read).Where(text => text.Contains("\n\n"))];

    /// <summary>The messages once there are exactly so many.</summary>
    public Task<string[]> Messages(int count) =>
        MailTools.Await(
            () => Task.FromResult(Messages() is var messages && messages.Length == count ? messages : null),
            () => $"The sink has {Messages().Length} messages and not {count}."
        );

    public async ValueTask DisposeAsync()
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (FileNotFoundException)
        {
            return "";
        }
    }

    private void Hear(string? line)
    {
        lock (said)
            said.AppendLine(line);
    }

    private string Said()
    {
        lock (said)
            return said.ToString();
    }
}
