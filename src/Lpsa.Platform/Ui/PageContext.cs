using Lpsa.Platform;

namespace Lpsa.Platform;

/// <summary>What a component may know about the page it is drawn on. Also made for mail, where there is no request.</summary>
public sealed class PageContext
{
    public required Texts Texts { get; init; }
    public required SiteAddress Site { get; init; }
    public Viewer Viewer { get; init; } = Viewer.Anonymous;
    public DateTime Now { get; init; }

    /// <summary>Path of this page without the language, and its query; a language switch keeps both.</summary>
    public string Path { get; init; } = "/";
    public string Query { get; init; } = "";

    /// <summary>Message carried over a redirect, shown once.</summary>
    public string? Flash { get; init; }

    /// <summary>Makes the antiforgery token when a form asks for it; pages without forms stay cacheable.</summary>
    public Func<string>? AntiforgeryToken { get; init; }

    public Language Language => Texts.Language;

    /// <summary>A local address with the language of the page in front; English has no prefix.</summary>
    public string To(string path) => In(Language, path);

    public static string In(Language language, string path) =>
        language.IsDefault || !path.StartsWith('/') ? path
        : path == "/" ? "/" + language.Code
        : "/" + language.Code + path;
}
