using Microsoft.EntityFrameworkCore;

namespace Lpsa.Platform;

/// <summary>The outbox: its table, its jobs, and who the platform writes as.</summary>
internal sealed class MailModule : Module
{
    public const string SendJob = "mail.send";
    public const string FromSetting = "mail.from";
    public const string FromNameSetting = "mail.from-name";

    public override void Configure(ModuleBuilder m)
    {
        m.Entity<OutgoingMail, OutgoingMail.Map>();
        m.Command<SendMail>(SendJob, SendMail.Run);
        m.Every(TimeSpan.FromMinutes(10), "mail.collect", SendMail.Collect);
        m.Every(TimeSpan.FromDays(1), "mail.forget", SendMail.Forget);
        m.Setting(
            new Setting(
                FromSetting,
                "Sender address",
                "Mail of the platform comes from this address. Its domain must allow your mail server to send (SPF, DKIM).",
                "",
                value => value.Length == 0 || MailAddress.TryParse(value, out _) ? null : "Enter a mail address."
            )
        );
        m.Setting(
            new Setting(
                FromNameSetting,
                "Sender name",
                "The name that people see beside the sender address.",
                "Decentralization.Net",
                value => HeaderText.Fault(value) is null ? null : "Enter a name on one line."
            )
        );
        m.PersonalData(new PersonalData("mail", Export, Erase));
        m.Services.AddSingleton<Mailer>();
        m.Services.AddSingleton<MailDelivery>();
    }

    private static async Task<object?> Export(PlatformDb db, Guid account, CancellationToken cancel)
    {
        if (await AddressOf(db, account, cancel) is not { } address)
            return null;
        var mails = await db.Set<OutgoingMail>()
            .Where(m => m.ToAddress == address)
            .OrderBy(m => m.CreatedAt)
            .Select(m => new
            {
                m.Kind,
                m.Subject,
                m.CreatedAt,
                State = m.State.ToString(),
            })
            .ToListAsync(cancel);
        return mails.Count == 0 ? null : mails;
    }

    private static async Task Erase(PlatformDb db, Guid account, CancellationToken cancel)
    {
        if (await AddressOf(db, account, cancel) is { } address)
            await db.Set<OutgoingMail>().Where(m => m.ToAddress == address).ExecuteDeleteAsync(cancel);
    }

    private static async Task<string?> AddressOf(PlatformDb db, Guid account, CancellationToken cancel)
    {
        var typed = await db.Set<Account>()
            .Where(a => a.Id == account)
            .Select(a => a.Email)
            .SingleOrDefaultAsync(cancel);
        return MailAddress.TryParse(typed, out var address) ? address.Address : null;
    }
}
