using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Members;

/// <summary>Accounts that share a group with this one; the person itself may be among them.</summary>
public delegate Task<IReadOnlyList<Guid>> ListGroupMates(PlatformDb db, Guid account, CancellationToken cancel);

/// <summary>
/// Supplied by a module that keeps groups, registered as a service. Without one nobody shares a group with anybody, and
/// what is shown to “my groups” is shown to no one.
/// </summary>
public sealed record GroupMates(ListGroupMates List);

/// <summary>
/// Who sees something of a person, each circle within the next. The order is the rule: it is seen by a viewer who stands
/// at least as far in, so the numbers stand in the database and are compared there.
/// </summary>
public enum Visibility
{
    Nobody = 0,

    /// <summary>Members who share a group with the person.</summary>
    Groups = 1,
    Members = 2,
    Everyone = 3,
}

public static class VisibilityWords
{
    public static string Visibility(this Texts texts, Visibility visibility) =>
        visibility switch
        {
            Members.Visibility.Everyone => texts.Say("Everyone"),
            Members.Visibility.Members => texts.Say("Members who are signed in"),
            Members.Visibility.Groups => texts.Say("Members of my groups"),
            _ => texts.Say("Nobody"),
        };
}

/// <summary>A person whom one viewer may find in the directory.</summary>
public sealed record SeenMember
{
    public Guid Id { get; init; }
    public string Name { get; init; } = "";
    public string Slug { get; init; } = "";

    /// <summary>ISO 3166-1 alpha-3; null when not said, or not to this viewer. The same goes for the position.</summary>
    public string? Country { get; init; }
    public string? Position { get; init; }

    /// <summary>Where the viewer stands to this person: what is opened at least this far may be shown.</summary>
    public Visibility Circle { get; init; }

    /// <summary>The person's own page.</summary>
    public string Path => ShowMember.PathOf(Slug);
}

/// <summary>A member as the member sees it, whatever others may see.</summary>
/// <param name="Institution">As typed; empty when not said.</param>
public sealed record OwnMembership(Guid Id, string Name, string Institution, string Position, string LanguageCode)
{
    /// <summary>Of pages and letters.</summary>
    public Language Language => Language.Find(LanguageCode) ?? Language.English;
}

public static class MembersForOthers
{
    /// <summary>Everybody in the directory whom this viewer may find, for a query to go on with.</summary>
    public static async Task<IQueryable<SeenMember>> MembersSeenBy(
        this PlatformDb db,
        Viewer viewer,
        IServiceProvider services,
        CancellationToken cancel
    )
    {
        var audience = await Audience.Of(viewer, db, services.GetService<GroupMates>(), cancel);
        return db.VisibleTo(audience)
            .Select(l => new SeenMember
            {
                Id = l.Id,
                Name = l.Name,
                Slug = l.Slug,
                Country = l.Country,
                Position = l.Position,
                Circle = l.Circle,
            });
    }

    /// <summary>The membership of an account; null when there is none, or it has ended.</summary>
    public static Task<OwnMembership?> Membership(this PlatformDb db, Guid? account, CancellationToken cancel) =>
        (
            from m in db.Set<Member>()
            where m.Id == account && m.State == MemberState.Member
            join a in db.Set<Account>() on m.Id equals a.Id
            select new OwnMembership(m.Id, a.Name, m.Institution, m.Position, m.Language)
        ).SingleOrDefaultAsync(cancel);
}

/// <summary>The person whose page it is.</summary>
public sealed record MemberContext(Guid MemberId);

public static class MemberSlots
{
    /// <summary>Blocks on a person's page; the viewer of the scope says who looks.</summary>
    public static readonly Slot<MemberContext> Profile = new("members.profile");

    /// <summary>Blocks on the page where a member changes the own profile.</summary>
    public static readonly Slot<MemberContext> OwnProfile = new("members.own-profile");
}
