using System.Text.Json;

namespace Lpsa.Platform;

/// <summary>What runs when a job is due. The scope's services are fresh for each run.</summary>
public delegate Task RunJob(IServiceProvider services, string payload, CancellationToken cancel);

/// <summary>A registered handler: subscriber of an event, command of the queue, or recurring job.</summary>
/// <param name="Name">Stable name stored in the table: <c>publishing.publish-due</c>.</param>
/// <param name="Every">Interval of a recurring job.</param>
public sealed record JobHandler(string Name, RunJob Run, TimeSpan? Every = null)
{
    internal string Write(object payload) => JsonSerializer.Serialize(payload, payload.GetType());

    internal static JobHandler Of<T>(string name, Func<IServiceProvider, T, CancellationToken, Task> run) =>
        new(name, (services, payload, cancel) => run(services, JsonSerializer.Deserialize<T>(payload)!, cancel));
}
