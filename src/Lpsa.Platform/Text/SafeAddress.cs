using System.Text;

namespace Lpsa.Platform;

/// <summary>
/// Decides which addresses a text may contain: <c>http</c>, <c>https</c>, <c>mailto</c>, <c>tel</c>, a path from the
/// root of the site, a query or a fragment. It accepts known forms instead of refusing bad ones, so that
/// <c>JaVa&amp;Tab;script:</c> and its relatives need not be foreseen.
/// </summary>
public static class SafeAddress
{
    private const int Longest = 4096;

    /// <summary>The address fit for an <c>href</c> (still to be HTML-encoded), or null.</summary>
    /// <remarks>Paths without a leading slash are refused: the same text is shown under several addresses, in feeds and
    /// in mail, where they would lead somewhere else each time.</remarks>
    public static string? Link(string? address)
    {
        var given = address?.Trim() ?? "";
        if (given.Length is 0 or > Longest || given.Any(c => c < ' ' || c is '\u007f' or '\ufffd'))
            return null;
        if (given.StartsWith("//", StringComparison.Ordinal))
            given = "https:" + given;
        else if (given.StartsWith("www.", StringComparison.OrdinalIgnoreCase))
            given = "https://" + given;

        return given[0] is '#' or '?' || IsLocal(given) || IsWeb(given) || IsMail(given) || IsTelephone(given)
            ? Escape(given)
            : null;
    }

    /// <summary>The address of a picture that the site serves itself, or null. Nothing on a page may be loaded from
    /// another host: it would tell that host who reads what.</summary>
    public static string? Picture(string? address)
    {
        var given = address?.Trim() ?? "";
        return
            given.StartsWith("/files/", StringComparison.Ordinal)
            && !given.Contains("..", StringComparison.Ordinal)
            && !given.Contains("%2e", StringComparison.OrdinalIgnoreCase)
            ? Link(given)
            : null;
    }

    public static bool IsWeb(string address) =>
        (
            address.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
            || address.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
        )
        && Uri.TryCreate(address, UriKind.Absolute, out var uri)
        && uri.Host.Length > 0
        // https://bank.example@evil.example/ is only ever written to deceive.
        && uri.UserInfo.Length == 0;

    // Browsers read a backslash as a slash, so /\evil.example leaves the site.
    private static bool IsLocal(string address) =>
        address[0] == '/' && (address.Length == 1 || address[1] is not ('/' or '\\'));

    private static bool IsMail(string address) =>
        address.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase)
        && address.IndexOf('@') > 7
        && !address.Any(char.IsWhiteSpace);

    private static bool IsTelephone(string address) =>
        address.StartsWith("tel:", StringComparison.OrdinalIgnoreCase)
        && address.Length > 4
        && address.AsSpan(4).IndexOfAnyExcept("+0123456789-().;=%abcdefghijklmnopqrstuvwxyz") < 0;

    private static string Escape(string address)
    {
        if (!address.Any(NeedsEscape))
            return address;
        var escaped = new StringBuilder(address.Length + 16);
        foreach (var c in address)
        {
            if (!NeedsEscape(c))
                escaped.Append(c);
            else if (char.IsSurrogate(c))
                escaped.Append(c);
            else
                escaped.Append(Uri.EscapeDataString(c.ToString()));
        }
        return escaped.ToString();
    }

    private static bool NeedsEscape(char c) =>
        char.IsWhiteSpace(c) || c is '"' or '<' or '>' or '\\' or '`' or '{' or '}' or '|' or '^';
}
