using Lpsa.Platform;

namespace Lpsa.Publishing;

/// <summary>A post as other modules may show it.</summary>
public sealed record PostLink(string Path, string Title, string Summary, string Kind, string? Date)
{
    /// <summary>BCP 47 code of title and summary where it is not the reader's own.</summary>
    public string? Language { get; init; }
}

/// <summary>The newest posts and how many there are, for the front page.</summary>
public sealed class LatestPosts(PostCatalogue catalogue)
{
    /// <summary>Newest first. Explainers do not age with the news and have a list of their own.</summary>
    public async Task<IReadOnlyList<PostLink>> Read(int most, Texts texts, CancellationToken cancel) =>
        [
            .. (await catalogue.Get(cancel))
                .All.Where(p => p.Kind is not (PostKind.Page or PostKind.Explainer))
                .Take(most)
                .Select(p => p.Link(texts)),
        ];

    /// <summary>Texts that explain a concept, in the order of their titles.</summary>
    public async Task<IReadOnlyList<PostLink>> Explainers(int most, Texts texts, CancellationToken cancel) =>
        [
            .. (await catalogue.Get(cancel))
                .All.Where(p => p.Kind == PostKind.Explainer)
                .Take(most)
                .Select(p => p.Link(texts))
                .OrderBy(p => p.Title, StringComparer.Create(texts.Culture, ignoreCase: true)),
        ];

    public async Task<int> Count(CancellationToken cancel) => (await catalogue.Get(cancel)).All.Count;

    /// <summary>Number of posts by code on one axis; codes without posts are missing.</summary>
    public async Task<IReadOnlyDictionary<string, int>> CountBy(string axis, CancellationToken cancel) =>
        (await catalogue.Get(cancel)).Codes(axis).ToDictionary(c => c.Code, c => c.Count);
}

/// <summary>Posts for somebody who said what interests them.</summary>
public sealed class PostSuggestions(PostCatalogue catalogue)
{
    /// <param name="chosen">Axis and code of each interest.</param>
    /// <param name="leftOut">Paths of posts that must not come.</param>
    /// <returns>The best first, each with the interests it answers, the rarest first.</returns>
    public async Task<IReadOnlyList<(PostLink Post, IReadOnlyList<(string Axis, string Code)> Shared)>> Read(
        IEnumerable<(string Axis, string Code)> chosen,
        IReadOnlySet<string> leftOut,
        int most,
        Texts texts,
        CancellationToken cancel
    ) =>
        [
            .. (await catalogue.Get(cancel))
                .Matching(chosen, post => leftOut.Contains(post.Path), most)
                .Select(s => (s.Post.Link(texts), s.Shared)),
        ];
}

/// <summary>The kinds of posts as they stand in addresses and facets: <c>type=recap</c>.</summary>
public static class PostTypes
{
    /// <summary>What a kind is called; the code itself when there is no such kind.</summary>
    public static string Label(Texts texts, string code) =>
        Enum.TryParse<PostKind>(code, ignoreCase: true, out var kind) ? texts.Kind(kind) : code;
}

/// <summary>What an author wrote, by the last part of the author's address: <c>jamie-boex</c>.</summary>
public sealed class AuthorPosts(PostCatalogue catalogue)
{
    /// <summary>Whether a public post names this author.</summary>
    public async Task<bool> Exists(string slug, CancellationToken cancel) =>
        (await catalogue.Get(cancel)).Count(PostAxes.Author, slug) > 0;

    /// <returns>The newest posts first, and how many there are.</returns>
    public async Task<(IReadOnlyList<PostLink> Newest, int Total)> Read(
        string slug,
        int most,
        Texts texts,
        CancellationToken cancel
    )
    {
        var selection = (await catalogue.Get(cancel)).Select(PostQuery.Of(PostAxes.Author, slug).Chosen);
        return ([.. selection.Posts.Take(most).Select(p => p.Link(texts))], selection.Total);
    }
}
