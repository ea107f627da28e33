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
    public FrozenSet<string> Roles { get; init; } = [];
    public FrozenSet<string> Permissions { get; init; } = [];

    public bool IsKnown => AccountId is not null;

    /// <summary>Lets a handler take the viewer as a parameter.</summary>
    public static ValueTask<Viewer> BindAsync(HttpContext http) => ValueTask.FromResult(http.Viewer());

    public bool May(Permission permission) => Permissions.Contains(permission.Name);
}

/// <summary>Something a person may do. <paramref name="Roles"/> are those that have it from the start.</summary>
public sealed record Permission(string Name, string Description, params string[] Roles);
