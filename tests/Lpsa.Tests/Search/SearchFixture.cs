using Lpsa.Platform;
using Microsoft.Extensions.DependencyInjection;

namespace Lpsa.Tests;

/// <summary>The product with the shared set of texts in its index.</summary>
public sealed class SearchFixture : IAsyncLifetime
{
    public TestSite Site { get; private set; } = null!;

    public SearchIndex Index => Site.Services.GetRequiredService<SearchIndex>();

    public async ValueTask InitializeAsync()
    {
        Site = await TestSite.Start();
        await Put(Site, SearchCorpus.Documents);
    }

    public ValueTask DisposeAsync() => Site.DisposeAsync();

    internal static Task Put(TestSite site, IEnumerable<SearchDocument> documents) =>
        site.Db(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            foreach (var thing in documents.GroupBy(d => d.Key))
                await SearchIndex.Put(db, thing.Key, [.. thing], CancellationToken.None);
            await transaction.CommitAsync();
        });

    internal Task<SearchResults> Find(string text, string language = "en", params string[] filters) =>
        Find(
            new SearchRequest
            {
                Text = text,
                Language = language,
                Filters = filters,
            }
        );

    internal Task<SearchResults> Find(SearchRequest request) =>
        Site.Db(db => Index.Find(db, request, CancellationToken.None));
}
