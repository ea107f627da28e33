using Lpsa.Platform;

namespace Lpsa.Members;

/// <summary>A letter to a member: its foot leads to the person's own choices and out (rules R6 and R7 of the policy).</summary>
public abstract class MemberLetter : Letter
{
    /// <summary>The member's link (see <see cref="MemberSecrets"/>).</summary>
    public string Token { get; init; } = "";

    /// <summary>The channel that the way out ends; null: everything.</summary>
    protected virtual string? ChannelCode => null;

    public override IReadOnlyList<(string Label, string Path)> FootLinks =>
        [
            (L("Change what you get"), EditPreferences.PathOf(Token)),
            (L("Unsubscribe"), Unsubscribe.PathOf(Token, ChannelCode)),
        ];
}

/// <summary>Something worth doing now, and why.</summary>
/// <param name="Reason">A sentence such as “You chose health.”; null when it is for everybody.</param>
public sealed record NextStep(string Label, string Path, string? Reason = null);
