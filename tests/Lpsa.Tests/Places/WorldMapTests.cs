using System.Text.RegularExpressions;
using Lpsa.Places;

namespace Lpsa.Tests;

public sealed partial class WorldMapTests
{
    private static WorldMap Map => WorldMap.Shipped;

    [Fact]
    public void Every_place_can_be_drawn_and_lies_on_the_map()
    {
        Assert.Equal(Atlas.Shipped.Places.Select(p => p.Iso3), Map.Countries.Keys.Order(StringComparer.Ordinal));
        foreach (var (iso3, shape) in Map.Countries)
        {
            Assert.True(shape.Path is not null || shape.Point, iso3);
            Assert.InRange(shape.X, 0, Map.Width);
            Assert.InRange(shape.Y, 0, Map.Height);
        }
    }

    [Fact]
    public void What_is_too_small_to_see_has_a_mark()
    {
        foreach (var iso3 in new[] { "SGP", "MLT", "TUV", "VAT", "MUS", "BHR", "LUX", "XKX", "PSE", "GMB" })
            Assert.True(Map.Countries[iso3].Point, iso3);
        foreach (var iso3 in new[] { "KEN", "IND", "BRA", "FRA", "BGD" })
            Assert.False(Map.Countries[iso3].Point, iso3);
    }

    [Fact]
    public void Only_Antarctica_and_far_southern_islands_lie_below_the_view()
    {
        var below = Map.Countries.Where(c => c.Value.Y > Map.ViewHeight).Select(c => c.Key);
        Assert.Equal(["ATA"], below);
    }

    [Fact]
    public void Paths_are_whole_relative_moves()
    {
        foreach (
            var path in Map
                .Countries.Values.Select(c => c.Path)
                .OfType<string>()
                .Concat(Map.DisputedAreas.Select(a => a.Path))
        )
            Assert.Matches(ClosedPath(), path);
        foreach (var line in Map.DisputedLines)
            Assert.Matches(OpenPath(), line.Path);
    }

    [Fact]
    public void Disputed_areas_are_marked()
    {
        Assert.Equal(
            ["Crimea", "Northern Cyprus", "Siachen Glacier", "Somaliland", "Western Sahara"],
            Map.DisputedAreas.Select(a => a.Name).Order()
        );
        Assert.Equal("UKR", Map.DisputedAreas.Single(a => a.Name == "Crimea").DrawnWith);
        foreach (
            var line in new[]
            {
                "Line of Control and Aksai Chin",
                "Kosovo and Serbia",
                "Palestine and Israel",
                "Abyei",
                "Western Sahara and Morocco",
            }
        )
            Assert.Contains(Map.DisputedLines, l => l.Name == line);
    }

    [Fact]
    public void The_note_on_boundaries_is_in_every_interface_language() =>
        Assert.Equal(
            ["ar", "en", "es", "fr", "pt"],
            Map.Note.Where(n => n.Value.Length > 40).Select(n => n.Key).Order()
        );

    [Fact]
    public void The_map_of_the_platform_draws_every_place_but_Antarctica()
    {
        var outlines = WorldMap.Outlines;
        Assert.Equal(249, outlines.Shapes.Count(s => !s.Disputed));
        Assert.Equal(5, outlines.Shapes.Count(s => s.Disputed));
        Assert.Equal(Map.DisputedLines.Count, outlines.DisputedLines.Count);
        Assert.All(outlines.Shapes, s => Assert.True(s.Path.Length > 0 || s.Point is not null, s.Code));
    }

    [GeneratedRegex(@"^(M\d+ \d+l[-\d ]+z)+$")]
    private static partial Regex ClosedPath();

    [GeneratedRegex(@"^(M\d+ \d+l[-\d ]+)+$")]
    private static partial Regex OpenPath();
}
