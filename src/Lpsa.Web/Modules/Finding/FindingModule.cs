using Lpsa.Platform;

namespace Lpsa.Finding;

/// <summary>Searching everything public: the page, its feed, the same list as data, and titles while somebody types.</summary>
public sealed class FindingModule : Module
{
    public override void Configure(ModuleBuilder m)
    {
        m.Pages(ShowSearch.Map);
        m.Api(SearchData.MapApi);
        m.Feeds(SearchFeed.Map, SearchData.Map, SuggestTitles.Map);
    }
}
