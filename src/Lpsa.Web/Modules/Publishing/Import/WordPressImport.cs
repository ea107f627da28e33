using Lpsa.Places;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Publishing;

/// <param name="KeepGoing">Take the good items of a file that has faulty ones; otherwise nothing is taken then.</param>
/// <param name="DryRun">Do everything but fetching, then take it back.</param>
/// <param name="Fetch">Bring the attachments along from where the old site is.</param>
sealed record WordPressChoices(bool DryRun = false, bool KeepGoing = false, bool Fetch = false);

/// <summary>
/// <c>./lpsa import wordpress</c>: moves the posts and pages of a WordPress export in, with authors, terms, comments
/// and redirects from every old address. All or nothing, in one transaction; what is here already stays as it is,
/// so a second run changes nothing and what editors did since is safe.
/// </summary>
sealed class WordPressImport(PlatformDb db, IVocabulary vocabulary, FileUpload upload, PublicWeb web)
{
    /// <summary>Saved together. Few enough that the change tracker stays small, whatever the file.</summary>
    private const int Batch = 50;

    private readonly List<WordPressTaken> taken = [];
    private readonly HashSet<string> redirects = new(StringComparer.Ordinal);
    private readonly HashSet<long> refused = [];
    private HashSet<string> known = [];
    private Findings found = new("");
    private int alreadyHere;
    private int newRedirects;

    /// <param name="open">Opens the file from its start; it is read twice.</param>
    public async Task<WordPressReport> Run(
        Func<Stream> open,
        string file,
        WordPressChoices choices,
        CancellationToken cancel
    )
    {
        var plan = await WordPressPlan.Make(db, open, file, cancel);
        if (
            plan.Findings.Any(f =>
                f.Severity == FindingSeverity.Fatal || f.Severity == FindingSeverity.Rejected && !choices.KeepGoing
            )
        )
            return new([], 0, 0, plan.Findings, IsDone: false, IsTrial: false);

        found = new Findings(file);
        known = await db.Set<Post>().Where(p => p.ImportKey != null).Select(p => p.ImportKey!).ToHashSetAsync(cancel);
        var addresses = await db.Set<OldAddress>().ToDictionaryAsync(a => a.Path, a => a.Target, cancel);
        redirects.UnionWith(addresses.Keys);
        db.ChangeTracker.Clear();

        // Before the transaction: a slow server must not keep everybody else from writing.
        var files = new WordPressFiles(db, upload, web);
        files.Recall(plan.Attachments, addresses);
        if (choices is { Fetch: true, DryRun: false })
            await files.Fetch(plan.Attachments, Refused, cancel);

        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var reader = await TakeAll(open, file, plan, files, cancel);
        var findings = (IReadOnlyList<Finding>)[.. reader.Findings, .. found.ToList()];
        if (reader.Failed)
        {
            // The file was whole a moment ago, so somebody is writing to it.
            await transaction.RollbackAsync(cancel);
            return new([], 0, 0, findings, IsDone: false, IsTrial: false);
        }
        if (choices.DryRun)
            await transaction.RollbackAsync(cancel);
        else
            await transaction.CommitAsync(cancel);
        return new(taken, alreadyHere, newRedirects, findings, IsDone: !choices.DryRun, IsTrial: choices.DryRun);
    }

    private async Task<WxrReader> TakeAll(
        Func<Stream> open,
        string file,
        WordPressPlan plan,
        WordPressFiles files,
        CancellationToken cancel
    )
    {
        await using var stream = open();
        var reader = new WxrReader(stream, file);
        var facets = new WordPressFacets(vocabulary, plan.Terms);
        var texts = new WordPressTexts(plan, files, found);
        var pending = 0;
        foreach (var item in reader.Items())
        {
            if (!WordPressPlan.IsTaken(item))
                Leave(item, files);
            else if (!known.Add(WordPressPlan.Key(plan.Site, item.Id)))
                alreadyHere++;
            else
            {
                await Take(item, plan, files, facets, texts, cancel);
                if (++pending % Batch == 0)
                    await Save(cancel);
            }
        }
        await Save(cancel);
        return reader;
    }

