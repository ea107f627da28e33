using System.Text;

namespace Lpsa.Platform;

/// <summary>One message over an open session, from MAIL to the reply to the final dot.</summary>
internal sealed class SmtpTransaction(
    SmtpSession session,
    SmtpTimeouts timeouts,
    MailEnvelope envelope,
    ReadOnlyMemory<byte> message
)
{
    // Small enough that all replies fit into any TCP window: neither side can then block the other (RFC 2920 §3.1).
    private const int MostCommandsAtOnce = 50;

    private readonly SmtpConnection connection = session.Connection;
    private readonly RecipientOutcome[] outcomes = new RecipientOutcome[envelope.Recipients.Count];

    /// <param name="beforeFinalDot">Runs when only the final dot is missing; the message is lost to the server if it throws.</param>
    public async Task<IReadOnlyList<RecipientOutcome>> Run(
        Func<CancellationToken, Task>? beforeFinalDot,
        CancellationToken cancel
    )
    {
        if (Shortcoming() is { } reason)
            return All(new SubmissionOutcome.Unsupported(reason));

        try
        {
            if (session.NeedsReset)
                await Reset(cancel);
            session.NeedsReset = true;
            session.Messages++;
            if (await Data(await Envelope(cancel), cancel))
                await Content(beforeFinalDot, cancel);
        }
        catch (SubmissionStopped stopped)
        {
            Rest(stopped.Outcome);
        }
        return outcomes;
    }

    private string? Shortcoming()
    {
        var offered = session.Offered;
        if (offered.LargestMessage < message.Length)
            return $"the message has {message.Length} bytes and the server takes {offered.LargestMessage}";
        if (envelope.NeedsSmtpUtf8 && !offered.SmtpUtf8)
            return "the address needs SMTPUTF8, which the server does not offer";
        return Is8Bit && !offered.EightBitMime ? "the message needs 8BITMIME, which the server does not offer" : null;
    }

    private bool Is8Bit => !Ascii.IsValid(message.Span);

    private async Task Reset(CancellationToken cancel)
    {
        var reply = await connection.Ask("RSET", SubmissionStage.MailFrom, timeouts.Command, cancel);
        if (!reply.IsPositive)
            throw SubmissionStopped.By(SubmissionStage.MailFrom, reply);
    }

    /// <summary>MAIL and every RCPT, and DATA with the last of them where the server takes commands in a row.</summary>
    /// <returns>The reply to DATA when it was asked already.</returns>
    private async Task<SmtpReply?> Envelope(CancellationToken cancel)
    {
        List<string> commands = [MailCommand(), .. envelope.Recipients.Select(r => $"RCPT TO:<{r.Address}>")];
        if (session.Offered.Pipelining)
            commands.Add("DATA");

        var replies = new List<SmtpReply>();
        foreach (var group in commands.Chunk(session.Offered.Pipelining ? MostCommandsAtOnce : 1))
        {
            await connection.Say(group, Stage(replies.Count), timeouts.Command, cancel);
            foreach (var _ in group)
            {
                var reply = await connection.Read(Stage(replies.Count), timeouts.Command, cancel);
                replies.Add(reply);
                if (replies.Count == 1 && !reply.IsPositive)
                    Rest(reply.OutcomeAt(SubmissionStage.MailFrom));
                else if (replies.Count <= envelope.Recipients.Count + 1 && replies.Count > 1 && !reply.IsPositive)
                    outcomes[replies.Count - 2] ??= For(replies.Count - 2, reply.OutcomeAt(SubmissionStage.Recipient));
                if (connection.IsBroken)
                    throw SubmissionStopped.By(Stage(replies.Count - 1), reply);
            }
            if (!replies[0].IsPositive)
                break;
        }
        return replies.Count > envelope.Recipients.Count + 1 ? replies[^1] : null;
    }

    private SubmissionStage Stage(int replies) =>
        replies == 0 ? SubmissionStage.MailFrom
        : replies <= envelope.Recipients.Count ? SubmissionStage.Recipient
        : SubmissionStage.Data;

    private string MailCommand()
    {
        var command = new StringBuilder($"MAIL FROM:<{envelope.Sender?.Address}>");
        if (session.Offered.Size)
            command.Append($" SIZE={message.Length}");
        if (Is8Bit)
            command.Append(" BODY=8BITMIME");
        if (envelope.NeedsSmtpUtf8)
            command.Append(" SMTPUTF8");
        return command.ToString();
    }

    /// <returns>True when the server waits for the message and at least one recipient was accepted.</returns>
    private async Task<bool> Data(SmtpReply? reply, CancellationToken cancel)
    {
        var isWanted = Array.Exists(outcomes, outcome => outcome is null);
        if (reply is null && isWanted)
            reply = await connection.Ask("DATA", SubmissionStage.Data, timeouts.Data, cancel);
        if (reply is null || (!isWanted && reply.Code != 354))
            return false;
        if (!isWanted)
        {
            // The server waits for a message nobody may receive: an empty one ends it without sending any text.
            await connection.Ask(".", SubmissionStage.Data, timeouts.FinalReply, cancel);
            return false;
        }
        return reply.Code == 354 ? true : throw SubmissionStopped.By(SubmissionStage.Data, reply);
    }

    private async Task Content(Func<CancellationToken, Task>? beforeFinalDot, CancellationToken cancel)
    {
        try
        {
            foreach (var block in MailLines.DotStuffed(message))
                await connection.Write(block, SubmissionStage.Content, timeouts.DataBlock, cancel);
        }
        catch (SubmissionStopped stopped)
        {
            // A server that has enough says why before it hangs up; its word tells more than the broken pipe.
            throw await EarlyReply(cancel) ?? stopped;
        }
        if (beforeFinalDot is not null)
            await beforeFinalDot(cancel);
        cancel.ThrowIfCancellationRequested();
        if (connection.HasUnaskedData)
            throw await EarlyReply(cancel)
                ?? SubmissionStopped.At(SubmissionStage.Content, "the server replied before the message ended");

        Rest(await FinalDot(cancel));
    }

    private async Task<SubmissionStopped?> EarlyReply(CancellationToken cancel)
    {
        try
        {
            var reply = await connection.Read(SubmissionStage.Content, timeouts.Quit, cancel);
            return reply.IsTransient || reply.IsPermanent ? SubmissionStopped.By(SubmissionStage.Content, reply) : null;
        }
        catch (SubmissionStopped)
        {
            return null;
        }
    }

    /// <summary>From the first byte written here the server may have the message, so nothing is "failed" any more.</summary>
    private async Task<SubmissionOutcome> FinalDot(CancellationToken cancel)
    {
        // A server that is being restarted would otherwise leave a message of unknown fate behind each time.
        using var grace = new CancellationTokenSource();
        await using var ending = cancel.Register(() => grace.CancelAfter(timeouts.Grace));
        try
        {
            await connection.Write(".\r\n"u8.ToArray(), SubmissionStage.Content, timeouts.DataBlock, grace.Token);
            var reply = await connection.Read(SubmissionStage.Content, timeouts.FinalReply, grace.Token);
            session.NeedsReset = false;
            if (reply.IsPositive)
                return new SubmissionOutcome.Delivered(reply);
            return reply.OutcomeAt(SubmissionStage.Content) is var outcome and not SubmissionOutcome.Failed
                ? outcome
                : new SubmissionOutcome.Unknown($"the server answered the whole message with {reply}");
        }
        catch (SubmissionStopped stopped)
        {
            var reason = ((SubmissionOutcome.Failed)stopped.Outcome).Reason;
            return new SubmissionOutcome.Unknown($"the message was sent whole, then: {reason}");
        }
        catch (OperationCanceledException)
        {
            return new SubmissionOutcome.Unknown(
                "the message was sent whole, then the wait for the reply was called off"
            );
        }
    }

    private void Rest(SubmissionOutcome outcome)
    {
        for (var at = 0; at < outcomes.Length; at++)
            outcomes[at] ??= For(at, outcome);
    }

    private RecipientOutcome[] All(SubmissionOutcome outcome) =>
        [.. envelope.Recipients.Select(r => new RecipientOutcome(r, outcome))];

    private RecipientOutcome For(int at, SubmissionOutcome outcome) => new(envelope.Recipients[at], outcome);
}
