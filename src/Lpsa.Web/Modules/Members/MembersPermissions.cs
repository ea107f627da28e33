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
}
