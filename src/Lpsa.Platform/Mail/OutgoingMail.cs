using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lpsa.Platform;

public enum MailState
{
    Waiting,

    /// <summary>The final dot is being sent, or was when the process died: the server may have the message.</summary>
    Sending,
    Sent,

    /// <summary>Could not be handed over yet; tried again until it expires.</summary>
    Deferred,
    Failed,

    /// <summary>Nobody can say whether the server took it. Only a person sends it again.</summary>
    Unknown,
}

/// <summary>
/// One message in the outbox, and what became of it. Once sent it loses its text, which may hold secrets such as
/// sign-in links, and stays as a record.
/// </summary>
public sealed class OutgoingMail
{
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(90);

    public Guid Id { get; private set; }

    /// <summary>Which letter this is: <c>identity.sign-in</c>.</summary>
    public string Kind { get; private set; } = "";
    public string FromAddress { get; private set; } = "";
    public string FromName { get; private set; } = "";
    public string ToAddress { get; private set; } = "";
    public string ToName { get; private set; } = "";
    public string? ReplyTo { get; private set; }
    public string Subject { get; private set; } = "";
    public string Text { get; private set; } = "";
    public string Html { get; private set; } = "";

    /// <summary>JSON list of pairs of name and value.</summary>
    public string Headers { get; private set; } = "[]";
    public MailState State { get; private set; }

    /// <summary>Number of the next attempt, from 0; an attempt that finds it changed has been overtaken and gives up.</summary>
    public int Attempt { get; private set; }

    /// <summary>What the server or the connection said last.</summary>
    public string? Explanation { get; private set; }
    public DateTime CreatedAt { get; private set; }
    public DateTime NextAt { get; private set; }

    /// <summary>After this instant the message is of no use any more and is not tried again.</summary>
    public DateTime ExpiresAt { get; private set; }
    public DateTime? EndedAt { get; private set; }

    public bool MaySendAgain => State is MailState.Failed or MailState.Unknown or MailState.Deferred;

    internal bool IsDue => State is MailState.Waiting or MailState.Deferred;

    /// <summary>The same on every attempt, so that a receiver can drop a second copy.</summary>
    public string MessageId => $"{Id:N}@{MailAddress.Parse(FromAddress).Domain}";

    /// <summary>One job for each attempt; a second for the same attempt is refused by the table.</summary>
    internal string JobKey => $"mail:{Id:N}:{Attempt}";

    internal static OutgoingMail Queue(
        string kind,
        MailAddress from,
        MailAddress to,
        string subject,
        string text,
        string html,
        LetterOptions options,
        DateTime now
    ) =>
        new()
        {
            Id = Guid.CreateVersion7(),
            Kind = kind,
            FromAddress = from.Address,
            FromName = from.Name,
            ToAddress = to.Address,
            ToName = to.Name,
            ReplyTo = options.ReplyTo?.Address,
            Subject = HeaderText.Checked(subject, nameof(Subject)),
            Text = text,
            Html = html,
            Headers = JsonSerializer.Serialize(options.Headers.Select(h => new[] { h.Name, h.Value })),
            CreatedAt = now,
            NextAt = now,
            ExpiresAt = now + options.UsefulFor,
        };

    public MailMessage Message() =>
        new()
        {
            From = MailAddress.Parse(FromAddress, FromName),
            To = [MailAddress.Parse(ToAddress, ToName)],
            ReplyTo = ReplyTo is null ? null : MailAddress.Parse(ReplyTo),
            Subject = Subject,
            Text = Text,
            Html = Html,
            Headers = [.. JsonSerializer.Deserialize<string[][]>(Headers)!.Select(h => new MailHeader(h[0], h[1]))],
            MessageId = MessageId,
            Date = CreatedAt,
        };

    /// <summary>Writes down what became of an attempt.</summary>
    internal void Record(SubmissionOutcome outcome, DateTime now, double chance)
    {
        Explanation = Shortened(outcome.Explanation);
        if (State != MailState.Sending)
            Attempt++;
        if (outcome is SubmissionOutcome.Delivered)
        {
            End(MailState.Sent, now);
            (Text, Html) = ("", "");
        }
        else if (outcome is SubmissionOutcome.Unknown)
            End(MailState.Unknown, now);
        else if (!outcome.MayRetry || (NextAt = now + Delay(now - CreatedAt, chance)) > ExpiresAt)
            End(MailState.Failed, now);
        else
            State = MailState.Deferred;
    }

    internal void Expire(DateTime now)
    {
        End(MailState.Failed, now);
        Explanation =
            "failed: the message was of no more use before it could be sent"
            + (Explanation is null ? "" : $" ({Explanation})");
    }

    /// <summary>Staff decide to send it again, knowing that an unknown one may then arrive twice.</summary>
    public bool SendAgain(DateTime now)
    {
        if (!MaySendAgain)
            return false;
        (State, NextAt, EndedAt) = (MailState.Waiting, now, null);
        Attempt++;
        ExpiresAt = ExpiresAt > now + TimeSpan.FromHours(1) ? ExpiresAt : now + TimeSpan.FromHours(1);
        return true;
    }

    /// <summary>The server cannot be used at the moment, whoever the message is for: no attempt of its own is made.</summary>
    internal void Postpone(DateTime until, string reason, double chance)
    {
        (State, NextAt, Explanation) = (
            MailState.Deferred,
            until + TimeSpan.FromSeconds(20 * chance),
            Shortened(reason)
        );
        Attempt++;
    }

    /// <summary>As long again as the message is old, from a minute to three hours, spread so that many do not return at once.</summary>
    internal static TimeSpan Delay(TimeSpan age, double chance) =>
        TimeSpan.FromMinutes(Math.Clamp(age.TotalMinutes, 1, 180) * (1 + chance / 5));

    private void End(MailState state, DateTime now) => (State, EndedAt) = (state, now);

    private static string Shortened(string text) => text.Length > 2000 ? text[..2000] : text;

    internal sealed class Map : IEntityTypeConfiguration<OutgoingMail>
    {
        public void Configure(EntityTypeBuilder<OutgoingMail> entity)
        {
            entity.ToTable("outgoing_mail");
            entity.Property(m => m.Id).ValueGeneratedNever();
            entity.Property(m => m.Headers).IsJson();
            // Whoever read the row before another node began to send must not write over "sending".
            entity.Property(m => m.Attempt).IsConcurrencyToken();
            entity.HasIndex(m => new { m.State, m.NextAt });
            entity.HasIndex(m => m.ToAddress);
        }
    }
}
