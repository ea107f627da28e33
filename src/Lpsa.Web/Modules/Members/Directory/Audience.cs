using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Members;

/// <summary>Who looks, as far as it matters for what may be seen of others.</summary>
/// <param name="Least">The innermost circle that holds this viewer whoever is looked at.</param>
/// <param name="GroupMates">People of whom the viewer sees what is for their groups.</param>
sealed record Audience(Visibility Least, IReadOnlyList<Guid> GroupMates)
{
    public static readonly Audience Strangers = new(Visibility.Everyone, []);
    public static readonly Audience AnyMember = new(Visibility.Members, []);

    public bool IsMember => Least <= Visibility.Members;

    /// <summary>Somebody with an account who is not a member, or left, sees what strangers see.</summary>
    public static async Task<Audience> Of(Viewer viewer, PlatformDb db, GroupMates? groups, CancellationToken cancel)
    {
        if (viewer.AccountId is not { } id)
            return Strangers;
        var isMember = await db.Set<Member>().AnyAsync(m => m.Id == id && m.State == MemberState.Member, cancel);
        if (!isMember)
            return Strangers;
        return groups is null ? AnyMember : new(Visibility.Members, await groups.List(db, id, cancel));
    }
}
