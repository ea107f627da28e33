using FsCheck;
using FsCheck.Fluent;
using Lpsa.Platform;

namespace Lpsa.Tests;

public sealed class ScaleTests
{
    [Theory]
    [InlineData(0, 100, 0, 100, 20)]
    [InlineData(0, 97, 0, 100, 20)]
    [InlineData(-3, 12, -5, 15, 5)]
    [InlineData(0.011, 0.048, 0.01, 0.05, 0.01)]
    [InlineData(0, 1234567, 0, 1500000, 500000)]
    public void Axis_ends_on_round_numbers(double low, double high, double from, double to, double step)
    {
        var scale = new LinearScale(low, high, 0, 100);

        Assert.Equal(from, scale.Low, 9);
        Assert.Equal(to, scale.High, 9);
        Assert.Equal(step, scale.Step, 9);
    }

    [Fact]
    public void Ticks_are_few_ordered_and_inside_whatever_the_data()
    {
        Prop.ForAll<double, double>(
                (a, b) =>
                {
                    if (new ChartValue(a).Drawn is null || new ChartValue(b).Drawn is null)
                        return true;
                    var scale = new LinearScale(a, b, 10, 110);
                    var ticks = scale.Ticks().ToList();
                    return ticks.Count is >= 2 and <= 20
                        && ticks.SequenceEqual(ticks.Order())
                        && ticks.All(t => scale.At(t) is >= 10 and <= 110)
                        && scale.At(a) is >= 10 and <= 110;
                }
            )
            .Check(Steady.Config());
    }

    [Fact]
    public void A_single_value_still_makes_an_axis()
    {
        Assert.Equal(50, new LinearScale(8, 8, 0, 100, nice: false).At(8));
        Assert.Equal(3, new LinearScale(0, 0, 0, 100).Ticks().Count(t => t is -1 or 0 or 1));
    }

    [Fact]
    public void Tenfold_values_are_equally_far_apart_on_a_logarithmic_axis()
    {
        var scale = new LogScale(1, 1000, 0, 300);

        Assert.Equal([0, 100, 200, 300], new double[] { 1, 10, 100, 1000 }.Select(v => Math.Round(scale.At(v), 6)));
        Assert.Equal([1, 10, 100, 1000], scale.Ticks());
        Assert.Equal([1, 2, 5, 10], new LogScale(1, 10, 0, 1).Ticks());
    }

    [Fact]
    public void Years_are_named_at_round_steps()
    {
        var scale = new TimeScale(new(1990, 1, 1), new(2021, 1, 1), 0, 100);

        Assert.Equal([1990, 1995, 2000, 2005, 2010, 2015, 2020], scale.Ticks(8).Select(day => day.Year));
        Assert.False(scale.ByMonth);
    }

    [Fact]
    public void A_span_of_months_is_named_by_month()
    {
        var scale = new TimeScale(new(2025, 2, 15), new(2025, 11, 1), 0, 100);

        Assert.Equal([3, 5, 7, 9, 11], scale.Ticks(6).Select(day => day.Month));
    }

    [Fact]
    public void Bands_follow_one_another_without_a_gap()
    {
        var band = new BandScale(10, [20, 40, 20]);

        Assert.Equal([20, 50, 80], new[] { 0, 1, 2 }.Select(band.Middle));
        Assert.Equal(90, band.End);
    }

    [Fact]
    public void Every_value_is_in_the_class_that_the_key_says()
    {
        var classes = MapClasses.Quantiles([1, 2, 3, 4, 5, 6, 7, 8, 9, 10.04], 5, decimals: 1);

        Assert.Equal([3, 5, 7, 9], classes.Limits);
        Assert.Equal([0, 0, 1, 1, 2, 2, 3, 3, 4, 4], new[] { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10.04 }.Select(classes.Of));
        Assert.Equal([0, 2, 3, 4, 6], Enumerable.Range(0, 5).Select(classes.ToneOf));
    }

    [Fact]
    public void Equal_values_make_one_class_and_no_values_make_none_fail()
    {
        Assert.Equal(1, MapClasses.Quantiles([4, 4, 4], 5, 0).Count);
        Assert.Equal(1, MapClasses.Quantiles([], 5, 0).Count);
        Assert.Equal(3, MapClasses.At([10, 20], [1, 2]).Count);
    }
}
