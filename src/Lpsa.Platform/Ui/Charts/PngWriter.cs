using System.ComponentModel;
using System.Diagnostics;

namespace Lpsa.Platform;

/// <summary>
/// Turns a picture into PNG with <c>rsvg-convert</c> (Debian's librsvg2-bin) where it is installed. It runs as a process
/// of its own with a limit on time and on output, because a drawing program that hangs must not take a page with it.
/// </summary>
public sealed class PngWriter
{
    private readonly string? program;
    private readonly TimeSpan limit;

    /// <param name="searchPath">Folders in the form of PATH; null takes PATH itself.</param>
    /// <param name="limit">Longest time for one picture; null is ten seconds.</param>
    public PngWriter(string? searchPath = null, TimeSpan? limit = null)
    {
        this.limit = limit ?? TimeSpan.FromSeconds(10);
        program = (searchPath ?? Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, "rsvg-convert"))
            .FirstOrDefault(File.Exists);
    }

    public const int LargestOutput = 16 * 1024 * 1024;

    /// <summary>False where the program is not installed: then no PNG link should be offered.</summary>
    public bool Available => program is not null;

    /// <summary>
    /// The picture as PNG of the given width in pixels (1 to 4,000), or null where the program is missing, fails, takes
    /// too long or writes more than <see cref="LargestOutput"/> bytes.
    /// </summary>
    public async Task<byte[]?> Write(byte[] svg, int width, CancellationToken cancel = default)
    {
        if (program is null)
            return null;
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        timeout.CancelAfter(limit);
        using var process = new Process { StartInfo = Start(Math.Clamp(width, 1, 4000)) };
        try
        {
            process.Start();
        }
        catch (Win32Exception)
        {
            // The file is there but cannot be run: for a reader the same as not installed.
            return null;
        }

        try
        {
            var fed = Feed(process, svg, timeout.Token);
            // What it has to say goes nowhere, but must be read: a full pipe would stop it.
            var complaints = process.StandardError.BaseStream.CopyToAsync(Stream.Null, timeout.Token);
            var png = await Read(process.StandardOutput.BaseStream, timeout.Token);
            if (png is null)
                return null;
            await Task.WhenAll(fed, complaints, process.WaitForExitAsync(timeout.Token));
            return process.ExitCode == 0 && IsPng(png) ? png : null;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return null;
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    private ProcessStartInfo Start(int width)
    {
        var start = new ProcessStartInfo(program!)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var argument in new[] { "--format=png", "--keep-aspect-ratio", $"--width={width}" })
            start.ArgumentList.Add(argument);
        return start;
    }

    private static async Task Feed(Process process, byte[] svg, CancellationToken cancel)
    {
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(svg, cancel);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It stopped before it had read everything; its exit code tells the rest.
        }
    }

    private static async Task<byte[]?> Read(Stream output, CancellationToken cancel)
    {
        using var png = new MemoryStream();
        var part = new byte[64 * 1024];
        while (await output.ReadAsync(part, cancel) is > 0 and var read)
        {
            if (png.Length + read > LargestOutput)
                return null;
            png.Write(part, 0, read);
        }
        return png.ToArray();
    }

    private static bool IsPng(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a]);
}