    private async Task Save(CancellationToken cancel)
    {
        await db.SaveChangesAsync(cancel);
        db.ChangeTracker.Clear();
    }

    private void Refused(WordPressPlan.Attachment attachment, string why)
    {
        refused.Add(attachment.Id);
        found.Add(
            FindingSeverity.Left,
            "files that could not be fetched",
            $"{attachment.Address} was not fetched. {why}",
            (attachment.Line, 1),
            "wp:attachment_url",
            attachment.Id
        );
    }

    private void Leave(WxrItem item, WordPressFiles files)
    {
        if (refused.Contains(item.Id))
            return;
        if (item.AttachmentAddress is { } address && files.PathOf(address) is { } path)
        {
            if (files.IsFresh(address))
                taken.Add(new("file", item.Title, path, address));
            return;
        }
        var (kind, message) = item switch
        {
            { State: WxrState.Trash } => ("items in the bin", $"“{item.Title}” was in the bin."),
            { Kind: WxrKind.Attachment } => (
                "files",
                $"The file {item.AttachmentAddress ?? item.Title} stays where it is; texts link to it there."
            ),
            _ => ($"items of type {item.Type}", $"“{item.Title}” is of the type {item.Type}, which has no place here."),
        };
        found.Add(FindingSeverity.Left, kind, message, (item.Line, 1), "item", item.Id);
    }

    private async Task Take(
        WxrItem item,
        WordPressPlan plan,
        WordPressFiles files,
        WordPressFacets facets,
        WordPressTexts texts,
        CancellationToken cancel
    )
    {
        var path = plan.PathOf(item.Id);
        var kind = item.Kind == WxrKind.Page ? PostKind.Page : PostKind.Post;
        var body = texts.Body(item);
        var title = texts.Title(item, body);
        var post = Post.Imported(
            WordPressPlan.Key(plan.Site, item.Id),
            kind,
            texts.LanguageOf(item),
            path["/posts/".Length..],
            db.Now
        );
        var head = item.Thumbnail is { } thumbnail ? plan.AttachmentOf(thumbnail) : null;
        var picture = head is null ? null : files.PathOf(head.Address);
        if (head is not null && picture is null)
            found.Add(
                FindingSeverity.Left,
                "pictures at the head",
                $"The picture at the head is still at {head.Address}.",
                (item.Line, 1),
                "_thumbnail_id",
                item.Id
            );
        post.Write(title, texts.Summary(item), body, db.Now);
        post.Describe(
            new PostDetails(kind, post.Slug)
            {
                Date = item.Day ?? (item.PublishedUtc is { } at ? DateOnly.FromDateTime(at) : null),
                Precision = DatePrecision.Day,
                Picture = picture,
                PictureText =
                    picture is null ? null
                    : head!.Alt.Length > 0 ? head.Alt
                    : title,
            },
            db.Now
        );
        post.Classify(facets.Of(item.Terms));
        post.Credit(await Credits(item, plan, cancel));
        SetState(post, item);
        db.Add(post);
        // Whoever edits it later can go back to what came over.
        db.Add(PostRevision.Of(post.Id, post.Language, 1, post.Title, post.Summary, post.Body, db.Actor.Name, db.Now));
        AddRedirects(item, post);
        taken.Add(new(kind == PostKind.Page ? "page" : "post", post.Title, post.Path, item.Link));
        TakeComments(item, post, texts);
    }

