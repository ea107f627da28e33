using System.CommandLine;
using System.Data.Common;
using System.Text.Json;
using Lpsa.Platform;
using Lpsa.Publishing;
using Microsoft.EntityFrameworkCore;

namespace Lpsa;

/// <summary><c>./lpsa import KIND FILE</c> and <c>./lpsa demo</c>.</summary>
internal static class ImportCommands
{
    /// <summary>Takes one file in one transaction and says what became of each row.</summary>
    /// <param name="read">Adds everything to the context; nothing is saved yet.</param>
    public delegate Task<ImportReport> ReadFile(Offline offline, FileInfo file, CancellationToken cancel);

    public static Command Import()
    {
        var command = new Command("import", "Take content from a file");
        command.Subcommands.Add(Kind("posts", "Titles, dates and summaries of items published before, as JSON", Posts));
        command.Subcommands.Add(WordPressCommand.Make());
        command.Subcommands.Add(MemberCommands.Import());
        return command;
    }

    public static Command Demo()
    {
        var command = new Command("demo", "Load the demonstration content; a second time changes nothing");
        command.SetAction(
            async (_, cancel) =>
            {
                await using var offline = await Offline.Open(CommandLine.Options(), cancel);
                var report = await Lpsa.Demo.Load(offline.Services, cancel);
                Console.WriteLine(
                    report.Taken == 0
                        ? "The demonstration content is here already."
                        : $"Loaded {report.Taken} posts for the demonstration."
                );
                return Print(report, false, false);
            }
        );
        return command;
    }

    public static Command Kind(string name, string description, ReadFile read, params Option[] more)
    {
        var command = new Command(name, description);
        var file = new Argument<FileInfo>("file");
        var dryRun = new Option<bool>("--dry-run") { Description = "Say what would happen and change nothing" };
        var keepGoing = new Option<bool>("--keep-going")
        {
            Description = "Take the good rows even when others are rejected",
        };
        var json = new Option<bool>("--json") { Description = "Print the report as JSON" };
        command.Arguments.Add(file);
        foreach (var option in (Option[])[dryRun, keepGoing, json, .. more])
            command.Options.Add(option);
        command.SetAction(
            async (given, cancel) =>
            {
                await using var offline = await Offline.Open(CommandLine.Options(), cancel);
                ImportReport report;
                try
                {
                    report = await read(offline, given.GetValue(file)!, cancel);
                    if (!given.GetValue(dryRun) && (report.Rejected == 0 || given.GetValue(keepGoing)))
                        await offline.Db.SaveChangesAsync(cancel);
                    else if (report.Rejected > 0 && !given.GetValue(keepGoing))
                        (report.Taken, report.Changed) = (0, 0);
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
                return Print(report, given.GetValue(json), given.GetValue(dryRun));
            }
        );
        return command;
    }

    private static async Task<ImportReport> Posts(Offline offline, FileInfo file, CancellationToken cancel) =>
        await offline
            .Services.GetRequiredService<ImportPosts>()
            .Read(file.Name, await File.ReadAllTextAsync(file.FullName, cancel), cancel);

    private static int Print(ImportReport report, bool json, bool dryRun)
    {
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(report, JsonSerializerOptions.Web));
        }
        else
        {
            foreach (var finding in report.Findings)
                Console.WriteLine(finding);
            Console.WriteLine(
                $"{(dryRun ? "Would take" : "Taken")} {report.Taken}, changed {report.Changed}, left as they were {report.Left}, rejected {report.Rejected}."
            );
        }
        return report.Rejected == 0 ? CommandLine.Done
            : report.Taken + report.Changed > 0 ? CommandLine.DoneWithRejects
            : CommandLine.NotDone;
    }
}
