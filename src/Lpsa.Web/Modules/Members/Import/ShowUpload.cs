using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Members;

/// <summary>One uploaded file: say what its columns hold, look at what would happen, run it, read the result.</summary>
public static class ShowUpload
{
    private const int PageSize = 50;

    public static void Map(IEndpointRouteBuilder pages)
    {
        var upload = pages.MapGroup("/admin/members/import/{id:guid}").Requires(MembersPermissions.Import);
        upload.MapGet("", Get);
        upload.MapGet("/rows.csv", Csv);
        upload.MapPost("/check", Check);
        upload.MapPost("/columns", Columns);
        upload.MapPost("/run", Run).RequiresFreshSignIn();
        upload.MapPost("/stop", Stop);
        upload.MapPost("/go-on", GoOn);
        upload.MapPost("/discard", Discard);
    }

    /// <summary>What to do when rows are rejected; the columns come as <c>Column0</c>, <c>Column1</c> and so on.</summary>
    public sealed record Input
    {
        public bool KeepsGoing { get; init; }
    }

    public sealed record Column(string Name, MemberFileShape.Column Shape, string Chosen, bool IsGroup);

    public sealed record Model(
        MemberUpload Upload,
        MemberFileShape Shape,
        IReadOnlyList<Column> Columns,
        Form<Input> Form,
        string By,
        IReadOnlyDictionary<MemberUploadLineKind, int> LineCounts,
        MemberUploadLineKind Kind,
        IReadOnlyList<MemberUploadLine> Lines,
        int Page,
        int Pages
    );

    static async Task<IResult> Get(Guid id, string? kind, int? page, PlatformDb db, CancellationToken cancel) =>
        await Load(id, kind, page ?? 1, Form<Input>.Empty, db, cancel) is { } model
            ? ShowUploadPage.View(model)
            : Results.NotFound();

    static async Task<IResult> Csv(Guid id, string? kind, HttpContext http, PlatformDb db, CancellationToken cancel)
    {
        if (!await db.Set<MemberUpload>().AnyAsync(u => u.Id == id, cancel))
            return Results.NotFound();
        http.Response.Headers.CacheControl = "no-store";
        var lines = db.Set<MemberUploadLine>().AsNoTracking().Where(l => l.UploadId == id);
        if (Enum.TryParse<MemberUploadLineKind>(kind, true, out var only))
            lines = lines.Where(l => l.Kind == only);
        return DataFile.Csv(
            await lines
                .OrderBy(l => l.Number)
                .Select(l => new
                {
                    What = l.Kind,
                    File = l.Part,
                    l.Line,
                    Column = l.Field,
                    l.Value,
                    l.Reason,
                })
                .ToListAsync(cancel),
            "import-rows"
        );
    }

    static async Task<IResult> Check(Guid id, Form<Input> form, PlatformDb db, JobQueue jobs, CancellationToken cancel)
    {
        if (await Find(id, db, cancel) is not { } upload)
            return Results.NotFound();
        if (upload.State is not (MemberUploadState.Arrived or MemberUploadState.Checked))
            return Moved(upload);
        var shape = upload.ReadShape();
        var fields = new Dictionary<string, MemberField>();
        var columns = ColumnsOf(shape, upload.ReadFields());
        for (var at = 0; at < columns.Count; at++)
        {
            var (guess, folded) = (columns[at].Shape.Field, ColumnNames.Fold(columns[at].Shape.Header));
            var said = form.Text(columns[at].Name);
            if (Enum.TryParse<MemberField>(said, out var field) && Enum.IsDefined(field))
            {
                if (said != guess)
                    fields[folded] = field;
            }
            else if (guess is not null)
                fields[folded] = MemberField.Ignored;
        }
        foreach (var part in shape.Parts)
            if (!part.Columns.Any(c => FieldOf(c, fields) == MemberField.Email))
                form.With("Column0", "Say which column of each table holds the mail addresses.");
        if (form.Errors.Count > 0)
            return ShowUploadPage.View(
                (await Load(id, null, 1, form, db, cancel))!,
                StatusCodes.Status422UnprocessableEntity
            );
        upload.Check(fields);
        await Queue(upload, db, jobs, cancel);
        return Redirect.To(upload.Path);
    }

    /// <summary>Back to the columns, to say it better.</summary>
    static async Task<IResult> Columns(Guid id, PlatformDb db, CancellationToken cancel)
    {
        if (await Find(id, db, cancel) is not { } upload)
            return Results.NotFound();
        if (upload.State != MemberUploadState.Checked)
            return Moved(upload);
        upload.Reconsider();
        await db.SaveChangesAsync(cancel);
        return Redirect.To(upload.Path);
    }

    static async Task<IResult> Run(Guid id, Form<Input> form, PlatformDb db, JobQueue jobs, CancellationToken cancel)
    {
        if (await Find(id, db, cancel) is not { } upload)
            return Results.NotFound();
        if (upload.State != MemberUploadState.Checked)
            return Moved(upload);
        if (upload.Rejected > 0 && form.Value is not { KeepsGoing: true })
        {
            form.With(
                nameof(Input.KeepsGoing),
                "There are rejected rows, so nothing was taken. Mend the file, or choose to go on with the good rows."
            );
            return ShowUploadPage.View(
                (await Load(id, null, 1, form, db, cancel))!,
                StatusCodes.Status422UnprocessableEntity
            );
        }
        upload.Start(form.Value is { KeepsGoing: true }, db.Now);
        await Queue(upload, db, jobs, cancel);
        return Redirect.To(upload.Path);
    }

