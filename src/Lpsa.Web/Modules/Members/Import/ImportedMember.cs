using System.Text.Json;

namespace Lpsa.Members;

internal enum ImportedState
{
    Subscribed,
    Unsubscribed,
    Complained,
    Bounced,

    /// <summary>Known to the other program, but never asked for messages, or no longer there.</summary>
    NeverAsked,
}

/// <summary>What a row says of a person.</summary>
/// <param name="JoinedAt">When the person asked for messages; null when the file does not say.</param>
/// <param name="EndedAt">When the messages ended.</param>
/// <param name="Evidence">What the file tells about the consent, in words.</param>
internal sealed record ImportedMember(
    long Line,
    string Email,
    ImportedState State,
    MemberChoices Choices,
    DateTime? JoinedAt,
    DateTime? EndedAt,
    string Evidence,
    string Network
)
{
    /// <summary>The whole record, when the file is of our own form.</summary>
    public JsonElement? Own { get; init; }
}

internal enum MemberDifferenceKind
{
    New,
    Changed,

    /// <summary>Left as it is here.</summary>
    Left,
    Suppressed,
}

/// <summary>What a row changes, or why it changes nothing.</summary>
internal sealed record MemberDifference(string File, long Line, MemberDifferenceKind Kind, string Email, string Reason)
{
    public override string ToString() => $"{File}:{Line}: {Kind.ToString().ToLowerInvariant()}: {Email}: {Reason}";
}
