using Lpsa.Places;
using Lpsa.Platform;

namespace Lpsa.Tests;

public sealed class AtlasTests
{
    private static readonly string[] InterfaceLanguages = ["en", "fr", "es", "pt", "ar"];

    private static Atlas Atlas => Atlas.Shipped;

    [Fact]
    public void There_are_250_places_and_no_code_twice()
    {
        Assert.Equal(250, Atlas.Places.Count);
        Assert.Equal(250, Atlas.Places.Select(p => p.Iso3).Distinct().Count());
        Assert.Equal(250, Atlas.Places.Select(p => p.Iso2).Distinct().Count());
        Assert.Equal(249, Atlas.Places.Select(p => p.Numeric).OfType<string>().Distinct().Count());
        Assert.All(Atlas.Places, p => Assert.Matches("^[A-Z]{3}$", p.Iso3));
        Assert.All(Atlas.Places, p => Assert.Matches("^[A-Z]{2}$", p.Iso2));
        Assert.All(Atlas.Places.Where(p => p.Iso3 != "XKX"), p => Assert.Matches("^[0-9]{3}$", p.Numeric!));
    }

    [Fact]
    public void The_United_Nations_has_193_members_and_two_observers()
    {
        Assert.Equal(193, Atlas.Places.Count(p => p.Status == PlaceStatus.Member));
        Assert.Equal(["PSE", "VAT"], Atlas.Places.Where(p => p.Status == PlaceStatus.Observer).Select(p => p.Iso3));
        Assert.Equal(
            ["ATA", "ESH", "TWN", "XKX"],
            Atlas.Places.Where(p => p.Status == PlaceStatus.Special).Select(p => p.Iso3)
        );
    }

    [Fact]
    public void A_territory_belongs_to_a_member_and_nothing_else_does()
    {
        Assert.All(
            Atlas.Places,
            p =>
                Assert.Equal(
                    p.Status == PlaceStatus.Territory,
                    p.PartOf is not null && Atlas[p.PartOf]!.Status == PlaceStatus.Member
                )
        );
    }

    [Fact]
    public void Every_place_has_a_name_in_seven_languages()
    {
        Assert.All(
            Atlas.Places,
            p =>
                Assert.All(
                    InterfaceLanguages.Append("ru").Append("zh"),
                    l => Assert.False(string.IsNullOrWhiteSpace(p.Names[l]))
                )
        );
    }

    [Fact]
    public void Names_in_the_interface_languages_tell_places_apart()
    {
        foreach (var language in InterfaceLanguages)
            Assert.Equal(250, Atlas.Places.Select(p => p.Names[language]).Distinct().Count());
    }

    [Fact]
    public void No_spelling_means_two_places()
    {
        var meanings = Atlas
            .Places.SelectMany(p =>
                p.Names.Values.Concat(p.OtherNames)
                    .Append(p.Iso3)
                    .Append(p.Iso2)
                    .Select(n => (Name: Spelling.Fold(n), p.Iso3))
            )
            .Distinct()
            .GroupBy(n => n.Name)
            .Where(n => n.Select(m => m.Iso3).Distinct().Count() > 1)
            .Select(n => $"{n.Key}: {string.Join(' ', n.Select(m => m.Iso3))}");
        Assert.Empty(meanings);
    }

    [Fact]
    public void Neighbours_exist_and_know_each_other()
    {
        foreach (var place in Atlas.Places)
        {
            Assert.DoesNotContain(place.Iso3, place.Neighbours);
            Assert.Equal(place.Neighbours.Distinct().Count(), place.Neighbours.Count);
            Assert.All(place.Neighbours, n => Assert.Contains(place.Iso3, Atlas[n]!.Neighbours));
        }
    }

    [Theory]
    [InlineData("FRA", "AND BEL CHE DEU ESP ITA LUX MCO")]
    [InlineData("GUF", "BRA SUR")]
    [InlineData("BWA", "NAM ZAF ZMB ZWE")]
    [InlineData("XKX", "ALB MKD MNE SRB")]
    [InlineData("SRB", "BGR BIH HRV HUN MKD MNE ROU XKX")]
    [InlineData("MAR", "DZA ESH ESP")]
    [InlineData("ESH", "DZA MAR MRT")]
    [InlineData("ETH", "DJI ERI KEN SDN SOM SSD")]
    [InlineData("NPL", "CHN IND")]
    [InlineData("JPN", "")]
    public void Neighbours_are_those_of_the_map_without_its_traps(string iso3, string neighbours) =>
        Assert.Equal(neighbours, string.Join(' ', Atlas[iso3]!.Neighbours));

    [Fact]
    public void Every_place_lies_in_one_region_of_every_partition()
    {
        foreach (var scheme in Atlas.Schemes)
        {
            var codes = scheme.Regions.Select(r => r.Code).ToHashSet();
            Assert.Equal(scheme.Regions.Count, codes.Count);
            foreach (var place in Atlas.Places)
            {
                var region = place.Regions[scheme.Code];
                Assert.True(
                    region is null ? scheme.Kind != SchemeKind.Partition : codes.Contains(region),
                    $"{place.Iso3} in {scheme.Code}: {region}"
                );
            }
            Assert.All(codes, c => Assert.Contains(Atlas.Places, p => p.Regions[scheme.Code] == c));
        }
        Assert.Equal(
            ["country-list", "m49-region", "m49-subregion"],
            Atlas.Schemes.Where(s => s.Kind == SchemeKind.Partition).Select(s => s.Code)
        );
    }

