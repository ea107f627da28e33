using System.Collections.Frozen;
using Microsoft.AspNetCore.Http;

namespace Lpsa.Platform;

/// <summary>The person who looks at a page: nobody known, or an account with what it may do.</summary>
public sealed class Viewer
{
    public static readonly Viewer Anonymous = new();

    public Guid? AccountId { get; init; }
    public Guid? SessionId { get; init; }
    public DateTime SignedInAt { get; init; }

    /// <summary>The roles ask for a second step that this session has not shown; until then they count for nothing.</summary>
    public bool NeedsSecondFactor { get; init; }

    /// <summary>Of those, the ones who have a passkey already: a mailbox alone must not add a factor beside it.</summary>
    public bool MustUsePasskey { get; init; }
    public string Name { get; init; } = "";

    /// <summary>Roles over everything; those limited to a scope are not among them.</summary>
    public FrozenSet<string> Roles { get; init; } = [];

    /// <summary>Names of the permissions over everything.</summary>
    public FrozenSet<string> Permissions { get; init; } = [];

    /// <summary>By name of the permission: where else it holds.</summary>
    public FrozenDictionary<string, IReadOnlyCollection<RoleScope>> Limited { get; init; } =
        FrozenDictionary<string, IReadOnlyCollection<RoleScope>>.Empty;

    public bool IsKnown => AccountId is not null;

    /// <summary>Lets a handler take the viewer as a parameter.</summary>
    public static ValueTask<Viewer> BindAsync(HttpContext http) => ValueTask.FromResult(http.Viewer());

    /// <summary>Over everything: a role limited to a country never suffices.</summary>
    public bool May(Permission permission) => Permissions.Contains(permission.Name);

    /// <summary>Over this one thing: by a role over everything or by one limited to it.</summary>
    public bool May(Permission permission, RoleScope scope) =>
        May(permission) || ReachOf(permission).Scopes.Contains(scope);

    public Reach ReachOf(Permission permission) =>
        May(permission) ? Reach.Unlimited
        : Limited.TryGetValue(permission.Name, out var scopes) ? new Reach(false, scopes)
        : Reach.Nothing;
}

/// <summary>Something a person may do. <paramref name="Roles"/> are those that have it from the start.</summary>
public sealed record Permission(string Name, string Description, params string[] Roles)
{
    /// <summary>
    /// Codes of the kinds of scope by which the pages behind it narrow what they show. A role limited to anything else
    /// does not give it: a page that forgets to narrow stays shut.
    /// </summary>
    public IReadOnlyList<string> ScopeKinds { get; init; } = [];
}
