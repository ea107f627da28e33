using System.Text.Json;
using Lpsa.Places;

namespace Lpsa.Tests;

public sealed class CountryProfileTests
{
    private static CountryProfiles Profiles => CountryProfiles.Shipped;

    [Fact]
    public void The_compilation_has_152_countries_663_levels_and_2244_sourced_values()
    {
        Assert.Equal(152, Profiles.All.Count());
        Assert.Equal(663, Profiles.All.Sum(c => c.Levels.Count));
        Assert.Equal(2244, Profiles.All.Sum(c => c.Values().Count()));
        Assert.Equal(606, Profiles.All.Sum(c => c.Levels.Count(l => l.Number is not null)));
        Assert.Equal(22, Profiles.All.Count(c => c.LpsaProfile.Found));
    }

    [Fact]
    public void Reading_the_file_loses_no_value()
    {
        using var file = typeof(CountryProfiles).Assembly.GetManifestResourceStream("data/country-profiles.json")!;
        using var json = JsonDocument.Parse(file);
        Assert.Equal(2244, Count(json.RootElement.GetProperty("countries")));

        static int Count(JsonElement element) =>
            element.ValueKind switch
            {
                JsonValueKind.Array => element.EnumerateArray().Sum(Count),
                JsonValueKind.Object => (
                    element.TryGetProperty("value", out _) && element.TryGetProperty("source", out _) ? 1 : 0
                ) + element.EnumerateObject().Sum(p => Count(p.Value)),
                _ => 0,
            };
    }

    [Fact]
    public void Every_value_that_is_known_names_its_source()
    {
        var unsourced = Profiles.All.SelectMany(c =>
            c.Values().Where(v => v.Value is { Value: not null, Source: null }).Select(v => c.Iso3 + " " + v.About)
        );
        Assert.Empty(unsourced);
    }

    [Fact]
    public void Every_country_is_a_place_in_the_region_of_its_entry()
    {
        Assert.All(Profiles.All, c => Assert.NotNull(Atlas.Shipped[c.Iso3]));
    }

    [Fact]
    public void Most_codes_of_nature_are_inferred_and_say_so()
    {
        var natures = Profiles.All.SelectMany(c => c.Levels).Select(l => l.Nature).OfType<InstitutionNature>().ToList();
        Assert.Equal(606, natures.Count);
        Assert.Equal(13, natures.Count(n => !n.IsInferred));
        Assert.All(
            natures.Where(n => n.Code is not null),
            n =>
                Assert.Contains(
                    n.Code!,
                    new[] { "DEV-E", "DEV-L", "DEV-V", "HYB", "DEC-H", "DEC-V", "DEL", "COM", "GEO" }
                )
        );
    }

    [Fact]
    public void The_years_of_the_sources_are_known_where_sources_show_them()
    {
        Assert.Equal((2020, 2023), Profiles["AFG"]!.SourceYears);
        Assert.All(
            Profiles.All.Select(c => c.SourceYears).OfType<(int First, int Last)>(),
            y => Assert.InRange(y.First, 1900, y.Last)
        );
        Assert.All(
            Profiles.All.Select(c => c.SourceYears).OfType<(int First, int Last)>(),
            y => Assert.InRange(y.Last, y.First, 2026)
        );
    }
}
