using Lpsa.Platform;

namespace Lpsa.Home;

/// <summary>The front page.</summary>
public static class ShowHome
{
    public static void Map(IEndpointRouteBuilder pages) => pages.MapGet("/", Get);

    public sealed record Model;

    static PageResult Get() => ShowHomePage.View(new Model()).Tagged("home");
}
