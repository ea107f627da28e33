using Lpsa.Places;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Lpsa.Publishing;

/// <summary>What search knows of a post: one document for each language, and none while it is not public.</summary>
static class PostSearch
{
    public static async Task<IReadOnlyList<SearchDocument>> Load(PlatformDb db, Guid id, CancellationToken cancel)
    {
        var post = await db.Set<Post>()
            .AsNoTracking()
            .AsSplitQuery()
            .Include(p => p.Facets)
            .Include(p => p.Translations)
            .SingleOrDefaultAsync(p => p.Id == id && p.State == PostState.Published, cancel);
        if (post is null)
            return [];
        var vocabulary = db.GetService<IVocabulary>();
        var authors = await db.Set<PostCredit>()
            .Where(c => c.PostId == id)
            .Join(db.Set<Author>(), c => c.AuthorId, a => a.Id, (_, a) => a.Name)
            .ToListAsync(cancel);
        var keywords = string.Join(
            ' ',
            post.Facets.SelectMany(f => f.Axis == PostFacet.Tag ? [f.Code] : vocabulary.NamesOf(f.Axis, f.Code))
                .Concat(authors)
        );
        var facets = post
            .Facets.Select(f => $"{f.Axis}:{f.Code}")
            .Append("type:" + post.Kind.ToString().ToLowerInvariant())
            .ToList();
        if (post.Date is { } day)
            facets.Add("year:" + day.Year);
        return
        [
            Document(post.Language, post.Title, post.Summary, post.Body),
            .. post.Translations.Select(t => Document(t.Language, t.Title, t.Summary, t.Body)),
        ];

        SearchDocument Document(string language, string title, string summary, string body) =>
            new()
            {
                Key = post.SearchKey,
                Language = language,
                Path = post.Path,
                Title = title,
                Summary = summary,
                Body = Prose.PlainText(body),
                Keywords = keywords,
                Date = post.Date?.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc),
                Facets = facets,
            };
    }
}

static class PostSitemap
{
    public static IAsyncEnumerable<SitemapEntry> List(PlatformDb db) =>
        db.Set<Post>()
            .AsNoTracking()
            .Where(p => p.State == PostState.Published)
            .OrderBy(p => p.Id)
            .Select(p => new SitemapEntry("/posts/" + p.Slug, p.ChangedAt))
            .AsAsyncEnumerable();
}

/// <summary>Publishes what is due. Runs every minute, once across all nodes.</summary>
static class PublishDue
{
    public static async Task Run(IServiceProvider services, CancellationToken cancel)
    {
        var db = services.GetRequiredService<PlatformDb>();
        var now = db.Now;
        var due = await db.Set<Post>()
            .Include(p => p.Translations)
            .Where(p => p.State == PostState.Scheduled && p.DueAt <= now)
            .ToListAsync(cancel);
        foreach (var post in due)
            post.Publish(now);
        await PostFiles.Open(db, cancel, due);
        await db.SaveChangesAsync(cancel);
    }
}

/// <summary>Follows a merge or split of terms, so that no post loses what it is about.</summary>
static class MoveTerms
{
    public static async Task Run(IServiceProvider services, TermsReplaced replaced, CancellationToken cancel)
    {
        var db = services.GetRequiredService<PlatformDb>();
        var posts = await db.Set<Post>()
            .Include(p => p.Facets)
            .Where(p => p.Facets.Any(f => f.Axis == replaced.Axis && f.Code == replaced.From))
            .ToListAsync(cancel);
        foreach (var post in posts)
            post.Classify(
                post.Facets.Where(f => f.Axis != replaced.Axis || f.Code != replaced.From)
                    .Select(f => (f.Axis, f.Code))
                    .Concat(replaced.Into.Select(code => (replaced.Axis, code)))
                    .ToList()
            );
        await db.SaveChangesAsync(cancel);
    }
}

static class PostDigest
{
    public static async IAsyncEnumerable<DigestItem> List(PlatformDb db, DateTime since)
    {
        var posts = db.Set<Post>()
            .AsNoTracking()
            .Include(p => p.Facets)
            .Where(p => p.State == PostState.Published && p.PublishedAt >= since)
            .OrderByDescending(p => p.PublishedAt)
            .AsAsyncEnumerable();
        await foreach (var post in posts)
            yield return new DigestItem(
                "post",
                post.Title,
                post.Path,
                post.PublishedAt!.Value,
                [.. post.Facets.Select(f => $"{f.Axis}:{f.Code}")]
            );
    }
}

static class PostKpis
{
    public static async Task<double> Published(PlatformDb db, DateOnly from, DateOnly to, CancellationToken cancel) =>
        await db.Set<Post>()
            .CountAsync(
                p => p.State == PostState.Published && p.Kind != PostKind.Page && p.Date >= from && p.Date <= to,
                cancel
            );
}

static class PostPersonalData
{
    public static async Task<object?> Export(PlatformDb db, Guid account, CancellationToken cancel)
    {
        var written = await db.Set<Post>()
            .AsNoTracking()
            .Where(p => p.CreatedBy == account)
            .Select(p => new
            {
                p.Title,
                p.State,
                p.CreatedAt,
                p.Body,
            })
            .ToListAsync(cancel);
        var unsaved = await db.Set<PostWorkingCopy>()
            .AsNoTracking()
            .Where(w => w.AccountId == account)
            .Select(w => new
            {
                w.Title,
                w.Body,
                w.SavedAt,
            })
            .ToListAsync(cancel);
        return written.Count + unsaved.Count == 0 ? null : new { written, unsaved };
    }

    /// <summary>What was published stays, as the record of the Alliance; unsaved text goes.</summary>
    public static async Task Erase(PlatformDb db, Guid account, CancellationToken cancel)
    {
        await db.Set<PostWorkingCopy>().Where(w => w.AccountId == account).ExecuteDeleteAsync(cancel);
        foreach (var post in await db.Set<Post>().Where(p => p.CreatedBy == account).ToListAsync(cancel))
            post.ForgetCreator();
        await db.SaveChangesAsync(cancel);
    }
}
