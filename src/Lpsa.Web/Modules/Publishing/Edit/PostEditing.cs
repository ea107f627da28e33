using Lpsa.Places;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Publishing;

/// <summary>What saving, translating and restoring a post have in common.</summary>
internal static class PostEditing
{
    private static readonly char[] ListMarks = ['\n', ';', ','];

    public static Task<Post?> Load(PlatformDb db, Guid id, Viewer viewer, CancellationToken cancel) =>
        db.Set<Post>()
            .AsSplitQuery()
            .Include(p => p.Facets)
            .Include(p => p.Credits)
            .Include(p => p.Translations)
            .EditableBy(viewer)
            .SingleOrDefaultAsync(p => p.Id == id, cancel);

    public static Task<PostWorkingCopy?> WorkingCopy(
        PlatformDb db,
        Guid id,
        Viewer viewer,
        string language,
        CancellationToken cancel
    ) =>
        db.Set<PostWorkingCopy>()
            .SingleOrDefaultAsync(
                w => w.PostId == id && w.AccountId == viewer.AccountId && w.Language == language,
                cancel
            );

    public static async Task<PostRevision> Revision(
        PlatformDb db,
        Guid postId,
        string language,
        string title,
        string summary,
        string body,
        Viewer viewer,
        CancellationToken cancel
    )
    {
        var last = await db.Set<PostRevision>()
            .Where(r => r.PostId == postId && r.Language == language)
            .MaxAsync(r => (int?)r.Number, cancel);
        return PostRevision.Of(postId, language, (last ?? 0) + 1, title, summary, body, viewer.Name, db.Now);
    }

    /// <summary>The form as the post is stored.</summary>
    public static async Task<EditPost.Input> InputOf(
        PlatformDb db,
        Post post,
        IVocabulary vocabulary,
        Texts texts,
        CancellationToken cancel
    )
    {
        var ids = post.Credits.Select(c => c.AuthorId).ToList();
        var names = await db.Set<Author>()
            .Where(a => ids.Contains(a.Id))
            .ToDictionaryAsync(a => a.Id, a => a.Name, cancel);
        var credits = post
            .Credits.OrderBy(c => c.Position)
            .Select(c =>
                c.Role == CreditRole.Author ? names[c.AuthorId] : $"{names[c.AuthorId]} | {texts.Credit(c.Role)}"
            );
        return new EditPost.Input
        {
            Title = post.Title,
            Summary = post.Summary,
            Body = post.Body,
            Slug = post.Slug,
            Kind = post.Kind,
            Date = post.Date,
            Precision = post.Precision == DatePrecision.Unknown ? DatePrecision.Day : post.Precision,
            CheckedOn = post.CheckedOn,
            Licence = post.Licence ?? "",
            Picture = post.Picture ?? "",
            PictureText = post.PictureText ?? "",
            SourceAddress = post.SourceAddress ?? "",
            SourceNote = post.SourceNote ?? "",
            Themes = Codes(Axes.Theme),
            Regions = Codes(Axes.Region),
            Sectors = Codes(Axes.Sector),
            Countries = string.Join('\n', Codes(Axes.Country).Select(c => vocabulary.Label(texts, Axes.Country, c))),
            Tags = string.Join(", ", Codes(PostFacet.Tag)),
            Authors = string.Join('\n', credits),
            Version = post.Version,
        };

        IReadOnlyList<string> Codes(string axis) => [.. post.Facets.Where(f => f.Axis == axis).Select(f => f.Code)];
    }

    /// <summary>Everything beside the text, ready to be set.</summary>
    /// <param name="OldPath">The address that the post leaves behind; null when it keeps it or was never public.</param>
    internal sealed record Description(
        PostDetails Details,
        IReadOnlyList<(string Axis, string Code)> Facets,
        IReadOnlyList<(Guid AuthorId, CreditRole Role)> Credits,
        string? OldPath
    );

