using Lpsa.Platform;

namespace Lpsa.Places;

/// <summary>Countries, regions and the vocabularies by which everything is classified, each with its page.</summary>
public sealed class PlacesModule : Module
{
    public override void Configure(ModuleBuilder m)
    {
        m.Services.AddSingleton<TaxonomySnapshot>();
        m.Services.AddSingleton<IVocabulary, Vocabulary>();
        m.Services.AddTransient(services => services.GetRequiredService<TaxonomySnapshot>().Current);
        m.Entity<EditedTerm, EditedTerm.Map>();
        m.Permissions(PlacesPermissions.EditTerms);
        m.ScopeKind(CountryScope.Kind);
        m.Nav("Countries", "/countries", order: 30);
        m.Nav("Themes", "/themes", order: 20);
        m.AdminNav("Terms", "/admin/terms", order: 40, PlacesPermissions.EditTerms);
        m.Pages(ListCountries.Map, ShowCountry.Map, ShowRegion.Map, ShowTerm.Map);
        m.Pages(ListTerms.Map, EditTerm.Map, AddTerm.Map, MergeTerm.Map, SplitTerm.Map);
        m.Feeds(CountryTree.Map, ContentMap.Map, DownloadCountries.Map, DrawTierMap.Map);
        m.Api(PlacesApi.Map);
        m.Search(PlacesSearch.Places);
        m.Search(PlacesSearch.Terms);
        m.Sitemap(PlacesSitemap.List);
    }
}

public static class PlacesPermissions
{
    public static readonly Permission EditTerms = new(
        "places.edit-terms",
        "Edit, merge and split themes, sectors and other terms",
        Roles.Editor
    );
}

public static class PlacesSitemap
{
    public static async IAsyncEnumerable<SitemapEntry> List(PlatformDb db)
    {
        yield return new SitemapEntry("/countries", null);
        foreach (var place in Atlas.Shipped.Places)
            yield return new SitemapEntry(place.Path, null);
        foreach (var region in Atlas.Shipped.Regions)
            yield return new SitemapEntry(region.Path, null);
        var taxonomy = await TaxonomySnapshot.Load(db, CancellationToken.None);
        foreach (var term in taxonomy.In(Axes.Theme).Concat(taxonomy.In(Axes.Sector)))
            yield return new SitemapEntry(term.Path!, null);
    }
}
