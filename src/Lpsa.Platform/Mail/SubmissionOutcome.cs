namespace Lpsa.Platform;

/// <summary>How far a message had come. Before <see cref="MailFrom"/> a refusal says nothing about the message itself.</summary>
public enum SubmissionStage
{
    Connect,
    Greeting,
    Hello,
    StartTls,
    Authenticate,
    MailFrom,
    Recipient,
    Data,

    /// <summary>The message itself, up to the reply to its final dot.</summary>
    Content,
}

/// <summary>
/// What became of a message for one recipient. <see cref="Delivered"/> means the server took responsibility, not that
/// a person has it.
/// </summary>
public abstract record SubmissionOutcome
{
    private SubmissionOutcome() { }

    public sealed record Delivered(SmtpReply Reply) : SubmissionOutcome;

    /// <summary>The server will never take mail for this recipient (5xx to RCPT).</summary>
    public sealed record RejectedRecipient(SmtpReply Reply) : SubmissionOutcome;

    /// <summary>Not now (4xx): try again later.</summary>
    public sealed record Deferred(SubmissionStage Stage, SmtpReply Reply) : SubmissionOutcome;

    /// <summary>Not this way (5xx), for another reason than the recipient.</summary>
    public sealed record Refused(SubmissionStage Stage, SmtpReply Reply) : SubmissionOutcome;

    /// <summary>No usable reply, and the final dot was never sent: nothing was delivered, trying again is safe.</summary>
    public sealed record Failed(SubmissionStage Stage, string Reason) : SubmissionOutcome;

    /// <summary>The server lacks what this message needs; the same message will not pass it later either.</summary>
    public sealed record Unsupported(string Reason) : SubmissionOutcome;

    /// <summary>
    /// The connection ended after the final dot and before the reply: the server may have the message. Sending it again
    /// could deliver it twice, so that is for a person to decide.
    /// </summary>
    public sealed record Unknown(string Reason) : SubmissionOutcome;

    /// <summary>True when it is safe and sensible to try the same message again later.</summary>
    public bool MayRetry =>
        this switch
        {
            Deferred or Failed => true,
            // A refused password or a blocked address of ours must not cost the recipients their message.
            Refused { Stage: < SubmissionStage.MailFrom } or Refused { Reply.Code: 530 or 534 or 535 or 538 } => true,
            _ => false,
        };

    /// <summary>True when it ended before the server heard of a message: the next one would fare no better now.</summary>
    public bool IsAboutOurselves =>
        this
            is Deferred { Stage: < SubmissionStage.MailFrom }
                or Refused { Stage: < SubmissionStage.MailFrom }
                or Failed { Stage: < SubmissionStage.MailFrom };

    /// <summary>One English line for logs and staff.</summary>
    public string Explanation =>
        this switch
        {
            Delivered o => $"accepted: {o.Reply}",
            RejectedRecipient o => $"recipient rejected: {o.Reply}",
            Deferred o => $"deferred at {o.Stage}: {o.Reply}",
            Refused o => $"refused at {o.Stage}: {o.Reply}",
            Failed o => $"failed at {o.Stage}: {o.Reason}",
            Unsupported o => $"not possible: {o.Reason}",
            Unknown o => $"unknown: {o.Reason}",
            _ => throw new System.Diagnostics.UnreachableException(),
        };
}

public sealed record RecipientOutcome(MailAddress Recipient, SubmissionOutcome Outcome);

/// <summary>Who the servers are told about; receivers never see it. No sender means that bounces go nowhere (<c>&lt;&gt;</c>).</summary>
public sealed record MailEnvelope(MailAddress? Sender, IReadOnlyList<MailAddress> Recipients)
{
    internal bool NeedsSmtpUtf8 => Sender is { NeedsSmtpUtf8: true } || Recipients.Any(r => r.NeedsSmtpUtf8);
}

/// <summary>Ends a dialogue early with what became of the message; never leaves <see cref="SubmissionClient"/>.</summary>
internal sealed class SubmissionStopped(SubmissionOutcome outcome) : Exception(outcome.Explanation)
{
    public SubmissionOutcome Outcome => outcome;

    public static SubmissionStopped At(SubmissionStage stage, string reason) =>
        new(new SubmissionOutcome.Failed(stage, reason));

    public static SubmissionStopped By(SubmissionStage stage, SmtpReply reply) => new(reply.OutcomeAt(stage));
}
