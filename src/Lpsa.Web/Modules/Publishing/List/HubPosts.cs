using Lpsa.Places;
using Lpsa.Platform;
using Microsoft.AspNetCore.Components;

namespace Lpsa.Publishing;

/// <summary>The newest posts on the page of a country, region, theme or sector.</summary>
static class HubPosts
{
    private const int Shown = 5;

    public static async Task<RenderFragment?> Fill(HubContext hub, SlotScope scope, CancellationToken cancel)
    {
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
