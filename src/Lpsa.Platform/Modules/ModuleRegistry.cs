using System.Collections.Frozen;
using System.Reflection;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Platform;

/// <summary>What the modules plugged in, sorted and fixed at the start.</summary>
public sealed class ModuleRegistry
{
    private readonly FrozenDictionary<string, JobHandler> handlers;
    private readonly ILookup<Type, JobHandler> subscribers;
    private readonly ILookup<object, SlotFilling> fillings;
    private readonly FrozenDictionary<string, SearchSource> searchSources;

    internal ModuleRegistry(ModuleBuilder built)
    {
        Maps = built.MapList;
        ModelKey = string.Join(';', built.EntityList.Select(t => t.FullName));
        Nav = [.. built.NavList.Where(n => n.Permission is null).OrderBy(n => n.Order)];
        AdminNav = [.. built.NavList.Where(n => n.Permission is not null).OrderBy(n => n.Order)];
        Permissions = [.. built.PermissionList.OrderBy(p => p.Name, StringComparer.Ordinal)];
        Pages = built.PageList;
        Api = built.ApiList;
        Feeds = built.FeedList;
        Sitemaps = built.SitemapList;
        FeedOffers = built.FeedOfferList;
        Kpis = built.KpiList;
        Digests = built.DigestList;
        PersonalData = built.PersonalDataList;
        Settings = built.SettingList;
        ScopeKinds = built.ScopeKindList;
        AddressFollowers = built.AddressFollowerList;
        Assemblies =
        [
            typeof(ModuleRegistry).Assembly,
            .. built.Assemblies.Where(a => a != typeof(ModuleRegistry).Assembly),
        ];
        handlers = built.HandlerList.ToFrozenDictionary(h => h.Name);
        subscribers = built.SubscriberList.ToLookup(s => s.Event, s => s.Handler);
        fillings = built.FillingList.OrderBy(f => f.Order).ToLookup(f => f.Slot);
        searchSources = built.SearchList.ToFrozenDictionary(s => s.Kind);
    }

    public IReadOnlyList<Action<ModelBuilder>> Maps { get; }

    /// <summary>Which entities there are: databases of different modules in one process need models of their own.</summary>
    internal string ModelKey { get; }
    public IReadOnlyList<NavItem> Nav { get; }
    public IReadOnlyList<NavItem> AdminNav { get; }
    public IReadOnlyList<Permission> Permissions { get; }
    public IReadOnlyList<Action<IEndpointRouteBuilder>> Pages { get; }
    public IReadOnlyList<Action<IEndpointRouteBuilder>> Api { get; }
    public IReadOnlyList<Action<IEndpointRouteBuilder>> Feeds { get; }
    public IReadOnlyList<ListSitemap> Sitemaps { get; }
    public IReadOnlyList<FeedOffer> FeedOffers { get; }
    public IReadOnlyList<Kpi> Kpis { get; }
    public IReadOnlyList<ListDigest> Digests { get; }
    public IReadOnlyList<PersonalData> PersonalData { get; }
    public IReadOnlyList<Setting> Settings { get; }
    public IReadOnlyList<ScopeKind> ScopeKinds { get; }
    public IReadOnlyList<FollowAddress> AddressFollowers { get; }

    /// <summary>Assemblies whose embedded files (schema, texts) belong to the product.</summary>
    public IReadOnlyList<Assembly> Assemblies { get; }

    public IEnumerable<JobHandler> Recurring => handlers.Values.Where(h => h.Every is not null);
    public IEnumerable<SearchSource> SearchSources => searchSources.Values;

    public JobHandler? Handler(string name) => handlers.GetValueOrDefault(name);

    public IEnumerable<JobHandler> SubscribersOf(Type happened) => subscribers[happened];

    public SearchSource? SearchSource(string kind) => searchSources.GetValueOrDefault(kind);

    /// <summary>What the modules put into a slot, in order, without those that have nothing to say.</summary>
    public async Task<IReadOnlyList<RenderFragment>> Fill<TContext>(
        Slot<TContext> slot,
        TContext context,
        SlotScope scope,
        CancellationToken cancel
    )
    {
        var filled = new List<RenderFragment>();
        // One after the other: they share one database connection.
        foreach (var filling in fillings[slot])
            if (await ((FillSlot<TContext>)filling.Fill)(context, scope, cancel) is { } fragment)
                filled.Add(fragment);
        return filled;
    }
}
