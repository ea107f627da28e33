namespace Lpsa.Platform;

/// <summary>Maps values to a length, evenly; the ends are widened to round numbers so that axis labels are short.</summary>
internal sealed class LinearScale
{
    private readonly double from;
    private readonly double to;

    public LinearScale(double low, double high, double from, double to, int ticks = 5, bool nice = true)
    {
        (this.from, this.to) = (from, to);
        if (low > high)
            (low, high) = (high, low);
        if (high - low <= Math.Max(1e-100, Math.Max(Math.Abs(low), Math.Abs(high)) * 1e-12))
        {
            // One value alone still needs a span, else everything lands on not-a-number.
            var room = Math.Abs(low) < 1e-100 ? 1 : Math.Abs(low) / 2;
            (low, high) = (low - room, high + room);
        }

        Step = NiceStep((high - low) / Math.Max(1, ticks));
        Low = nice ? Math.Floor(low / Step) * Step : low;
        High = nice ? Math.Ceiling(high / Step) * Step : high;
    }

    public double Low { get; }
    public double High { get; }
    public double Step { get; }

    /// <summary>Digits after the decimal mark that tell one tick from the next.</summary>
    public int Decimals => Math.Clamp((int)-Math.Floor(Math.Log10(Step) + 1e-9), 0, 6);

    public double At(double value) => from + (to - from) * Math.Clamp((value - Low) / (High - Low), 0, 1);

    public IEnumerable<double> Ticks()
    {
        var first = Math.Ceiling(Low / Step - 1e-9);
        var last = Math.Floor(High / Step + 1e-9);
        for (var at = first; at <= last && at - first < 20; at++)
            yield return at == 0 ? 0 : at * Step;
    }

    private static double NiceStep(double rough)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var digit = rough / power;
        return power
            * (
                digit <= 1.0001 ? 1
                : digit <= 2.0001 ? 2
                : digit <= 5.0001 ? 5
                : 10
            );
    }
}

/// <summary>Maps positive values by their order of magnitude.</summary>
internal sealed class LogScale
{
    private readonly double from;
    private readonly double to;
    private readonly double low;
    private readonly double high;

    public LogScale(double low, double high, double from, double to)
    {
        (this.from, this.to) = (from, to);
        this.low = Math.Floor(Math.Log10(low) + 1e-9);
        this.high = Math.Max(Math.Ceiling(Math.Log10(high) - 1e-9), this.low + 1);
    }

    public double At(double value) => from + (to - from) * Math.Clamp((Math.Log10(value) - low) / (high - low), 0, 1);

    /// <summary>Powers of ten; thinned out where there are many, filled with 2 and 5 where there are few.</summary>
    public IEnumerable<double> Ticks()
    {
        var every = Math.Max(1, (int)Math.Ceiling((high - low) / 6));
        for (var power = low; power <= high; power += every)
        {
            yield return Math.Pow(10, power);
            if (high - low <= 2 && power < high)
            {
                yield return 2 * Math.Pow(10, power);
                yield return 5 * Math.Pow(10, power);
            }
        }
    }
}

/// <summary>Bands beneath one another, one per row, each as high as its row needs.</summary>
internal sealed class BandScale(double from, IEnumerable<double> heights)
{
    private readonly double[] edges = [.. Edges(from, heights)];

    public double End => edges[^1];

    public double Middle(int row) => (edges[row] + edges[row + 1]) / 2;

    private static IEnumerable<double> Edges(double edge, IEnumerable<double> heights)
    {
        yield return edge;
        foreach (var height in heights)
            yield return edge += height;
    }
}

/// <summary>Maps days to a length; ticks fall on round years, or on months where the span is short.</summary>
internal sealed class TimeScale
{
    private readonly double from;
    private readonly double to;
    private readonly DateOnly first;
    private readonly DateOnly last;

    public TimeScale(DateOnly first, DateOnly last, double from, double to)
    {
        (this.from, this.to) = (from, to);
        (this.first, this.last) = first <= last ? (first, last) : (last, first);
    }

    /// <summary>True where years would give fewer than two ticks.</summary>
    public bool ByMonth => last.DayNumber - first.DayNumber is > 0 and < 550;

    public double At(DateOnly day) =>
        first == last
            ? (from + to) / 2
            : from + (to - from) * (day.DayNumber - first.DayNumber) / (last.DayNumber - first.DayNumber);

    public IEnumerable<DateOnly> Ticks(int most)
    {
        most = Math.Max(2, most);
        if (first == last)
            return [first];
        return ByMonth ? Months(most) : Years(most);
    }

    private IEnumerable<DateOnly> Months(int most)
    {
        var months = (last.Year - first.Year) * 12 + last.Month - first.Month;
        var step = new[] { 1, 2, 3, 6, 12 }.First(s => s == 12 || months / s < most);
        var start = new DateOnly(first.Year, first.Month, 1);
        if (start < first)
            start = start.AddMonths(1);
        for (var day = start; day <= last; day = day.AddMonths(step))
            yield return day;
    }

    private IEnumerable<DateOnly> Years(int most)
    {
        var years = last.Year - first.Year;
        var step = new[] { 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000 }.First(s => years / s < most);
        for (var year = (first.Year + step - 1) / step * step; year <= last.Year; year += step)
        {
            if (year is < 1 or > 9999)
                continue;
            var day = new DateOnly(year, Math.Min(first.Month, last.Month), 1);
            if (day >= first && day <= last)
                yield return day;
        }
    }
}
