using System.Text.RegularExpressions;
using Lpsa.Platform;

namespace Lpsa.Publishing;

/// <summary>
/// Fetches the attachments of an export and knows where they are now. The redirect from its old address is what
/// remembers that a file was fetched, so a second run fetches nothing twice.
/// </summary>
sealed partial class WordPressFiles(PlatformDb db, FileUpload upload, PublicWeb web)
{
    private readonly Dictionary<string, string> paths = new(StringComparer.Ordinal);

    private readonly HashSet<string> fresh = new(StringComparer.Ordinal);
    private IReadOnlyDictionary<string, string> redirects = new Dictionary<string, string>();

    /// <summary>Finds what was fetched by an earlier run among the redirects.</summary>
    public void Recall(IEnumerable<WordPressPlan.Attachment> attachments, IReadOnlyDictionary<string, string> known)
    {
        redirects = known;
        foreach (var key in attachments.Select(a => KeyOf(a.Address)))
        {
            if (known.TryGetValue(key, out var path) && path.StartsWith("/files/", StringComparison.Ordinal))
                paths[key] = path;
        }
    }

    /// <summary>Adds the files to the context, not saved yet; the bytes are in the store from here on.</summary>
    public async Task Fetch(
        IEnumerable<WordPressPlan.Attachment> attachments,
        Action<WordPressPlan.Attachment, string> refused,
        CancellationToken cancel
    )
    {
        foreach (var attachment in attachments)
        {
            var key = KeyOf(attachment.Address);
            if (paths.ContainsKey(key))
                continue;
            var uri = new Uri(attachment.Address);
            var name = Uri.UnescapeDataString(uri.Segments[^1]);
            await using var answer = await web.Get(uri, cancel);
            if (answer.Bytes is null)
            {
                refused(attachment, answer.Refusal!);
                continue;
            }
            var outcome = await Take(answer.Bytes, name, cancel);
            if (outcome.File is not { } file)
            {
                refused(attachment, outcome.Refusal!);
                continue;
            }
            file.Describe(attachment.Alt);
            if (attachment.IsPublic)
                file.Publish();
            if (!redirects.ContainsKey(key))
                db.Add(OldAddress.Of(key, file.Path));
            paths[key] = file.Path;
            fresh.Add(key);
        }
    }

    private async Task<UploadOutcome> Take(Stream bytes, string name, CancellationToken cancel)
    {
        try
        {
            return await upload.Take(db, bytes, name, cancel);
        }
        catch (IOException broken)
        {
            return new UploadOutcome(null, $"The connection broke: {broken.Message}");
        }
    }

    public bool IsFresh(string address) => fresh.Contains(KeyOf(address));

    /// <summary>Where a file is now, also when asked for by one of the smaller sizes that WordPress makes.</summary>
    public string? PathOf(string address) =>
        paths.GetValueOrDefault(KeyOf(address)) ?? paths.GetValueOrDefault(KeyOf(Size().Replace(address, "$1")));

    private static string KeyOf(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri)
            ? OldAddress.Normal(Uri.UnescapeDataString(uri.AbsolutePath))
            : "";

    [GeneratedRegex(@"-\d{1,5}x\d{1,5}(\.[A-Za-z0-9]{2,5})(?=$|[?#])", RegexOptions.None, 1000)]
    private static partial Regex Size();
}
