using Lpsa.Platform;

namespace Lpsa.Members;

/// <summary>How often something may be sent.</summary>
public enum Frequency
{
    Never,

    /// <summary>Each one when it comes.</summary>
    Each,
    Daily,
    Weekly,
    Monthly,
}

/// <summary>One kind of message a member can take or leave.</summary>
/// <param name="Code">Stable; stands in links: <c>newsletter</c>.</param>
/// <param name="Label">English sentence, translated where it is shown; likewise the hint.</param>
/// <param name="Offered">Frequencies that make sense for it.</param>
public sealed record Channel(string Code, string Label, string Hint, Frequency Standard, params Frequency[] Offered)
{
    public const string NewsletterCode = "newsletter";
    public const string AnnouncementsCode = "announcements";
    public const string GroupsCode = "groups";
    public const string EventsCode = "events";
    public const string DigestsCode = "digests";

    public static readonly IReadOnlyList<Channel> All =
    [
        new(
            NewsletterCode,
            Sentence.Of("Newsletter"),
            Sentence.Of("“Connections”, every two months."),
            Frequency.Each,
            Frequency.Each,
            Frequency.Never
        ),
        new(
            AnnouncementsCode,
            Sentence.Of("Announcements"),
            Sentence.Of("Rare messages about something important, about six in a year."),
            Frequency.Each,
            Frequency.Each,
            Frequency.Never
        ),
        new(
            GroupsCode,
            Sentence.Of("Messages of your groups"),
            Sentence.Of("Meetings and discussions of the working groups you are in."),
            Frequency.Each,
            Frequency.Each,
            Frequency.Daily,
            Frequency.Weekly,
            Frequency.Never
        ),
        new(
            EventsCode,
            Sentence.Of("Reminders of events"),
            Sentence.Of("Before a meeting or webinar that you registered for."),
            Frequency.Each,
            Frequency.Each,
            Frequency.Never
        ),
        new(
            DigestsCode,
            Sentence.Of("What is new"),
            Sentence.Of("A list of new posts that fit your interests."),
            Frequency.Never,
            Frequency.Weekly,
            Frequency.Monthly,
            Frequency.Never
        ),
    ];

    public static Channel? Of(string code) => All.FirstOrDefault(c => c.Code == code);

    public void Set(Member member, Frequency frequency) => member.Set(Code, frequency);

    public Frequency Get(Member member) =>
        Code switch
        {
            NewsletterCode => member.Newsletter,
            AnnouncementsCode => member.Announcements,
            GroupsCode => member.GroupMessages,
            EventsCode => member.EventReminders,
            _ => member.Digests,
        };
}

public static class FrequencyWords
{
    public static string Frequency(this Texts texts, Frequency frequency) =>
        frequency switch
        {
            Members.Frequency.Each => texts.Say("Each one, when it comes"),
            Members.Frequency.Daily => texts.Say("Once a day"),
            Members.Frequency.Weekly => texts.Say("Once a week"),
            Members.Frequency.Monthly => texts.Say("Once a month"),
            _ => texts.Say("Not at all"),
        };
}
