using System.Text;
using System.Text.RegularExpressions;

namespace Lpsa.Platform;

/// <summary>One reply of a mail server, of one or more lines (RFC 5321 §4.2).</summary>
/// <param name="Code">Three digits.</param>
/// <param name="Lines">Texts without code; control characters are replaced, since logs and pages show them.</param>
public sealed partial record SmtpReply(int Code, IReadOnlyList<string> Lines)
{
    public const int LongestLine = 4096;
    public const int MostLines = 128;

    public bool IsPositive => Code is >= 200 and < 300;
    public bool IsTransient => Code is >= 400 and < 500;
    public bool IsPermanent => Code is >= 500 and < 600;

    public string Text => string.Join(' ', Lines);

    /// <summary>The enhanced status code such as <c>5.1.1</c> (RFC 3463); null when the server gives none.</summary>
    public string? EnhancedStatus =>
        Lines.Count > 0
        && EnhancedPattern().Match(Lines[0]) is { Success: true } match
        && match.Value[0] - '0' == Code / 100
            ? match.Groups[1].Value
            : null;

    public override string ToString() => Text.Length == 0 ? $"{Code}" : $"{Code} {Text}";

    public bool Equals(SmtpReply? other) => other is not null && Code == other.Code && Lines.SequenceEqual(other.Lines);

    public override int GetHashCode() => HashCode.Combine(Code, Text);

    internal SubmissionOutcome OutcomeAt(SubmissionStage stage) =>
        this switch
        {
            { IsTransient: true } => new SubmissionOutcome.Deferred(stage, this),
            { IsPermanent: true } when stage == SubmissionStage.Recipient => new SubmissionOutcome.RejectedRecipient(
                this
            ),
            { IsPermanent: true } => new SubmissionOutcome.Refused(stage, this),
            _ => new SubmissionOutcome.Failed(stage, $"the server gave an unexpected reply: {this}"),
        };

    /// <summary>One line: its code, whether more follow, its text. Null when it is none.</summary>
    internal static (int Code, bool More, string Text)? ReadLine(ReadOnlySpan<byte> line)
    {
        if (
            line.Length < 3
            || line[0] is < (byte)'2' or > (byte)'5'
            || !char.IsAsciiDigit((char)line[1])
            || !char.IsAsciiDigit((char)line[2])
        )
            return null;
        if (line.Length > 3 && line[3] is not ((byte)' ' or (byte)'-'))
            return null;
        var code = (line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0');
        var text = line.Length > 4 ? Encoding.UTF8.GetString(line[4..]) : "";
        var shown = string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter)).Trim();
        return (code, line.Length > 3 && line[3] == '-', shown);
    }

    [GeneratedRegex(@"^([245]\.\d{1,3}\.\d{1,3})(?= |$)")]
    private static partial Regex EnhancedPattern();
}
