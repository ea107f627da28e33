using Lpsa.Places;
using Lpsa.Platform;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Publishing;

/// <summary>The newest posts on the page of a country, region, theme or sector.</summary>
static class HubPosts
{
    private const int Shown = 5;

    public static async Task<RenderFragment?> Fill(HubContext hub, SlotScope scope, CancellationToken cancel)
    {
        hub.StaleWith("posts");
        var shelf = await scope.Services.GetRequiredService<PostCatalogue>().Get(cancel);
        var selection = shelf.Select(PostQuery.Of(hub.Axis, hub.Code).Chosen);
        var path = ListPosts.PathOf(PostQuery.Of(hub.Axis, hub.Code));
        return builder =>
        {
            builder.OpenComponent<HubPostsBlock>(0);
            builder.AddComponentParameter(1, nameof(HubPostsBlock.Posts), selection.Page(1, Shown));
            builder.AddComponentParameter(2, nameof(HubPostsBlock.Total), selection.Total);
            builder.AddComponentParameter(3, nameof(HubPostsBlock.AllPath), path);
            builder.CloseComponent();
        };
    }
}

/// <summary>Published posts about each country, for the map of countries.</summary>
static class CountryPosts
{
    public static async Task<IReadOnlyDictionary<string, int>> Count(PlatformDb db, CancellationToken cancel) =>
        await db.Set<PostFacet>()
            .Where(f => f.Axis == Axes.Country)
            .Join(db.Set<Post>().Where(p => p.State == PostState.Published), f => f.PostId, p => p.Id, (f, _) => f.Code)
            .GroupBy(code => code)
            .Select(g => new { Code = g.Key, Count = g.Count() })
            .ToDictionaryAsync(c => c.Code, c => c.Count, cancel);
}
