using Lpsa.Platform;

namespace Lpsa.Publishing;

/// <summary>A post as other modules may show it.</summary>
public sealed record PostLink(string Path, string Title, string Summary, string Kind, string? Date);

/// <summary>The newest posts and how many there are, for the front page.</summary>
public sealed class LatestPosts(PostCatalogue catalogue)
{
    public async Task<IReadOnlyList<PostLink>> Read(int most, Texts texts, CancellationToken cancel) =>
        [
            .. (await catalogue.Get(cancel))
                .All.Where(p => p.Kind != PostKind.Page)
                .Take(most)
                .Select(p => p.Link(texts)),
        ];

    public async Task<int> Count(CancellationToken cancel) => (await catalogue.Get(cancel)).All.Count;
}
