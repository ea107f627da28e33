using System.ComponentModel.DataAnnotations;
using Lpsa.Places;
using Lpsa.Platform;

namespace Lpsa.Members;

/// <summary>What can be chosen, in the language of the page.</summary>
public sealed record ChoiceOptions(
    IReadOnlyList<Choice> Countries,
    IReadOnlyList<Choice> Stakeholders,
    IReadOnlyList<Choice> Themes,
    IReadOnlyList<Choice> Regions,
    IReadOnlyList<Choice> Sectors,
    IReadOnlyList<Choice> Objectives,
    IReadOnlyList<Choice> Languages
)
{
    public static ChoiceOptions Of(IVocabulary vocabulary, Texts texts)
    {
        return new(
            On(Axes.Country),
            On(Axes.Stakeholder),
            On(Axes.Theme),
            On(Axes.Region),
            On(Axes.Sector),
            On(Axes.Objective),
            [.. Language.All.Select(l => new Choice(l.Code, l.Name))]
        );

        IReadOnlyList<Choice> On(string axis) =>
            [.. vocabulary.All(axis, texts.Language.Code).Select(e => new Choice(e.Code, e.Label))];
    }
}

/// <summary>By which field of <see cref="ChoiceInput"/> a channel is chosen.</summary>
static class ChannelFields
{
    public static string NameOf(Channel channel) =>
        channel.Code switch
        {
            Channel.NewsletterCode => nameof(ChoiceInput.Newsletter),
            Channel.AnnouncementsCode => nameof(ChoiceInput.Announcements),
            Channel.GroupsCode => nameof(ChoiceInput.Groups),
            Channel.EventsCode => nameof(ChoiceInput.Events),
            _ => nameof(ChoiceInput.Digests),
        };
}

/// <summary>The fields of the forms by which a person chooses; the join form and the preference page share them.</summary>
public record ChoiceInput
{
    [StringLength(120)]
    [PersonName(ErrorMessage = "Write each word of the name in one alphabet, without hidden signs.")]
    public string Name { get; init; } = "";

    [StringLength(3)]
    public string Country { get; init; } = "";

    [StringLength(60)]
    public string Stakeholder { get; init; } = "";

    [StringLength(200)]
    public string Institution { get; init; } = "";

    [StringLength(200)]
    public string Position { get; init; } = "";
    public IReadOnlyList<string> Themes { get; init; } = [];
    public IReadOnlyList<string> Regions { get; init; } = [];
    public IReadOnlyList<string> Sectors { get; init; } = [];
    public IReadOnlyList<string> Objectives { get; init; } = [];
    public IReadOnlyList<string> Languages { get; init; } = [];
    public Frequency Newsletter { get; init; } = Frequency.Each;
    public Frequency Announcements { get; init; } = Frequency.Each;
    public Frequency Groups { get; init; } = Frequency.Each;
    public Frequency Events { get; init; } = Frequency.Each;
    public Frequency Digests { get; init; } = Frequency.Never;

    /// <summary>Codes that no vocabulary has are left out: a form can be sent with anything in it.</summary>
    public MemberChoices Choices(IVocabulary vocabulary, string language)
    {
        return new()
        {
            Name = OneLine(Name),
            Language = language,
            Country = Known(Axes.Country, Country),
            Stakeholder = Known(Axes.Stakeholder, Stakeholder),
            Institution = OneLine(Institution),
            Position = OneLine(Position),
            Interests = new Dictionary<string, IReadOnlyList<string>>
            {
                [Axes.Theme] = All(Axes.Theme, Themes),
                [Axes.Region] = All(Axes.Region, Regions),
                [Axes.Sector] = All(Axes.Sector, Sectors),
                [Axes.Objective] = All(Axes.Objective, Objectives),
                [InterestAxes.Language] = [.. Languages.Where(l => Platform.Language.Find(l) is not null)],
            },
            Channels = new Dictionary<string, Frequency>
            {
                [Channel.NewsletterCode] = Newsletter,
                [Channel.AnnouncementsCode] = Announcements,
                [Channel.GroupsCode] = Groups,
                [Channel.EventsCode] = Events,
                [Channel.DigestsCode] = Digests,
            },
        };

        // A line break in a name would end a header of a message.
        static string OneLine(string text) =>
            string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

        string? Known(string axis, string code) => vocabulary.Get(axis, code, language)?.Code;

        IReadOnlyList<string> All(string axis, IReadOnlyList<string> codes) =>
            [.. codes.Select(c => Known(axis, c)).OfType<string>()];
    }

    protected static T Filled<T>(Member member, string name)
        where T : ChoiceInput, new() =>
        new()
        {
            Name = name,
            Country = member.Country ?? "",
            Stakeholder = member.Stakeholder ?? "",
            Institution = member.Institution,
            Position = member.Position,
            Themes = member.CodesOn(Axes.Theme),
            Regions = member.CodesOn(Axes.Region),
            Sectors = member.CodesOn(Axes.Sector),
            Objectives = member.CodesOn(Axes.Objective),
            Languages = member.CodesOn(InterestAxes.Language),
            Newsletter = member.Newsletter,
            Announcements = member.Announcements,
            Groups = member.GroupMessages,
            Events = member.EventReminders,
            Digests = member.Digests,
        };
}
