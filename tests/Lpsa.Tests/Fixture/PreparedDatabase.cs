using Lpsa.Platform;
using Lpsa.Tests;

[assembly: AssemblyFixture(typeof(PreparedDatabase))]

namespace Lpsa.Tests;

/// <summary>
/// The product's schema in a database that nothing has been written to, made once in a run. Most tests start a site on
/// a copy, because running all schema files for each of them took more time than the tests themselves.
/// </summary>
public sealed class PreparedDatabase : IAsyncLifetime
{
    private static TestDatabase? prepared;

    public async ValueTask InitializeAsync()
    {
        var made = await TestDatabase.Create();
        var options = new PlatformOptions
        {
            DataFolder = made.Folder,
            Database = made.Settings,
            Url = new Uri("http://lpsa.test"),
            Languages = Language.All,
        };
        await using (await Offline.Open(options, CancellationToken.None)) { }
        made.Close();
        prepared = made;
    }

    /// <summary>An empty database where no run has prepared one, as in a test of the browser.</summary>
    public static Task<TestDatabase> Copy() => prepared is null ? TestDatabase.Create() : TestDatabase.CopyOf(prepared);

    public async ValueTask DisposeAsync()
    {
        if (prepared is not null)
            await prepared.DisposeAsync();
    }
}