    [Fact]
    public void North_Africa_is_African_to_the_United_Nations_and_MENA_to_LPSA()
    {
        foreach (var iso3 in new[] { "DZA", "EGY", "LBY", "MAR", "TUN" })
        {
            Assert.Equal("002", Atlas[iso3]!.Regions["m49-region"]);
            Assert.Equal("015", Atlas[iso3]!.Regions["m49-subregion"]);
            Assert.Equal("MENA", Atlas[iso3]!.LpsaRegion);
        }
    }

    [Fact]
    public void The_OECD_has_38_members_in_five_regions()
    {
        var members = Atlas.Places.Where(p => p.IsOecd).ToList();
        Assert.Equal(38, members.Count);
        Assert.All(members, p => Assert.Equal(PlaceStatus.Member, p.Status));
        Assert.Equal(["ASIA", "ECA", "LAC", "MENA"], members.Select(p => p.LpsaRegion).Distinct().Order());
    }

    [Fact]
    public void The_World_Bank_lists_219_of_them()
    {
        // 217 economies, of which the Channel Islands are two places here, and Taiwan.
        Assert.Equal(219, Atlas.Places.Count(p => p.Regions["world-bank"] is not null));
    }

    [Fact]
    public void Regions_and_schemes_have_labels_in_every_interface_language()
    {
        Assert.Equal(["SSA", "ASIA", "ECA", "LAC", "MENA", "OECD"], Atlas.Regions.Select(r => r.Code));
        foreach (var language in InterfaceLanguages)
        {
            Assert.All(Atlas.Regions, r => Assert.NotEmpty(r.Names[language]));
            Assert.All(Atlas.Regions, r => Assert.NotEmpty(r.Definition[language]));
            Assert.All(Atlas.Schemes, s => Assert.NotEmpty(s.Names[language]));
            Assert.All(Atlas.Schemes.SelectMany(s => s.Regions), r => Assert.NotEmpty(r.Names[language]));
        }
    }

    [Fact]
    public void A_region_is_found_by_every_label_it_has_had()
    {
        Assert.Equal("SSA", Atlas.FindRegion("Africa")!.Code);
        Assert.Equal("SSA", Atlas.FindRegion("Africa (Sub-Saharan)")!.Code);
        Assert.Equal("ASIA", Atlas.FindRegion("Asia-Pacific")!.Code);
        Assert.Equal("ASIA", Atlas.FindRegion("south asia")!.Code);
        Assert.Equal("ECA", Atlas.FindRegion("Europe & Central Asia")!.Code);
        Assert.Equal("LAC", Atlas.FindRegion("North America, Latin America & Caribbean")!.Code);
        Assert.Equal("MENA", Atlas.FindRegion("Middle East and North Africa")!.Code);
        Assert.Equal("OECD", Atlas.FindRegion("oecd")!.Code);
    }

    [Theory]
    [InlineData("DR Congo", "COD")]
    [InlineData("Congo, Dem. Rep.", "COD")]
    [InlineData("Zaïre", "COD")]
    [InlineData("The Gambia", "GMB")]
    [InlineData("Swaziland", "SWZ")]
    [InlineData("Turkey", "TUR")]
    [InlineData("TURKIYE", "TUR")]
    [InlineData("Macedonia", "MKD")]
    [InlineData("cote d'ivoire", "CIV")]
    [InlineData("Côte d’Ivoire", "CIV")]
    [InlineData("Viet Nam", "VNM")]
    [InlineData("Lao PDR", "LAO")]
    [InlineData("Cape Verde", "CPV")]
    [InlineData("Burma", "MMR")]
    [InlineData("Kirghizia", "KGZ")]
    [InlineData("Irão", "IRN")]
    [InlineData("كينيا", "KEN")]
    [InlineData("المملكة العربية السعودية", "SAU")]
    [InlineData("Кения", "KEN")]
    [InlineData("肯尼亚", "KEN")]
    [InlineData("ke", "KEN")]
    [InlineData("404", "KEN")]
    [InlineData(" kenya ", "KEN")]
    public void A_country_is_found_by_whatever_people_call_it(string name, string iso3) =>
        Assert.Equal(iso3, Atlas.Find(name)?.Iso3);

    [Theory]
    [InlineData("")]
    [InlineData("Atlantis")]
    [InlineData("Yugoslavia")]
    public void What_is_no_country_is_not_found(string name) => Assert.Null(Atlas.Find(name));

    [Fact]
    public void Every_name_as_an_address_leads_to_its_country()
    {
        foreach (var place in Atlas.Places)
        foreach (var name in place.Names.Values.Concat(place.OtherNames))
            Assert.Equal(place.Iso3, Atlas.FindBySlug(Spelling.Slug(name))?.Iso3);
    }

    [Fact]
    public void Lists_are_sorted_as_readers_of_the_language_expect()
    {
        var french = Atlas.Sorted(Atlas.Places, Language.French).Select(p => p.Names["fr"]).ToList();
        Assert.True(french.IndexOf("Égypte") < french.IndexOf("Équateur"));
        Assert.True(french.IndexOf("Équateur") < french.IndexOf("France"));
    }
}
