using System.CommandLine;
using System.Data.Common;
using System.Text.Json;
using System.Text.Json.Serialization;
using Lpsa.Members;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa;

/// <summary><c>./lpsa import members FILE</c> and <c>./lpsa export members</c>.</summary>
internal static class MemberCommands
{
    private static readonly JsonSerializerOptions Machine = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static Command Import()
    {
        var file = new Argument<FileInfo>("file");
        var dryRun = new Option<bool>("--dry-run")
        {
            Description = "Say what would become of each row and change nothing",
        };
        var keepGoing = new Option<bool>("--keep-going")
        {
            Description = "Take the good rows even when others are rejected",
        };
        var map = new Option<string[]>("--map")
        {
            Description = "What a column holds, as COLUMN=FIELD; as often as needed",
            DefaultValueFactory = _ => [],
        };
        var json = CareCommands.Json();
        var command = new Command(
            "members",
            "People from Mailchimp, listmonk, Ghost, a table (CSV, Excel) or another site like this"
        )
        {
            file,
            dryRun,
            keepGoing,
            map,
            json,
        };
        command.SetAction(
            async (given, cancel) =>
            {
                var (path, isTrial, forMachines) = (
                    given.GetValue(file)!,
                    given.GetValue(dryRun),
                    given.GetValue(json)
                );
                var differences = new List<MemberDifference>();
                await using var offline = await Offline.Open(CommandLine.Options(), cancel);
                try
                {
                    var report = await offline
                        .Services.GetRequiredService<ImportMembers>()
                        .Run(
                            path.Name,
                            path.OpenRead,
                            new(isTrial, given.GetValue(keepGoing), Pairs(path.Name, given.GetValue(map)!)),
                            Tell,
                            cancel
                        );
                    Print(report, differences, isTrial, forMachines);
                    return report.Rejected == 0 ? CommandLine.Done
                        : given.GetValue(keepGoing) ? CommandLine.DoneWithRejects
                        : CommandLine.NotDone;
                }
                catch (Exception wrong)
                    when (wrong
                            is ImportException
                                or IOException
                                or UnauthorizedAccessException
                                or DbException
                                or DbUpdateException
                    )
                {
                    await Console.Error.WriteLineAsync($"Nothing was changed. {wrong.Message}");
                    return CommandLine.NotDone;
                }

                void Tell(MemberDifference difference)
                {
                    if (isTrial && forMachines)
                        differences.Add(difference);
                    else if (isTrial)
                        Console.WriteLine(difference);
                }
            }
        );
        return command;
    }

    public static Command Export()
    {
        var file = new Argument<FileInfo?>("file") { Arity = ArgumentArity.ZeroOrOne };
        var format = new Option<MemberExportFormat>("--format")
        {
            Description =
                "own (loses nothing), mailchimp (a name that ends in .zip has those who left too), listmonk or ghost",
        };
        var members = new Command("members", "Write all members to a file, or to the standard output") { file, format };
        members.SetAction(
            async (given, cancel) =>
            {
                await using var offline = await Offline.Open(CommandLine.Options(), cancel);
                var export = offline.Services.GetRequiredService<ExportMembers>();
                if (given.GetValue(file) is not { } path)
                {
                    await using var output = Console.OpenStandardOutput();
                    await export.Write(output, given.GetValue(format), asArchive: false, cancel);
                    return CommandLine.Done;
                }
                try
                {
                    var count = await ToFile(export, path.FullName, given.GetValue(format), cancel);
                    Console.WriteLine(
                        $"Wrote {count} people to {path.FullName}. The file is as secret as the database."
                    );
                    return CommandLine.Done;
                }
                catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
                {
                    await Console.Error.WriteLineAsync(wrong.Message);
                    return CommandLine.NotDone;
                }
            }
        );
        return new Command("export", "Write content to a file") { members };
    }

    /// <summary>Complete or not at all, and readable by nobody else.</summary>
    private static async Task<int> ToFile(
        ExportMembers export,
        string path,
        MemberExportFormat format,
        CancellationToken cancel
    )
    {
        var temporary = path + ".part";
        try
        {
            int count;
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            await using (var output = new FileStream(temporary, options))
                count = await export.Write(
                    output,
                    format,
                    path.EndsWith(".zip", StringComparison.OrdinalIgnoreCase),
                    cancel
                );
            File.Move(temporary, path, overwrite: true);
            return count;
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private static Dictionary<string, string> Pairs(string file, string[] given) =>
        given
            .Select(pair =>
                pair.LastIndexOf('=') is > 0 and var at && at < pair.Length - 1
                    ? (Column: pair[..at], Field: pair[(at + 1)..])
                    : throw new ImportException(file, 0, $"--map takes COLUMN=FIELD, not “{pair}”")
            )
            .ToDictionary(p => p.Column, p => p.Field);

    private static void Print(
        MemberImportReport report,
        List<MemberDifference> differences,
        bool isTrial,
        bool forMachines
    )
    {
        if (forMachines)
        {
            Console.WriteLine(JsonSerializer.Serialize(new { Report = report, Differences = differences }, Machine));
            return;
        }
        foreach (var finding in report.Findings)
            Console.WriteLine(finding);
        var lead =
            report.IsDone ? "Done"
            : isTrial ? "Trial, nothing was changed"
            : "Nothing was changed";
        Console.WriteLine(
            $"{lead} ({report.Format}): {report.New} new, {report.Changed} changed, {report.Left} left as they were, {report.Suppressed} suppressed, {report.Rejected} rejected."
        );
    }
}
