using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Members;

/// <summary>Carries a text from one member to another by mail, without showing either the other's address.</summary>
sealed class RelayMessage(Mailer mailer, MemberSecrets secrets, SiteAddress site)
{
    /// <summary>
    /// Puts message and letter into one save. To a sender who is blocked it looks the same: only silence does not invite
    /// a second account.
    /// </summary>
    /// <returns>False when the sender has written as much as one may in a day.</returns>
    public async Task<bool> Send(PlatformDb db, Guid sender, Guid recipient, string body, CancellationToken cancel)
    {
        var (now, day) = (db.Now, db.Now.AddDays(-1));
        var sent = await db.Set<MemberMessage>().CountAsync(m => m.SenderId == sender && m.SentAt > day, cancel);
        if (sent >= MemberMessage.MostInADay)
            return false;
        var isBlocked = await db.Set<MemberBlock>()
            .AnyAsync(b => b.MemberId == recipient && b.BlockedId == sender, cancel);
        var message = MemberMessage.Write(sender, recipient, body, isBlocked, now);
        db.Add(message);
        if (!isBlocked)
            await Post(db, message, cancel);
        await db.SaveChangesAsync(cancel);
        return true;
    }

    private async Task Post(PlatformDb db, MemberMessage message, CancellationToken cancel)
    {
        var name = await db.Set<Account>().Where(a => a.Id == message.SenderId).Select(a => a.Name).SingleAsync(cancel);
        var to = await db.Set<Account>().AsNoTracking().SingleAsync(a => a.Id == message.RecipientId, cancel);
        var member = await db.Set<Member>().AsNoTracking().SingleAsync(m => m.Id == to.Id, cancel);
        if (!MailAddress.TryParse(to.Email, to.Name, out var mailbox, out _))
            return;
        var link = await secrets.LinkOf(db, member, cancel);
        mailer.Queue(
            db,
            mailbox,
            Language.Find(member.Language) ?? Language.English,
            new MessageLetter
            {
                Token = link,
                From = OneLine(name),
                Text = message.Body,
                Path = ReadMessages.PathOf(message.Id),
            },
            MemberMail.Options(site, link)
        );
    }

    // A line break in a name would end the subject of the letter.
    private static string OneLine(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
