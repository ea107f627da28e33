namespace Lpsa.Platform;

/// <summary>
/// A message before it is written. Every part that reaches a header is checked when it is set, so that a message that
/// exists can be sent: nothing a person types can start a header of its own.
/// </summary>
public sealed record MailMessage
{
    public required MailAddress From { get; init; }
    public MailAddress? ReplyTo { get; init; }

    /// <summary>At least one. One recipient per message is the norm: nobody learns who else reads.</summary>
    public required IReadOnlyList<MailAddress> To
    {
        get;
        init =>
            field = value.Count > 0 ? value : throw new ArgumentException("A message needs a recipient.", nameof(To));
    }

    public required string Subject
    {
        get;
        init => field = HeaderText.Checked(value, nameof(Subject));
    }

    /// <summary>The whole message for those who read plain text, not a notice that HTML exists.</summary>
    public required string Text { get; init; }
    public string? Html { get; init; }
    public IReadOnlyList<MailHeader> Headers { get; init; } = [];
    public IReadOnlyList<MailAttachment> Attachments { get; init; } = [];

    /// <summary>
    /// <c>unique@domain</c> without angle brackets. The same on every attempt, so that a second copy of a message whose
    /// fate was unknown can be recognised and dropped by the receiver.
    /// </summary>
    public required string MessageId
    {
        get;
        init =>
            field = MailAttachment.IdPattern().IsMatch(value)
                ? value
                : throw new ArgumentException(
                    $"“{value}” is not a message id such as 42@example.org.",
                    nameof(MessageId)
                );
    }

    public required DateTimeOffset Date { get; init; }

    internal bool NeedsSmtpUtf8 =>
        From.NeedsSmtpUtf8 || ReplyTo is { NeedsSmtpUtf8: true } || To.Any(to => to.NeedsSmtpUtf8);
}
