using System.Diagnostics;
using Lpsa.Members;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Benchmarks;

/// <summary>Counting segments of many members, and people joining one after the other.</summary>
internal static class MembersBench
{
    private static readonly string[] Segments =
    [
        "",
        "?country=KEN",
        "?country=KEN&theme=fiscal",
        "?theme=fiscal&sector=health&channel=newsletter",
        "?stakeholder=LG&region=SSA",
        "?on=2022-12-31",
        "?q=mwangi",
    ];

    private static readonly string[] Countries = ["KEN", "UGA", "NPL", "BGD", "BRA", "COL", "MAR", "UKR", "DEU", "USA"];
    private static readonly string[] Themes = ["fiscal", "mlg", "political", "admin", "localization", "research"];
    private static readonly string[] Sectors = ["health", "water", "urban", "education", "social"];
    private static readonly string[] Regions = ["SSA", "ASIA", "LAC", "MENA", "ECA"];

    public static async Task Run(Offline offline, int members, Func<Task<ServerProcess>> start)
    {
        var db = offline.Db;
        if (await db.Set<Member>().CountAsync() < members)
        {
            var clock = Stopwatch.StartNew();
            await Fill(db, members);
            Console.Error.WriteLine($"{members} members written in {clock.Elapsed.TotalSeconds:0} s");
        }
        Console.WriteLine("| segment | members | ms, median of 5 | worst |");
        Console.WriteLine("|---|---|---|---|");
        foreach (var query in Segments)
        {
            var (times, count) = (new List<double>(), 0);
            for (var i = 0; i < 6; i++)
            {
                var from = Stopwatch.GetTimestamp();
                count = await MemberFilter.From(query).Apply(db).CountAsync();
                if (i > 0)
                    times.Add(Stopwatch.GetElapsedTime(from).TotalMilliseconds);
            }
            times.Sort();
            Console.WriteLine(
                FormattableString.Invariant(
                    $"| {(query == "" ? "all" : query)} | {count} | {times[2]:0.0} | {times[^1]:0.0} |"
                )
            );
        }
        // All of the load comes from one network.
        if (!await db.Set<SiteSetting>().AnyAsync(s => s.Key == AskToJoin.Limit.Key))
            db.Add(SiteSetting.Of(AskToJoin.Limit.Key, "1000000"));
        await db.SaveChangesAsync();
        await using var server = await start();
        await Join(server);
    }

    private static async Task Join(ServerProcess server)
    {
        const int people = 4000;
        using var client = new HttpClient(
            new SocketsHttpHandler { AllowAutoRedirect = false, MaxConnectionsPerServer = 8 }
        )
        {
            BaseAddress = server.Address,
        };
        for (var round = 0; round < 2; round++)
        {
            var (times, before, clock) = (new List<double>(), server.Cpu, Stopwatch.StartNew());
            await Parallel.ForEachAsync(
                Enumerable.Range(0, people),
                new ParallelOptions { MaxDegreeOfParallelism = 8 },
                async (i, cancel) =>
                {
                    var from = Stopwatch.GetTimestamp();
                    using var body = new FormUrlEncodedContent([
                        KeyValuePair.Create("Email", $"new.{round}.{i}.{Guid.NewGuid():N}@example.org"),
                        KeyValuePair.Create("Country", "KEN"),
                        KeyValuePair.Create("Themes", "fiscal"),
                    ]);
                    using var answer = await client.PostAsync("/join", body, cancel);
                    if ((int)answer.StatusCode != 303)
                        throw new InvalidOperationException($"POST /join answered {(int)answer.StatusCode}.");
                    lock (times)
                        times.Add(Stopwatch.GetElapsedTime(from).TotalMilliseconds);
                }
            );
            times.Sort();
            Console.WriteLine(
                FormattableString.Invariant(
                    $"\nPOST /join, round {round + 1}: {people / clock.Elapsed.TotalSeconds:0} a second, p50 {times[people / 2]:0.0} ms, p99 {times[people * 99 / 100]:0.0} ms, {(server.Cpu - before).TotalMilliseconds / people:0.00} ms CPU each, messages written meanwhile included."
                )
            );
        }
    }

    /// <summary>Plain commands in one transaction: the change tracker would hold every row.</summary>
    private static async Task Fill(PlatformDb db, int members)
    {
        await using var transaction = await db.Database.BeginTransactionAsync();
        var now = db.Now;
        for (var i = 0; i < members; i++)
        {
            var (id, email) = (Guid.CreateVersion7(), $"member{i}@example.org");
            var name = $"{(i % 3 == 0 ? "Amina" : "Baraka")} {(i % 50 == 0 ? "Mwangi" : "Person" + i)}";
            var joined = now.AddDays(-(i % 2000));
            var country = Countries[i % Countries.Length];
            var stakeholder = i % 4 == 0 ? "LG" : "ACA";
            await db.Database.ExecuteSqlAsync(
                $"INSERT INTO accounts (id, email, email_key, name, created_at) VALUES ({id}, {email}, {email}, {name}, {joined})"
            );
            await db.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO members (id, state, joined_at, origin, language, country, stakeholder, institution, position,
                  newsletter, announcements, group_messages, event_reminders, digests, link_version, changed_at)
                VALUES ({id}, 'Member', {joined}, 'benchmark', 'en', {country}, {stakeholder}, 'County', '',
                  {(i % 9 == 0 ? "Never" : "Each")}, 'Each', 'Each', 'Each', 'Never', 0, {joined})
                """
            );
            await db.Database.ExecuteSqlAsync(
                $"INSERT INTO member_periods (id, member_id, started_at) VALUES ({Guid.CreateVersion7()}, {id}, {joined})"
            );
            await db.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO member_interests (member_id, axis, code) VALUES
                  ({id}, 'theme', {Themes[i % Themes.Length]}), ({id}, 'sector', {Sectors[i % Sectors.Length]}),
                  ({id}, 'region', {Regions[i % Regions.Length]})
                """
            );
            if (i % 10_000 == 0)
                Console.Error.Write($"\r{i} of {members} members");
        }
        await transaction.CommitAsync();
        if (db.IsPostgres)
            await db.Database.ExecuteSqlAsync($"ANALYZE");
    }
}
