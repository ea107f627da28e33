namespace Lpsa.Platform;

/// <summary>Gives each facet (axis and code) a small number, so that counting them is adding to an array.</summary>
public sealed class FacetTable
{
    private readonly Dictionary<(string Axis, string Code), int> numbers = [];
    private readonly List<(string Axis, string Code)> facets = [];

    public int Count => facets.Count;

    public (string Axis, string Code) this[int number] => facets[number];

    public int NumberOf(string axis, string code)
    {
        if (!numbers.TryGetValue((axis, code), out var number))
        {
            numbers[(axis, code)] = number = facets.Count;
            facets.Add((axis, code));
        }
        return number;
    }

    /// <summary>The number of a facet that something has; -1 when nothing has it.</summary>
    public int Find(string axis, string code) => numbers.GetValueOrDefault((axis, code), -1);

    /// <summary>The same numbers, to add to: this one may be read by other requests meanwhile.</summary>
    public FacetTable Copy()
    {
        var copy = new FacetTable();
        foreach (var (axis, code) in facets)
            copy.NumberOf(axis, code);
        return copy;
    }
}
