using System.Buffers;
using System.Collections.Frozen;
using System.Text;

namespace Lpsa.Platform;

/// <summary>Writes letters into the outbox. Nothing leaves before the caller's transaction has committed.</summary>
public sealed class Mailer(
    SiteAddress site,
    FrozenDictionary<string, Texts> texts,
    SiteSettings settings,
    JobQueue jobs,
    TimeProvider clock
)
{
    /// <summary>
    /// Draws the letter in the reader's language and adds it, and the job that sends it, to the caller's transaction.
    /// </summary>
    public OutgoingMail Queue(
        PlatformDb db,
        MailAddress to,
        Language language,
        Letter letter,
        LetterOptions? options = null
    )
    {
        var context = new PageContext
        {
            Texts = texts[language.Code],
            Site = site,
            Now = clock.GetUtcNow().UtcDateTime,
        };
        letter.Page = context;
        var html = Draw(letter, context);
        var mail = OutgoingMail.Queue(
            letter.Kind,
            Sender(),
            to,
            letter.Subject,
            LetterText.From(html),
            html,
            options ?? LetterOptions.Standard,
            context.Now
        );
        db.Add(mail);
        QueueJob(db, mail);
        return mail;
    }

    /// <summary>Sends a message again that failed, was deferred or whose fate is unknown; false when it is none of these.</summary>
    public bool SendAgain(PlatformDb db, OutgoingMail mail)
    {
        if (!mail.SendAgain(db.Now))
            return false;
        QueueJob(db, mail);
        return true;
    }

    internal void QueueJob(PlatformDb db, OutgoingMail mail) =>
        jobs.Add(db, MailModule.SendJob, new SendMail(mail.Id), mail.NextAt, mail.JobKey);

    private static string Draw(Letter letter, PageContext context)
    {
        var drawn = new ArrayBufferWriter<byte>(8 * 1024);
        var frame = new LetterFrame
        {
            Page = context,
            Subject = letter.Subject,
            Reason = letter.Reason,
            Preview = letter.Preview,
            FootLinks = letter.FootLinks,
            Body = letter.Build,
        };
        new HtmlPainter(drawn, context).Paint(frame.Build);
        return Encoding.UTF8.GetString(drawn.WrittenSpan);
    }

    private MailAddress Sender()
    {
        var name = settings[MailModule.FromNameSetting];
        return
            MailAddress.TryParse(settings[MailModule.FromSetting], name, out var chosen, out _)
            || MailAddress.TryParse("platform@" + site.Origin.IdnHost, name, out chosen, out _)
            ? chosen
            // A site that runs under a bare number has no domain to write from.
            : MailAddress.Parse("platform@localhost.localdomain", name);
    }
}
