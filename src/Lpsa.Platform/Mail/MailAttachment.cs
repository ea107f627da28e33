using System.Text.RegularExpressions;

namespace Lpsa.Platform;

/// <summary>A file that travels with a message.</summary>
public sealed partial record MailAttachment
{
    /// <param name="fileName">As the receiver sees it, any script.</param>
    /// <param name="contentType"><c>type/subtype</c>, with parameters where they matter: <c>text/calendar; method=REQUEST</c>.</param>
    /// <param name="contentId">Given: a picture inside the HTML, referred to as <c>cid:…</c>; not given: a file to save.</param>
    /// <exception cref="ArgumentException">A part cannot stand in a mail; the message names it.</exception>
    public MailAttachment(string fileName, string contentType, ReadOnlyMemory<byte> content, string? contentId = null)
    {
        FileName = HeaderText.Checked(fileName, "The file name").Trim();
        if (FileName.Length is 0 or > 200)
            throw new ArgumentException("The file name must have 1 to 200 characters.", nameof(fileName));
        if (contentType.Length > 200 || !TypePattern().IsMatch(contentType))
            throw new ArgumentException($"“{contentType}” is not a media type.", nameof(contentType));
        // Such parts may not be encoded (RFC 2046 §5.2.1), and a nested message would hide its links from review.
        if (
            contentType.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase)
            || contentType.StartsWith("message/", StringComparison.OrdinalIgnoreCase)
        )
            throw new ArgumentException(
                $"{contentType} cannot be attached; attach it as application/octet-stream.",
                nameof(contentType)
            );
        if (contentId is not null && !IdPattern().IsMatch(contentId))
            throw new ArgumentException(
                $"“{contentId}” is not a content id such as picture@example.org.",
                nameof(contentId)
            );
        ContentType = contentType;
        Content = content;
        ContentId = contentId;
    }

    public string FileName { get; }
    public string ContentType { get; }
    public ReadOnlyMemory<byte> Content { get; }
    public string? ContentId { get; }

    [GeneratedRegex(@"^[A-Za-z0-9!#$&^_.+-]+/[A-Za-z0-9!#$&^_.+-]+(; ?[A-Za-z0-9-]+=[A-Za-z0-9!#$&^_.+-]+)*\z")]
    private static partial Regex TypePattern();

    [GeneratedRegex(@"^[A-Za-z0-9._+-]{1,100}@[A-Za-z0-9.-]{1,100}\z")]
    internal static partial Regex IdPattern();
}
