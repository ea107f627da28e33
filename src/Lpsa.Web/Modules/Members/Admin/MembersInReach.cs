using Lpsa.Places;
using Lpsa.Platform;

namespace Lpsa.Members;

/// <summary>The one place where staff pages of members are narrowed to what somebody's role reaches.</summary>
static class MembersInReach
{
    /// <summary>All members, those of the countries that the role is limited to, or none.</summary>
    public static IQueryable<Member> Of(PlatformDb db, Viewer viewer, Permission permission)
    {
        var reach = viewer.ReachOf(permission);
        if (reach.Everything)
            return db.Set<Member>();
        var countries = reach.Of(CountryScope.Code);
        return db.Set<Member>().Where(m => m.Country != null && countries.Contains(m.Country));
    }
}