    private void SetState(Post post, WxrItem item)
    {
        if (item.PublishedUtc is { } at && item.State is WxrState.Published or WxrState.Scheduled && at <= db.Now)
            post.PublishedElsewhere(at);
        switch (item.State)
        {
            case WxrState.Published:
                post.Publish(db.Now);
                break;
            case WxrState.Scheduled when item.PublishedUtc is { } due && due > db.Now:
                post.Schedule(due, db.Now);
                break;
            case WxrState.Scheduled:
                post.Publish(db.Now);
                found.Add(
                    FindingSeverity.Changed,
                    "scheduled items whose time has come",
                    $"“{post.Title}” was scheduled and is public now, its time having come.",
                    (item.Line, 1),
                    "wp:status",
                    item.Id
                );
                break;
            case WxrState.Pending:
                post.Submit(db.Now);
                break;
            case WxrState.Private:
                found.Add(
                    FindingSeverity.Changed,
                    "private items",
                    $"“{post.Title}” was private; it is a draft now, which only editors see.",
                    (item.Line, 1),
                    "wp:status",
                    item.Id
                );
                break;
        }
    }

    private async Task<IReadOnlyList<(Guid, CreditRole)>> Credits(
        WxrItem item,
        WordPressPlan plan,
        CancellationToken cancel
    )
    {
        // The plug-in for several authors keeps them as terms; then the login is only who typed it in.
        var names = item
            .Terms.Where(t => t.Taxonomy == "author")
            .Select(t => NameOf(t.Slug.StartsWith("cap-", StringComparison.Ordinal) ? t.Slug[4..] : t.Slug, t.Name))
            .ToList();
        if (names.Count == 0 && item.Author.Length > 0)
            names.Add(NameOf(item.Author, item.Author));
        var credits = new List<(Guid, CreditRole)>();
        foreach (var name in names)
            credits.Add(((await PostEditing.AuthorNamed(db, name, false, cancel)).Id, CreditRole.Author));
        return credits;

        string NameOf(string login, string otherwise) =>
            plan.Authors.TryGetValue(login, out var author) ? author.Name : otherwise;
    }

    private void AddRedirects(WxrItem item, Post post)
    {
        foreach (var address in item.OldAddresses.Select(OldAddress.Normal).Distinct())
        {
            if (address == OldAddress.Normal(post.Path) || address.Length > 1000)
                continue;
            if (redirects.Add(address))
            {
                db.Add(OldAddress.Of(address, post.Path));
                newRedirects++;
            }
            else
            {
                found.Add(
                    FindingSeverity.Changed,
                    "old addresses that lead elsewhere already",
                    $"The address {address} leads elsewhere already and was left so.",
                    (item.Line, 1),
                    "link",
                    item.Id
                );
            }
        }
    }

    private void TakeComments(WxrItem item, Post post, WordPressTexts texts)
    {
        var ids = new Dictionary<long, Guid>();
        // Answers may stand before what they answer, so every comment gets its number first.
        var shown = item.Comments.Where(c => Stays(c, item)).ToList();
        foreach (var comment in shown)
            ids[comment.Id] = Guid.CreateVersion7();
        foreach (var comment in shown)
        {
            Guid? parent = comment.Parent is { } above && ids.TryGetValue(above, out var id) ? id : null;
            db.Add(
                PostComment.Imported(
                    ids[comment.Id],
                    post.Id,
                    parent,
                    comment.Author,
                    texts.Comment(item, comment),
                    comment.WrittenUtc
                )
            );
            taken.Add(new("comment", comment.Author, post.Path, ""));
        }
    }

    private bool Stays(WxrComment comment, WxrItem item)
    {
        if (comment.IsPingback)
            found.Add(
                FindingSeverity.Left,
                "pingbacks",
                $"Pingback {comment.Id} from {comment.Website} was left.",
                (item.Line, 1),
                "wp:comment",
                item.Id
            );
        else if (comment.State == WxrCommentState.Waiting)
            found.Add(
                FindingSeverity.Left,
                "comments that were never approved",
                $"Comment {comment.Id} was never approved.",
                (item.Line, 1),
                "wp:comment",
                item.Id
            );
        else
            return true;
        return false;
    }
}
