using System.CommandLine;
using System.Text.Json;
using Lpsa.Platform;

namespace Lpsa;

/// <summary>Verbs that look after the data: <c>backup</c>, <c>restore</c>, <c>check</c>.</summary>
internal static class CareCommands
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
    };

    public static Option<bool> Json() => new("--json") { Description = "Say the result as JSON, for machines" };

    public static Command Backup()
    {
        var (file, json) = (new Argument<FileInfo>("file"), Json());
        var command = new Command("backup", "Write everything, files included, into one ZIP file") { file, json };
        command.SetAction(
            async (given, cancel) =>
            {
                await using var offline = await Offline.Open(CommandLine.Options(), cancel);
                var path = given.GetValue(file)!.FullName;
                var manifest = await offline.Services.GetRequiredService<Backup>().Write(offline.Db, path, cancel);
                Say(
                    given.GetValue(json),
                    new
                    {
                        File = path,
                        manifest.Rows,
                        Files = manifest.Files.Count,
                        manifest.MissingFiles,
                        manifest.AuditHead,
                    },
                    $"Wrote {manifest.Rows} rows and {manifest.Files.Count} files to {path}"
                        + (manifest.MissingFiles.Count > 0 ? $"; {manifest.MissingFiles.Count} files are missing" : "")
                );
                return manifest.MissingFiles.Count > 0 ? CommandLine.DoneWithRejects : CommandLine.Done;
            }
        );
        return command;
    }

    public static Command Restore()
    {
        var (file, json) = (new Argument<FileInfo>("file"), Json());
        var force = new Option<bool>("--force") { Description = "Replace everything in a database that is not empty" };
        var command = new Command("restore", "Put a backup in the place of the database; stop the server first")
        {
            file,
            force,
            json,
        };
        command.SetAction(
            async (given, cancel) =>
            {
                var options = CommandLine.Options();
                await using var offline = Offline.OpenAsItIs(options);
                try
                {
                    var manifest = await offline
                        .Services.GetRequiredService<Restore>()
                        .Read(
                            offline.Services.GetRequiredService<IServiceScopeFactory>(),
                            options.Database,
                            given.GetValue(file)!.FullName,
                            given.GetValue(force),
                            cancel
                        );
                    Say(
                        given.GetValue(json),
                        new
                        {
                            manifest.Rows,
                            Files = manifest.Files.Count,
                            manifest.MadeAt,
                        },
                        $"Restored {manifest.Rows} rows and {manifest.Files.Count} files as of {manifest.MadeAt:u}"
                    );
                    return CommandLine.Done;
                }
                catch (BackupException refused)
                {
                    await Console.Error.WriteLineAsync(refused.Message);
                    return CommandLine.NotDone;
                }
            }
        );
        return command;
    }

    public static Command Check()
    {
        var json = Json();
        var command = new Command("check", "Look whether the data is whole: schema, audit log, files, jobs") { json };
        command.SetAction(
            async (given, cancel) =>
            {
                await using var offline = Offline.OpenAsItIs(CommandLine.Options());
                var results = await offline.Services.GetRequiredService<Checkup>().Run(offline.Db, cancel);
                var good = results.All(r => r.IsGood);
                if (!given.GetValue(json))
                    foreach (var result in results)
                    {
                        Console.WriteLine($"{result.Name, -8} {(result.IsGood ? "whole" : "NOT WHOLE")}");
                        foreach (var problem in result.Problems)
                            Console.WriteLine("         " + problem);
                    }
                Say(
                    given.GetValue(json),
                    new { Good = good, Checks = results },
                    good ? "Everything is whole." : "Something is not whole; see above."
                );
                return good ? CommandLine.Done : CommandLine.DoneWithRejects;
            }
        );
        return command;
    }

    /// <summary>The one summary line at the end of a verb, or one JSON object.</summary>
    public static void Say<T>(bool json, T data, string sentence) =>
        Console.WriteLine(json ? JsonSerializer.Serialize(data, Readable) : sentence);
}
