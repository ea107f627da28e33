using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;
using Lpsa;
using Lpsa.Benchmarks;
using Lpsa.Platform;

// dotnet run -c Release --project bench/Lpsa.Benchmarks -- [--posts 5000 | --members 100000] [--database postgres://…] [--data DIR]
// Fewer would measure how the thread pool waits for work rather than what a page costs.
const int Connections = 8;
var posts = int.Parse(Option("--posts") ?? "5000", CultureInfo.InvariantCulture);
var database = Option("--database");
var members = Option("--members") is { } given ? int.Parse(given, CultureInfo.InvariantCulture) : 0;
var data =
    Option("--data") ?? Path.Combine(Path.GetTempPath(), $"lpsa-bench-{(members > 0 ? "members-" + members : posts)}");

var options = PlatformOptions.Read(name =>
    name switch
    {
        "LPSA_DATA" => data,
        "LPSA_DATABASE" => database,
        _ => null,
    }
);
if (members > 0)
{
    Directory.CreateDirectory(data);
    await using var offline = await Offline.Open(options, CancellationToken.None);
    await MembersBench.Run(offline, members, () => ServerProcess.Start(data, database));
    return 0;
}
if (args is ["members-import", ..])
{
    await MembersImport.Run(int.Parse(Option("--rows") ?? "100000", CultureInfo.InvariantCulture), database);
    return 0;
}

if (!Directory.Exists(data) || database is not null)
{
    Directory.CreateDirectory(data);
    await using var offline = await Offline.Open(options, CancellationToken.None);
    var clock = Stopwatch.StartNew();
    await Corpus.Fill(
        offline.Services,
        posts,
        done => Console.Error.Write($"\r{done} of {posts} posts"),
        CancellationToken.None
    );
    Console.Error.WriteLine($" written in {clock.Elapsed.TotalSeconds:0} s");
}

Console.WriteLine(
    $"Machine: {Processor()}, {Environment.ProcessorCount} processors, {RuntimeInformation.OSDescription}, .NET {Environment.Version}"
);
Console.WriteLine(
    $"Content: {posts} posts of about 600 words on {(database is null ? "SQLite" : "PostgreSQL")}; {TimeProvider.System.GetUtcNow():yyyy-MM-dd}\n"
);
await using var server = await ServerProcess.Start(data, database);
using var client = new HttpClient(
    new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.None, MaxConnectionsPerServer = Connections }
)
{
    BaseAddress = server.Address,
};
client.DefaultRequestHeaders.AcceptEncoding.ParseAdd("br");
var post = await FirstPost(client);

// A query this long is never kept, so that the page is drawn for every request.
var drawn = "pad=" + new string('x', 210);
Console.WriteLine(
    $"| page | CPU ms per request, {Connections} at a time, 3 rounds | requests/s | p50 ms, 1 at a time | p99 ms | bytes sent |"
);
Console.WriteLine("|---|---|---|---|---|---|");
await Row("floor: no page, /health/live", "/health/live", 20000);
await Row("front page, kept", "/", 20000);
await Row("post, kept", post, 20000);
await Row("front page, drawn", "/?" + drawn, 1500);
await Row("list, drawn", "/posts?" + drawn, 1500);
await Row("list by theme and year, drawn", "/posts?theme=fiscal&year=2023&" + drawn, 1500);
await Row("post, drawn", post + "?" + drawn, 1500);
await Row("country page, drawn", "/countries/ken?" + drawn, 1500);
await Row("search, one rare word", "/search?q=audit&" + drawn, 500);
await Row("search, one common word", "/search?q=local&" + drawn, 500);
await Row("search, two words", "/search?q=parliamentary+budget&" + drawn, 500);
await Row("search, misspelt", "/search?q=parlamentery&" + drawn, 500);
Console.WriteLine(
    $"\nFrom start to first page: {server.UntilFirstPage.TotalSeconds:0.00} s. Memory after this load: {server.MemoryMegabytes():0} MB (PSS of the process)."
);
return 0;

async Task Row(string name, string path, int requests)
{
    // The first requests compile code and fill caches of the database; they are not what a visitor's page costs.
    await AtOnce(path, Math.Max(200, requests));
    var (cpu, rates) = (new List<double>(), new List<double>());
    for (var round = 0; round < 3; round++)
    {
        var (before, clock) = (server.Cpu, Stopwatch.StartNew());
        await AtOnce(path, requests);
        rates.Add(requests / clock.Elapsed.TotalSeconds);
        cpu.Add((server.Cpu - before).TotalMilliseconds / requests);
    }
    var (times, bytes) = (new List<double>(), 0L);
    for (var i = 0; i < requests / 2; i++)
    {
        var start = Stopwatch.GetTimestamp();
        bytes = await Get(path);
        times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
    }
    times.Sort();
    cpu.Sort();
    rates.Sort();
    Console.WriteLine(
        FormattableString.Invariant(
            $"| {name} | {cpu[1]:0.000} ({cpu[0]:0.000}–{cpu[2]:0.000}) | {rates[1]:0} | {times[times.Count / 2]:0.00} | {times[times.Count * 99 / 100]:0.00} | {bytes:N0} |"
        )
    );
}

Task AtOnce(string path, int requests) =>
    Parallel.ForEachAsync(
        Enumerable.Range(0, requests),
        new ParallelOptions { MaxDegreeOfParallelism = Connections },
        async (_, _) => await Get(path)
    );

async Task<long> Get(string path)
{
    using var answer = await client.GetAsync(path);
    answer.EnsureSuccessStatusCode();
    return (await answer.Content.ReadAsByteArrayAsync()).Length;
}

static async Task<string> FirstPost(HttpClient client)
{
    using var plain = new HttpClient(new SocketsHttpHandler()) { BaseAddress = client.BaseAddress };
    var feed = System.Xml.Linq.XDocument.Parse(await plain.GetStringAsync("/feed"));
    System.Xml.Linq.XNamespace atom = "http://www.w3.org/2005/Atom";
    return new Uri(feed.Root!.Element(atom + "entry")!.Element(atom + "link")!.Attribute("href")!.Value).AbsolutePath;
}

string? Option(string name) =>
    Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;

static string Processor() =>
    File.ReadLines("/proc/cpuinfo")
        .FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))
        ?.Split(':')[1]
        .Trim()
    ?? "unknown processor";
