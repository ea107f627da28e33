using System.CommandLine;
using System.Data.Common;
using System.Text.Json;
using System.Text.Json.Serialization;
using Lpsa.Places;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Publishing;

/// <summary>The verb <c>./lpsa import wordpress FILE</c>.</summary>
static class WordPressCommand
{
    private static readonly JsonSerializerOptions Machine = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter() },
    };

    public static Command Make()
    {
        var command = new Command("wordpress", "Move a WordPress site in: the file that its Tools, Export gives (WXR)");
        var file = new Argument<FileInfo>("file") { Description = "The export, such as site.wordpress.2024-05-06.xml" };
        var dryRun = new Option<bool>("--dry-run") { Description = "Only say what would be done" };
        var keepGoing = new Option<bool>("--keep-going")
        {
            Description = "Take the good items of a file that has faulty ones",
        };
        var fetch = new Option<bool>("--fetch") { Description = "Bring the files along from where the old site is" };
        var json = new Option<bool>("--json") { Description = "Report for machines" };
        command.Arguments.Add(file);
        command.Options.Add(dryRun);
        command.Options.Add(keepGoing);
        command.Options.Add(fetch);
        command.Options.Add(json);
        command.SetAction(
            async (given, cancel) =>
            {
                var export = given.GetValue(file)!;
                if (!export.Exists)
                {
                    await Console.Error.WriteLineAsync($"There is no file {export.FullName}.");
                    return CommandLine.NotDone;
                }
                await using var offline = await Offline.Open(CommandLine.Options(), cancel);
                using var web = new PublicWeb();
                var import = new WordPressImport(
                    offline.Db,
                    offline.Services.GetRequiredService<IVocabulary>(),
                    offline.Services.GetRequiredService<FileUpload>(),
                    web
                );
                var choices = new WordPressChoices(
                    given.GetValue(dryRun),
                    given.GetValue(keepGoing),
                    given.GetValue(fetch)
                );
                WordPressReport report;
                try
                {
                    report = await import.Run(export.OpenRead, export.Name, choices, cancel);
                }
                catch (Exception wrong)
                    when (wrong is IOException or UnauthorizedAccessException or DbException or DbUpdateException)
                {
                    await Console.Error.WriteLineAsync($"Nothing was changed. {wrong.Message}");
                    return CommandLine.NotDone;
                }
                if (given.GetValue(json))
                    Console.WriteLine(JsonSerializer.Serialize(report, Machine));
                else
                    foreach (var line in report.Lines())
                        Console.WriteLine(line);
                return report.ExitCode;
            }
        );
        return command;
    }
}
