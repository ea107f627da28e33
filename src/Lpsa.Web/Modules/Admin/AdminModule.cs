using Lpsa.Platform;

namespace Lpsa.Admin;

/// <summary>Staff pages of the platform itself, and signing in.</summary>
public sealed class AdminModule : Module
{
    public override void Configure(ModuleBuilder m)
    {
        m.Permissions(AdminPermissions.Operate);
        m.Pages(ShowSignIn.Map);
    }
}

static class AdminPermissions
{
    public static readonly Permission Operate = new(
        "platform.operate",
        "See jobs, mail and the audit log; change settings"
    );
}
