using System.ComponentModel.DataAnnotations;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Publishing;

/// <summary>Pictures and documents for posts: upload, and the words that put one into a text.</summary>
public static class UploadFiles
{
    private const int Shown = 60;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/admin/files", List).Requires(PublishingPermissions.Write);
        pages.MapPost("/admin/files", Upload).Requires(PublishingPermissions.Write);
    }

    public sealed record Input
    {
        [StringLength(500, ErrorMessage = "The description of a picture has at most 500 characters.")]
        public string AlternativeText { get; init; } = "";
    }

    public sealed record Model(Form<Input> Form, IReadOnlyList<StoredFile> Files);

    static async Task<PageResult> List(PlatformDb db, CancellationToken cancel) =>
        UploadFilesPage.View(new Model(Form<Input>.Empty, await Newest(db, cancel)));

    static async Task<IResult> Upload(
        Form<Input> form,
        HttpContext http,
        PlatformDb db,
        FileUpload upload,
        CancellationToken cancel
    )
    {
        if (form.Files.GetFile("File") is not { } sent)
            form.With("File", "Choose a file first.");
        else if (form.Value is { } input)
        {
            var taken = await upload.Take(db, sent, cancel);
            if (taken.File is not { } file)
                form.With("File", taken.Refusal!);
            else if (file.Width is not null && input.AlternativeText.Length == 0)
                form.With(nameof(Input.AlternativeText), "Say what the picture shows, for people who cannot see it.");
            else
            {
                file.Describe(input.AlternativeText);
                await db.SaveChangesAsync(cancel);
                return Redirect.To("/admin/files").Saying("Uploaded. Copy its line into the text of a post.");
            }
        }
        // What was refused must not be saved by the reading of the list.
        db.ChangeTracker.Clear();
        return UploadFilesPage.View(
            new Model(form, await Newest(db, cancel)),
            StatusCodes.Status422UnprocessableEntity
        );
    }

    private static async Task<IReadOnlyList<StoredFile>> Newest(PlatformDb db, CancellationToken cancel) =>
        await db.Set<StoredFile>().AsNoTracking().OrderByDescending(f => f.CreatedAt).Take(Shown).ToListAsync(cancel);
}
