using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Publishing;

/// <summary>
/// All published posts as lists show them, newest first. Lists with any combination of facets and their counts,
/// archives, related posts and the front page read it instead of the database: 5,000 posts are about 4 MB and a
/// filtered list with all counts takes a tenth of a millisecond.
/// </summary>
public sealed class PostCatalogue(IServiceScopeFactory scopes, INotifier notifier)
    : Catalogue<PostShelf>(scopes, notifier, "post:", "authors")
{
    protected override async Task<PostShelf> Read(PlatformDb db, CancellationToken cancel) =>
        PostShelf.Of(await PostRows.Read(db, null, cancel));

    protected override async Task<PostShelf> Update(
        PlatformDb db,
        PostShelf known,
        IReadOnlyCollection<Guid> changed,
        CancellationToken cancel
    ) => known.With(changed, await PostRows.Read(db, changed, cancel));
}

/// <summary>Reads published posts for the catalogue.</summary>
internal static class PostRows
{
    public static Task<List<PostRow>> Read(PlatformDb db, IReadOnlyCollection<Guid>? only, CancellationToken cancel) =>
        Read(db, db.Set<Post>().Where(p => p.State == PostState.Published), only, cancel);

    /// <summary>One post in any state, for those who may see it.</summary>
    public static async Task<PostRow> ReadOne(PlatformDb db, Guid id, CancellationToken cancel) =>
        (await Read(db, db.Set<Post>(), [id], cancel)).Single();

    private static async Task<List<PostRow>> Read(
        PlatformDb db,
        IQueryable<Post> posts,
        IReadOnlyCollection<Guid>? only,
        CancellationToken cancel
    )
    {
        if (only is not null)
            posts = posts.Where(p => only.Contains(p.Id));
        var rows = await posts
            .AsNoTracking()
            .Select(p => new PostRow
            {
                Id = p.Id,
                Slug = p.Slug,
                Kind = p.Kind,
                Language = p.Language,
                Title = p.Title,
                Summary = p.Summary,
                Date = p.Date,
                Precision = p.Precision,
                PublishedAt = p.PublishedAt,
                ChangedAt = p.ChangedAt,
                CheckedOn = p.CheckedOn,
                Picture = p.Picture,
                ContentVersion = p.ContentVersion,
            })
            .ToListAsync(cancel);
        var byId = rows.ToDictionary(r => r.Id);

        // Three flat queries instead of includes: a join would repeat title and summary for every facet.
        foreach (var facet in await Of(db.Set<PostFacet>(), f => f.PostId).ToListAsync(cancel))
            byId.GetValueOrDefault(facet.PostId)?.Facets.Add((facet.Axis, facet.Code));
        var credits = await Of(db.Set<PostCredit>(), c => c.PostId)
            .OrderBy(c => c.Position)
            .Join(
                db.Set<Author>(),
                c => c.AuthorId,
                a => a.Id,
                (c, a) => new { c.PostId, Entry = new AuthorEntry(a.Id, a.Slug, a.Name, c.Role, a.IsOrganisation) }
            )
            .ToListAsync(cancel);
        foreach (var credit in credits)
            byId.GetValueOrDefault(credit.PostId)?.Authors.Add(credit.Entry);
        var translations = await Of(db.Set<PostTranslation>(), t => t.PostId)
            .Select(t => new
            {
                t.PostId,
                t.Language,
                t.Title,
                t.Summary,
                t.SourceVersion,
                t.State,
            })
            .ToListAsync(cancel);
        foreach (var t in translations)
            if (byId.TryGetValue(t.PostId, out var row))
                row.Translations.Add(
                    new TranslatedEntry(t.Language, t.Title, t.Summary, t.SourceVersion < row.ContentVersion, t.State)
                );
        return rows;

        IQueryable<T> Of<T>(IQueryable<T> parts, System.Linq.Expressions.Expression<Func<T, Guid>> postId)
            where T : class
        {
            if (only is null)
                return parts.AsNoTracking();
            var contains = System.Linq.Expressions.Expression.Call(
                typeof(Enumerable),
                nameof(Enumerable.Contains),
                [typeof(Guid)],
                System.Linq.Expressions.Expression.Constant(only.AsEnumerable()),
                postId.Body
            );
            return parts
                .AsNoTracking()
                .Where(System.Linq.Expressions.Expression.Lambda<Func<T, bool>>(contains, postId.Parameters));
        }
    }
}

internal sealed class PostRow
{
    public Guid Id { get; init; }
    public string Slug { get; init; } = "";
    public PostKind Kind { get; init; }
    public string Language { get; init; } = "";
    public string Title { get; init; } = "";
    public string Summary { get; init; } = "";
    public DateOnly? Date { get; init; }
    public DatePrecision Precision { get; init; }
    public DateTime? PublishedAt { get; init; }
    public DateTime ChangedAt { get; init; }
    public DateOnly? CheckedOn { get; init; }
    public string? Picture { get; init; }
    public int ContentVersion { get; init; }
    public List<(string Axis, string Code)> Facets { get; } = [];
    public List<AuthorEntry> Authors { get; } = [];
    public List<TranslatedEntry> Translations { get; } = [];

    public PostEntry Entry(FacetTable table) =>
        new()
        {
            Id = Id,
            Slug = Slug,
            Kind = Kind,
            Language = Language,
            Title = Title,
            Summary = Summary,
            Date = Date,
            Precision = Precision,
            PublishedAt = PublishedAt ?? ChangedAt,
            ChangedAt = ChangedAt,
            CheckedOn = CheckedOn,
            Picture = Picture,
            Facets =
            [
                .. Facets.Select(f => table.NumberOf(f.Axis, f.Code)),
                table.NumberOf(PostAxes.Kind, Kind.ToString().ToLowerInvariant()),
                table.NumberOf(PostAxes.Language, Language),
                .. Translations.Select(t => table.NumberOf(PostAxes.Language, t.Language)),
                .. Date is { } date && Precision != DatePrecision.Unknown
                    ? new[]
                    {
                        table.NumberOf(
                            PostAxes.Year,
                            date.Year.ToString("0000", System.Globalization.CultureInfo.InvariantCulture)
                        ),
                    }
                    : [],
                .. Date is { } day && Precision >= DatePrecision.Month
                    ? new[]
                    {
                        table.NumberOf(
                            PostAxes.Month,
                            day.ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture)
                        ),
                    }
                    : [],
                .. Authors.Select(a => table.NumberOf(PostAxes.Author, a.Slug)).Distinct(),
            ],
            Authors = Authors,
            Translations = Translations,
        };
}

/// <summary>Axes that posts have beside those of places and terms.</summary>
public static class PostAxes
{
    public const string Kind = "type";
    public const string Language = "language";
    public const string Year = "year";
    public const string Month = "month";
    public const string Author = "author";
    public const string Tag = PostFacet.Tag;
}
