using Lpsa.Places;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Publishing;

/// <summary>
/// Explainers written by the editors, one Markdown file for each language: <c>slug.md</c> and <c>slug.fr.md</c>. An
/// explainer that is here already is left alone, also when an editor changed it since.
/// </summary>
internal sealed class ImportExplainers(PlatformDb db, IVocabulary vocabulary)
{
    private const string KeyPrefix = "explainers:";
    private const string Resources = "explainers/";

    private static readonly string[] OriginalKeys =
    [
        "slug",
        "kind",
        "title",
        "summary",
        "date",
        "language",
        "themes",
        "sectors",
        "regions",
        "countries",
        "tags",
        "authors",
        "licence",
        "checked",
    ];

    private static readonly string[] TranslationKeys = ["slug", "language", "title", "summary", "translation"];

    public sealed record TextFile(string Name, string Text);

    /// <summary>The explainers that come with the program.</summary>
    public static IReadOnlyList<TextFile> Shipped()
    {
        var assembly = typeof(ImportExplainers).Assembly;
        return
        [
            .. assembly
                .GetManifestResourceNames()
                .Where(n => n.StartsWith(Resources, StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
                .Select(n =>
                {
                    using var reader = new StreamReader(assembly.GetManifestResourceStream(n)!);
                    return new TextFile(n[Resources.Length..], reader.ReadToEnd());
                }),
        ];
    }

    /// <summary>Adds everything to the context; the caller saves. A file with a fault is left out and named.</summary>
    public async Task<ImportReport> Read(IReadOnlyList<TextFile> files, CancellationToken cancel)
    {
        var report = new ImportReport();
        var known = await db.Set<Post>()
            .Where(p => p.ImportKey != null)
            .Select(p => p.ImportKey!)
            .ToHashSetAsync(cancel);
        var slugs = await db.Set<Post>().Select(p => p.Slug).ToHashSetAsync(cancel);
        slugs.UnionWith(db.Set<Post>().Local.Select(p => p.Slug));
        var made = new Dictionary<string, Post>(StringComparer.Ordinal);
        var slugsOfFiles = files.ToDictionary(f => f.Name, f => f.Name.Split('.')[0]);
        foreach (var file in files.Where(f => !IsTranslation(f)))
        {
            if (known.Contains(KeyPrefix + slugsOfFiles[file.Name]))
                report.Left++;
            else if (await Make(file, slugsOfFiles[file.Name], slugs, report, cancel) is { } post)
            {
                slugs.Add(post.Slug);
                made[post.Slug] = post;
                report.Taken++;
            }
        }
        var originals = files.Where(f => !IsTranslation(f)).Select(f => slugsOfFiles[f.Name]).ToHashSet();
        foreach (var file in files.Where(IsTranslation))
        {
            var slug = slugsOfFiles[file.Name];
            if (!originals.Contains(slug))
                Reject(report, file, new(1, "slug", slug, $"there is no file {slug}.md that this would translate"));
            else if (made.TryGetValue(slug, out var post))
                Translate(file, post, report);
        }
        foreach (var post in made.Values)
            db.Add(post);
        return report;
    }

    private static bool IsTranslation(TextFile file) => file.Name.Count(c => c == '.') > 1;

    private async Task<Post?> Make(
        TextFile file,
        string slug,
        HashSet<string> taken,
        ImportReport report,
        CancellationToken cancel
    )
    {
        if (FrontMatter.TryRead(file.Text, OriginalKeys, out var read) is { } fault)
            return Reject(report, file, fault);
        var matter = read!;
        var faults = Faults(matter, slug).ToList();
        if (!Enum.TryParse<PostKind>(matter["kind"], ignoreCase: true, out var kind))
            faults.Add(Fault(matter, "kind", "is not a known kind of post"));
        if (Language.Find(matter["language"] ?? "") is not { } language)
            faults.Add(Fault(matter, "language", "is not a language of this site"));
        else if (taken.Contains(slug))
            faults.Add(Fault(matter, "slug", "another post has this address already"));
        var date = Day(matter, "date", faults);
        var checkedOn = Day(matter, "checked", faults);
        var facets = Facets(matter, faults).ToList();
        foreach (var found in faults)
            Reject(report, file, found);
        if (faults.Count > 0)
            return null;

        var post = Post.Imported(KeyPrefix + slug, kind, matter["language"]!, slug, db.Now);
        post.Write(matter["title"]!, matter["summary"]!, matter.Body, db.Now);
        post.Describe(
            new PostDetails(kind, slug)
            {
                Date = date,
                CheckedOn = checkedOn,
                Licence = matter["licence"],
            },
            db.Now
        );
        post.Classify(facets);
        var credits = new List<(Guid, CreditRole)>();
        foreach (var author in matter.List("authors"))
            credits.Add(
                ((await PostEditing.AuthorNamed(db, author, isOrganisation: true, cancel)).Id, CreditRole.Author)
            );
        post.Credit(credits);
        post.Publish(db.Now);
        return post;
    }

    private void Translate(TextFile file, Post post, ImportReport report)
    {
        if (FrontMatter.TryRead(file.Text, TranslationKeys, out var read) is { } fault)
        {
            Reject(report, file, fault);
            return;
        }
        var matter = read!;
        var faults = Faults(matter, post.Slug).ToList();
        var language = Language.Find(matter["language"] ?? "");
        if (language is null || language.Code == post.Language || language.Code != file.Name.Split('.')[1])
            faults.Add(Fault(matter, "language", "is not the language that the name of the file says"));
        if (!Enum.TryParse<TranslationQuality>(matter["translation"], ignoreCase: true, out var quality))
            faults.Add(Fault(matter, "translation", "must be machine or reviewed"));
        foreach (var found in faults)
            Reject(report, file, found);
        if (faults.Count == 0)
            post.Translate(language!.Code, matter["title"]!, matter["summary"]!, matter.Body, quality, db.Now);
    }

    /// <summary>What can be wrong in an original and in a translation alike.</summary>
    private static IEnumerable<ImportFault> Faults(FrontMatter matter, string slug)
    {
        if (matter["slug"] != slug || !Slug.IsValid(slug))
            yield return Fault(matter, "slug", $"must be the name of the file, {slug}, in small letters and hyphens");
        foreach (var (key, longest) in new[] { ("title", 300), ("summary", 1000) })
            if (matter[key] is not { Length: > 0 } value || value.Length > longest)
                yield return Fault(matter, key, $"has 1 to {longest} characters");
        if (matter.Body.Length == 0)
            yield return new(matter.EndLine + 1, "text", "", "there is no text below the description");
    }

    private IEnumerable<(string Axis, string Code)> Facets(FrontMatter matter, List<ImportFault> faults)
    {
        foreach (
            var (key, axis) in new[]
            {
                ("themes", Axes.Theme),
                ("sectors", Axes.Sector),
                ("regions", Axes.Region),
                ("countries", Axes.Country),
            }
        )
        foreach (var code in matter.List(key))
            if (vocabulary.Get(axis, code, "en") is { } entry)
                yield return (axis, entry.Code);
            else
                faults.Add(new(matter.LineOf(key), key, code, $"is not the code of a known {axis}"));
        foreach (var tag in matter.List("tags"))
            yield return (PostFacet.Tag, tag);
    }

    private static DateOnly? Day(FrontMatter matter, string key, List<ImportFault> faults)
    {
        if (
            matter[key] is { } text
            && ImportPosts.TryDate(text, out var date, out var precision)
            && precision == DatePrecision.Day
        )
            return date;
        faults.Add(Fault(matter, key, "is not a date such as 2026-11-21"));
        return null;
    }

    private static ImportFault Fault(FrontMatter matter, string key, string reason) =>
        new(matter.LineOf(key), key, matter[key] ?? "", reason);

    private static Post? Reject(ImportReport report, TextFile file, ImportFault fault)
    {
        report.Find(new ImportFinding(file.Name, fault.Line, fault.Column, fault.Value, fault.Reason));
        return null;
    }
}
