using Lpsa.Members;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Organisations;

/// <summary>Tells the person who asked what became of the request, in the transaction that changes it.</summary>
sealed class RequestMail(Mailer mailer)
{
    public static readonly string Moved = Sentence.Of("The request has moved on meanwhile. Nothing was changed.");

    public async Task Tell(PlatformDb db, RecognitionRequest request, string note, CancellationToken cancel)
    {
        // Who left or was erased is not written to; the history on the page has it all the same.
        if (await db.Membership(request.AccountId, cancel) is not { } member)
            return;
        var address = await db.Set<Account>().Where(a => a.Id == member.Id).Select(a => a.Email).SingleAsync(cancel);
        if (!MailAddress.TryParse(address, member.Name, out var mailbox, out _))
            return;
        mailer.Queue(
            db,
            mailbox,
            member.Language,
            new RequestLetter
            {
                Name = PlainText.Line(member.Name),
                Organisation = PlainText.Line(request.Name),
                Mark = request.Mark,
                State = request.State,
                Note = note,
                Path = OwnRequest.PathOf(request.Id),
            }
        );
    }
}
