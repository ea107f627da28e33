using System.Diagnostics;
using Lpsa.Members;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Benchmarks;

/// <summary>Counting segments of many members, looking for people, and people joining one after the other.</summary>
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
        await Look(db, server);
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

    /// <summary>Looking for people, and the own pages of a member, as a stranger and signed in.</summary>
    private static async Task Look(PlatformDb db, ServerProcess server)
    {
        const int rounds = 200;
        var first = await db.Set<Account>().SingleAsync(a => a.EmailKey == "member0@example.org");
        var (link, token) = SignInLink.Make(first.Id, db.Now);
        db.Add(link);
        await db.SaveChangesAsync();
        using var stranger = new HttpClient(new SocketsHttpHandler()) { BaseAddress = server.Address };
        using var member = new HttpClient(new SocketsHttpHandler()) { BaseAddress = server.Address };
        using (var signedIn = await member.PostAsync(SignInLink.PathOf(token), new FormUrlEncodedContent([])))
            signedIn.EnsureSuccessStatusCode();
        Console.WriteLine("\n| page | who | p50 ms | p95 ms | CPU ms |");
        Console.WriteLine("|---|---|---|---|---|");
        foreach (
            var (path, who) in (
                from page in (string[])
                    [
                        "/directory",
                        "/directory?country=KEN&theme=fiscal",
                        "/directory?q=mwangi",
                        "/directory?q=no-such-name",
                        "/experts?sector=health",
                    ]
                from one in (HttpClient[])[stranger, member]
                select (page, one)
            ).Concat([("/account", member), ("/account/for-you", member)])
        )
        {
            for (var i = 0; i < 30; i++)
                (await who.GetAsync(path)).EnsureSuccessStatusCode().Dispose();
            var (times, before) = (new List<double>(), server.Cpu);
            for (var i = 0; i < rounds; i++)
            {
                var from = Stopwatch.GetTimestamp();
                (await who.GetAsync(path)).EnsureSuccessStatusCode().Dispose();
                times.Add(Stopwatch.GetElapsedTime(from).TotalMilliseconds);
            }
            times.Sort();
            Console.WriteLine(
                FormattableString.Invariant(
                    $"| {path} | {(who == member ? "a member" : "a stranger")} | {times[rounds / 2]:0.0} | {times[rounds * 95 / 100]:0.0} | {(server.Cpu - before).TotalMilliseconds / rounds:0.0} |"
                )
            );
        }
    }

    /// <summary>Past the change tracker, which would hold every row. Every third member is listed.</summary>
    private static async Task Fill(PlatformDb db, int members)
    {
        await using var transaction = await db.Database.BeginTransactionAsync();
        await using var bulk = new BulkInsert(db);
        foreach (var batch in Enumerable.Range(0, members).Chunk(5_000))
        {
            var (accounts, people, profiles) = (new List<Account>(), new List<Member>(), new List<MemberProfile>());
            foreach (var i in batch)
            {
                var joined = db.Now.AddDays(-(i % 2000));
                var name = $"{(i % 3 == 0 ? "Amina" : "Baraka")} {(i % 50 == 0 ? "Mwangi" : "Person" + i)}";
                var account = Account.Open($"member{i}@example.org", name, joined);
                var member = Member.Join(account.Id, "benchmark", joined);
                member.Choose(Choices(i), onlyGiven: true, joined);
                accounts.Add(account);
                people.Add(member);
                if (i % 3 != 0)
                    continue;
                var profile = MemberProfile.Of(account.Id, "person-" + i, joined);
                profile.Describe(Profile(i), joined);
                profiles.Add(profile);
            }
            await bulk.Add(accounts, CancellationToken.None);
            await bulk.Add(people, CancellationToken.None);
            await bulk.Add<MemberPeriod>([.. people.SelectMany(m => m.Periods)], CancellationToken.None);
            await bulk.Add<MemberInterest>([.. people.SelectMany(m => m.Interests)], CancellationToken.None);
            await bulk.Add(profiles, CancellationToken.None);
            Console.Error.Write($"\r{batch[^1] + 1} of {members} members");
        }
        await transaction.CommitAsync();
        if (db.IsPostgres)
            await db.Database.ExecuteSqlAsync($"ANALYZE");
    }

    private static MemberChoices Choices(int i) =>
        new()
        {
            Country = Countries[i % Countries.Length],
            Stakeholder = i % 4 == 0 ? "LG" : "ACA",
            Institution = "County of " + i % 1000,
            Interests = new Dictionary<string, IReadOnlyList<string>>
            {
                ["theme"] = [Themes[i % Themes.Length]],
                ["sector"] = [Sectors[i % Sectors.Length]],
                ["region"] = [Regions[i % Regions.Length]],
            },
            Channels = new Dictionary<string, Frequency>
            {
                [Channel.NewsletterCode] = i % 9 == 0 ? Frequency.Never : Frequency.Each,
            },
        };

    private static EditProfile.Input Profile(int i) =>
        new()
        {
            Listed = true,
            Headline = $"Budgets of the county {i % 1000}",
            About = "I work on local government finance.",
            Advice = i % 2 == 0,
            Speaking = i % 5 == 0,
            NameSeenBy = i % 2 == 0 ? Visibility.Everyone : Visibility.Members,
            HeadlineSeenBy = Visibility.Everyone,
            CountrySeenBy = Visibility.Everyone,
            ThemesSeenBy = Visibility.Everyone,
            SectorsSeenBy = Visibility.Members,
            AvailabilitySeenBy = Visibility.Everyone,
        };
}
