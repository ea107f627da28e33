using System.ComponentModel.DataAnnotations;
using Lpsa.Places;
using Lpsa.Platform;
using Lpsa.Publishing;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Members;

/// <summary>
/// One person, as far as this viewer may see. Unlisted, hidden from the viewer, left, erased and never there are one
/// answer: not found.
/// </summary>
public static class ShowMember
{
    private const int MostPosts = 10;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/members/{slug}", Get);
        pages.MapPost("/members/{slug}/author", SetAuthor).Requires(MembersPermissions.Profiles);
    }

    public static string PathOf(string slug) => "/members/" + Uri.EscapeDataString(slug);

    public sealed record Model(
        ProfileView Profile,
        bool MayWrite,
        bool IsOwn,
        IReadOnlyList<PostLink> Posts,
        int TotalPosts,
        IReadOnlyList<RenderFragment> Blocks,
        Form<AuthorInput>? Author
    );

    public sealed record AuthorInput
    {
        [StringLength(200)]
        public string Slug { get; init; } = "";
    }

    static async Task<IResult> Get(
        string slug,
        HttpContext http,
        PlatformDb db,
        IVocabulary vocabulary,
        AuthorPosts posts,
        CancellationToken cancel
    ) =>
        await Load(slug, null, http, db, vocabulary, posts, cancel) is { } model
            ? ShowMemberPage.View(model)
            : Results.NotFound();

    /// <summary>Staff say which author on posts the person is: names alone would give one person another's work.</summary>
    static async Task<IResult> SetAuthor(
        string slug,
        Form<AuthorInput> form,
        HttpContext http,
        PlatformDb db,
        IVocabulary vocabulary,
        AuthorPosts posts,
        CancellationToken cancel
    )
    {
        if (
            await db.Set<MemberProfile>().SingleOrDefaultAsync(p => p.Slug == slug && p.Listed, cancel) is not { } found
        )
            return Results.NotFound();
        if (form.Value is { Slug.Length: > 0 } typed && !await posts.Exists(typed.Slug, cancel))
            form.With(nameof(AuthorInput.Slug), "No published post names an author with this address.");
        if (form.Value is not { } input)
            return await Load(slug, form, http, db, vocabulary, posts, cancel) is { } again
                ? ShowMemberPage.View(again, StatusCodes.Status422UnprocessableEntity)
                : Results.NotFound();
        found.WriteAs(input.Slug.Length == 0 ? null : input.Slug);
        await db.SaveChangesAsync(cancel);
        return Redirect.To(PathOf(slug)).Saying("Saved.");
    }

    private static async Task<Model?> Load(
        string slug,
        Form<AuthorInput>? form,
        HttpContext http,
        PlatformDb db,
        IVocabulary vocabulary,
        AuthorPosts posts,
        CancellationToken cancel
    )
    {
        var audience = await http.Audience(db, cancel);
        var people = db.VisibleTo(audience).Where(l => l.Slug == slug);
        if (await ProfileView.Of(people, db, vocabulary, cancel) is not { } profile)
            return null;
        var (viewer, person) = (http.Viewer(), profile.Person);
        var (written, total) = person.AuthorSlug is { } author
            ? await posts.Read(author, MostPosts, http.Texts(), cancel)
            : ([], 0);
        return new(
            profile,
            audience.IsMember && person.Id != viewer.AccountId,
            person.Id == viewer.AccountId,
            written,
            total,
            await http
                .RequestServices.GetRequiredService<ModuleRegistry>()
                .Fill(
                    MemberSlots.Profile,
                    new MemberContext(person.Id),
                    new SlotScope(db, viewer, http.Texts(), http.RequestServices),
                    cancel
                ),
            viewer.May(MembersPermissions.Profiles)
                ? form ?? Form<AuthorInput>.Of(new() { Slug = person.AuthorSlug ?? "" })
                : null
        );
    }
}

/// <summary>A person with the choices that may be seen, ready to draw.</summary>
public sealed record ProfileView(
    Listing Person,
    IReadOnlyList<(string Axis, string Code)> Interests,
    IVocabulary Vocabulary
)
{
    internal static async Task<ProfileView?> Of(
        IQueryable<Listing> one,
        PlatformDb db,
        IVocabulary vocabulary,
        CancellationToken cancel
    )
    {
        if (await one.SingleOrDefaultAsync(cancel) is not { } person)
            return null;
        var interests = await db.InterestsOf(one).Select(i => new { i.Axis, i.Code }).ToListAsync(cancel);
        return new(person, [.. interests.Select(i => (i.Axis, i.Code))], vocabulary);
    }

    public IEnumerable<string> On(string axis, Texts texts) =>
        Interests
            .Where(i => i.Axis == axis)
            .Select(i => ListPeople.LabelOf(axis, i.Code, Vocabulary, texts))
            .Order(StringComparer.Create(texts.Culture, ignoreCase: true));
}
