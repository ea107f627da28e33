using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Lpsa.Places;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Publishing;

/// <summary>
/// <c>./lpsa import posts</c>: titles, dates, categories and our own summaries of items published before. Each item
/// keeps the address it came from; an item that is here already is left alone, also when an editor changed it since.
/// </summary>
internal sealed partial class ImportPosts(PlatformDb db, IVocabulary vocabulary)
{
    private const string KeyPrefix = "lpsa-posts:";

    /// <summary>Adds everything to the context; the caller saves, or not on a dry run.</summary>
    /// <exception cref="ImportException">The file is not of this form.</exception>
    public async Task<ImportReport> Read(string name, string text, CancellationToken cancel)
    {
        var file = Parse(name, text);
        var report = new ImportReport();
        var known = await db.Set<Post>()
            .Where(p => p.ImportKey != null)
            .Select(p => p.ImportKey!)
            .ToHashSetAsync(cancel);
        var slugs = await db.Set<Post>().Select(p => p.Slug).ToHashSetAsync(cancel);
        var addresses = await db.Set<OldAddress>().Select(a => a.Path).ToHashSetAsync(cancel);
        foreach (var item in file.Items)
        {
            var row = new Row(name, LineOf(text, item.Id), report);
            if (!known.Add(KeyPrefix + item.Id))
                report.Left++;
            else if (await Make(item, row, slugs, file.Compiled, cancel) is { } post)
            {
                db.Add(post);
                if (OldPath(item.Url) is { } path && addresses.Add(path))
                    db.Add(OldAddress.Of(path, post.Path));
                report.Taken++;
            }
        }
        return report;
    }

