using Lpsa.Platform;

namespace Lpsa.Publishing;

/// <summary>What a post is. The order is the order of the filter.</summary>
public enum PostKind
{
    Post,
    Explainer,
    Announcement,
    Call,
    Event,
    Webinar,
    Meeting,
    Recap,
    Proceedings,
    Primer,
    Framework,
    Profile,
    Project,
    Report,
    Policy,
    Course,
    Video,
    Newsletter,
    Survey,
    Award,
    Page,
}

public enum PostState
{
    Draft,
    Submitted,
    Scheduled,
    Published,
    Archived,
}

/// <summary>How much of a date is known. A list never shows more than that.</summary>
public enum DatePrecision
{
    Unknown,
    Year,
    Month,
    Day,
}

public enum TranslationQuality
{
    /// <summary>Made by a machine; nobody who speaks the language has looked at it.</summary>
    Machine,
    Reviewed,
}

public enum CreditRole
{
    Author,
    Editor,
    Translator,
    Reviewer,
    Photographer,
    Data,
}

public static class PublishingWords
{
    public static string Kind(this Texts texts, PostKind kind) =>
        kind switch
        {
            PostKind.Post => texts.Say("Post"),
            PostKind.Explainer => texts.Say("Explainer"),
            PostKind.Announcement => texts.Say("Announcement"),
            PostKind.Call => texts.Say("Call or vacancy"),
            PostKind.Event => texts.Say("Event"),
            PostKind.Webinar => texts.Say("Webinar"),
            PostKind.Meeting => texts.Say("Meeting"),
            PostKind.Recap => texts.Say("Recap"),
            PostKind.Proceedings => texts.Say("Proceedings"),
            PostKind.Primer => texts.Say("Primer"),
            PostKind.Framework => texts.Say("Framework"),
            PostKind.Profile => texts.Say("Country profile"),
            PostKind.Project => texts.Say("Project"),
            PostKind.Report => texts.Say("Report"),
            PostKind.Policy => texts.Say("Policy"),
            PostKind.Course => texts.Say("Course"),
            PostKind.Video => texts.Say("Video"),
            PostKind.Newsletter => texts.Say("Newsletter"),
            PostKind.Survey => texts.Say("Survey"),
            PostKind.Award => texts.Say("Award"),
            _ => texts.Say("Page"),
        };

    public static string State(this Texts texts, PostState state) =>
        state switch
        {
            PostState.Draft => texts.Say("Draft"),
            PostState.Submitted => texts.Say("Submitted"),
            PostState.Scheduled => texts.Say("Scheduled"),
            PostState.Published => texts.Say("Published"),
            _ => texts.Say("Archived"),
        };

    public static string Credit(this Texts texts, CreditRole role) =>
        role switch
        {
            CreditRole.Author => texts.Say("Author"),
            CreditRole.Editor => texts.Say("Editor"),
            CreditRole.Translator => texts.Say("Translator"),
            CreditRole.Reviewer => texts.Say("Reviewer"),
            CreditRole.Photographer => texts.Say("Photographer"),
            _ => texts.Say("Data"),
        };

    /// <summary>A date as far as it is known; null when nothing is.</summary>
    public static string? Date(this Texts texts, DateOnly? date, DatePrecision precision) =>
        (date, precision) switch
        {
            (null, _) or (_, DatePrecision.Unknown) => null,
            ({ } day, DatePrecision.Day) => texts.Date(day),
            ({ } day, DatePrecision.Month) => texts.Month(day),
            ({ } day, _) => day.Year.ToString(System.Globalization.CultureInfo.InvariantCulture),
        };
}
