namespace Lpsa.Platform;

/// <summary>What the platform itself keeps in the database.</summary>
internal sealed class PlatformModule : Module
{
    public override void Configure(ModuleBuilder m)
    {
        m.Entity<Job, Job.Map>();
        m.Entity<AuditEntry, AuditEntry.Map>();
        m.Entity<Account, Account.Map>();
        m.Entity<AccountRole, AccountRole.Map>();
        m.Entity<Session, Session.Map>();
        m.Entity<SignInLink, SignInLink.Map>();
        m.Entity<ErasureRequest, ErasureRequest.Map>();
        m.Entity<ErasedAccount, ErasedAccount.Map>();
        m.Entity<SignInCode, SignInCode.Map>();
        m.Entity<Password, Password.Map>();
        m.Entity<Passkey, Passkey.Map>();
        m.Entity<ExternalLogin, ExternalLogin.Map>();
        m.Entity<UsedChallenge, UsedChallenge.Map>();
        m.Entity<AddressChange, AddressChange.Map>();
        m.Entity<HalfSession, HalfSession.Map>();
        m.Entity<AuthenticatorApp, AuthenticatorApp.Map>();
        m.Entity<RecoveryCode, RecoveryCode.Map>();
        m.Entity<ThrottleCount, ThrottleCount.Map>();
        m.Entity<ProtectionKey, ProtectionKey.Map>();
        m.Entity<SiteSetting, SiteSetting.Map>();
        m.Entity<OldAddress, OldAddress.Map>();
        m.Entity<StoredFile, StoredFile.Map>();
        m.Entity<FileChunk, FileChunk.Map>();
        m.Permissions(FilePermissions.SeeDrafts);
        m.Feeds(ServeFiles.Map);
        m.Command<MakeThumbnails>(
            Thumbnails.Job,
            (services, asked, cancel) =>
                services
                    .GetRequiredService<Thumbnails>()
                    .Make(services.GetRequiredService<PlatformDb>(), asked.Hash, cancel)
        );
        m.Command<IReadOnlyList<string>>(OutsideChanges.Handler, OutsideChanges.Run);
        m.Every(TimeSpan.FromHours(1), "identity.housekeeping", Housekeeping.Run);
        m.Every(TimeSpan.FromHours(1), "identity.erase-due", Erasure.RunDue);
        m.Command<Guid>(AddressChanges.SendJob, AddressChanges.Send);
        m.Every(TimeSpan.FromHours(1), "identity.address-changes", AddressChanges.RunDue);
        m.Services.AddScoped<AddressChanges>();
        m.Services.AddScoped<AddressUndo>();
        m.PersonalData(AccountData.Hook);
        m.Setting(Operations.Contact);
        m.Setting(SecondFactor.Policy);
        m.Services.AddSingleton<SecondFactor>();
        m.Services.AddSingleton<CredentialChange>();
        m.Services.AddScoped<Passkeys>();
        m.Services.AddSingleton<ExternalTokens>();
        m.Services.AddSingleton<ExternalSignIn>();
        m.Services.AddHttpClient(nameof(ExternalSignIn), client => client.Timeout = TimeSpan.FromSeconds(10));
        m.Command<string>(SearchUpkeep.Handler, SearchUpkeep.Run);
        new MailModule().Configure(m);
    }
}
