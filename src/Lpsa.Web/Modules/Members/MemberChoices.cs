using Lpsa.Places;

namespace Lpsa.Members;

/// <summary>The axes of interest. They are separate lists and not one cloud of tags; members are suggested groups by them.</summary>
public static class InterestAxes
{
    /// <summary>Languages a person reads, as BCP 47 codes; the newsletter comes in the first that it exists in.</summary>
    public const string Language = "language";

    public static readonly IReadOnlyList<string> All = [Axes.Theme, Axes.Region, Axes.Sector, Axes.Objective, Language];
}

/// <summary>Everything a person may choose, as one value: from the form, a file or the preference page; kept as evidence.</summary>
public sealed record MemberChoices
{
    public string? Name { get; init; }
    public string? Language { get; init; }
    public string? Country { get; init; }
    public string? Stakeholder { get; init; }
    public string? Institution { get; init; }
    public string? Position { get; init; }

    /// <summary>Codes by axis. An axis that is missing was not asked about and stays as it is.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Interests { get; init; } =
        new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>By code of <see cref="Channel"/>; likewise.</summary>
    public IReadOnlyDictionary<string, Frequency> Channels { get; init; } = new Dictionary<string, Frequency>();
    public DateOnly? PausedUntil { get; init; }

    public static MemberChoices Of(Member member, string name) =>
        new()
        {
            Name = name,
            Language = member.Language,
            Country = member.Country,
            Stakeholder = member.Stakeholder,
            Institution = member.Institution,
            Position = member.Position,
            Interests = InterestAxes.All.ToDictionary(a => a, member.CodesOn),
            Channels = Channel.All.ToDictionary(c => c.Code, c => c.Get(member)),
            PausedUntil = member.PausedUntil,
        };
}
