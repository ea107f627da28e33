using Lpsa.Platform;
using Microsoft.Extensions.DependencyInjection;

namespace Lpsa.Tests;

/// <summary>A node with the shared set of texts in its index.</summary>
public sealed class SearchFixture : IAsyncLifetime
{
    public TestPlatform Node { get; private set; } = null!;

    public SearchIndex Index => Node.Services.GetRequiredService<SearchIndex>();

    public async ValueTask InitializeAsync()
    {
        Node = await TestPlatform.Start();
        await Put(Node, SearchCorpus.Documents);
    }

    public ValueTask DisposeAsync() => Node.DisposeAsync();

    internal static Task Put(TestPlatform node, IEnumerable<SearchDocument> documents) =>
        node.Db(async db =>
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
        Node.Db(db => Index.Find(db, request, CancellationToken.None));
}
