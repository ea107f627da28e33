using System.Globalization;

namespace Lpsa.Platform;

/// <summary>An entry of the main menu or, with <paramref name="Permission"/>, of the staff menu.</summary>
/// <param name="Label">English sentence, translated where it is shown.</param>
public sealed record NavItem(string Label, string Path, int Order, Permission? Permission = null);

/// <summary>One address in the sitemap. The path has no language; every enabled language is listed as an alternate.</summary>
public sealed record SitemapEntry(string Path, DateTime? ChangedAt);

public delegate IAsyncEnumerable<SitemapEntry> ListSitemap(PlatformDb db);

/// <summary>A feed that the site offers in its head and on the page of feeds.</summary>
/// <param name="Title">English sentence, translated where it is shown.</param>
public sealed record FeedOffer(string Title, string Path);

/// <summary>A figure of the organisation's book: what is counted, by which definition.</summary>
/// <param name="Code">Stable code: <c>publishing.posts</c>.</param>
/// <param name="Definition">English sentence that says exactly what counts.</param>
public sealed record Kpi(string Code, string Label, string Definition, CountKpi Count);

/// <summary>The value for a period, both days included.</summary>
public delegate Task<double> CountKpi(PlatformDb db, DateOnly from, DateOnly to, CancellationToken cancel);

/// <summary>One thing that happened and may go into a digest.</summary>
public sealed record DigestItem(string Kind, string Title, string Path, DateTime At, IReadOnlyList<string> Facets);

public delegate IAsyncEnumerable<DigestItem> ListDigest(PlatformDb db, DateTime since);

/// <summary>Where a module keeps data about a person.</summary>
/// <param name="Name">Heading in the export: <c>account</c>.</param>
/// <param name="Export">Everything held about the account, as plain objects that serialise to JSON; null when nothing.</param>
/// <param name="Erase">Removes it, or takes the person out of what must stay.</param>
public sealed record PersonalData(
    string Name,
    Func<PlatformDb, Guid, CancellationToken, Task<object?>> Export,
    Func<PlatformDb, Guid, CancellationToken, Task> Erase
)
{
    /// <summary>Further accounts that are the same person and are erased with this one.</summary>
    public Func<PlatformDb, Guid, CancellationToken, Task<IReadOnlyList<Guid>>>? Also { get; init; }
}

/// <summary>An account has another e-mail address: whatever a module keeps under the old one moves along or ends.</summary>
/// <param name="How">Evidence: how both mailboxes confirmed it, or that somebody took it back.</param>
/// <param name="Network">The network of the last confirmation; empty when a job did it.</param>
public sealed record AddressMoved(
    Guid Account,
    string OldEmail,
    string NewEmail,
    string How,
    string Network,
    DateTime AskedAt
);

/// <summary>Runs within the transaction of the change; the platform saves afterwards.</summary>
public delegate Task FollowAddress(
    IServiceProvider services,
    PlatformDb db,
    AddressMoved moved,
    CancellationToken cancel
);

/// <summary>A setting kept in the database and edited under <c>/admin/settings</c>.</summary>
/// <param name="Check">Says what is wrong with a value, in an English sentence; null when it is fine.</param>
public sealed record Setting(string Key, string Label, string Hint, string Default, Func<string, string?>? Check = null)
{
    /// <summary>A whole number from <paramref name="least"/> to <paramref name="most"/>, written in digits.</summary>
    public static Setting WholeNumber(string key, string label, string hint, int standard, int least, int most) =>
        new(
            key,
            label,
            hint,
            standard.ToString(CultureInfo.InvariantCulture),
            value =>
                !int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? FormWords.Number
                : number < least || number > most ? FormWords.Range
                : null
        )
        {
            Bounds = (least, most),
        };

    /// <summary>Of a number: the smallest and the largest that are taken.</summary>
    public (int Least, int Most)? Bounds { get; private init; }
}
