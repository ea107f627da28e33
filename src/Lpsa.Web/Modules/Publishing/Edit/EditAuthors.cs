using System.ComponentModel.DataAnnotations;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Publishing;

/// <summary>The people and organisations named on posts.</summary>
public static class EditAuthors
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/admin/authors", List).Requires(PublishingPermissions.Edit);
        pages.MapGet("/admin/authors/{id:guid}", Get).Requires(PublishingPermissions.Edit);
        pages.MapPost("/admin/authors/{id:guid}", Save).Requires(PublishingPermissions.Edit);
    }

    public sealed record Input
    {
        [
            Required(ErrorMessage = "An author needs a name."),
            StringLength(200, ErrorMessage = "A name has at most 200 characters.")
        ]
        public string Name { get; init; } = "";
        public bool IsOrganisation { get; init; }

        [StringLength(2000, ErrorMessage = "This text has at most 2,000 characters.")]
        public string About { get; init; } = "";
        public string Website { get; init; } = "";
    }

    public sealed record ListModel(IReadOnlyList<(Author Author, int Posts)> Authors);

    public sealed record Model(Author Author, Form<Input> Form);

    static async Task<PageResult> List(PlatformDb db, CancellationToken cancel)
    {
        var authors = await db.Set<Author>()
            .AsNoTracking()
            .OrderBy(a => a.Name)
            .Select(a => new { Author = a, Posts = db.Set<PostCredit>().Count(c => c.AuthorId == a.Id) })
            .ToListAsync(cancel);
        return EditAuthorsPage.View(new ListModel([.. authors.Select(a => (a.Author, a.Posts))]));
    }

    static async Task<IResult> Get(Guid id, PlatformDb db, CancellationToken cancel) =>
        await db.Set<Author>().AsNoTracking().SingleOrDefaultAsync(a => a.Id == id, cancel) is { } author
            ? EditAuthorPage.View(
                new Model(
                    author,
                    Form<Input>.Of(
                        new Input
                        {
                            Name = author.Name,
                            IsOrganisation = author.IsOrganisation,
                            About = author.About ?? "",
                            Website = author.Website ?? "",
                        }
                    )
                )
            )
            : Results.NotFound();

    static async Task<IResult> Save(
        Guid id,
        Form<Input> form,
        PlatformDb db,
        HttpContext http,
        CancellationToken cancel
    )
    {
        if (await db.Set<Author>().SingleOrDefaultAsync(a => a.Id == id, cancel) is not { } author)
            return Results.NotFound();
        if (
            form.Value?.Website is { Length: > 0 } website
            && !(Uri.TryCreate(website, UriKind.Absolute, out var address) && address.Scheme is "http" or "https")
        )
            form.With(nameof(Input.Website), "Enter a whole address that begins with https:// or http://.");
        if (form.Value is not { } input)
            return EditAuthorPage.View(new Model(author, form), StatusCodes.Status422UnprocessableEntity);
        author.Describe(
            input.Name,
            input.IsOrganisation,
            input.About is "" ? null : input.About,
            input.Website is "" ? null : input.Website
        );
        db.Evict("authors", "posts");
        await db.SaveChangesAsync(cancel);
        return Redirect.To("/admin/authors").Saying(http.Texts().Say("Saved."));
    }
}
