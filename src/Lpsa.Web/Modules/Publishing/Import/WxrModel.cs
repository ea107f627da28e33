namespace Lpsa.Publishing;

/// <summary>The site that a WordPress export (WXR) was made from.</summary>
/// <param name="Address">Of the blog, the base of its relative links; null when the file names none that is usable.</param>
sealed record WxrSite(
    string Title,
    string Description,
    Uri? Address,
    string Language,
    string Version,
    string Generator
);

sealed record WxrAuthor(long Id, string Login, string Email, string Name);

/// <summary>A category, a tag, or an entry of a taxonomy that a plugin added.</summary>
/// <param name="Taxonomy"><c>category</c>, <c>post_tag</c> or the plugin's name for it.</param>
/// <param name="Parent">Slug of the term above in the same taxonomy. Never leads in a circle.</param>
sealed record WxrTerm(string Taxonomy, string Slug, string Name, string Description, string? Parent);

/// <summary>A term as an item names it.</summary>
sealed record WxrTermUse(string Taxonomy, string Slug, string Name);

enum WxrKind
{
    Post,
    Page,
    Attachment,

    /// <summary>A type that a plugin added; <see cref="WxrItem.Type"/> names it.</summary>
    Other,
}

enum WxrState
{
    Published,
    Scheduled,
    Draft,
    Pending,
    Private,
    Trash,
}

/// <param name="Id">Number in the old system, above 0 and unique in the file.</param>
/// <param name="Slug">Readable, percent signs decoded; empty for drafts that never had one.</param>
/// <param name="Author">Login of the author.</param>
/// <param name="Html">As stored: classic or block editor, with shortcodes.</param>
/// <param name="PublishedUtc">Null when the file has no usable date, as for drafts.</param>
/// <param name="Day">Date in the zone of the old site, which is what its readers saw.</param>
/// <param name="OldAddresses">Paths and queries from the root of the old host that showed this item, for redirects.</param>
/// <param name="AttachmentAddress">Where the file of an attachment is.</param>
/// <param name="Thumbnail">Number of the attachment that is its picture.</param>
/// <param name="Meta">Fields of WordPress and its plugins; internal ones (locks, caches) are not kept.</param>
/// <param name="Line">Where the item begins in the file.</param>
sealed record WxrItem(
    long Id,
    WxrKind Kind,
    string Type,
    WxrState State,
    string Title,
    string Slug,
    string Author,
    string Html,
    string Excerpt,
    DateTime? PublishedUtc,
    DateOnly? Day,
    DateTime? ModifiedUtc,
    long? Parent,
    int MenuOrder,
    bool Sticky,
    bool WasPasswordProtected,
    string Guid,
    string Link,
    IReadOnlyList<string> OldAddresses,
    string? AttachmentAddress,
    string AltText,
    long? Thumbnail,
    IReadOnlyList<WxrTermUse> Terms,
    IReadOnlyList<WxrComment> Comments,
    IReadOnlyDictionary<string, string> Meta,
    int Line
);

enum WxrCommentState
{
    Approved,
    Waiting,
}

/// <summary>A reader's comment. The address of the computer it came from stays behind: nothing here needs it.</summary>
/// <param name="Parent">Number of the comment it answers, on the same item. Never leads in a circle.</param>
/// <param name="IsPingback">Sent by another site, not by a person.</param>
sealed record WxrComment(
    long Id,
    long? Parent,
    string Author,
    string Email,
    string Website,
    DateTime? WrittenUtc,
    string Html,
    WxrCommentState State,
    bool IsPingback
);
