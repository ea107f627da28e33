using System.Globalization;
using Lpsa.Places;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Members;

/// <summary>The filters in an address of the directory. Values of one key widen, different keys narrow.</summary>
public sealed record PeopleQuery
{
    public const int PageSize = 20;
    public const string AvailabilityKey = "availability";

    /// <summary>Keys in the address, in the order of the filters.</summary>
    public static readonly IReadOnlyList<string> Keys =
    [
        AvailabilityKey,
        Axes.Country,
        Axes.Theme,
        Axes.Sector,
        InterestAxes.Language,
        Axes.Stakeholder,
    ];

    private const int MostValues = 20;
    private const int MostWords = 8;

    public IReadOnlyDictionary<string, IReadOnlyList<string>> Chosen { get; init; } =
        new Dictionary<string, IReadOnlyList<string>>();
    public string Text { get; init; } = "";
    public int Page { get; init; } = 1;

    /// <summary>Only those who offer something.</summary>
    public bool Experts { get; init; }

    public bool IsFiltered => Chosen.Count > 0 || Text.Length > 0;

    public static PeopleQuery From(IQueryCollection query, bool experts)
    {
        var chosen = new Dictionary<string, IReadOnlyList<string>>();
        foreach (var key in Keys)
            if (
                query[key]
                    .Where(v => !string.IsNullOrWhiteSpace(v))
                    .Select(v => v!)
                    .Distinct()
                    .Take(MostValues)
                    .ToList() is
                { Count: > 0 } values
            )
                chosen[key] = values;
        var text = query["q"].ToString().Trim();
        return new()
        {
            Chosen = chosen,
            Text = text.Length > 100 ? text[..100] : text,
            Page =
                int.TryParse(query["page"], CultureInfo.InvariantCulture, out var page) && page is > 0 and < 100_000
                    ? page
                    : 1,
            Experts = experts,
        };
    }

    /// <summary>Narrows what the viewer may see; a field hidden from the viewer matches nothing.</summary>
    public IQueryable<Listing> Of(IQueryable<Listing> people, PlatformDb db)
    {
        if (Experts)
            people = people.Where(l => l.Advice || l.Speaking || l.Reviewing || l.Mentoring);
        foreach (var (key, values) in Chosen)
            people = key switch
            {
                Axes.Country => people.Where(l => values.Contains(l.Country!)),
                Axes.Stakeholder => people.Where(l => values.Contains(l.Stakeholder!)),
                Axes.Theme => people.Where(l =>
                    l.ShowsThemes
                    && db.Set<MemberInterest>()
                        .Any(i => i.MemberId == l.Id && i.Axis == Axes.Theme && values.Contains(i.Code))
                ),
                Axes.Sector => people.Where(l =>
                    l.ShowsSectors
                    && db.Set<MemberInterest>()
                        .Any(i => i.MemberId == l.Id && i.Axis == Axes.Sector && values.Contains(i.Code))
                ),
                InterestAxes.Language => people.Where(l =>
                    l.ShowsLanguages
                    && db.Set<MemberInterest>()
                        .Any(i => i.MemberId == l.Id && i.Axis == InterestAxes.Language && values.Contains(i.Code))
                ),
                _ => Offering(people, values),
            };
        foreach (var word in Text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(MostWords))
        {
            // Databases differ in the letters that their lower() knows; with what is beyond ASCII asked for as it is
            // typed, small, capital and with a capital first, all of them find the same people.
            var small = word.ToLowerInvariant();
            var capital = word.ToUpperInvariant();
            var first = capital[..1] + small[1..];
            people = people.Where(l =>
                l.Name.ToLower().Contains(small)
                || l.Name.Contains(word)
                || l.Name.Contains(capital)
                || l.Name.Contains(first)
                || l.Headline!.ToLower().Contains(small)
                || l.Headline!.Contains(word)
                || l.Headline!.Contains(capital)
                || l.Headline!.Contains(first)
                || l.Institution!.ToLower().Contains(small)
                || l.Institution!.Contains(word)
                || l.Institution!.Contains(capital)
                || l.Institution!.Contains(first)
            );
        }
        return people;
    }

    private static IQueryable<Listing> Offering(IQueryable<Listing> people, IReadOnlyList<string> values)
    {
        var (advice, speaking) = (Has(Availability.Advice), Has(Availability.Speaking));
        var (reviewing, mentoring) = (Has(Availability.Reviewing), Has(Availability.Mentoring));
        return people.Where(l =>
            (advice && l.Advice) || (speaking && l.Speaking) || (reviewing && l.Reviewing) || (mentoring && l.Mentoring)
        );

        bool Has(Availability wanted) => values.Contains(wanted.ToString(), StringComparer.OrdinalIgnoreCase);
    }
}
