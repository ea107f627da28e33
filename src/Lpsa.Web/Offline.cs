using Lpsa.Platform;

namespace Lpsa;

/// <summary>The product without its web server: what a command works on. The schema is up to date when it opens.</summary>
internal sealed class Offline : IAsyncDisposable
{
    private readonly ServiceProvider services;
    private readonly AsyncServiceScope scope;
    private readonly HashSet<string> staleTags = [];

    private Offline(ServiceProvider services, IReadOnlyList<string> applied)
    {
        this.services = services;
        Applied = applied;
        scope = services.CreateAsyncScope();
        Db.Actor.Name = "command line";
        services.GetRequiredService<INotifier>().Received += notice =>
        {
            if (notice.Kind == NoticeKind.Evict)
                staleTags.UnionWith(notice.Names);
        };
    }

    public IReadOnlyList<string> Applied { get; }
    public IServiceProvider Services => scope.ServiceProvider;
    public PlatformDb Db => scope.ServiceProvider.GetRequiredService<PlatformDb>();
    public SiteAddress Site => scope.ServiceProvider.GetRequiredService<SiteAddress>();

    public static async Task<Offline> Open(PlatformOptions options, CancellationToken cancel)
    {
        var provider = MakeServices(options);
        var applied = await Migration.Apply(
            options.Database,
            provider.GetRequiredService<ModuleRegistry>(),
            provider.GetRequiredService<TimeProvider>(),
            cancel
        );
        return new Offline(provider, applied);
    }

    /// <summary>Without touching the schema: for verbs that look, or that replace the database.</summary>
    public static Offline OpenAsItIs(PlatformOptions options) => new(MakeServices(options), []);

    private static ServiceProvider MakeServices(PlatformOptions options)
    {
        var services = new ServiceCollection();
        services.AddLogging(log => log.AddSimpleConsole(o => o.SingleLine = true).SetMinimumLevel(LogLevel.Warning));
        services.AddPlatform(options, typeof(Offline).Assembly, Product.Modules);
        return services.BuildServiceProvider();
    }

    public async ValueTask DisposeAsync()
    {
        if (staleTags.Count > 0)
        {
            OutsideChanges.Report(Services.GetRequiredService<JobQueue>(), Db, [.. staleTags]);
            await Db.SaveChangesAsync();
        }
        await scope.DisposeAsync();
        await services.DisposeAsync();
    }
}
