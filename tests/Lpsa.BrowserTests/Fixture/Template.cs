namespace Lpsa.Tests;

public enum Answer
{
    /// <summary>A page that anybody may open.</summary>
    Public,

    /// <summary>A page for people with an account; looked at as administrator.</summary>
    Staff,

    /// <summary>Leads to another address.</summary>
    Redirect,

    /// <summary>A file, a feed or data: nothing that a browser draws as a page.</summary>
    Data,
}

/// <summary>What a route of the product answers, and an address that shows it.</summary>
/// <param name="Example">Without language; <c>{names}</c> are filled by <see cref="DemoSite.Filled"/>.</param>
public sealed record Template(string Pattern, Answer Answer, string Example)
{
    /// <summary>Pages with a chart or a map may weigh more.</summary>
    public bool HasChart { get; init; }

    /// <summary>
    /// Every route that answers GET, each with an example. A route that is missing here fails
    /// <see cref="TemplateTests"/>: a page that nobody looks at is a page that nobody knows to be broken.
    /// </summary>
    public static readonly IReadOnlyList<Template> All =
    [
        new("/", Answer.Public, "/") { HasChart = true },
        new("/about", Answer.Public, "/about"),
        new("/theory-of-change", Answer.Public, "/theory-of-change"),
        new("/search", Answer.Public, "/search?q=kenya"),
        new("/posts", Answer.Public, "/posts"),
        new("/posts/archive", Answer.Public, "/posts/archive"),
        new("/posts/{slug}", Answer.Public, "/posts/{explainer}"),
        new("/posts/preview/{token}", Answer.Public, "/posts/preview/{preview}"),
        new("/{year:int:range(1990,2100)}/{month:int:range(1,12)}", Answer.Redirect, "/2024/05"),
        new("/authors", Answer.Public, "/authors"),
        new("/authors/{slug}", Answer.Public, "/authors/{author}"),
        new("/countries", Answer.Public, "/countries") { HasChart = true },
        new("/countries/{code}", Answer.Public, "/countries/ken") { HasChart = true },
        new("/regions", Answer.Public, "/regions"),
        new("/regions/{slug}", Answer.Public, "/regions/africa"),
        new("/themes", Answer.Public, "/themes"),
        new("/themes/{slug}", Answer.Public, "/themes/localizing-development"),
        new("/sectors", Answer.Public, "/sectors"),
        new("/sectors/{slug}", Answer.Public, "/sectors/health"),
        new("/directory", Answer.Public, "/directory"),
        new("/experts", Answer.Public, "/experts?availability=advice"),
        new("/join", Answer.Public, "/join"),
        new("/join/sent", Answer.Public, "/join/sent"),
        new("/welcome/{token}", Answer.Public, "/welcome/{confirm}"),
        new("/preferences/{token}", Answer.Public, "/preferences/{choices}"),
        new("/unsubscribe/{token}", Answer.Public, "/unsubscribe/{choices}"),
        new("/erase/{token}", Answer.Public, "/erase/{erase}"),
        new("/members/{slug}", Answer.Public, "/members/{person}"),
        new("/members/{slug}/write", Answer.Staff, "/members/{person}/write"),
        new("/preferences", Answer.Redirect, "/preferences"),
        new("/account/erase", Answer.Staff, "/account/erase"),
        new("/account/for-you", Answer.Staff, "/account/for-you"),
        new("/account/profile", Answer.Staff, "/account/profile"),
        new("/account/messages/{id:guid}", Answer.Staff, "/account/messages/{message}"),
        new("/admin/members", Answer.Staff, "/admin/members"),
        new("/admin/members/growth", Answer.Staff, "/admin/members/growth") { HasChart = true },
        new("/admin/members/{id:guid}", Answer.Staff, "/admin/members/{member}"),
        new("/admin/members/import", Answer.Staff, "/admin/members/import"),
        new("/admin/members/import/{id:guid}", Answer.Staff, "/admin/members/import/{upload}"),
        new("/admin/members/import/{id:guid}/rows.csv", Answer.Data, "/admin/members/import/{upload}/rows.csv"),
        new("/admin/members/duplicates", Answer.Staff, "/admin/members/duplicates"),
        new("/admin/members/duplicates/{first:guid}/{second:guid}", Answer.Staff, "/admin/members/duplicates/{twins}"),
        new("/admin/members/merges", Answer.Staff, "/admin/members/merges"),
        new("/account/data.zip", Answer.Data, "/account/data.zip"),
        new("/admin/members.csv", Answer.Data, "/admin/members.csv"),
        new("/sign-in", Answer.Public, "/sign-in"),
        new("/sign-in/sent", Answer.Public, "/sign-in/sent"),
        new("/sign-in/link/{token}", Answer.Public, "/sign-in/link/an-unknown-token"),
        new("/dev/mail", Answer.Public, "/dev/mail"),
        new("/sign-in/with/{service}", Answer.Redirect, "/sign-in/with/google"),
        new("/sign-in/with/{service}/back", Answer.Redirect, "/sign-in/with/google/back"),
        new("/sign-in/password", Answer.Public, "/sign-in/password"),
        new("/account/passkeys", Answer.Staff, "/account/passkeys"),
        new("/account/password", Answer.Staff, "/account/password"),
        new("/sign-in/second-factor", Answer.Redirect, "/sign-in/second-factor"),
        new("/account/second-factor", Answer.Staff, "/account/second-factor"),
        new("/account", Answer.Staff, "/account"),
        new("/account/messages", Answer.Staff, "/account/messages"),
        new("/admin", Answer.Staff, "/admin"),
        new("/admin/audit", Answer.Staff, "/admin/audit"),
        new("/admin/authors", Answer.Staff, "/admin/authors"),
        new("/admin/files", Answer.Staff, "/admin/files"),
        new("/admin/authors/{id:guid}", Answer.Staff, "/admin/authors/{authorId}"),
        new("/admin/digest", Answer.Staff, "/admin/digest"),
        new("/admin/jobs", Answer.Staff, "/admin/jobs"),
        new("/admin/kpis", Answer.Staff, "/admin/kpis"),
        new("/admin/mail", Answer.Staff, "/admin/mail"),
        new("/admin/permissions", Answer.Staff, "/admin/permissions"),
        new("/admin/posts", Answer.Staff, "/admin/posts"),
        new("/admin/posts/new", Answer.Staff, "/admin/posts/new"),
        new("/admin/posts/{id:guid}", Answer.Staff, "/admin/posts/{post}"),
        new("/admin/posts/{id:guid}/preview", Answer.Staff, "/admin/posts/{post}/preview"),
        new("/admin/posts/{id:guid}/revisions", Answer.Staff, "/admin/posts/{post}/revisions"),
        new("/admin/posts/{id:guid}/translations/{language}", Answer.Staff, "/admin/posts/{post}/translations/ar"),
        new("/admin/reports", Answer.Staff, "/admin/reports"),
        new("/admin/settings", Answer.Staff, "/admin/settings"),
        new("/admin/style", Answer.Staff, "/admin/style"),
        new("/admin/terms", Answer.Staff, "/admin/terms"),
        new("/admin/terms/{vocabulary}/new", Answer.Staff, "/admin/terms/theme/new"),
        new("/admin/terms/{vocabulary}/{code}", Answer.Staff, "/admin/terms/theme/localizing-development"),
        new("/admin/users", Answer.Staff, "/admin/users"),
        new("/admin/users/{id:guid}", Answer.Staff, "/admin/users/{account}"),
        new("/tags/{tag}", Answer.Redirect, "/tags/LPSI"),
        new(
            "/{year:int:range(1990,2100)}/{month:int:range(1,12)}/{slug}",
            Answer.Redirect,
            "/2015/07/localizing-health-and-education"
        ),
        new("/account/data.json", Answer.Data, "/account/data.json"),
        new("/api/v1/countries", Answer.Data, "/api/v1/countries"),
        new("/api/v1/countries/{code}", Answer.Data, "/api/v1/countries/KEN"),
        new("/api/v1/posts", Answer.Data, "/api/v1/posts?theme=fiscal"),
        new("/api/v1/posts/{slug}", Answer.Data, "/api/v1/posts/{explainer}"),
        new("/api/v1/regions", Answer.Data, "/api/v1/regions"),
        new("/api/v1/search", Answer.Data, "/api/v1/search?q=kenya"),
        new("/api/v1/terms", Answer.Data, "/api/v1/terms"),
        new("/api/v1/terms/{vocabulary}/{code}", Answer.Data, "/api/v1/terms/theme/localizing-development"),
        new("/themes/{slug}/feed", Answer.Data, "/themes/localizing-development/feed"),
        new("/themes/{slug}/feed/rss", Answer.Data, "/themes/localizing-development/feed/rss"),
        new("/regions/{slug}/feed", Answer.Data, "/regions/africa/feed"),
        new("/regions/{slug}/feed/rss", Answer.Data, "/regions/africa/feed/rss"),
        new("/sectors/{slug}/feed", Answer.Data, "/sectors/health/feed"),
        new("/sectors/{slug}/feed/rss", Answer.Data, "/sectors/health/feed/rss"),
        new("/countries/{slug}/feed", Answer.Data, "/countries/ken/feed"),
        new("/countries/{slug}/feed/rss", Answer.Data, "/countries/ken/feed/rss"),
        new("/authors/{slug}/feed", Answer.Data, "/authors/{author}/feed"),
        new("/authors/{slug}/feed/rss", Answer.Data, "/authors/{author}/feed/rss"),
        new("/tags/{slug}/feed", Answer.Data, "/tags/LPSI/feed"),
        new("/tags/{slug}/feed/rss", Answer.Data, "/tags/LPSI/feed/rss"),
        new("/feed", Answer.Data, "/feed"),
        new("/feed/rss", Answer.Data, "/feed/rss"),
        new("/posts/feed", Answer.Data, "/posts/feed"),
        new("/posts/feed/rss", Answer.Data, "/posts/feed/rss"),
        new("/directory.csv", Answer.Data, "/directory.csv"),
        new("/directory.json", Answer.Data, "/directory.json"),
        new("/experts.csv", Answer.Data, "/experts.csv"),
        new("/experts.json", Answer.Data, "/experts.json"),
        new("/posts.csv", Answer.Data, "/posts.csv"),
        new("/posts.json", Answer.Data, "/posts.json"),
        new("/countries.csv", Answer.Data, "/countries.csv"),
        new("/countries.json", Answer.Data, "/countries.json"),
        new("/dev/mail.json", Answer.Data, "/dev/mail.json"),
        new("/search/feed", Answer.Data, "/search/feed?q=kenya"),
        new("/search.csv", Answer.Data, "/search.csv?q=kenya"),
        new("/search.json", Answer.Data, "/search.json?q=kenya"),
        new("/search/suggest", Answer.Data, "/search/suggest?q=kenya"),
        new("/countries/{code}.csv", Answer.Data, "/countries/ken.csv"),
        new("/countries/{code}.json", Answer.Data, "/countries/ken.json"),
        new("/.well-known/security.txt", Answer.Data, "/.well-known/security.txt"),
        new("/api/openapi.json", Answer.Data, "/api/openapi.json"),
        new("/health/live", Answer.Data, "/health/live"),
        new("/health/ready", Answer.Data, "/health/ready"),
        new("/robots.txt", Answer.Data, "/robots.txt"),
        new("/sitemap.xml", Answer.Data, "/sitemap.xml"),
        new("/countries/content.svg", Answer.Data, "/countries/content.svg"),
        new("/countries/content.png", Answer.Data, "/countries/content.png"),
        new("/countries/{code}/levels.svg", Answer.Data, "/countries/ken/levels.svg"),
        new("/countries/{code}/levels.png", Answer.Data, "/countries/ken/levels.png"),
        new("/posts/{slug}/card.svg", Answer.Data, "/posts/lpsa-year-in-review-2023/card.svg"),
        new("/posts/{slug}/card.png", Answer.Data, "/posts/lpsa-year-in-review-2023/card.png"),
        new("/countries/tiers.svg", Answer.Data, "/countries/tiers.svg"),
        new("/dev/mail/{id:guid}.eml", Answer.Data, "/dev/mail/{letter}.eml"),
    ];

    /// <summary>Example addresses for a test that looks at every page of a kind.</summary>
    public static IEnumerable<string> Addresses(Answer kind) =>
        All.Where(t => t.Answer == kind).Select(t => t.Example).Concat(kind == Answer.Public ? Further : []);

    /// <summary>Public pages in a state of their own.</summary>
    private static readonly IReadOnlyList<string> Further =
    [
        "/no-such-page",
        "/posts/{record}",
        "/posts?theme=localizing-development&page=2",
        "/search",
        "/search?q=decentralisaton",
        "/countries?q=zzz",
        "/countries/atg",
    ];

    public override string ToString() => Pattern;
}