    private async Task<Post?> Make(
        Item item,
        Row row,
        HashSet<string> slugs,
        DateOnly compiled,
        CancellationToken cancel
    )
    {
        if (string.IsNullOrWhiteSpace(item.Title) || item.Title.Length > 300)
            return row.Reject("title", item.Title ?? "", "a title has 1 to 300 characters");
        if (KindOf(item.Type) is not { } kind)
            return row.Reject("type", item.Type ?? "", "is not a known kind of item");
        if (!TryDate(item.Date, out var date, out var precision))
            return row.Reject("date", item.Date!, "is not a date such as 2023-05-26, 2023-05 or 2023");
        if (Language.Find(item.Language ?? "en") is not { } language)
            return row.Reject("language", item.Language!, "is not a language of this site");

        var slug = await Slug.Free(Slug.Of(SlugOf(item.Url) ?? item.Title), s => Task.FromResult(slugs.Contains(s)));
        slugs.Add(slug);
        var published = (date ?? compiled).ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);
        var post = Post.Imported(KeyPrefix + item.Id, kind, language.Code, slug, db.Now);
        post.Write(item.Title.Trim(), item.Summary?.Trim() ?? "", "", db.Now);
        post.Describe(
            new PostDetails(kind, slug)
            {
                Date = date,
                Precision = precision,
                SourceAddress = new[] { item.Url, item.SourceUrl }.FirstOrDefault(IsWebAddress),
                SourceNote = item.Note,
                CheckedOn = compiled,
            },
            db.Now
        );
        post.Classify(Facets(item, row));
        var credits = new List<(Guid, CreditRole)>();
        foreach (
            var author in (item.Author ?? "").Split(
                ';',
                StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries
            )
        )
            credits.Add(
                (
                    (
                        await PostEditing.AuthorNamed(
                            db,
                            author,
                            author.StartsWith("LPS", StringComparison.Ordinal),
                            cancel
                        )
                    ).Id,
                    CreditRole.Author
                )
            );
        post.Credit(credits);
        post.PublishedElsewhere(published);
        post.Publish(db.Now);
        return post;
    }

    private IEnumerable<(string, string)> Facets(Item item, Row row)
    {
        foreach (var theme in item.ThemesAssigned ?? [])
            if (vocabulary.Get(Axes.Theme, theme, "en") is { } entry)
                yield return (Axes.Theme, entry.Code);
            else
                row.Note("themes_assigned", theme, "is not a known theme");
        foreach (var region in (item.Regions ?? []).Where(r => r != "GLOBAL"))
            if (vocabulary.Get(Axes.Region, region, "en") is { } entry)
                yield return (Axes.Region, entry.Code);
            else
                row.Note("regions", region, "is not a known region");
        foreach (var country in item.Countries ?? [])
            if (vocabulary.Find(Axes.Country, country) is { } code)
                yield return (Axes.Country, code);
            else
                row.Note("countries", country, "is not a known country or territory");
        foreach (var tag in item.TagsObserved ?? [])
            yield return (PostFacet.Tag, tag);
    }

    private static PostKind? KindOf(string? type) =>
        type switch
        {
            "post" or "partner-item" => PostKind.Post,
            "page" or "archive" or "country-page" => PostKind.Page,
            "job" or "call" => PostKind.Call,
            "country-profile" => PostKind.Profile,
            _ => Enum.TryParse<PostKind>(type, ignoreCase: true, out var kind) ? kind : null,
        };

    internal static bool TryDate(string? text, out DateOnly? date, out DatePrecision precision)
    {
        (date, precision) = (null, DatePrecision.Unknown);
        if (string.IsNullOrEmpty(text))
            return true;
        foreach (
            var (format, known) in new[]
            {
                ("yyyy-MM-dd", DatePrecision.Day),
                ("yyyy-MM", DatePrecision.Month),
                ("yyyy", DatePrecision.Year),
            }
        )
            if (
                DateOnly.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
                && day.Year >= 1900
            )
            {
                (date, precision) = (day, known);
                return true;
            }
        return false;
    }

    private static ItemFile Parse(string name, string text)
    {
        try
        {
            return
                JsonSerializer.Deserialize<ItemFile>(
                    text,
                    new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower }
                )
                    is { Items: not null } file
                ? file
                : throw new ImportException(name, 1, "the file has no items");
        }
        catch (JsonException wrong)
        {
            throw new ImportException(name, (wrong.LineNumber ?? 0) + 1, $"not valid JSON at {wrong.Path}");
        }
    }

    private static long LineOf(string text, string id)
    {
        var at = text.IndexOf($"\"{id}\"", StringComparison.Ordinal);
        return at < 0 ? 0 : text.AsSpan(0, at).Count('\n') + 1;
    }

    private static bool IsWebAddress(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https";

    private static string? OldPath(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri)
        && uri.Host.EndsWith("decentralization.net", StringComparison.Ordinal)
        && uri.PathAndQuery != "/"
            ? OldAddress.Normal(uri.PathAndQuery)
            : null;

    private static string? SlugOf(string? address) =>
        address is not null && DatedAddress().Match(address) is { Success: true } match ? match.Groups[1].Value : null;

    [GeneratedRegex(@"/\d{4}/\d{2}/([^/?#]+)/?$")]
    private static partial Regex DatedAddress();

    private sealed class Row(string file, long line, ImportReport report)
    {
        public Post? Reject(string column, string value, string reason)
        {
            report.Find(new ImportFinding(file, line, column, value, reason));
            return null;
        }

        public void Note(string column, string value, string reason) =>
            report.Find(new ImportFinding(file, line, column, value, reason, IsRejected: false));
    }

    private sealed record ItemFile(DateOnly Compiled, IReadOnlyList<Item> Items);

    private sealed record Item(
        string Id,
        string? Title,
        string? Url,
        string? Date,
        string? Type,
        string? Language,
        IReadOnlyList<string>? TagsObserved,
        IReadOnlyList<string>? Regions,
        IReadOnlyList<string>? Countries,
        IReadOnlyList<string>? ThemesAssigned,
        string? Author,
        string? Summary,
        string? SourceUrl,
        string? Note
    );
}
