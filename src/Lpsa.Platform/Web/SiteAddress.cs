namespace Lpsa.Platform;

/// <summary>
/// The public origin from <c>LPSA_URL</c>. Every absolute link is built from it and never from the request's Host
/// header, which a stranger can choose (password-reset poisoning).
/// </summary>
public sealed record SiteAddress(Uri Origin, string Name)
{
    /// <summary>Absolute address of a local path: <c>/posts/x</c> → <c>https://example.org/posts/x</c>.</summary>
    public string Absolute(string path) => Origin.GetLeftPart(UriPartial.Authority) + path;
}
