using Lpsa.Places;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Organisations;

/// <summary>Staff list organisations, add them and change what stands on their pages. People cannot be added here.</summary>
public static class EditOrganisations
{
    public const string Path = "/admin/organisations";
    private const int RowsOnPage = 100;

    public static void Map(IEndpointRouteBuilder pages)
    {
        var staff = pages.MapGroup(Path).Requires(OrganisationsPermissions.Edit);
        staff.MapGet("", List);
        staff.MapGet("/new", New);
        staff.MapPost("/new", Add);
        staff.MapGet("/{id:guid}", Get);
        staff.MapPost("/{id:guid}", Save);
    }

    public static string PathOf(Guid id) => $"{Path}/{id}";

    public sealed record ListModel(
        string Text,
        string State,
        IReadOnlyList<ListedOrganisation> Rows,
        int Total,
        int Page,
        int Pages,
        IVocabulary Vocabulary
    );

    public sealed record Options(IReadOnlyList<Choice> Kinds, IReadOnlyList<Choice> Countries);

    public sealed record NewModel(Form<OrganisationInput> Form, Options Options);

    public sealed record Model(
        Organisation Organisation,
        Form<OrganisationInput> Form,
        Options Options,
        IReadOnlyList<OrganisationMark> Marks,
        DateOnly Today,
        Form<EditMarks.MarkInput> NewMark,
        Form<MergeOrganisations.MergeInput> Merge,
        IReadOnlyList<SeenPerson> People,
        int PeopleInAll,
        bool MayDecide
    );

    static async Task<IResult> List(
        string? q,
        string? state,
        int? page,
        PlatformDb db,
        IVocabulary vocabulary,
        CancellationToken cancel
    )
    {
        var text = PlainText.Line(q ?? "");
        var found = OrganisationQuery.Containing(db.Set<Organisation>().AsNoTracking(), text);
        var chosen = Enum.TryParse<OrganisationState>(state, ignoreCase: true, out var known)
            ? known
            : (OrganisationState?)null;
        if (chosen is { } only)
            found = found.Where(o => o.State == only);
        var total = await found.CountAsync(cancel);
        var pages = Math.Max(1, (total + RowsOnPage - 1) / RowsOnPage);
        var number = Math.Clamp(page ?? 1, 1, pages);
        var rows = await ListedOrganisation.Read(
            found.OrderBy(o => o.Name).ThenBy(o => o.Id).Skip((number - 1) * RowsOnPage).Take(RowsOnPage),
            db,
            cancel
        );
        return ListForStaffPage.View(new(text, chosen?.ToString() ?? "", rows, total, number, pages, vocabulary));
    }

    static IResult New(HttpContext http, IVocabulary vocabulary) =>
        NewOrganisationPage.View(
            new(
                Form<OrganisationInput>.Of(new OrganisationInput { State = OrganisationState.Published }),
                OptionsIn(http.Texts(), vocabulary)
            )
        );

    static async Task<IResult> Add(
        Form<OrganisationInput> form,
        HttpContext http,
        PlatformDb db,
        IVocabulary vocabulary,
        CancellationToken cancel
    )
    {
        if (OrganisationInput.Check(form, vocabulary).Value is not { } input)
            return NewOrganisationPage.View(
                new(form, OptionsIn(http.Texts(), vocabulary)),
                StatusCodes.Status422UnprocessableEntity
            );
        var kept = input.Kept();
        var added = Organisation.Add(await FreeSlug(db, kept.Name, cancel), kept, db.Now);
        db.Add(added);
        await db.SaveChangesAsync(cancel);
        return Redirect.To(PathOf(added.Id)).Saying("The organisation is added.");
    }

    static async Task<IResult> Get(
        Guid id,
        HttpContext http,
        PlatformDb db,
        IVocabulary vocabulary,
        CancellationToken cancel
    ) =>
        await Load(id, http, db, vocabulary, cancel) is { } model
            ? EditOrganisationPage.View(model)
            : Results.NotFound();

    static async Task<IResult> Save(
        Guid id,
        Form<OrganisationInput> form,
        HttpContext http,
        PlatformDb db,
        IVocabulary vocabulary,
        CancellationToken cancel
    )
    {
        if (await db.Set<Organisation>().SingleOrDefaultAsync(o => o.Id == id, cancel) is not { } stored)
            return Results.NotFound();
        if (OrganisationInput.Check(form, vocabulary).Value is not { } input)
            return EditOrganisationPage.View(
                (await Load(id, http, db, vocabulary, cancel))! with
                {
                    Form = form,
                },
                StatusCodes.Status422UnprocessableEntity
            );
        stored.Describe(input.Kept(), db.Now);
        await db.SaveChangesAsync(cancel);
        return Redirect.To(PathOf(id)).Saying("Saved.");
    }

    /// <summary>A slug that leads nowhere yet: neither to an organisation, nor to one that was merged, nor to a page of ours.</summary>
    internal static Task<string> FreeSlug(PlatformDb db, string name, CancellationToken cancel) =>
        Slug.Free(
            Slug.Of(name, "organisation"),
            async wanted =>
            {
                var path = OldAddress.Normal("/organisations/" + wanted);
                return wanted == "request"
                    || await db.Set<Organisation>().AnyAsync(o => o.Slug == wanted, cancel)
                    || await db.Set<OldAddress>().AnyAsync(a => a.Path == path, cancel);
            }
        );

    internal static async Task<Model?> Load(
        Guid id,
        HttpContext http,
        PlatformDb db,
        IVocabulary vocabulary,
        CancellationToken cancel
    )
    {
        if (await db.Set<Organisation>().AsNoTracking().SingleOrDefaultAsync(o => o.Id == id, cancel) is not { } stored)
            return null;
        var seen = await db.AffiliationsSeenBy(http.Viewer(), http.RequestServices, cancel);
        // Sorted here: in the database the kinds are words, and would stand in the order of the alphabet.
        var marks = await db.Set<OrganisationMark>()
            .AsNoTracking()
            .Where(m => m.OrganisationId == id)
            .ToListAsync(cancel);
        return new(
            stored,
            Form<OrganisationInput>.Of(OrganisationInput.Of(stored)),
            OptionsIn(http.Texts(), vocabulary),
            [.. marks.OrderBy(m => m.Kind).ThenByDescending(m => m.FromDay)],
            db.Today(),
            Form<EditMarks.MarkInput>.Of(new EditMarks.MarkInput { From = db.Today() }),
            Form<MergeOrganisations.MergeInput>.Empty,
            await seen.Where(s => s.OrganisationId == id).OrderBy(s => s.Name).Take(200).ToListAsync(cancel),
            await db.Set<Affiliation>().CountAsync(a => a.OrganisationId == id, cancel),
            http.Viewer().May(OrganisationsPermissions.Decide)
        );
    }

    internal static Options OptionsIn(Texts texts, IVocabulary vocabulary)
    {
        var language = texts.Language.Code;
        return new(
            [.. vocabulary.All(Axes.Stakeholder, language).Select(e => new Choice(e.Code, e.Label))],
            [.. vocabulary.All(Axes.Country, language).Select(e => new Choice(e.Code, e.Label))]
        );
    }
}
