using System.Reflection;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Platform;

/// <summary>Everything a module can plug into the platform.</summary>
public sealed class ModuleBuilder(IServiceCollection services)
{
    internal List<Action<ModelBuilder>> MapList { get; } = [];
    internal List<Type> EntityList { get; } = [];
    internal List<NavItem> NavList { get; } = [];
    internal List<Permission> PermissionList { get; } = [];
    internal List<Action<IEndpointRouteBuilder>> PageList { get; } = [];
    internal List<Action<IEndpointRouteBuilder>> ApiList { get; } = [];
    internal List<Action<IEndpointRouteBuilder>> FeedList { get; } = [];
    internal List<JobHandler> HandlerList { get; } = [];
    internal List<(Type Event, JobHandler Handler)> SubscriberList { get; } = [];
    internal List<SlotFilling> FillingList { get; } = [];
    internal List<SearchSource> SearchList { get; } = [];
    internal List<ListSitemap> SitemapList { get; } = [];
    internal List<FeedOffer> FeedOfferList { get; } = [];
    internal List<Kpi> KpiList { get; } = [];
    internal List<ListDigest> DigestList { get; } = [];
    internal List<PersonalData> PersonalDataList { get; } = [];
    internal List<Setting> SettingList { get; } = [];
    internal List<ScopeKind> ScopeKindList { get; } = [];
    internal List<FollowAddress> AddressFollowerList { get; } = [];
    internal HashSet<Assembly> Assemblies { get; } = [];

    /// <summary>The module's own services.</summary>
    public IServiceCollection Services => services;

    public void Entity<T, TMap>()
        where T : class
        where TMap : IEntityTypeConfiguration<T>, new()
    {
        Assemblies.Add(typeof(T).Assembly);
        EntityList.Add(typeof(TMap));
        MapList.Add(model => model.ApplyConfiguration(new TMap()));
    }

    public void Nav(string label, string path, int order) => NavList.Add(new NavItem(label, path, order));

    public void AdminNav(string label, string path, int order, Permission permission) =>
        NavList.Add(new NavItem(label, path, order, permission));

    public void Permissions(params Permission[] permissions) => PermissionList.AddRange(permissions);

    /// <summary>HTML pages: antiforgery, flash, language.</summary>
    public void Pages(params Action<IEndpointRouteBuilder>[] maps) => PageList.AddRange(maps);

    /// <summary>JSON under <c>/api/v1</c>.</summary>
    public void Api(params Action<IEndpointRouteBuilder>[] maps) => ApiList.AddRange(maps);

    /// <summary>Feeds and downloads: cached, never a form.</summary>
    public void Feeds(params Action<IEndpointRouteBuilder>[] maps) => FeedList.AddRange(maps);

    public void Search(SearchSource source) => SearchList.Add(source);

    public void Sitemap(ListSitemap list) => SitemapList.Add(list);

    public void Feed(string title, string path) => FeedOfferList.Add(new FeedOffer(title, path));

    /// <summary>A job that runs again and again, once across all nodes.</summary>
    public void Every(TimeSpan interval, string name, Func<IServiceProvider, CancellationToken, Task> run) =>
        HandlerList.Add(new JobHandler(name, (services, _, cancel) => run(services, cancel), interval));

    /// <summary>A job put in the queue by hand with <see cref="JobQueue"/>.</summary>
    public void Command<T>(string name, Func<IServiceProvider, T, CancellationToken, Task> run) =>
        HandlerList.Add(JobHandler.Of(name, run));

    /// <summary>Subscribes to an event of another module's contract; runs after its transaction, at least once.</summary>
    public void On<TEvent>(string name, Func<IServiceProvider, TEvent, CancellationToken, Task> run)
    {
        var handler = JobHandler.Of(name, run);
        HandlerList.Add(handler);
        SubscriberList.Add((typeof(TEvent), handler));
    }

    public void Fill<TContext>(Slot<TContext> slot, FillSlot<TContext> fill, int order) =>
        FillingList.Add(new SlotFilling(slot, order, fill));

    public void Kpi(string code, string label, string definition, CountKpi count) =>
        KpiList.Add(new Kpi(code, label, definition, count));

    public void Digest(ListDigest list) => DigestList.Add(list);

    public void PersonalData(PersonalData hook) => PersonalDataList.Add(hook);

    public void Setting(Setting setting) => SettingList.Add(setting);

    /// <summary>Lets roles be limited to one of these.</summary>
    public void ScopeKind(ScopeKind kind) => ScopeKindList.Add(kind);

    /// <summary>Called in the transaction in which a person's e-mail address changes.</summary>
    public void FollowsAddress(FollowAddress follow) => AddressFollowerList.Add(follow);
}
