using System.Globalization;
using Lpsa.Places;

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
                chosen[key] = key == AvailabilityKey ? values.ConvertAll(v => v.ToLowerInvariant()) : values;
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

    public IEnumerable<string> Words => Text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(MostWords);
}
