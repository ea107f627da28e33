using System.Text;
using Lpsa.Places;
using Lpsa.Platform;

namespace Lpsa.Publishing;

/// <summary>The choice of facets in an address: <c>?theme=fiscal&amp;country=KEN&amp;page=2</c>.</summary>
public sealed record PostQuery
{
    public const int PageSize = 20;

    /// <summary>Axes a reader can filter by, in the order of the filters.</summary>
    public static readonly IReadOnlyList<string> Axes =
    [
        Places.Axes.Theme,
        Places.Axes.Region,
        Places.Axes.Country,
        Places.Axes.Sector,
        PostAxes.Kind,
        PostAxes.Language,
        PostAxes.Year,
        PostAxes.Tag,
        PostAxes.Month,
        PostAxes.Author,
    ];

    public IReadOnlyDictionary<string, IReadOnlyList<string>> Chosen { get; init; } =
        new Dictionary<string, IReadOnlyList<string>>();
    public int Page { get; init; } = 1;

    public bool IsFiltered => Chosen.Count > 0;

    public static PostQuery From(IQueryCollection query)
    {
        var chosen = new Dictionary<string, IReadOnlyList<string>>();
        foreach (var axis in Axes)
            if (
                query[axis] is { Count: > 0 } values
                && values.Where(v => !string.IsNullOrWhiteSpace(v)).Select(v => v!).Distinct().ToList()
                    is { Count: > 0 } codes
            )
                chosen[axis] = codes;
        return new PostQuery
        {
            Chosen = chosen,
            Page = int.TryParse(query["page"], out var page) && page is > 0 and < 100_000 ? page : 1,
        };
    }

    public static PostQuery Of(string axis, string code) =>
        new() { Chosen = new Dictionary<string, IReadOnlyList<string>> { [axis] = [code] } };

    public bool Has(string axis, string code) => Chosen.TryGetValue(axis, out var codes) && codes.Contains(code);

    /// <summary>The choice with one code more, or without it when it is chosen; back on the first page.</summary>
    public PostQuery Toggle(string axis, string code)
    {
        var chosen = Chosen.ToDictionary();
        var codes = chosen.GetValueOrDefault(axis, []);
        IReadOnlyList<string> changed = codes.Contains(code) ? [.. codes.Where(c => c != code)] : [.. codes, code];
        if (changed.Count == 0)
            chosen.Remove(axis);
        else
            chosen[axis] = changed;
        return new PostQuery { Chosen = chosen };
    }

    /// <summary>The query string of this choice, with its question mark; empty when nothing is chosen.</summary>
    public string QueryString
    {
        get
        {
            var text = new StringBuilder();
            foreach (var axis in Axes)
            foreach (var code in Chosen.GetValueOrDefault(axis, []))
                Add(axis, code);
            if (Page > 1)
                Add("page", Page.ToString(System.Globalization.CultureInfo.InvariantCulture));
            return text.ToString();

            void Add(string name, string value) =>
                text.Append(text.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        }
    }
}

/// <summary>What facets are called on a page.</summary>
internal static class FacetWords
{
    public static string Axis(this Texts texts, string axis) =>
        axis switch
        {
            Places.Axes.Theme => texts.Say("Theme"),
            Places.Axes.Region => texts.Say("Region"),
            Places.Axes.Country => texts.Say("Country"),
            Places.Axes.Sector => texts.Say("Sector"),
            PostAxes.Kind => texts.Say("Type"),
            PostAxes.Language => texts.Say("Language"),
            PostAxes.Year => texts.Say("Year"),
            PostAxes.Month => texts.Say("Month"),
            PostAxes.Author => texts.Say("Author"),
            _ => texts.Say("Tag"),
        };

    public static string Label(this IVocabulary vocabulary, Texts texts, string axis, string code) =>
        axis switch
        {
            PostAxes.Kind => PostTypes.Label(texts, code),
            PostAxes.Language => Platform.Language.Find(code)?.Name ?? code,
            PostAxes.Month => DateOnly.TryParseExact(code, "yyyy-MM", out var month) ? texts.Month(month) : code,
            _ => vocabulary.Get(axis, code, texts.Language.Code)?.Label ?? code,
        };
}
