using Lpsa.Platform;

namespace Lpsa.Publishing;

/// <summary>The share card of a post. PNG where the drawing program is installed; SVG always.</summary>
static class ShowCard
{
    public static void Map(IEndpointRouteBuilder feeds)
    {
        feeds.MapGet("/posts/{slug}/card.svg", GetSvg);
        feeds.MapGet("/posts/{slug}/card.png", GetPng);
    }

    static async Task<IResult> GetSvg(
        string slug,
        HttpContext http,
        PostCatalogue catalogue,
        CancellationToken cancel
    ) =>
        await Draw(slug, http, catalogue, cancel) is { } svg
            ? new TextResult(svg, "image/svg+xml").Tagged("posts")
            : Results.NotFound();

    static async Task<IResult> GetPng(
        string slug,
        HttpContext http,
        PostCatalogue catalogue,
        PngWriter pictures,
        CancellationToken cancel
    ) =>
        await Draw(slug, http, catalogue, cancel) is { } svg
        && await pictures.Write(svg, ShareCard.Width, cancel) is { } png
            ? new TextResult(png, "image/png").Tagged("posts")
            : Results.NotFound();

    private static async Task<byte[]?> Draw(
        string slug,
        HttpContext http,
        PostCatalogue catalogue,
        CancellationToken cancel
    )
    {
        if ((await catalogue.Get(cancel)).Find(slug) is not { } post)
            return null;
        var texts = http.Texts();
        var (title, _, language) = post.In(texts.Language.Code);
        var foot = texts.Date(post.Date, post.Precision) ?? string.Join(", ", post.Authors.Select(a => a.Name).Take(2));
        return ShareCard.Draw(texts.Kind(post.Kind), title, foot, Language.Find(language)?.RightToLeft ?? false);
    }
}
