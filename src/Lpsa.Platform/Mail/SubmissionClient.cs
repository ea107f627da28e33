namespace Lpsa.Platform;

/// <summary>
/// Hands messages to a mail server and tells truly what became of each, one connection for many messages. Calls from
/// several places wait for each other.
/// </summary>
public sealed class SubmissionClient(SmtpSettings settings, TimeProvider clock) : IAsyncDisposable
{
    private readonly SemaphoreSlim turn = new(1);
    private SmtpSession? session;

    public SmtpTimeouts Timeouts { get; init; } = SmtpTimeouts.Standard;

    /// <summary>Many servers end a connection after some hundred messages with an error; leaving first is kinder.</summary>
    public int MessagesPerConnection { get; init; } = 100;

    /// <summary>Sends one message.</summary>
    /// <param name="message">As written by <see cref="MimeWriter"/>, signed or not.</param>
    /// <param name="beforeFinalDot">
    /// Runs when the server has everything but the final dot, the last moment at which nothing can have been delivered:
    /// here the caller records that from now on the fate is open. If it throws, the message is not delivered.
    /// </param>
    /// <returns>One outcome for each recipient, in their order.</returns>
    /// <exception cref="OperationCanceledException">Called off before the final dot: nothing was delivered.</exception>
    /// <exception cref="ArgumentException">No recipient, or bytes that cannot travel as mail; the line is named.</exception>
    public async Task<IReadOnlyList<RecipientOutcome>> Submit(
        MailEnvelope envelope,
        ReadOnlyMemory<byte> message,
        CancellationToken cancel,
        Func<CancellationToken, Task>? beforeFinalDot = null
    )
    {
        if (envelope.Recipients.Count == 0)
            throw new ArgumentException("A message needs a recipient.", nameof(envelope));
        if (MailLines.Fault(message.Span) is { } fault)
            throw new ArgumentException("The message cannot be sent. " + fault, nameof(message));

        await turn.WaitAsync(cancel);
        try
        {
            var isReused = session is not null;
            var outcomes = await Try(envelope, message, beforeFinalDot, cancel);
            // A kept connection may have been closed meanwhile by the server; that says nothing about this message.
            return isReused && outcomes.All(IsStaleConnection)
                ? await Try(envelope, message, beforeFinalDot, cancel)
                : outcomes;
        }
        finally
        {
            turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await turn.WaitAsync();
        await Close();
        turn.Dispose();
    }

    private async Task<IReadOnlyList<RecipientOutcome>> Try(
        MailEnvelope envelope,
        ReadOnlyMemory<byte> message,
        Func<CancellationToken, Task>? beforeFinalDot,
        CancellationToken cancel
    )
    {
        var isSafe = false;
        try
        {
            session ??= await SmtpSession.Open(settings, Timeouts, clock, cancel);
            var outcomes = await new SmtpTransaction(session, Timeouts, envelope, message).Run(beforeFinalDot, cancel);
            isSafe = !session.Connection.IsBroken && !outcomes.Any(IsOutOfStep);
            return outcomes;
        }
        catch (SubmissionStopped stopped)
        {
            return [.. envelope.Recipients.Select(recipient => new RecipientOutcome(recipient, stopped.Outcome))];
        }
        finally
        {
            if (!isSafe)
                Drop();
            else if (session!.Messages >= MessagesPerConnection)
                await Close();
        }
    }

    private static bool IsStaleConnection(RecipientOutcome one) =>
        one.Outcome
            is SubmissionOutcome.Failed { Stage: SubmissionStage.MailFrom }
                or SubmissionOutcome.Deferred { Stage: SubmissionStage.MailFrom, Reply.Code: 421 };

    /// <summary>After these the server and we may disagree about whose turn it is; a new message must not be drawn into that.</summary>
    private static bool IsOutOfStep(RecipientOutcome one) =>
        one.Outcome is SubmissionOutcome.Failed or SubmissionOutcome.Unknown;

    /// <summary>Without QUIT: half a message may be under way, and only a broken connection tells the server to forget it.</summary>
    private void Drop()
    {
        session?.Connection.Dispose();
        session = null;
    }

    private async Task Close()
    {
        if (session is not null)
            await session.DisposeAsync();
        session = null;
    }
}
