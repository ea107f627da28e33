using Lpsa.Places;
using Lpsa.Platform;

namespace Lpsa.Members;

static class MembersPermissions
{
    public static readonly Permission Profiles = new(
        "members.profiles",
        "Link people in the directory with their posts",
        Roles.Editor
    );
    public static readonly Permission Reports = new(
        "members.reports",
        "Read messages that their recipients reported",
        Roles.Editor
    );

    public static readonly Permission See = new(
        "members.see",
        "See members, their choices and notes",
        Roles.Secretariat,
        Roles.Coordinator
    )
    {
        ScopeKinds = [CountryScope.Code],
    };
    public static readonly Permission Manage = new("members.manage", "End memberships on request", Roles.Secretariat);
    public static readonly Permission Export = new("members.export", "Take lists of members out", Roles.Secretariat);

    public static readonly Permission Import = new("members.import", "Take people in from files", Roles.Secretariat);
    public static readonly Permission Merge = new(
        "members.merge",
        "Merge members who are there twice",
        Roles.Secretariat
    );
}
