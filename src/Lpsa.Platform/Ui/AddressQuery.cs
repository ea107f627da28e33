using System.Text;

namespace Lpsa.Platform;

/// <summary>
/// The query of a list page as a value: filters are combined, taken off and paged by links, so that every state of a
/// list has an address. Changing a filter goes back to the first page.
/// </summary>
public sealed class AddressQuery
{
    private const string PageKey = "page";
    private readonly IReadOnlyList<KeyValuePair<string, string>> pairs;

    private AddressQuery(IReadOnlyList<KeyValuePair<string, string>> pairs) => this.pairs = pairs;

    /// <param name="query">As in <see cref="PageContext.Query"/>: <c>?theme=water&amp;region=mena</c>.</param>
    public static AddressQuery Parse(string query)
    {
        var pairs = new List<KeyValuePair<string, string>>();
        foreach (var part in query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var at = part.IndexOf('=', StringComparison.Ordinal);
            var (key, value) = at < 0 ? (part, "") : (part[..at], part[(at + 1)..]);
            if (value.Length > 0)
                pairs.Add(new(Read(key), Read(value)));
        }
        return new AddressQuery(pairs);
    }

    public string? this[string key] => pairs.FirstOrDefault(p => p.Key == key).Value;

    public bool Has(string key, string value) => pairs.Any(p => p.Key == key && p.Value == value);

    /// <summary>Puts one value in the place of all values of the key; null takes them off.</summary>
    public AddressQuery With(string key, string? value)
    {
        var kept = Without(p => p.Key == key || key != PageKey && p.Key == PageKey);
        if (!string.IsNullOrEmpty(value))
            kept.Add(new(key, value));
        return new AddressQuery(kept);
    }

    /// <summary>Adds the value beside others of the same key, or takes it off when it is there.</summary>
    public AddressQuery Toggle(string key, string value)
    {
        var kept = Without(p => p.Key == PageKey || p.Key == key && p.Value == value);
        if (!Has(key, value))
            kept.Add(new(key, value));
        return new AddressQuery(kept);
    }

    /// <summary>Page one has no number, so that a list has one address and not two.</summary>
    public AddressQuery AtPage(int number) =>
        With(PageKey, number <= 1 ? null : number.ToString(System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>A link to a local path with this query: <c>/posts?theme=water</c>.</summary>
    public string On(string path)
    {
        var text = new StringBuilder(path);
        for (var i = 0; i < pairs.Count; i++)
            text.Append(i == 0 ? '?' : '&')
                .Append(Uri.EscapeDataString(pairs[i].Key))
                .Append('=')
                .Append(Uri.EscapeDataString(pairs[i].Value));
        return text.ToString();
    }

    private List<KeyValuePair<string, string>> Without(Func<KeyValuePair<string, string>, bool> drop) =>
        [.. pairs.Where(p => !drop(p))];

    private static string Read(string escaped) => Uri.UnescapeDataString(escaped.Replace('+', ' '));
}
