using Lpsa.Platform;

namespace Lpsa.Home;

/// <summary>What the Alliance is, and how it believes change comes about.</summary>
public static class ShowLongText
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        foreach (var name in LongText.Names)
            pages.MapGet("/" + name, (HttpContext http) => Get(http, name));
    }

    public sealed record Model(string Name, LongText Text);

    static PageResult Get(HttpContext http, string name) =>
        ShowLongTextPage.View(new Model(name, LongText.Of(name, http.Texts().Language))).Tagged("home");
}
