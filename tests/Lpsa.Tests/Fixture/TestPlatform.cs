using Lpsa.Platform;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Lpsa.Tests;

/// <summary>
/// One node without its web server: the kernel, the modules a test is about, a migrated database and a clock that
/// stands still. Several nodes may share one <see cref="TestDatabase"/>.
/// </summary>
public sealed class TestPlatform : IAsyncDisposable
{
    private readonly TestDatabase? owned;
    private readonly ServiceProvider services;

    private TestPlatform(ServiceProvider services, TestClock clock, PlatformOptions options, TestDatabase? owned)
    {
        this.services = services;
        this.owned = owned;
        Clock = clock;
        Options = options;
    }

    public TestClock Clock { get; }
    public PlatformOptions Options { get; }
    public IServiceProvider Services => services;
    public JobRunner Jobs => services.GetRequiredService<JobRunner>();
    public INotifier Notifier => services.GetRequiredService<INotifier>();
    public ModuleRegistry Modules => services.GetRequiredService<ModuleRegistry>();

    public static async Task<TestPlatform> Start(params Module[] modules) =>
        await Open(await TestDatabase.Create(), new TestClock(), owns: true, modules);

    /// <summary>A further node on a database that the test owns.</summary>
    public static Task<TestPlatform> Join(TestDatabase database, TestClock clock, params Module[] modules) =>
        Open(database, clock, owns: false, modules);

    private static async Task<TestPlatform> Open(TestDatabase database, TestClock clock, bool owns, Module[] modules)
    {
        var options = new PlatformOptions
        {
            DataFolder = database.Folder,
            Database = database.Settings,
            Url = new Uri("https://lpsa.test"),
            Languages = Language.All,
        };
        var services = new ServiceCollection();
        services.AddLogging(log => log.AddSimpleConsole().SetMinimumLevel(LogLevel.Critical));
        services.AddPlatform(options, typeof(Product).Assembly, modules);
        services.RemoveAll<TimeProvider>();
        services.AddSingleton<TimeProvider>(clock);
        var provider = services.BuildServiceProvider();
        await Migration.Apply(
            options.Database,
            provider.GetRequiredService<ModuleRegistry>(),
            clock,
            CancellationToken.None
        );
        return new TestPlatform(provider, clock, options, owns ? database : null);
    }

    public async Task Db(Func<PlatformDb, Task> work)
    {
        await using var scope = services.CreateAsyncScope();
        await work(scope.ServiceProvider.GetRequiredService<PlatformDb>());
    }

    public async Task<T> Db<T>(Func<PlatformDb, Task<T>> work)
    {
        await using var scope = services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<PlatformDb>());
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        if (owned is not null)
            await owned.DisposeAsync();
    }
}
