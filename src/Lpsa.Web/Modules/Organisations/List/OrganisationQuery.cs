using System.Globalization;
using Lpsa.Places;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Organisations;

/// <summary>The filters in an address of the list. Values of one key widen, different keys narrow.</summary>
public sealed record OrganisationQuery
{
    public const int PageSize = 24;
    public const string KindKey = "kind";
    public const string MarkKey = "mark";

    /// <summary>Keys in the address, in the order of the filters.</summary>
    public static readonly IReadOnlyList<string> Keys = [MarkKey, KindKey, Axes.Country];

    private const int MostValues = 20;
    private const int MostWords = 8;

    public IReadOnlyDictionary<string, IReadOnlyList<string>> Chosen { get; init; } =
        new Dictionary<string, IReadOnlyList<string>>();
    public string Text { get; init; } = "";
    public int Page { get; init; } = 1;

    public bool IsFiltered => Chosen.Count > 0 || Text.Length > 0;

    public static OrganisationQuery From(IQueryCollection query)
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
        // PostgreSQL refuses NUL in a parameter, and a query can carry one.
        var text = PlainText.Line(query["q"].ToString());
        return new()
        {
            Chosen = chosen.ToDictionary(c => c.Key, IReadOnlyList<string> (c) => [.. c.Value.Select(PlainText.Line)]),
            Text = text.Length > 100 ? text[..100] : text,
            Page =
                int.TryParse(query["page"], CultureInfo.InvariantCulture, out var page) && page is > 0 and < 100_000
                    ? page
                    : 1,
        };
    }

    /// <summary>What the filters leave.</summary>
    public IQueryable<Organisation> Of(IQueryable<Organisation> organisations, PlatformDb db)
    {
        if (Chosen.TryGetValue(KindKey, out var kinds))
            organisations = organisations.Where(o => kinds.Contains(o.Kind));
        if (Chosen.TryGetValue(Axes.Country, out var countries))
            organisations = organisations.Where(o => countries.Contains(o.Country!));
        if (Chosen.TryGetValue(MarkKey, out var codes))
        {
            var marks = codes.Select(OrganisationWords.MarkOf).OfType<MarkKind>().ToList();
            var holding = db.MarksOn(db.Today()).Where(m => marks.Contains(m.Kind));
            organisations = organisations.Where(o => holding.Any(m => m.OrganisationId == o.Id));
        }
        return Containing(organisations, Text);
    }

    /// <summary>Those whose names hold every word.</summary>
    public static IQueryable<Organisation> Containing(IQueryable<Organisation> organisations, string text)
    {
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(MostWords))
        {
            // The lower() of SQLite knows ASCII alone; "É" is found as it is typed.
            var lower = word.ToLowerInvariant();
            organisations = organisations.Where(o =>
                o.Name.ToLower().Contains(lower)
                || o.Name.Contains(word)
                || o.Acronym.ToLower().Contains(lower)
                || o.OtherNames.ToLower().Contains(lower)
                || o.OtherNames.Contains(word)
            );
        }
        return organisations;
    }
}
