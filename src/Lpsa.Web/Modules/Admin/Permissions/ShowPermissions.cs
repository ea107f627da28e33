using Lpsa.Platform;

namespace Lpsa.Admin;

/// <summary>Which role may do what: drawn from what the modules registered, so it cannot be out of date.</summary>
public static class ShowPermissions
{
    public static void Map(IEndpointRouteBuilder pages) =>
        pages
            .MapGet(
                "/admin/permissions",
                PageResult (ModuleRegistry modules) => ShowPermissionsPage.View(modules.Permissions)
            )
            .Requires(AdminPermissions.Accounts);

    /// <summary>Administrators may do everything, whatever a permission says.</summary>
    public static bool May(string role, Permission permission) =>
        role == Roles.Administrator || permission.Roles.Contains(role);

    /// <summary>The role, given for one country only, gives this permission there.</summary>
    public static bool MayBeLimited(string role, Permission permission) =>
        Roles.Scopable.Contains(role) && permission.Roles.Contains(role) && permission.ScopeKinds.Count > 0;
}
