using Lpsa.Platform;

namespace Lpsa.Members;

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
    public static string Availability(this Texts texts, Availability availability) =>
        availability switch
        {
            Members.Availability.Advice => texts.Say("Advice"),
            Members.Availability.Speaking => texts.Say("Speaking"),
            Members.Availability.Reviewing => texts.Say("Reviewing"),
            _ => texts.Say("Mentoring"),
        };
}
