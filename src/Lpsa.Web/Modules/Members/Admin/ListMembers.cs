using System.ComponentModel.DataAnnotations;
using Lpsa.Places;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Members;

/// <summary>Members by any combination of what they chose; a combination can be kept under a name.</summary>
public static class ListMembers
{
    private const int PageSize = 50;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/admin/members", Get).RequiresSomewhere(MembersPermissions.See);
        // Segments are everybody's: whoever sees one country uses them and does not change them.
        var members = pages.MapGroup("/admin/members").Requires(MembersPermissions.See);
        members.MapPost("/segments", Keep);
        members.MapPost("/segments/{id:guid}/remove", Remove);
        pages.MapGet("/admin/members.csv", Csv).Requires(MembersPermissions.Export).RequiresFreshSignIn();
    }

    public sealed record Row(
        Guid Id,
        string Name,
        string Email,
        string? Country,
        string Institution,
        string Origin,
        DateTime JoinedAt,
        MemberState State
    );

    public sealed record Segment(Guid Id, string Name, string Query, int Count);

    public sealed record Model(
        MemberFilter Filter,
        int Total,
        int Page,
        int Pages,
        IReadOnlyList<Row> Rows,
        IReadOnlyList<Segment> Segments,
        ChoiceOptions Options,
        IReadOnlyList<string> Origins,
        Form<KeepInput> Keep,
        bool MayExport,
        bool SeesAll
    );

    public sealed record KeepInput
    {
        [Required(ErrorMessage = "Give the segment a name."), StringLength(80)]
        public string Name { get; init; } = "";
        public string Query { get; init; } = "";
    }

    static async Task<IResult> Get(
        int? page,
        HttpContext http,
        PlatformDb db,
        IVocabulary vocabulary,
        CancellationToken cancel
    ) =>
        ListMembersPage.View(
            await Load(
                MemberFilter.From(http.Request.QueryString.Value ?? ""),
                page ?? 1,
                null,
                http,
                db,
                vocabulary,
                cancel
            )
        );

    static async Task<IResult> Keep(
        Form<KeepInput> form,
        HttpContext http,
        PlatformDb db,
        IVocabulary vocabulary,
        CancellationToken cancel
    )
    {
        var filter = MemberFilter.From(form.Text(nameof(KeepInput.Query)));
        if (form.Value is { } typed && await db.Set<MemberSegment>().AnyAsync(s => s.Name == typed.Name, cancel))
            form.With(nameof(KeepInput.Name), "There is a segment of this name.");
        if (form.Value is not { } input)
            return ListMembersPage.View(
                await Load(filter, 1, form, http, db, vocabulary, cancel),
                StatusCodes.Status422UnprocessableEntity
            );
        db.Add(MemberSegment.Keep(input.Name, filter.Query, db.Now));
        await db.SaveChangesAsync(cancel);
        return Redirect.To("/admin/members" + filter.Query).Saying("The segment is kept.");
    }

    static async Task<IResult> Remove(Guid id, PlatformDb db, CancellationToken cancel)
    {
        if (await db.Set<MemberSegment>().SingleOrDefaultAsync(s => s.Id == id, cancel) is not { } segment)
            return Results.NotFound();
        db.Remove(segment);
        await db.SaveChangesAsync(cancel);
        return Redirect.To("/admin/members").Saying("The segment is removed.");
    }

    static async Task<IResult> Csv(HttpContext http, PlatformDb db, CancellationToken cancel)
    {
        var filter = MemberFilter.From(http.Request.QueryString.Value ?? "");
        http.Response.Headers.CacheControl = "no-store";
        return DataFile.Csv(
            await Rows(db, filter.Apply(db, MembersInReach.Of(db, http.Viewer(), MembersPermissions.Export)))
                .ToListAsync(cancel),
            "members"
        );
    }

    private static IQueryable<Row> Rows(PlatformDb db, IQueryable<Member> members) =>
        members
            .OrderByDescending(m => m.JoinedAt)
            .ThenBy(m => m.Id)
            .Join(
                db.Set<Account>(),
                m => m.Id,
                a => a.Id,
                (m, a) => new Row(m.Id, a.Name, a.Email, m.Country, m.Institution, m.Origin, m.JoinedAt, m.State)
            );

    private static async Task<Model> Load(
        MemberFilter filter,
        int page,
        Form<KeepInput>? form,
        HttpContext http,
        PlatformDb db,
        IVocabulary vocabulary,
        CancellationToken cancel
    )
    {
        var reached = MembersInReach.Of(db, http.Viewer(), MembersPermissions.See);
        var members = filter.Apply(db, reached);
        var total = await members.CountAsync(cancel);
        var pages = Math.Max(1, (total + PageSize - 1) / PageSize);
        page = Math.Clamp(page, 1, pages);
        var segments = new List<Segment>();
        foreach (var kept in await db.Set<MemberSegment>().AsNoTracking().OrderBy(s => s.Name).ToListAsync(cancel))
            segments.Add(
                new(
                    kept.Id,
                    kept.Name,
                    kept.Query,
                    await MemberFilter.From(kept.Query).Apply(db, reached).CountAsync(cancel)
                )
            );
        return new Model(
            filter,
            total,
            page,
            pages,
            await Rows(db, members).Skip((page - 1) * PageSize).Take(PageSize).ToListAsync(cancel),
            segments,
            ChoiceOptions.Of(vocabulary, http.Texts()),
            await reached.Select(m => m.Origin).Distinct().OrderBy(o => o).ToListAsync(cancel),
            form ?? Form<KeepInput>.Of(new KeepInput { Query = filter.Query }),
            http.Viewer().May(MembersPermissions.Export),
            http.Viewer().May(MembersPermissions.See)
        );
    }
}
