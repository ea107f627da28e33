using Lpsa.Platform;

namespace Lpsa.Tests;

/// <summary>
/// Who may go where, as people read it. A route that says nothing of itself (no permission, no sign-in) must stand
/// under one of the headings here, so that a staff page whose <c>Requires</c> was forgotten fails the build.
/// </summary>
internal static class AccessTable
{
    public const string Stranger = "stranger";

    public static readonly IReadOnlyList<string> Visitors = [Stranger, .. Roles.All];

    /// <summary>The roles of each permission beside administrator, who has them all.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> Permissions = new Dictionary<string, string[]>
    {
        ["files.see-drafts"] = [Roles.Contributor, Roles.Editor],
        ["platform.overview"] = [Roles.Editor, Roles.Contributor],
        ["platform.operate"] = [],
        ["platform.audit"] = [],
        ["platform.settings"] = [],
        ["platform.accounts"] = [],
        ["places.edit-terms"] = [Roles.Editor],
        ["publishing.write"] = [Roles.Contributor, Roles.Editor],
        ["publishing.edit"] = [Roles.Editor],
        ["members.see"] = [Roles.Secretariat, Roles.Coordinator],
        ["members.manage"] = [Roles.Secretariat],
        ["members.import"] = [Roles.Secretariat],
        ["members.merge"] = [Roles.Secretariat],
        ["members.export"] = [Roles.Secretariat],
        ["members.profiles"] = [Roles.Editor],
        ["members.reports"] = [Roles.Editor],
        ["organisations.edit"] = [Roles.Editor, Roles.Secretariat],
        ["organisations.decide"] = [Roles.Editor, Roles.Secretariat],
    };

    /// <summary>For everybody, and the same for everybody.</summary>
    public static readonly IReadOnlyList<string> Everyone =
    [
        "GET /",
        "GET /.well-known/security.txt",
        "GET /about",
        "GET /api/openapi.json",
        "GET /api/v1/countries",
        "GET /api/v1/countries/{code}",
        "GET /api/v1/posts",
        "GET /api/v1/posts/{slug}",
        "GET /api/v1/regions",
        "GET /api/v1/search",
        "GET /api/v1/terms",
        "GET /api/v1/terms/{vocabulary}/{code}",
        "GET /authors",
        "GET /authors/{slug}",
        "GET /authors/{slug}/feed",
        "GET /authors/{slug}/feed/rss",
        "GET /countries",
        "GET /countries.csv",
        "GET /countries.json",
        "GET /countries/content.png",
        "GET /countries/content.svg",
        "GET /countries/tiers.svg",
        "GET /countries/{code}",
        "GET /countries/{code}.csv",
        "GET /countries/{code}.json",
        "GET /countries/{code}/levels.png",
        "GET /countries/{code}/levels.svg",
        "GET /countries/{slug}/feed",
        "GET /countries/{slug}/feed/rss",
        "GET /dev/mail",
        "GET /dev/mail.json",
        "GET /dev/mail/{id}.eml",
        "GET /directory",
        "GET /directory.csv",
        "GET /directory.json",
        "GET /experts",
        "GET /experts.csv",
        "GET /experts.json",
        "GET /feed",
        "GET /feed/rss",
        "GET /files/{id}/{name}",
        "GET /health/live",
        "GET /health/ready",
        "GET /join",
        "POST /join",
        "GET /join/sent",
        "GET /members/{slug}",
        "GET /organisations",
        "GET /organisations.csv",
        "GET /organisations.json",
        "GET /organisations/{slug}",
        "GET /posts",
        "GET /posts.csv",
        "GET /posts.json",
        "GET /posts/archive",
        "GET /posts/feed",
        "GET /posts/feed/rss",
        "GET /posts/{slug}",
        "GET /posts/{slug}/card.png",
        "GET /posts/{slug}/card.svg",
        "GET /regions",
        "GET /regions/{slug}",
        "GET /regions/{slug}/feed",
        "GET /regions/{slug}/feed/rss",
        "GET /robots.txt",
        "GET /search",
        "GET /search.csv",
        "GET /search.json",
        "GET /search/feed",
        "GET /search/suggest",
        "GET /sectors",
        "GET /sectors/{slug}",
        "GET /sectors/{slug}/feed",
        "GET /sectors/{slug}/feed/rss",
        "GET /sitemap-{part}.xml",
        "GET /sitemap.xml",
        "GET /tags/{slug}/feed",
        "GET /tags/{slug}/feed/rss",
        "GET /tags/{tag}",
        "GET /themes",
        "GET /themes/{slug}",
        "GET /themes/{slug}/feed",
        "GET /themes/{slug}/feed/rss",
        "GET /theory-of-change",
        "GET /{year}/{month}",
        "GET /{year}/{month}/{slug}",
    ];

    /// <summary>The steps of signing in and out; what they let through is the business of their own tests.</summary>
    public static readonly IReadOnlyList<string> SigningIn =
    [
        "GET /sign-in",
        "POST /sign-in",
        "POST /sign-in/code",
        "GET /sign-in/link/{token}",
        "POST /sign-in/link/{token}",
        "POST /sign-in/passkey",
        "POST /sign-in/passkey/options",
        "GET /sign-in/password",
        "POST /sign-in/password",
        "GET /sign-in/second-factor",
        "POST /sign-in/second-factor",
        "GET /sign-in/sent",
        "GET /sign-in/with/{service}",
        "GET /sign-in/with/{service}/back",
        "POST /sign-out",
    ];

