using Lpsa.Places;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Lpsa.Organisations;

/// <summary>What the rest of the platform gets to know of organisations.</summary>
static class OrganisationHooks
{
    /// <summary>What search knows: the organisation, never who works there.</summary>
    public static async Task<IReadOnlyList<SearchDocument>> Documents(PlatformDb db, Guid id, CancellationToken cancel)
    {
        if (await ListOrganisations.Public(db).SingleOrDefaultAsync(o => o.Id == id, cancel) is not { } one)
            return [];
        var vocabulary = db.GetService<IVocabulary>();
        var facets = new List<string> { $"{Axes.Stakeholder}:{one.Kind}" };
        if (one.Country is { } country)
            facets.Add($"{Axes.Country}:{country}");
        var keywords = new[] { one.Acronym, one.OtherNames.Replace('\n', ' '), one.Ror, one.Wikidata }
            .Concat(vocabulary.NamesOf(Axes.Stakeholder, one.Kind))
            .Concat(one.Country is null ? [] : vocabulary.NamesOf(Axes.Country, one.Country));
        return
        [
            new()
            {
                Key = one.SearchKey,
                Language = Language.Find(one.Language)?.Code ?? Language.English.Code,
                Path = one.Path,
                Title = one.Name,
                Summary = Prose.Excerpt(one.Description),
                Body = Prose.PlainText(one.Description),
                Keywords = string.Join(' ', keywords),
                Facets = facets,
            },
        ];
    }

    public static IAsyncEnumerable<Guid> AllIds(PlatformDb db) =>
        ListOrganisations.Public(db).Select(o => o.Id).AsAsyncEnumerable();

    public static IAsyncEnumerable<SitemapEntry> Sitemap(PlatformDb db) =>
        ListOrganisations
            .Public(db)
            .OrderBy(o => o.Id)
            .Select(o => new SitemapEntry("/organisations/" + o.Slug, o.ChangedAt))
            .AsAsyncEnumerable();

    /// <summary>Follows a merge or split of kinds. An organisation has one kind, so a split takes the first.</summary>
    public static async Task MoveKinds(IServiceProvider services, TermsReplaced replaced, CancellationToken cancel)
    {
        if (replaced.Axis != Axes.Stakeholder || replaced.Into.Count == 0)
            return;
        var db = services.GetRequiredService<PlatformDb>();
        foreach (var one in await db.Set<Organisation>().Where(o => o.Kind == replaced.From).ToListAsync(cancel))
            one.MoveKind(replaced.Into[0]);
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>A standing begins or ends by the calendar alone; kept pages would go on showing yesterday's.</summary>
    public static async Task TurnOfDay(IServiceProvider services, CancellationToken cancel)
    {
        var db = services.GetRequiredService<PlatformDb>();
        var today = db.Today();
        var yesterday = today.AddDays(-1);
        if (!await db.Set<OrganisationMark>().AnyAsync(m => m.FromDay == today || m.UntilDay == yesterday, cancel))
            return;
        db.Evict(Organisation.CacheTag);
        await db.SaveChangesAsync(cancel);
    }

    public static async Task<double> Count(PlatformDb db, MarkKind kind, DateOnly day, CancellationToken cancel) =>
        await db.MarksOn(day).Where(m => m.Kind == kind).Select(m => m.OrganisationId).Distinct().CountAsync(cancel);
}
