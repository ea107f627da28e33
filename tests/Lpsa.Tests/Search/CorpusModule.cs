using Lpsa.Platform;

namespace Lpsa.Tests;

/// <summary>Offers the shared texts, or what a test makes of them, as the content of a site.</summary>
internal sealed class CorpusModule : Module
{
    public List<SearchDocument> Documents { get; } = [.. SearchCorpus.Documents];

    public override void Configure(ModuleBuilder m)
    {
        foreach (var kind in SearchCorpus.Documents.Select(d => d.Key.Kind).Distinct())
            m.Search(
                new SearchSource(
                    kind,
                    kind,
                    (_, id, _) =>
                        Task.FromResult<IReadOnlyList<SearchDocument>>([
                            .. Documents.Where(d => d.Key == new SearchKey(kind, id)),
                        ]),
                    _ => Documents.Where(d => d.Key.Kind == kind).Select(d => d.Key.Id).Distinct().ToAsyncEnumerable()
                )
            );
    }
}
