using Lpsa.Platform;

namespace Lpsa.Members;

/// <summary>Accounts that share a group with this one; the person itself may be among them.</summary>
public delegate Task<IReadOnlyList<Guid>> ListGroupMates(PlatformDb db, Guid account, CancellationToken cancel);

/// <summary>
/// Supplied by a module that keeps groups, registered as a service. Without one nobody shares a group with anybody, and
/// what is shown to “my groups” is shown to no one.
/// </summary>
public sealed record GroupMates(ListGroupMates List);
