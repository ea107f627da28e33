namespace Lpsa.Platform;

/// <summary>The classes of a map: limits between them, each value in exactly one.</summary>
public sealed class MapClasses
{
    public const int Most = 7;

    private MapClasses(double[] limits, double low, double high) => (Limits, Low, High) = (limits, low, high);

    /// <summary>Inner limits in ascending order; a value equal to a limit belongs to the class above it.</summary>
    public IReadOnlyList<double> Limits { get; }
    public double Low { get; }
    public double High { get; }
    public int Count => Limits.Count + 1;

    public int Of(double value) => Limits.Count(limit => value >= limit);

    /// <summary>Index into the seven tones of the map: few classes use tones far apart.</summary>
    public int Tone(double value) => ToneOf(Of(value));

    public int ToneOf(int index) => Count == 1 ? 4 : (int)Math.Round(index * (Most - 1.0) / (Count - 1));

    /// <summary>
    /// Classes with about equally many values each. Limits are rounded to the digits the key shows: otherwise a value
    /// could stand in another class than its printed number says.
    /// </summary>
    public static MapClasses Quantiles(IEnumerable<double> values, int count, int decimals)
    {
        var sorted = values.Order().ToArray();
        if (sorted.Length == 0)
            return new([], 0, 0);
        count = Math.Clamp(count, 1, Most);
        var limits = Enumerable
            .Range(1, count - 1)
            .Select(i => sorted[(int)((long)i * sorted.Length / count)])
            .Select(limit => Round(limit, decimals));
        return Between(limits, sorted[0], sorted[^1]);
    }

    /// <summary>Classes with given limits; limits outside the data stay, because a series of maps shares one key.</summary>
    public static MapClasses At(IEnumerable<double> limits, IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        var inner = limits.Where(double.IsFinite).Distinct().Order().Take(Most - 1).ToArray();
        return sorted.Length == 0
            ? new(inner, inner.FirstOrDefault(), inner.LastOrDefault())
            : new(inner, sorted[0], sorted[^1]);
    }

    private static MapClasses Between(IEnumerable<double> limits, double low, double high) =>
        new([.. limits.Where(limit => limit > low && limit <= high).Distinct().Order()], low, high);

    private static double Round(double value, int decimals) =>
        Math.Abs(value) < 1e15 ? Math.Round(value, Math.Clamp(decimals, 0, 6), MidpointRounding.AwayFromZero) : value;
}
