using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Lpsa.Platform;

/// <summary>Only people with this permission get past; the others are asked to sign in, or told that it is not theirs.</summary>
/// <param name="Somewhere">A role limited to a country or a group is enough; the handler narrows what it shows.</param>
public sealed record RequiredPermission(Permission Permission, bool Somewhere = false);

/// <summary>Everybody who is signed in gets past, whatever the role: people's own pages.</summary>
public sealed record RequiredSignIn;

/// <summary>What changes how somebody signs in asks for a sign-in of the last minutes: an open screen is not enough.</summary>
public sealed record RequiredFreshSignIn
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);
}

public static class PermissionOnEndpoints
{
    public static TBuilder RequiresFreshSignIn<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder
    {
        endpoint.Add(e => e.Metadata.Add(new RequiredFreshSignIn()));
        return endpoint;
    }

    public static TBuilder RequiresSignIn<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder
    {
        endpoint.Add(e => e.Metadata.Add(new RequiredSignIn()));
        return endpoint;
    }

    /// <summary>
    /// Open to those who have the permission over anything at all. Whoever maps such a route narrows every query by
    /// <see cref="Viewer.ReachOf"/>.
    /// </summary>
    public static TBuilder RequiresSomewhere<TBuilder>(this TBuilder endpoint, Permission permission)
        where TBuilder : IEndpointConventionBuilder
    {
        endpoint.Add(e => e.Metadata.Add(new RequiredPermission(permission, Somewhere: true)));
        return endpoint;
    }

    public static TBuilder Requires<TBuilder>(this TBuilder endpoint, Permission permission)
        where TBuilder : IEndpointConventionBuilder
    {
        endpoint.Add(e => e.Metadata.Add(new RequiredPermission(permission)));
        return endpoint;
    }
}
