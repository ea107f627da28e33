using Lpsa.Places;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Members;

/// <summary>
/// People who want to be found: all of them, or those who offer advice, speaking, reviewing or mentoring. The files
/// hold the same people with the same fields as the pages, for the same viewer.
/// </summary>
public static class ListPeople
{
    private const int MostChoices = 40;

    /// <summary>
    /// People in one file; the header Link names the next one. Lists of everybody in one call serve those who collect
    /// addresses.
    /// </summary>
    internal const int MostRows = 1000;

    public static void Map(IEndpointRouteBuilder pages)
    {
        foreach (var path in (string[])["/directory", "/experts"])
        {
            var experts = path == "/experts";
            pages.MapGet(
                path,
                (
                    HttpContext http,
                    PlatformDb db,
                    PeopleCatalogue catalogue,
                    IVocabulary vocabulary,
                    CancellationToken cancel
                ) => Get(PeopleQuery.From(http.Request.Query, experts), path, http, db, catalogue, vocabulary, cancel)
            );
            pages.MapGet(
                path + ".csv",
                async (
                    HttpContext http,
                    PlatformDb db,
                    PeopleCatalogue catalogue,
                    SiteAddress site,
                    CancellationToken cancel
                ) => DataFile.Csv(await Rows(experts, http, db, catalogue, site, cancel), path[1..])
            );
            pages.MapGet(
                path + ".json",
                async (
                    HttpContext http,
                    PlatformDb db,
                    PeopleCatalogue catalogue,
                    SiteAddress site,
                    CancellationToken cancel
                ) => DataFile.Json(await Rows(experts, http, db, catalogue, site, cancel))
            );
        }
    }

    public sealed record Model(
        PeopleQuery Query,
        string Path,
        bool IsMember,
        int Total,
        int Pages,
        IReadOnlyList<Listing> People,
        IReadOnlyList<FacetGroup> Facets,
        IVocabulary Vocabulary
    );

    /// <summary>One person of the list as data; codes, several separated by semicolons.</summary>
    public sealed record Row(
        string Name,
        string Headline,
        string Institution,
        string Position,
        string Country,
        string Stakeholder,
        string Availability,
        string Themes,
        string Sectors,
        string Languages,
        string Address
    );

    private static async Task<IResult> Get(
        PeopleQuery query,
        string path,
        HttpContext http,
        PlatformDb db,
        PeopleCatalogue catalogue,
        IVocabulary vocabulary,
        CancellationToken cancel
    )
    {
        var audience = await http.Audience(db, cancel);
        var found = (await catalogue.Get(cancel)).Select(query, audience);
        var pages = Math.Max(1, (found.Total + PeopleQuery.PageSize - 1) / PeopleQuery.PageSize);
        if (query.Page > pages)
            return ErrorPage.View(ErrorModel.NotFound, StatusCodes.Status404NotFound);
        var rows = await db.Read(audience, found.Page(query.Page, PeopleQuery.PageSize), cancel);
        return ListPeoplePage.View(
            new(
                query,
                path,
                audience.IsMember,
                found.Total,
                pages,
                rows,
                Groups(query, found, vocabulary, http.Texts()),
                vocabulary
            )
        );
    }

    private static async Task<IReadOnlyList<Row>> Rows(
        bool experts,
        HttpContext http,
        PlatformDb db,
        PeopleCatalogue catalogue,
        SiteAddress site,
        CancellationToken cancel
    )
    {
        var audience = await http.Audience(db, cancel);
        var query = PeopleQuery.From(http.Request.Query, experts);
        var found = (await catalogue.Get(cancel)).Select(query, audience);
        if (found.Total > query.Page * MostRows)
            http.Response.Headers.Link = $"<{NextOf(http.Request, query.Page, site)}>; rel=\"next\"";
        var people = found.Page(query.Page, MostRows);
        var rows = await db.Read(audience, people, cancel);
        var interests = (await db.InterestsOf(db.Among(people, audience)).AsNoTracking().ToListAsync(cancel)).ToLookup(
            i => (i.MemberId, i.Axis)
        );
        return
        [
            .. rows.Select(l => new Row(
                l.Name,
                l.Headline ?? "",
                l.Institution ?? "",
                l.Position ?? "",
                l.Country ?? "",
                l.Stakeholder ?? "",
                string.Join(';', l.Offers.Select(o => o.ToString().ToLowerInvariant())),
                Codes(l, Axes.Theme),
                Codes(l, Axes.Sector),
                Codes(l, InterestAxes.Language),
                site.Absolute(l.Path)
            )),
        ];

        string Codes(Listing person, string axis) =>
            string.Join(';', interests[(person.Id, axis)].Select(i => i.Code).Order(StringComparer.Ordinal));
    }

    private static string NextOf(HttpRequest request, int page, SiteAddress site)
    {
        var kept = request
            .Query.Where(q => q.Key != "page")
            .SelectMany(q => q.Value.Select(v => KeyValuePair.Create(q.Key, v)))
            .Append(KeyValuePair.Create<string, string?>("page", $"{page + 1}"));
        return site.Absolute(
            (request.PathBase + request.Path).ToUriComponent() + QueryString.Create(kept).ToUriComponent()
        );
    }

    private static IReadOnlyList<FacetGroup> Groups(
        PeopleQuery query,
        PeopleSelection found,
        IVocabulary vocabulary,
        Texts texts
    )
    {
        var groups = new List<FacetGroup>();
        foreach (var key in PeopleQuery.Keys)
        {
            var chosen = query.Chosen.GetValueOrDefault(key, []);
            var codes = found.Codes(key).Take(MostChoices).ToList();
            // A chosen code stays in sight with nobody behind it, so that it can be given up.
            var options = chosen
                .Where(code => codes.All(c => c.Code != code))
                .Select(code => (Code: code, Count: 0))
                .Concat(codes)
                .Select(c => new FacetOption(c.Code, LabelOf(key, c.Code, vocabulary, texts), c.Count));
            groups.Add(new FacetGroup(key, TitleOf(key, texts), [.. options], Several: true));
        }
        return [.. groups.Where(g => g.Options.Count > 0)];
    }

    private static string TitleOf(string key, Texts texts) =>
        key switch
        {
            Axes.Country => texts.Say("Country"),
            Axes.Theme => texts.Say("Topic"),
            Axes.Sector => texts.Say("Sector"),
            Axes.Stakeholder => texts.Say("Kind of institution"),
            InterestAxes.Language => texts.Say("Language"),
            _ => texts.Say("Available for"),
        };

    internal static string LabelOf(string key, string code, IVocabulary vocabulary, Texts texts) =>
        key switch
        {
            InterestAxes.Language => Language.Find(code)?.Name ?? code,
            PeopleQuery.AvailabilityKey => Enum.TryParse<Availability>(code, ignoreCase: true, out var offer)
                ? texts.Availability(offer)
                : code,
            _ => vocabulary.Get(key, code, texts.Language.Code)?.Label ?? code,
        };
}

static class AudienceOfRequest
{
    public static Task<Audience> Audience(this HttpContext http, PlatformDb db, CancellationToken cancel) =>
        Members.Audience.Of(http.Viewer(), db, http.RequestServices.GetService<GroupMates>(), cancel);
}