    /// <summary>Reads the fields that need the database; null when one is wrong, with the error on the form.</summary>
    public static async Task<Description?> Describe(
        PlatformDb db,
        Post post,
        EditPost.Input input,
        Form<EditPost.Input> form,
        IVocabulary vocabulary,
        Texts texts,
        CancellationToken cancel
    )
    {
        var slug = input.Slug.Length == 0 ? Slug.Of(input.Title) : input.Slug;
        if (!Slug.IsValid(slug))
            form.With(nameof(input.Slug), "An address has only small letters, digits and hyphens.");
        else if (await db.Set<Post>().AnyAsync(p => p.Slug == slug && p.Id != post.Id, cancel))
            form.With(nameof(input.Slug), "Another post has this address already.");
        if (
            input.SourceAddress.Length > 0
            && !(
                Uri.TryCreate(input.SourceAddress, UriKind.Absolute, out var source)
                && source.Scheme is "http" or "https"
            )
        )
            form.With(nameof(input.SourceAddress), "Enter a whole address that begins with https:// or http://.");
        if (input.Picture.Length > 0 && !input.Picture.StartsWith("/files/", StringComparison.Ordinal))
            form.With(nameof(input.Picture), "Upload the picture first and choose it from the files.");
        if (input.Picture.Length > 0 && input.PictureText.Length == 0)
            form.With(nameof(input.PictureText), "Say what the picture shows, for people who cannot see it.");

        var facets = new HashSet<(string, string)>();
        facets.UnionWith(input.Themes.Select(c => (Axes.Theme, c)));
        facets.UnionWith(input.Regions.Select(c => (Axes.Region, c)));
        facets.UnionWith(input.Sectors.Select(c => (Axes.Sector, c)));
        if (facets.FirstOrDefault(f => vocabulary.Get(f.Item1, f.Item2, "en") is null) is { Item2: { } unknown })
            form.With(nameof(input.Themes), texts.Say("“{0}” is not a known term.", unknown));
        foreach (
            var name in input.Countries.Split(
                ['\n', ';'],
                StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries
            )
        )
            if ((vocabulary.Find(Axes.Country, name) ?? vocabulary.Get(Axes.Country, name, "en")?.Code) is { } code)
                facets.Add((Axes.Country, code));
            else
                form.With(nameof(input.Countries), texts.Say("“{0}” is not a known country or territory.", name));
        facets.UnionWith(TagsOf(input.Tags).Select(t => (PostFacet.Tag, t)));

        var credits = await Credits(db, input, form, texts, cancel);
        if (form.Errors.Count > 0)
            return null;
        var details = new PostDetails(input.Kind, slug)
        {
            Date = input.Date,
            Precision = input.Precision,
            CheckedOn = input.CheckedOn,
            Licence = Filled(input.Licence),
            Picture = Filled(input.Picture),
            PictureText = Filled(input.PictureText),
            SourceAddress = Filled(input.SourceAddress),
            SourceNote = Filled(input.SourceNote),
        };
        return new Description(
            details,
            [.. facets],
            credits,
            slug != post.Slug && post.PublishedAt is not null ? post.Path : null
        );
    }

    public static IEnumerable<string> TagsOf(string text) =>
        text.Split(ListMarks, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(t => t.Length > 60 ? t[..60] : t)
            .DistinctBy(t => t.ToLowerInvariant());

    /// <summary>The author of this name, made when there is none yet.</summary>
    public static async Task<Author> AuthorNamed(
        PlatformDb db,
        string name,
        bool isOrganisation,
        CancellationToken cancel
    )
    {
        var known =
            db.Set<Author>().Local.FirstOrDefault(a => a.Name == name)
            ?? await db.Set<Author>().FirstOrDefaultAsync(a => a.Name == name, cancel);
        if (known is not null)
            return known;
        var slug = await Slug.Free(
            Slug.Of(name, "author"),
            async s =>
                db.Set<Author>().Local.Any(a => a.Slug == s)
                || await db.Set<Author>().AnyAsync(a => a.Slug == s, cancel)
        );
        var made = Author.Named(name, slug, isOrganisation);
        db.Add(made);
        return made;
    }

    private static async Task<IReadOnlyList<(Guid, CreditRole)>> Credits(
        PlatformDb db,
        EditPost.Input input,
        Form<EditPost.Input> form,
        Texts texts,
        CancellationToken cancel
    )
    {
        var credits = new List<(Guid, CreditRole)>();
        foreach (
            var line in input.Authors.Split(
                '\n',
                StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries
            )
        )
        {
            var parts = line.Split('|', 2, StringSplitOptions.TrimEntries);
            if (parts[0].Length is 0 or > 200)
                form.With(nameof(input.Authors), texts.Say("“{0}” is not a name of at most 200 characters.", parts[0]));
            else if (RoleOf(parts.ElementAtOrDefault(1), texts) is { } role)
                credits.Add(((await AuthorNamed(db, parts[0], false, cancel)).Id, role));
            else
                form.With(
                    nameof(input.Authors),
                    texts.Say(
                        "“{0}” is not a role. Use {1}.",
                        parts[1],
                        string.Join(", ", Enum.GetValues<CreditRole>().Select(texts.Credit))
                    )
                );
        }
        return credits;
    }

    private static CreditRole? RoleOf(string? text, Texts texts)
    {
        if (string.IsNullOrEmpty(text))
            return CreditRole.Author;
        foreach (var role in Enum.GetValues<CreditRole>())
            if (
                string.Equals(text, role.ToString(), StringComparison.OrdinalIgnoreCase)
                || string.Equals(text, texts.Credit(role), StringComparison.CurrentCultureIgnoreCase)
            )
                return role;
        return null;
    }

    private static string? Filled(string text) => text.Length == 0 ? null : text;
}
