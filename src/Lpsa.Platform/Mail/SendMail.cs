using Microsoft.EntityFrameworkCore;

namespace Lpsa.Platform;

/// <summary>
/// The job that sends one message of the outbox. It runs at least once; the message leaves at most once for each
/// decision to send it, because the row says "sending" before the final dot and only one attempt can write that.
/// </summary>
internal sealed record SendMail(Guid Id)
{
    public static async Task Run(IServiceProvider services, SendMail command, CancellationToken cancel)
    {
        var (db, delivery, mailer) = (
            services.GetRequiredService<PlatformDb>(),
            services.GetRequiredService<MailDelivery>(),
            services.GetRequiredService<Mailer>()
        );
        if (await db.Set<OutgoingMail>().SingleOrDefaultAsync(m => m.Id == command.Id, cancel) is not { } mail)
            return;
        if (mail.State == MailState.Sending)
        {
            await LoseTrack(db, mail, cancel);
            return;
        }
        // Not due: an earlier run of this job has recorded the outcome and died before it was taken from the queue.
        if (!mail.IsDue || mail.NextAt > db.Now || !delivery.IsOn)
            return;
        if (mail.ExpiresAt <= db.Now)
        {
            mail.Expire(db.Now);
            await db.SaveChangesAsync(cancel);
            return;
        }

        if (delivery.Paused is { } pause)
        {
            mail.Postpone(pause.Until, pause.Reason, Random.Shared.NextDouble());
            mailer.QueueJob(db, mail);
            await db.SaveChangesAsync(cancel);
            return;
        }

        var outcome = await delivery.Submit(mail, stop => MarkSending(db, mail, stop), cancel);
        mail.Record(outcome, db.Now, Random.Shared.NextDouble());
        if (mail.State == MailState.Deferred)
            mailer.QueueJob(db, mail);
        // The reply is known: a server that is being stopped must still write it down.
        await db.SaveChangesAsync(CancellationToken.None);
    }

    /// <summary>Puts messages back into the queue whose job was lost or came before LPSA_SMTP was set.</summary>
    public static async Task Collect(IServiceProvider services, CancellationToken cancel)
    {
        var (db, delivery, mailer) = (
            services.GetRequiredService<PlatformDb>(),
            services.GetRequiredService<MailDelivery>(),
            services.GetRequiredService<Mailer>()
        );
        if (!delivery.IsOn)
            return;
        var overdue = db.Now - TimeSpan.FromMinutes(5);
        var mails = await db.Set<OutgoingMail>()
            .AsNoTracking()
            .Where(m => (m.State == MailState.Waiting || m.State == MailState.Deferred) && m.NextAt < overdue)
            .OrderBy(m => m.NextAt)
            .Take(500)
            .ToListAsync(cancel);
        foreach (var mail in mails)
        {
            var key = mail.JobKey;
            if (await db.Set<Job>().AnyAsync(job => job.UniqueKey == key, cancel))
                continue;
            mailer.QueueJob(db, mail);
            await db.SaveChangesAsync(cancel);
        }
    }

    public static async Task Forget(IServiceProvider services, CancellationToken cancel)
    {
        var db = services.GetRequiredService<PlatformDb>();
        var before = db.Now - OutgoingMail.KeptFor;
        await db.Set<OutgoingMail>().Where(m => m.EndedAt < before).ExecuteDeleteAsync(cancel);
    }

    /// <summary>
    /// The node that sent the message stopped, or lost the database, between the final dot and the record of the reply.
    /// Should it only be slow, its record replaces this one.
    /// </summary>
    private static Task LoseTrack(PlatformDb db, OutgoingMail mail, CancellationToken cancel)
    {
        const string reason =
            "unknown: the message was sent whole, then the platform stopped before it could record the reply";
        var (attempt, now) = (mail.Attempt, db.Now);
        return db.Set<OutgoingMail>()
            .Where(m => m.Id == mail.Id && m.Attempt == attempt && m.State == MailState.Sending)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(m => m.State, MailState.Unknown)
                        .SetProperty(m => m.Explanation, reason)
                        .SetProperty(m => m.EndedAt, now),
                cancel
            );
    }

    private static async Task MarkSending(PlatformDb db, OutgoingMail mail, CancellationToken cancel)
    {
        await db.Database.OpenConnectionAsync(cancel);
        try
        {
            // With the usual NORMAL a loss of power could take this one commit back, and the message would go twice.
            if (!db.IsPostgres)
                await db.Database.ExecuteSqlAsync($"PRAGMA synchronous=FULL", cancel);
            var attempt = mail.Attempt;
            var marked = await db.Set<OutgoingMail>()
                .Where(m =>
                    m.Id == mail.Id
                    && m.Attempt == attempt
                    && (m.State == MailState.Waiting || m.State == MailState.Deferred)
                )
                .ExecuteUpdateAsync(
                    set => set.SetProperty(m => m.State, MailState.Sending).SetProperty(m => m.Attempt, attempt + 1),
                    cancel
                );
            if (marked != 1)
                throw new InvalidOperationException($"Mail {mail.Id} is being sent by somebody else.");
            await db.Entry(mail).ReloadAsync(cancel);
        }
        finally
        {
            if (!db.IsPostgres)
                await db.Database.ExecuteSqlAsync($"PRAGMA synchronous=NORMAL", CancellationToken.None);
            await db.Database.CloseConnectionAsync();
        }
    }
}
