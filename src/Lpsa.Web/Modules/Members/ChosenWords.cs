using Lpsa.Places;
using Lpsa.Platform;

namespace Lpsa.Members;

/// <summary>What was chosen and done, in words, for the person and for staff.</summary>
static class ChosenWords
{
    /// <summary>Only what was given: an empty answer is no fact.</summary>
    public static IReadOnlyList<(string Term, string Value)> Facts(
        this Texts texts,
        MemberChoices chosen,
        IVocabulary vocabulary
    )
    {
        var facts = new List<(string Term, string Value)>();
        Add(texts.Say("Name"), chosen.Name);
        Add(texts.Say("Country you work in or on"), LabelOf(Axes.Country, chosen.Country));
        Add(texts.Say("You are first of all"), LabelOf(Axes.Stakeholder, chosen.Stakeholder));
        Add(texts.Say("Institution"), chosen.Institution);
        Add(texts.Say("What you do there"), chosen.Position);
        AddAll(Axes.Theme, texts.Say("Topics"));
        AddAll(Axes.Region, texts.Say("Regions"));
        AddAll(Axes.Sector, texts.Say("Sectors"));
        AddAll(Axes.Objective, texts.Say("Policy objectives"));
        Add(
            texts.Say("Languages you read"),
            Joined(chosen.Interests.GetValueOrDefault(InterestAxes.Language, []).Select(l => Language.Find(l)?.Name))
        );
        foreach (var channel in Channel.All)
            if (chosen.Channels.TryGetValue(channel.Code, out var frequency))
                Add(texts.Say(channel.Label), texts.Frequency(frequency));
        return facts;

        void Add(string term, string? value)
        {
            if (!string.IsNullOrEmpty(value))
                facts.Add((term, value));
        }

        void AddAll(string axis, string term) =>
            Add(term, Joined(chosen.Interests.GetValueOrDefault(axis, []).Select(code => LabelOf(axis, code))));

        string? LabelOf(string axis, string? code) =>
            code is null ? null : vocabulary.Get(axis, code, texts.Language.Code)?.Label ?? code;

        string Joined(IEnumerable<string?> labels) => string.Join(" · ", labels.OfType<string>());
    }

    /// <summary>By which road a decision came. What is not one of ours, such as the name of a file, stands as it is.</summary>
    public static string Road(this Texts texts, string how) =>
        how switch
        {
            ConfirmJoin.How => texts.Say("with the form, confirmed by mail"),
            EditPreferences.How => texts.Say("on this page"),
            Unsubscribe.How => texts.Say("on the page for leaving"),
            Unsubscribe.HowByProgram => texts.Say("with one click in the mail program"),
            EraseMe.How => texts.Say("confirmed by mail"),
            _ => how,
        };

    public static string Act(this Texts texts, ConsentAct act) =>
        act switch
        {
            ConsentAct.Joined => texts.Say("Became a member"),
            ConsentAct.Changed => texts.Say("Changed the choices"),
            ConsentAct.Left => texts.Say("Left, or left something"),
            ConsentAct.Moved => texts.Say("Changed the e-mail address"),
            ConsentAct.Merged => texts.Say("Found to be the same person as another record"),
            ConsentAct.Imported => texts.Say("Brought over from an earlier list"),
            _ => texts.Say("Asked to be erased"),
        };
}