    static async Task<IResult> Stop(Guid id, PlatformDb db, CancellationToken cancel)
    {
        if (await Find(id, db, cancel) is not { } upload)
            return Results.NotFound();
        if (upload.State == MemberUploadState.Checking)
            upload.Reconsider();
        else if (upload.State == MemberUploadState.Running)
            upload.Stop();
        await db.SaveChangesAsync(cancel);
        return Redirect.To(upload.Path);
    }

    static async Task<IResult> GoOn(Guid id, PlatformDb db, JobQueue jobs, CancellationToken cancel)
    {
        if (await Find(id, db, cancel) is not { } upload)
            return Results.NotFound();
        if (upload.State != MemberUploadState.Stopped)
            return Moved(upload);
        upload.GoOn();
        await Queue(upload, db, jobs, cancel);
        return Redirect.To(upload.Path);
    }

    static async Task<IResult> Discard(Guid id, PlatformDb db, PrivateFiles files, CancellationToken cancel)
    {
        if (await Find(id, db, cancel) is not { } upload)
            return Results.NotFound();
        if (upload.State is not (MemberUploadState.Arrived or MemberUploadState.Checked))
            return Moved(upload);
        upload.End(MemberUploadState.Discarded, null, db.Now);
        await db.SaveChangesAsync(cancel);
        await MemberUploadUpkeep.Forget(db, files, id, cancel);
        return Redirect.To("/admin/members/import").Saying("The file is deleted; nothing was taken from it.");
    }

    private static Task<MemberUpload?> Find(Guid id, PlatformDb db, CancellationToken cancel) =>
        db.Set<MemberUpload>().SingleOrDefaultAsync(u => u.Id == id, cancel);

    private static RedirectTo Moved(MemberUpload upload) =>
        Redirect.To(upload.Path).Saying("This import has moved on since the page was opened; here is how it stands.");

    private static Task Queue(MemberUpload upload, PlatformDb db, JobQueue jobs, CancellationToken cancel)
    {
        jobs.Add(db, TakeMemberUpload.Job, upload.Id);
        return db.SaveChangesAsync(cancel);
    }

    private static MemberField? FieldOf(MemberFileShape.Column column, IReadOnlyDictionary<string, MemberField> said) =>
        said.TryGetValue(ColumnNames.Fold(column.Header), out var field) ? field : ColumnNames.Find(column.Header);

    /// <summary>Columns of the same name in several tables hold the same.</summary>
    private static List<Column> ColumnsOf(MemberFileShape shape, IReadOnlyDictionary<string, MemberField> said) =>
        [
            .. shape
                .Parts.SelectMany(p => p.Columns.Select(c => (Part: p, Column: c)))
                .Where(c => c.Column.Header.Length > 0)
                .DistinctBy(c => ColumnNames.Fold(c.Column.Header))
                .Select(
                    (c, at) =>
                        new Column(
                            $"Column{at}",
                            c.Column,
                            FieldOf(c.Column, said) is { } field
                            && (field != MemberField.Ignored || c.Column.Field is null)
                                ? field.ToString()
                                : "",
                            c.Part.Format == "mailchimp" && c.Column.Field is null
                        )
                ),
        ];

    private static async Task<Model?> Load(
        Guid id,
        string? kind,
        int page,
        Form<Input> form,
        PlatformDb db,
        CancellationToken cancel
    )
    {
        var upload = await db.Set<MemberUpload>().AsNoTracking().SingleOrDefaultAsync(u => u.Id == id, cancel);
        if (upload is null)
            return null;
        var shape = upload.ReadShape();
        var lines = db.Set<MemberUploadLine>().AsNoTracking().Where(l => l.UploadId == id);
        var counts = upload.State is MemberUploadState.Arrived or MemberUploadState.Checking
            ? []
            : await lines.GroupBy(l => l.Kind).ToDictionaryAsync(g => g.Key, g => g.Count(), cancel);
        if (!Enum.TryParse<MemberUploadLineKind>(kind, true, out var shown) || !Enum.IsDefined(shown))
            shown = counts.Keys.Order().FirstOrDefault();
        var pages = Math.Max(1, (counts.GetValueOrDefault(shown) + PageSize - 1) / PageSize);
        page = Math.Clamp(page, 1, pages);
        return new Model(
            upload,
            shape,
            ColumnsOf(shape, upload.ReadFields()),
            form,
            await db.Set<Account>().Where(a => a.Id == upload.ByAccount).Select(a => a.Name).FirstOrDefaultAsync(cancel)
                ?? "",
            counts,
            shown,
            await lines
                .Where(l => l.Kind == shown)
                .OrderBy(l => l.Number)
                .Skip((page - 1) * PageSize)
                .Take(PageSize)
                .ToListAsync(cancel),
            page,
            pages
        );
    }
}
