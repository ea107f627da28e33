using System.Diagnostics;
using Lpsa.Members;
using Lpsa.Platform;
using Microsoft.Extensions.DependencyInjection;

namespace Lpsa.Benchmarks;

/// <summary><c>-- members-import --rows 100000 [--database postgres://…]</c>: a Mailchimp export of invented people.</summary>
static class MembersImport
{
    private const string Header =
        "\"Email Address\",\"First Name\",\"Last Name\",Organization,Country,\"Areas of interest\",MEMBER_RATING,OPTIN_TIME,OPTIN_IP,CONFIRM_TIME,CONFIRM_IP,CC,LEID,EUID,NOTES,TAGS";

    public static async Task Run(int rows, string? database)
    {
        var data = Directory.CreateTempSubdirectory("lpsa-bench-members-").FullName;
        var file = Path.Combine(data, "subscribed.csv");
        await using (var text = File.CreateText(file))
        {
            await text.WriteLineAsync(Header);
            for (var i = 0; i < rows; i++)
                await text.WriteLineAsync(
                    $"person{i}@example.org,Amina,Number{i},\"County of Kisumu\",Kenya,\"Health, Education\",4,\"2019-03-01 09:00:00\",203.0.113.7,\"2019-03-01 09:05:00\",203.0.113.7,KE,{i},e{i},,\"\"\"Fiscal decentralization\"\"\""
                );
        }
        var options = PlatformOptions.Read(name =>
            name switch
            {
                "LPSA_DATA" => data,
                "LPSA_DATABASE" => database,
                _ => null,
            }
        );
        await using (var offline = await Offline.Open(options, CancellationToken.None))
        {
            var clock = Stopwatch.StartNew();
            var report = await offline
                .Services.GetRequiredService<ImportMembers>()
                .Run("subscribed.csv", () => File.OpenRead(file), new(), _ => { }, CancellationToken.None);
            using var process = Process.GetCurrentProcess();
            Console.WriteLine(
                FormattableString.Invariant(
                    $"{report.New} members taken in {clock.Elapsed.TotalSeconds:0.0} s, at most {process.PeakWorkingSet64 / 1048576} MB, on {(offline.Db.IsPostgres ? "PostgreSQL" : "SQLite")}"
                )
            );
        }
        Directory.Delete(data, recursive: true);
    }
}
