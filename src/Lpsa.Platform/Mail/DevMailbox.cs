using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Platform;

/// <summary>
/// The outbox shown to anybody, so that a person who tries the platform can follow the links it sends. Open only with
/// demo content and without LPSA_SMTP: the letters hold sign-in links.
/// </summary>
public static partial class DevMailbox
{
    /// <summary>The setting that loading the demo content leaves behind.</summary>
    public const string DemoSetting = "demo.loaded";

    public static async Task<bool> IsOpen(PlatformDb db, PlatformOptions options, CancellationToken cancel) =>
        options.Smtp is null && await db.Set<SiteSetting>().AnyAsync(s => s.Key == DemoSetting, cancel);

    /// <summary>The newest messages first.</summary>
    /// <param name="to">Only those to this address.</param>
    public static async Task<IReadOnlyList<OutgoingMail>> Messages(PlatformDb db, string? to, CancellationToken cancel)
    {
        var all = db.Set<OutgoingMail>().AsNoTracking();
        if (MailAddress.TryParse(to, out var address))
            all = all.Where(m => m.ToAddress == address.Address);
        return await all.OrderByDescending(m => m.CreatedAt).ThenByDescending(m => m.Id).Take(100).ToListAsync(cancel);
    }

    /// <summary>The addresses in a text, in their order.</summary>
    public static IReadOnlyList<string> Links(string text) =>
        [.. LinkPattern().Matches(text).Select(match => match.Value.TrimEnd('.', ',')).Distinct()];

    [GeneratedRegex(@"https?://[^\s()<>""]+")]
    private static partial Regex LinkPattern();
}
