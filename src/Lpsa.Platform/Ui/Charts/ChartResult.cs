namespace Lpsa.Platform;

/// <summary>A chart as a file of its own: what the links under a chart lead to.</summary>
public static class ChartResult
{
    /// <summary>Wide enough for a slide.</summary>
    private const int PngWidth = 1600;

    /// <param name="path">Address of the picture without its ending.</param>
    /// <param name="hasPng">A program that draws PNG is installed; otherwise no link to one is offered.</param>
    public static IReadOnlyList<ChartLink> Links(string path, bool hasPng) =>
        hasPng
            ? [new ChartLink("SVG", path + ".svg"), new ChartLink("PNG", path + ".png")]
            : [new ChartLink("SVG", path + ".svg")];

    public static TextResult Svg(Chart chart, Texts texts) =>
        new TextResult(ChartFile.Svg(chart, texts), "image/svg+xml").WithStyle(ChartStyle.StandaloneHash);

    /// <summary>Null where no program draws PNG.</summary>
    public static async Task<TextResult?> Png(Chart chart, Texts texts, PngWriter pictures, CancellationToken cancel) =>
        await pictures.Write(ChartFile.Svg(chart, texts), PngWidth, cancel) is { } png
            ? new TextResult(png, "image/png")
            : null;
}
