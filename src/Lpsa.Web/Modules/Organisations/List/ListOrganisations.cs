using System.Globalization;
using Lpsa.Places;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Organisations;

/// <summary>Organisations that the community knows, filtered by what they are and what standing they have; also as data.</summary>
public static class ListOrganisations
{
    public const string Path = "/organisations";
    private const int MostChoices = 40;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Path, Get);
        pages.MapGet(
            Path + ".csv",
            async (HttpContext http, PlatformDb db, SiteAddress site, CancellationToken cancel) =>
                DataFile.Csv(await Rows(http, db, site, cancel), "organisations")
        );
        pages.MapGet(
            Path + ".json",
            async (HttpContext http, PlatformDb db, SiteAddress site, CancellationToken cancel) =>
                DataFile.Json(await Rows(http, db, site, cancel))
        );
    }

    public sealed record Model(
        OrganisationQuery Query,
        int Total,
        int Pages,
        IReadOnlyList<ListedOrganisation> Organisations,
        IReadOnlyList<FacetGroup> Facets,
        IVocabulary Vocabulary
    );

    /// <summary>One organisation of the list as data. The marks are days since which they hold; empty: not held.</summary>
    public sealed record Row(
        string Name,
        string Language,
        string Acronym,
        string OtherNames,
        string Kind,
        string Country,
        string RecognisedSince,
        string PartnerSince,
        string AdvisoryBoardSince,
        string Website,
        string Ror,
        string Wikidata,
        string Address
    );

    private static async Task<IResult> Get(
        HttpContext http,
        PlatformDb db,
        IVocabulary vocabulary,
        CancellationToken cancel
    )
    {
        var query = OrganisationQuery.From(http.Request.Query);
        var found = query.Of(Public(db), db);
        var total = await found.CountAsync(cancel);
        var pages = Math.Max(1, (total + OrganisationQuery.PageSize - 1) / OrganisationQuery.PageSize);
        if (query.Page > pages)
            return ErrorPage.View(ErrorModel.NotFound, StatusCodes.Status404NotFound);
        var shown = found
            .OrderBy(o => o.Name)
            .ThenBy(o => o.Id)
            .Skip((query.Page - 1) * OrganisationQuery.PageSize)
            .Take(OrganisationQuery.PageSize);
        var organisations = await ListedOrganisation.Read(shown, db, cancel);
        return ListOrganisationsPage
            .View(
                new(
                    query,
                    total,
                    pages,
                    organisations,
                    await Groups(query, found, db, vocabulary, http.Texts(), cancel),
                    vocabulary
                )
            )
            .Tagged(Organisation.CacheTag, "terms");
    }

    internal static IQueryable<Organisation> Public(PlatformDb db) =>
        db.Set<Organisation>().AsNoTracking().Where(o => o.State == OrganisationState.Published);

    private static async Task<IReadOnlyList<Row>> Rows(
        HttpContext http,
        PlatformDb db,
        SiteAddress site,
        CancellationToken cancel
    )
    {
        var found = OrganisationQuery.From(http.Request.Query).Of(Public(db), db);
        var rows = await found.OrderBy(o => o.Name).ThenBy(o => o.Id).ToListAsync(cancel);
        var marks = (
            await db.MarksOn(db.Today())
                .AsNoTracking()
                .Where(m => found.Any(o => o.Id == m.OrganisationId))
                .ToListAsync(cancel)
        ).ToLookup(m => (m.OrganisationId, m.Kind), m => m.FromDay);
        return
        [
            .. rows.Select(o => new Row(
                o.Name,
                o.Language,
                o.Acronym,
                o.OtherNames.Replace("\n", "; ", StringComparison.Ordinal),
                o.Kind,
                o.Country ?? "",
                Since(o.Id, MarkKind.Recognised),
                Since(o.Id, MarkKind.Partner),
                Since(o.Id, MarkKind.AdvisoryBoard),
                o.Website,
                o.Ror,
                o.Wikidata,
                site.Absolute(o.Path)
            )),
        ];

        string Since(Guid id, MarkKind kind) =>
            marks[(id, kind)].Any() ? marks[(id, kind)].Min().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : "";
    }

    private static async Task<IReadOnlyList<FacetGroup>> Groups(
        OrganisationQuery query,
        IQueryable<Organisation> found,
        PlatformDb db,
        IVocabulary vocabulary,
        Texts texts,
        CancellationToken cancel
    )
    {
        var kinds = await found
            .GroupBy(o => o.Kind)
            .Select(g => new { Code = g.Key, Count = g.Count() })
            .ToListAsync(cancel);
        var countries = await found
            .Where(o => o.Country != null)
            .GroupBy(o => o.Country!)
            .Select(g => new { Code = g.Key, Count = g.Count() })
            .ToListAsync(cancel);
        var marks = await db.MarksOn(db.Today())
            .Where(m => found.Any(o => o.Id == m.OrganisationId))
            .GroupBy(m => m.Kind)
            .Select(g => new { Kind = g.Key, Count = g.Select(m => m.OrganisationId).Distinct().Count() })
            .ToListAsync(cancel);
        return
        [
            .. new[]
            {
                Group(
                    OrganisationQuery.MarkKey,
                    texts.Say("Standing"),
                    marks.OrderBy(m => m.Kind).Select(m => (OrganisationWords.Code(m.Kind), m.Count))
                ),
                Group(
                    OrganisationQuery.KindKey,
                    texts.Say("Kind of institution"),
                    kinds.OrderByDescending(k => k.Count).ThenBy(k => k.Code).Select(k => (k.Code, k.Count))
                ),
                Group(
                    Axes.Country,
                    texts.Say("Country"),
                    countries.OrderByDescending(c => c.Count).ThenBy(c => c.Code).Select(c => (c.Code, c.Count))
                ),
            }.Where(g => g.Options.Count > 0),
        ];

        FacetGroup Group(string key, string title, IEnumerable<(string Code, int Count)> counted)
        {
            var options = counted.Take(MostChoices).ToList();
            // A chosen code stays in sight with nothing behind it, so that it can be given up.
            var lost = query
                .Chosen.GetValueOrDefault(key, [])
                .Where(code => options.All(o => o.Code != code))
                .Select(code => (Code: code, Count: 0));
            return new(
                key,
                title,
                [.. lost.Concat(options).Select(o => new FacetOption(o.Code, LabelOf(key, o.Code), o.Count))],
                Several: true
            );
        }

        string LabelOf(string key, string code) =>
            key == OrganisationQuery.MarkKey
                ? OrganisationWords.MarkOf(code) is { } mark
                    ? texts.Mark(mark)
                    : code
                : vocabulary
                    .Get(key == OrganisationQuery.KindKey ? Axes.Stakeholder : key, code, texts.Language.Code)
                    ?.Label
                    ?? code;
    }
}

