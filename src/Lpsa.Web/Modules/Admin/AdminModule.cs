using Lpsa.Platform;

namespace Lpsa.Admin;

/// <summary>Staff pages of the platform itself, and signing in.</summary>
public sealed class AdminModule : Module
{
    public override void Configure(ModuleBuilder m)
    {
        m.Permissions(
            AdminPermissions.Overview,
            AdminPermissions.Operate,
            AdminPermissions.Audit,
            AdminPermissions.Settings,
            AdminPermissions.Accounts
        );
        m.Pages(
            AskForLink.Map,
            EnterCode.Map,
            ConfirmSignIn.Map,
            EnterPassword.Map,
            EnterSecondFactor.Map,
            UsePasskey.Map,
            UseExternalService.Map
        );
        m.Pages(ChangeAddress.Map, ConfirmAddress.Map);
        m.Pages(ShowAccount.Map, EditPassword.Map, EditSecondFactor.Map, EditPasskeys.Map, RemoveExternal.Map);
        m.Pages(
            ShowDashboard.Map,
            ShowJobs.Map,
            ShowAudit.Map,
            EditSettings.Map,
            ListUsers.Map,
            EditUser.Map,
            MoveUser.Map
        );
        m.Pages(ShowPermissions.Map, ShowKpis.Map, ShowDigest.Map, ShowStyle.Map, ShowMail.Map, ShowDevMailbox.Map);
        m.Services.AddScoped<Scopes>();
        m.Services.AddScoped<RoleChange>();
        m.Command<SignInRequest>(SendSignInLink.Job, SendSignInLink.Run);
        m.AdminNav("Overview", "/admin", order: 0, AdminPermissions.Overview);
        m.AdminNav("Digest", "/admin/digest", order: 500, AdminPermissions.Overview);
        m.AdminNav("Figures", "/admin/kpis", order: 510, AdminPermissions.Overview);
        m.AdminNav("People", "/admin/users", order: 600, AdminPermissions.Accounts);
        m.AdminNav("Permissions", "/admin/permissions", order: 610, AdminPermissions.Accounts);
        m.AdminNav("Settings", "/admin/settings", order: 700, AdminPermissions.Settings);
        m.AdminNav("Mail", "/admin/mail", order: 800, AdminPermissions.Operate);
        m.AdminNav("Jobs", "/admin/jobs", order: 810, AdminPermissions.Operate);
        m.AdminNav("Audit log", "/admin/audit", order: 820, AdminPermissions.Audit);
        m.AdminNav("Style", "/admin/style", order: 900, AdminPermissions.Operate);
    }
}

static class AdminPermissions
{
    public static readonly Permission Overview = new(
        "platform.overview",
        "See the staff pages, the digest and the book of figures",
        Roles.Editor,
        Roles.Contributor
    );
    public static readonly Permission Operate = new("platform.operate", "See jobs and mail, and run them again");
    public static readonly Permission Audit = new("platform.audit", "Read the audit log");
    public static readonly Permission Settings = new("platform.settings", "Change the settings of the site");
    public static readonly Permission Accounts = new(
        "platform.accounts",
        "Open and close accounts, give and take roles"
    );
}
