using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Lpsa.Platform;

public sealed record MakeThumbnails(string Hash);

/// <summary>
/// Smaller pictures for phones, made by libvips or ImageMagick when one is on the machine. Without either the original
/// is served: larger, but right.
/// </summary>
public sealed class Thumbnails(FileStore store, ILogger<Thumbnails> log)
{
    public const string Job = "files.make-thumbnails";

    public static readonly IReadOnlyList<int> Widths = [320, 800, 1600];

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly (string Program, string Proof)[] Programs =
    [
        ("vips", "vips"),
        ("magick", "ImageMagick"),
        ("convert", "ImageMagick"),
    ];

    private string? program;
    private bool searched;

    public async Task Make(PlatformDb db, string hash, CancellationToken cancel)
    {
        if (await Tool(cancel) is not { } tool || await store.Find(db, hash, cancel) is not { } source)
            return;
        foreach (var width in Widths)
        {
            var place = store.ThumbnailOf(hash, width);
            if (File.Exists(place))
                continue;
            var temporary = store.NewTemporary() + ".webp";
            // “>” makes smaller only; “[0]” takes the first frame of an animation.
            var size = width.ToString(CultureInfo.InvariantCulture);
            string[] arguments =
                tool == "vips"
                    ? ["thumbnail", source, temporary, size, "--size", "down"]
                    : [source + "[0]", "-auto-orient", "-strip", "-resize", size + "x>", "-quality", "80", temporary];
            if (await Run(tool, arguments, cancel) is not (0, _))
            {
                File.Delete(temporary);
                log.LogWarning("{Tool} could not make a picture of {Width} pixels from {Hash}", tool, width, hash);
                return;
            }
            File.Move(temporary, place, overwrite: true);
        }
    }

    /// <summary>A program of this name may be something else, so it must say who it is.</summary>
    private async Task<string?> Tool(CancellationToken cancel)
    {
        if (searched)
            return program;
        foreach (var (name, proof) in Programs)
            if (
                await Run(name, ["--version"], cancel) is (0, var said)
                && said.Contains(proof, StringComparison.Ordinal)
            )
            {
                program = name;
                break;
            }
        searched = true;
        return program;
    }

    private static async Task<(int Exit, string Said)> Run(string name, string[] arguments, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Patience);
        try
        {
            using var process = Process.Start(
                new ProcessStartInfo(name, arguments) { RedirectStandardOutput = true, RedirectStandardError = true }
            )!;
            try
            {
                var said = process.StandardOutput.ReadToEndAsync(limit.Token);
                var complaint = process.StandardError.ReadToEndAsync(limit.Token);
                await process.WaitForExitAsync(limit.Token);
                return (process.ExitCode, await said + await complaint);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                cancel.ThrowIfCancellationRequested();
                return (-1, "");
            }
        }
        catch (Win32Exception)
        {
            return (-1, "");
        }
    }
}
