using Lpsa.Platform;

namespace Lpsa.Organisations;

static class OrganisationWords
{
    public static readonly IReadOnlyList<MarkKind> Marks = Enum.GetValues<MarkKind>();

    public static string Mark(this Texts texts, MarkKind kind) =>
        kind switch
        {
            MarkKind.Recognised => texts.Say("Recognised institution"),
            MarkKind.Partner => texts.Say("Partner"),
            _ => texts.Say("Advisory Board seat"),
        };

    /// <summary>What it means, and what it does not.</summary>
    public static string MeaningOf(this Texts texts, MarkKind kind) =>
        kind switch
        {
            MarkKind.Recognised => texts.Say(
                "The institution asked to be recorded as part of the community, and the editors agreed. It is free and no agreement."
            ),
            MarkKind.Partner => texts.Say(
                "The institution and the Alliance signed an agreement on joint work for a term. It is no seat on a board."
            ),
            _ => texts.Say(
                "The institution was invited to advise on the work of the Alliance. It does not follow from the other two, nor they from it."
            ),
        };

    /// <summary>Code in addresses and facets: <c>advisory-board</c>.</summary>
    public static string Code(MarkKind kind) =>
        kind switch
        {
            MarkKind.Recognised => "recognised",
            MarkKind.Partner => "partner",
            _ => "advisory-board",
        };

    public static MarkKind? MarkOf(string code) =>
        Marks.Cast<MarkKind?>().FirstOrDefault(kind => Code(kind!.Value) == code);

    public static Tone ToneOf(MarkKind kind) =>
        kind switch
        {
            MarkKind.Recognised => Tone.Good,
            MarkKind.Partner => Tone.Strong,
            _ => Tone.Quiet,
        };

    public static string State(this Texts texts, OrganisationState state) =>
        state switch
        {
            OrganisationState.Draft => texts.Say("Draft"),
            OrganisationState.Published => texts.Say("Published"),
            _ => texts.Say("Closed"),
        };

    public static string State(this Texts texts, RequestState state) =>
        state switch
        {
            RequestState.Received => texts.Say("Received"),
            RequestState.UnderReview => texts.Say("Under review"),
            RequestState.MoreAsked => texts.Say("More information asked"),
            RequestState.Approved => texts.Say("Approved"),
            RequestState.Declined => texts.Say("Declined"),
            _ => texts.Say("Withdrawn"),
        };

    public static Tone ToneOf(RequestState state) =>
        state switch
        {
            RequestState.Approved => Tone.Good,
            RequestState.MoreAsked => Tone.Warn,
            RequestState.Declined => Tone.Bad,
            RequestState.UnderReview => Tone.Strong,
            _ => Tone.Quiet,
        };

    /// <summary>Days as people say them: “since”, “until”, or both.</summary>
    public static string Span(this Texts texts, DateOnly? from, DateOnly? until) =>
        (from, until) switch
        {
            ({ } first, { } last) => texts.Say("{0} to {1}", texts.Date(first), texts.Date(last)),
            ({ } first, null) => texts.Say("since {0}", texts.Date(first)),
            (null, { } last) => texts.Say("until {0}", texts.Date(last)),
            _ => "",
        };
}