    /// <summary>Opened by a secret in the address, whoever holds it; a changed one opens nothing.</summary>
    public static readonly IReadOnlyList<string> Links =
    [
        "GET /change-address/undo/{token}",
        "POST /change-address/undo/{token}",
        "GET /change-address/{token}",
        "POST /change-address/{token}",
        "POST /change-address/{token}/stop",
        "GET /erase/{token}",
        "POST /erase/{token}",
        "POST /erase/{token}/keep",
        "GET /posts/preview/{token}",
        "GET /preferences/{token}",
        "POST /preferences/{token}",
        "GET /unsubscribe/{token}",
        "POST /unsubscribe/{token}",
        "GET /welcome/{token}",
        "POST /welcome/{token}",
        "POST /welcome/{token}/not-me",
    ];

    /// <summary>
    /// Things that belong to somebody. To everybody but these roles the other person's thing answers exactly as one
    /// that does not exist, on every address that begins so.
    /// </summary>
    public static readonly IReadOnlyList<OwnedThing> Owned =
    [
        new("/account/messages/{id}", scene => new() { ["id"] = scene.MessageToAmina.ToString() }, []),
        // Amina shows herself to members; these visitors have accounts and are none.
        new("/members/{slug}", scene => new() { ["slug"] = scene.AminasSlug }, []),
        new("/admin/posts/{id}", scene => new() { ["id"] = scene.DraftOfChidi.ToString() }, [Roles.Editor]),
        new("/posts/{slug}", scene => new() { ["slug"] = scene.DraftSlug }, []),
        new("/api/v1/posts/{slug}", scene => new() { ["slug"] = scene.DraftSlug }, []),
        new("/account/organisations/requests/{id}", scene => new() { ["id"] = scene.RequestOfAmina.ToString() }, []),
        new(
            "/organisations/{slug}",
            scene => new() { ["slug"] = scene.DraftOrganisation },
            [Roles.Editor, Roles.Secretariat]
        ),
        // Nobody here represents the organisation that Amina says she works at.
        new(
            "/organisations/{slug}/people/{id}",
            scene => new() { ["slug"] = scene.Organisation, ["id"] = scene.AminaWorksThere.ToString() },
            []
        ),
        new("/dev/mail/{id}.eml", scene => new() { ["id"] = scene.Mail.ToString() }, []),
    ];

    /// <summary>Things of staff that every holder of the route's permission has.</summary>
    public static readonly IReadOnlyList<OwnedThing> Shared =
    [
        new("/admin/authors/{id}", scene => new() { ["id"] = scene.AuthorOfPosts.ToString() }, []),
        new("/admin/mail/{id}", scene => new() { ["id"] = scene.Mail.ToString() }, []),
        new("/admin/members/{id}", scene => new() { ["id"] = scene.Amina.ToString() }, []),
        new("/admin/members/segments/{id}", scene => new() { ["id"] = scene.Segment.ToString() }, []),
        new("/admin/organisations/{id}", scene => new() { ["id"] = scene.OrganisationId.ToString() }, []),
        new("/admin/recognition/{id}", scene => new() { ["id"] = scene.RequestOfAmina.ToString() }, []),
        new("/admin/terms/{vocabulary}", _ => new() { ["vocabulary"] = "theme", ["code"] = "fiscal" }, []),
        new("/admin/users/{id}", scene => new() { ["id"] = scene.Amina.ToString() }, []),
    ];

    /// <summary>Ids that arrive in a form: the route, the field, and the id of somebody else's thing.</summary>
    public static readonly IReadOnlyList<(string Route, string Field, Func<SecurityScene, string> Others)> InForms =
    [
        ("POST /account/sessions", "Id", scene => scene.SessionOfAmina.ToString()),
        ("POST /account/passkeys/remove", "Id", scene => scene.PasskeyOfAmina),
    ];

    public static bool May(string visitor, Permission permission) =>
        visitor == Roles.Administrator
        || Permissions.TryGetValue(permission.Name, out var roles) && roles.Contains(visitor);
}

/// <param name="Prefix">Beginning of the patterns this is about.</param>
/// <param name="Existing">Values of the parameters for a thing that is there.</param>
/// <param name="SeenBy">
/// Of the holders of the route's permission those who have everybody's; empty: all of them. Where the route asks for no
/// permission: the roles that see it beside its owner.
/// </param>
internal sealed record OwnedThing(
    string Prefix,
    Func<SecurityScene, Dictionary<string, string>> Existing,
    string[] SeenBy
)
{
    public bool Holds(Route route) =>
        route.Pattern == Prefix || route.Pattern.StartsWith(Prefix + "/", StringComparison.Ordinal);

    public bool IsSeenBy(string visitor, Route route) =>
        route.Permission is { } permission
            ? AccessTable.May(visitor, permission) && (SeenBy.Length == 0 || IsAmong(visitor))
            : SeenBy.Length > 0 && IsAmong(visitor);

    private bool IsAmong(string visitor) => visitor == Roles.Administrator || SeenBy.Contains(visitor);
}
