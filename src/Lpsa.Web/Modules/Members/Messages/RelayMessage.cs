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
    /// <returns>Null when it is on its way, otherwise an English sentence that says why it is not.</returns>
    public async Task<string?> Send(PlatformDb db, Guid sender, Guid recipient, string body, CancellationToken cancel)
    {
        // In turns, or messages sent at once would each find the day's number not yet reached.
        await using var turn = await db.TakeTurn(MemberTurn.Of(sender), cancel);
        var here = await db.Set<Member>()
            .CountAsync(m => (m.Id == sender || m.Id == recipient) && m.State == MemberState.Member, cancel);
        if (here < 2)
            return MessageWords.Gone;
        var (now, day) = (db.Now, db.Now.AddDays(-1));
        var sent = await db.Set<MemberMessage>().CountAsync(m => m.SenderId == sender && m.SentAt > day, cancel);
        if (sent >= MemberMessage.MostInADay)
            return MessageWords.TooMany;
        var isBlocked = await db.Set<MemberBlock>()
            .AnyAsync(b => b.MemberId == recipient && b.BlockedId == sender, cancel);
        var message = MemberMessage.Write(sender, recipient, body, isBlocked, now);
        db.Add(message);
        if (!isBlocked)
            await Post(db, message, cancel);
        await db.SaveChangesAsync(cancel);
        await turn.CommitAsync(cancel);
        return null;
    }

    private async Task Post(PlatformDb db, MemberMessage message, CancellationToken cancel)
    {
        var name = await db.Set<Account>().Where(a => a.Id == message.SenderId).Select(a => a.Name).SingleAsync(cancel);
        var to = await db.Set<Account>().AsNoTracking().SingleAsync(a => a.Id == message.RecipientId, cancel);
        var member = await db.Set<Member>().AsNoTracking().SingleAsync(m => m.Id == to.Id, cancel);
        if (!MailAddress.TryParse(to.Email, to.Name, out var mailbox, out _))
            return;
        // It waits on the page of messages for whoever wants no mail now, or whose mailbox refuses it.
        var hash = await secrets.HashOf(db, to.Email, cancel);
        if (
            member.PausedUntil > DateOnly.FromDateTime(db.Now)
            || await db.Set<Suppression>().AnyAsync(s => s.AddressHash == hash && s.Scope == Suppression.Bulk, cancel)
        )
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
