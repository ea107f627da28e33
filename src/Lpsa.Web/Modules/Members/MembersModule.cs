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
        m.Entity<MemberSegment, MemberSegment.Map>();
        m.Entity<MemberNote, MemberNote.Map>();
        m.Entity<MemberDismissal, MemberDismissal.Map>();
        m.Entity<MemberImport, MemberImport.Map>();
        ConfigureUploads(m);
        ConfigureDuplicates(m);
        m.Services.AddSingleton<MemberSecrets>();
        m.Services.AddScoped<ImportMembers>();
        m.Services.AddScoped<ExportMembers>();

        m.Permissions(MembersPermissions.See, MembersPermissions.Manage, MembersPermissions.Export);
        m.Setting(AskToJoin.Limit);
        m.AdminNav("Members", "/admin/members", order: 30, MembersPermissions.See);
        m.Pages(ListMembers.Map, InspectMember.Map, ShowGrowth.Map);
        m.Kpi(
            "members.members",
            "Members",
            "People whose membership had begun and not ended at the end of the last day of the period. Before 4 August 2022 the same records were counted as subscribers.",
            async (db, _, to, cancel) => await ShowGrowth.On(db, to, cancel)
        );

        m.Nav("Join", "/join", order: 90);
        m.Pages(AskToJoin.Map, ConfirmJoin.Map, EditPreferences.Map, Unsubscribe.Map);
        m.Pages(EraseMe.Map, TakeMyData.Map, ShowForYou.Map);
        m.Command<Guid>(SendConfirmation.Job, SendConfirmation.Run);
        m.Every(TimeSpan.FromHours(6), "members.forget-registrations", ForgetRegistrations);
        m.PersonalData(MemberData.Hook);
        m.FollowsAddress(MovedMember.Follow);
        ConfigureDirectory(m);
    }

    private static void ConfigureUploads(ModuleBuilder m)
    {
        m.Entity<MemberUpload, MemberUpload.Map>();
        m.Entity<MemberUploadLine, MemberUploadLine.Map>();
        m.Services.AddScoped<TakeMemberUpload>();
        m.Permissions(MembersPermissions.Import);
        m.Pages(SendMembers.Map, ShowUpload.Map);
        m.Command<Guid>(TakeMemberUpload.Job, TakeMemberUpload.Run);
        m.Every(TimeSpan.FromHours(1), "members.forget-uploads", MemberUploadUpkeep.Run);
        m.PersonalData(MemberUploadUpkeep.Hook);
    }

    private static void ConfigureDuplicates(ModuleBuilder m)
    {
        m.Entity<MemberPair, MemberPair.Map>();
        m.Entity<MemberLikeness, MemberLikeness.Map>();
        m.Entity<MemberMerge, MemberMerge.Map>();
        m.Services.AddScoped<MergeMembers>();
        m.Permissions(MembersPermissions.Merge);
        m.Pages(ListDuplicates.Map, CompareMembers.Map, ListMerges.Map);
        m.Every(TimeSpan.FromDays(1), "members.find-duplicates-daily", FindDuplicates.Run);
        m.Command<string>(FindDuplicates.Job, (services, _, cancel) => FindDuplicates.Run(services, cancel));
        m.Every(TimeSpan.FromHours(12), "members.forget-merges", SecondAddress.ForgetOld);
        m.PersonalData(SecondAddress.Hook);
    }

    private static void ConfigureDirectory(ModuleBuilder m)
    {
        m.Entity<MemberProfile, MemberProfile.Map>();
        m.Entity<MemberMessage, MemberMessage.Map>();
        m.Entity<MemberBlock, MemberBlock.Map>();
        m.Services.AddSingleton<PeopleCatalogue>();
        m.Services.AddScoped<RelayMessage>();
        m.Permissions(MembersPermissions.Profiles, MembersPermissions.Reports);
        m.AdminNav("Reported messages", "/admin/reports", order: 45, MembersPermissions.Reports);
        m.Nav("Experts", "/experts", order: 60);
        m.Pages(EditProfile.Map, ListPeople.Map, ShowMember.Map, WriteMessage.Map, ReadMessages.Map);
        m.Search(new SearchSource(MemberProfile.Kind, "People", PersonSearch.Load, PersonSearch.AllIds));
        m.Sitemap(PersonSitemap.List);
        // After the member, because erasing goes backwards: with the member gone, the profile would go without search knowing.
        m.PersonalData(ProfileData.Hook);
        m.PersonalData(MessageData.Hook);
        m.Every(TimeSpan.FromHours(12), "members.forget-messages", MessageData.ForgetOld);
    }

    /// <summary>What was typed and never confirmed is nobody's consent and is not kept.</summary>
    private static Task ForgetRegistrations(IServiceProvider services, CancellationToken cancel)
    {
        var db = services.GetRequiredService<PlatformDb>();
        var now = db.Now;
        return db.Set<Registration>().Where(r => r.ExpiresAt < now).ExecuteDeleteAsync(cancel);
    }
}
