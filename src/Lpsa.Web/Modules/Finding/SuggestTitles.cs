using Lpsa.Platform;

namespace Lpsa.Finding;

/// <summary>Titles for what somebody has typed so far.</summary>
static class SuggestTitles
{
    private const int Most = 8;
    private const int LongestText = 80;

    public static void Map(IEndpointRouteBuilder feeds) => feeds.MapGet("/search/suggest", Get);

    public sealed record Suggestion(string Title, string Address);

    static async Task<IResult> Get(
        string? q,
        HttpContext http,
        PlatformDb db,
        SearchIndex index,
        CancellationToken cancel
    )
    {
        var (text, language) = (q?.Trim() ?? "", http.Texts().Language);
        var found = text.Length is < 2 or > LongestText
            ? []
            : await index.Suggest(db, text, language.Code, Most, cancel);
        // The browser keeps it: deleting a letter asks again for what was just shown.
        http.Response.Headers.CacheControl = "public, max-age=300";
        return DataFile.Json(found.Select(s => new Suggestion(s.Title, PageContext.In(language, s.Path))));
    }
}
