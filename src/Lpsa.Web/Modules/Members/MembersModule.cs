using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Members;

/// <summary>Members: joining, choosing, leaving; who they are and what they agreed to.</summary>
public sealed class MembersModule : Module
{
    public override void Configure(ModuleBuilder m)
    {
        m.Entity<Member, Member.Map>();
        m.Entity<MemberInterest, MemberInterest.Map>();
        m.Entity<MemberPeriod, MemberPeriod.Map>();
        m.Entity<MemberConsent, MemberConsent.Map>();
        m.Entity<Registration, Registration.Map>();
        m.Entity<Suppression, Suppression.Map>();
        m.Entity<SecretKey, SecretKey.Map>();
        m.Entity<MemberImport, MemberImport.Map>();
        m.Services.AddSingleton<MemberSecrets>();
        m.Services.AddScoped<ImportMembers>();
        m.Services.AddScoped<ExportMembers>();

        m.Nav("Join", "/join", order: 90);
        m.Pages(AskToJoin.Map, ConfirmJoin.Map, EditPreferences.Map, Unsubscribe.Map);
        m.Command<Guid>(SendConfirmation.Job, SendConfirmation.Run);
        m.Every(TimeSpan.FromHours(6), "members.forget-registrations", ForgetRegistrations);
        m.PersonalData(MemberData.Hook);
    }

    /// <summary>What was typed and never confirmed is nobody's consent and is not kept.</summary>
    private static Task ForgetRegistrations(IServiceProvider services, CancellationToken cancel)
    {
        var db = services.GetRequiredService<PlatformDb>();
        var now = db.Now;
        return db.Set<Registration>().Where(r => r.ExpiresAt < now).ExecuteDeleteAsync(cancel);
    }
}
