using Lpsa.Platform;

namespace Lpsa.Admin;

/// <summary>Staff pages of the platform itself, and signing in.</summary>
public sealed class AdminModule : Module
{
    public override void Configure(ModuleBuilder m)
    {
        m.Permissions(AdminPermissions.Operate);
        m.Pages(ShowSignIn.Map, ShowStyle.Map, ShowMail.Map, ShowDevMailbox.Map);
        m.AdminNav("Mail", "/admin/mail", order: 60, AdminPermissions.Operate);
        m.AdminNav("Style", "/admin/style", order: 900, AdminPermissions.Operate);
    }
}

static class AdminPermissions
{
    public static readonly Permission Operate = new(
        "platform.operate",
        "See jobs, mail and the audit log; change settings"
    );
}
