using Lpsa.Platform;

namespace Lpsa.Home;

/// <summary>The front page, the pages about the Alliance, and the frame around every page.</summary>
public sealed class HomeModule : Module
{
    public override void Configure(ModuleBuilder m)
    {
        m.Pages(ShowHome.Map, ShowLongText.Map);
        m.Sitemap(List);
    }

    private static async IAsyncEnumerable<SitemapEntry> List(PlatformDb db)
    {
        // The pages are files of the program; nothing here waits for the database.
        await Task.CompletedTask;
        yield return new SitemapEntry("/", null);
        foreach (var name in LongText.Names)
            yield return new SitemapEntry("/" + name, null);
    }
}