/// <summary>An organisation as lists show it, with the marks that hold today.</summary>
public sealed record ListedOrganisation(
    Guid Id,
    string Slug,
    string Name,
    string Language,
    string Acronym,
    string Kind,
    string? Country,
    OrganisationState State,
    IReadOnlyList<MarkKind> Marks
)
{
    public string Path => Organisation.PathOf(Slug);

    internal static async Task<IReadOnlyList<ListedOrganisation>> Read(
        IQueryable<Organisation> organisations,
        PlatformDb db,
        CancellationToken cancel
    )
    {
        var rows = await organisations
            .Select(o => new
            {
                o.Id,
                o.Slug,
                o.Name,
                o.Language,
                o.Acronym,
                o.Kind,
                o.Country,
                o.State,
            })
            .ToListAsync(cancel);
        var ids = rows.Select(r => r.Id).ToList();
        var marks = (
            await db.MarksOn(db.Today())
                .Where(m => ids.Contains(m.OrganisationId))
                .Select(m => new { m.OrganisationId, m.Kind })
                .ToListAsync(cancel)
        ).ToLookup(m => m.OrganisationId, m => m.Kind);
        return
        [
            .. rows.Select(r => new ListedOrganisation(
                r.Id,
                r.Slug,
                r.Name,
                r.Language,
                r.Acronym,
                r.Kind,
                r.Country,
                r.State,
                [.. marks[r.Id].Distinct().Order()]
            )),
        ];
    }
}
