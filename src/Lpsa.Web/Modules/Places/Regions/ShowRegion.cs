using Lpsa.Platform;
using Microsoft.AspNetCore.Components;

namespace Lpsa.Places;

/// <summary>The list of regions, and one region: its countries and what other modules have about it.</summary>
public static class ShowRegion
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(
            "/regions",
            PageResult () => ListRegionsPage.View(Atlas.Shipped.Regions).Tagged(HubTags.Countries)
        );
        pages.MapGet("/regions/{slug}", Get);
    }

    public sealed record Model(
        LpsaRegion Region,
        IReadOnlyList<Place> Places,
        IReadOnlyList<OtherLabel> Labels,
        IReadOnlyList<RenderFragment> Blocks
    );

    /// <summary>What another scheme calls the same region.</summary>
    public sealed record OtherLabel(string Scheme, string Label);

    static async Task<IResult> Get(
        string slug,
        HttpContext http,
        PlatformDb db,
        ModuleRegistry modules,
        CancellationToken cancel
    )
    {
        if (Atlas.Shipped.FindRegion(slug) is not { } region)
            return ErrorPage.View(ErrorModel.NotFound, StatusCodes.Status404NotFound);
        var texts = http.Texts();
        if ("/regions/" + slug != region.Path)
            return Results.Redirect(
                PageContext.In(texts.Language, region.Path + http.Request.QueryString),
                permanent: true
            );

        var hub = new HubContext(Axes.Region, region.Code);
        var blocks = await modules.Fill(
            PlaceSlots.Hub,
            hub,
            new SlotScope(db, http.Viewer(), texts, http.RequestServices),
            cancel
        );
        return ShowRegionPage
            .View(new Model(region, Atlas.Shipped.In(region, texts.Language), Labels(region, texts.Language), blocks))
            .Tagged([.. hub.CacheTags]);
    }

    private static IReadOnlyList<OtherLabel> Labels(LpsaRegion region, Language language) =>
        [
            .. from scheme in Atlas.Shipped.Schemes
            from labelled in scheme.Regions
            where labelled.Lpsa == region.Code && labelled.Name(language) != region.Name(language)
            select new OtherLabel(scheme.Name(language), labelled.Name(language)),
        ];
}
