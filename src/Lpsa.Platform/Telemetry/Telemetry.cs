using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Lpsa.Platform;

/// <summary>Names of everything the product measures about itself. Exported by OTLP when an endpoint is set.</summary>
public static class Telemetry
{
    public const string Name = "Lpsa";

    public static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);
    private static readonly Histogram<double> JobSeconds = Meter.CreateHistogram<double>("lpsa.job.duration", "s");
    private static readonly Counter<long> CacheHits = Meter.CreateCounter<long>("lpsa.cache.pages");
    private static readonly Counter<long> Searches = Meter.CreateCounter<long>("lpsa.search.queries");

    public static void Job(string handler, bool succeeded, TimeSpan took) =>
        JobSeconds.Record(took.TotalSeconds, new("handler", handler), new("succeeded", succeeded));

    public static void PageServed(bool fromCache) =>
        CacheHits.Add(1, new KeyValuePair<string, object?>("hit", fromCache));

    public static void Searched(bool foundSomething) =>
        Searches.Add(1, new KeyValuePair<string, object?>("found", foundSomething));
}
