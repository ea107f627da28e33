using Lpsa.Platform;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Members;

/// <summary>Staff send a file of people; what became of earlier ones is listed.</summary>
public static class SendMembers
{
    private const int Shown = 50;
    private const long MostBytes = 100L << 20;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/admin/members/import", List).Requires(MembersPermissions.Import);
        pages
            .MapPost("/admin/members/import", Send)
            .Requires(MembersPermissions.Import)
            .WithMetadata(new RequestSizeLimitAttribute(MostBytes + (1 << 20)));
    }

    public sealed record Input;

    public sealed record Row(MemberUpload Upload, string By);

    public sealed record Model(Form<Input> Form, IReadOnlyList<Row> Rows);

    static async Task<IResult> List(PlatformDb db, CancellationToken cancel) =>
        SendMembersPage.View(new Model(Form<Input>.Empty, await Newest(db, cancel)));

    static async Task<IResult> Send(
        Form<Input> form,
        Viewer viewer,
        PlatformDb db,
        PrivateFiles files,
        CancellationToken cancel
    )
    {
        if (form.Files.GetFile("File") is not { Length: > 0 } sent)
            form.With("File", "Choose a file first.");
        else if (await files.Take(sent.OpenReadStream(), MostBytes, cancel) is not { } stored)
            form.With("File", "The file is larger than 100 MB. Send it in parts, or have it taken in on the server.");
        else
        {
            var name = FileName.Safe(sent.FileName, EndingOf(sent.FileName));
            try
            {
                using var copy = await files.Open(db, stored, cancel);
                using var file = new MemberFile(name, () => File.OpenRead(copy!.Path));
                // Such a file brings the key of all links along: who can put one in could open everybody's choices.
                if (file.IsOwn)
                    throw new ImportException(name, 1, "a whole copy of another site is taken in on the server only");
                var upload = MemberUpload.Arrive(
                    name,
                    sent.Length,
                    stored,
                    MemberFileShape.Read(file),
                    viewer.AccountId,
                    db.Now
                );
                db.Add(upload);
                await db.SaveChangesAsync(cancel);
                return Redirect.To(upload.Path);
            }
            catch (ImportException wrong)
            {
                await files.Remove(db, stored, cancel);
                form.With("File", wrong.Message);
            }
        }
        return SendMembersPage.View(
            new Model(form, await Newest(db, cancel)),
            StatusCodes.Status422UnprocessableEntity
        );
    }

    /// <summary>What the file is is read from its bytes; the ending only has to be harmless.</summary>
    private static string EndingOf(string name) =>
        Path.GetExtension(name).ToLowerInvariant() is (".zip" or ".xlsx" or ".txt") and var known ? known : ".csv";

    private static async Task<IReadOnlyList<Row>> Newest(PlatformDb db, CancellationToken cancel) =>
        (
            await db.Set<MemberUpload>()
                .AsNoTracking()
                .OrderByDescending(u => u.CreatedAt)
                .Take(Shown)
                .Select(u => new
                {
                    Upload = u,
                    By = db.Set<Account>().Where(a => a.Id == u.ByAccount).Select(a => a.Name).FirstOrDefault(),
                })
                .ToListAsync(cancel)
        ).ConvertAll(u => new Row(u.Upload, u.By ?? ""));
}
