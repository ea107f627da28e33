using Lpsa.Platform;

namespace Lpsa.Members;

/// <summary>
/// Who sees a field of a profile, each circle within the next. The order is the rule: a field is seen by a viewer whose
/// <see cref="Audience"/> reaches at least as far in, so the numbers stand in the database and are compared there.
/// </summary>
public enum Visibility
{
    Nobody = 0,

    /// <summary>Members who share a group with the person.</summary>
    Groups = 1,
    Members = 2,
    Everyone = 3,
}

/// <summary>What a person may offer to others.</summary>
public enum Availability
{
    Advice,
    Speaking,
    Reviewing,
    Mentoring,
}

internal static class ProfileWords
{
    public static string Visibility(this Texts texts, Visibility visibility) =>
        visibility switch
        {
            Members.Visibility.Everyone => texts.Say("Everyone"),
            Members.Visibility.Members => texts.Say("Members who are signed in"),
            Members.Visibility.Groups => texts.Say("Members of my groups"),
            _ => texts.Say("Nobody"),
        };

    public static string Availability(this Texts texts, Availability availability) =>
        availability switch
        {
            Members.Availability.Advice => texts.Say("Advice"),
            Members.Availability.Speaking => texts.Say("Speaking"),
            Members.Availability.Reviewing => texts.Say("Reviewing"),
            _ => texts.Say("Mentoring"),
        };
}
