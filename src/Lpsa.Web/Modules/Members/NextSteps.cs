using Lpsa.Places;
using Lpsa.Platform;

namespace Lpsa.Members;

/// <summary>Three things worth doing for a new member, by what was chosen, with the reason; the rest filled with what suits everybody.</summary>
static class NextSteps
{
    private const int Most = 3;

    public static IReadOnlyList<NextStep> For(MemberChoices choices, IVocabulary vocabulary, Texts texts)
    {
        var language = texts.Language.Code;
        var steps = new List<NextStep>();
        if (choices.Country is { } iso3 && vocabulary.Get(Axes.Country, iso3, language) is { Path: { } home } country)
            steps.Add(
                new(
                    texts.Say("See how {0} is governed below the centre", country.Label),
                    home,
                    texts.Say("You chose {0} as your country.", country.Label)
                )
            );
        foreach (var axis in (string[])[Axes.Theme, Axes.Sector, Axes.Region])
            if (
                choices
                    .Interests.GetValueOrDefault(axis, [])
                    .Select(code => vocabulary.Get(axis, code, language))
                    .FirstOrDefault(e => e?.Path is not null) is
                { } entry
            )
                steps.Add(
                    new(texts.Say("Read about {0}", entry.Label), entry.Path!, texts.Say("You chose {0}.", entry.Label))
                );
        steps.Add(new(texts.Say("Read what is new"), "/posts"));
        steps.Add(new(texts.Say("Find a country and its levels of government"), "/countries"));
        steps.Add(new(texts.Say("Start with the explainers"), "/posts?type=explainer"));
        return [.. steps.Take(Most)];
    }
}
