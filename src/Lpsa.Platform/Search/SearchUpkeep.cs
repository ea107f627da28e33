using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;

namespace Lpsa.Platform;

/// <summary>
/// When a server starts on an index that another version built, or that was never built, puts its rebuild into the
/// queue. The server answers meanwhile, with what the index has.
/// </summary>
public sealed class SearchUpkeep(IServiceScopeFactory scopes, JobQueue queue) : IHostedService
{
    internal const string Handler = "search.rebuild";

    public async Task StartAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PlatformDb>();
        if ((await new SearchReader(db).State(cancel)).Analysis == SearchWriter.Analysis)
            return;
        if (await db.Set<Job>().AnyAsync(j => j.UniqueKey == Handler, cancel))
            return;
        queue.Add(db, Handler, "", uniqueKey: Handler);
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException)
        {
            // Another node that starts with this one was first.
            db.ChangeTracker.Clear();
        }
    }

    public Task StopAsync(CancellationToken cancel) => Task.CompletedTask;

    internal static Task Run(IServiceProvider services, string nothing, CancellationToken cancel)
    {
        _ = nothing;
        return services.GetRequiredService<SearchIndex>().Rebuild(services.GetRequiredService<PlatformDb>(), cancel);
    }
}
