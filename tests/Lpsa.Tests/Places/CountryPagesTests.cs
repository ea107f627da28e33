using System.Net;
using System.Text.Json;
using Lpsa.Places;
using Lpsa.Platform;
using Microsoft.Extensions.DependencyInjection;

namespace Lpsa.Tests;

public sealed class CountryPagesTests
{
    [Fact]
    public async Task A_reader_finds_her_country_in_the_list_and_sees_how_it_is_governed()
    {
        await using var site = await TestSite.Start();
        var reader = site.Anonymous();
        var list = await reader.Page("/countries");
        Assert.Equal(250, list.QuerySelectorAll(".country-list a").Length);
        var link = list.QuerySelectorAll(".country-list a").Single(a => a.TextContent == "Bangladesh");

        var country = await reader.Page(link.GetAttribute("href")!);
        Assert.Equal("Bangladesh", country.QuerySelector("h1")!.TextContent);
        Assert.Equal(7, country.QuerySelectorAll("article.level").Length);
        var tree = country.QuerySelector("#tree")!.TextContent;
        Assert.Contains("Rural unions", tree);
        Assert.Contains("4,554", tree);
    }

    [Fact]
    public async Task Every_value_on_a_country_page_names_its_source_and_inferred_codes_say_so()
    {
        await using var site = await TestSite.Start();
        var reader = site.Anonymous();
        foreach (var iso3 in new[] { "AFG", "BGD", "COL", "KEN", "THA", "ZMB" })
        {
            var profile = CountryProfiles.Shipped[iso3]!;
            var page = await reader.Page(Atlas.Shipped[iso3]!.Path);
            var natures = profile.Levels.Select(l => l.Nature).OfType<InstitutionNature>().ToList();
            Assert.Equal(profile.Values().Count() + natures.Count, page.QuerySelectorAll("cite.source").Length);
            Assert.Equal(
                natures.Count(n => n is { IsInferred: true, Code: not null }),
                page.QuerySelectorAll(".inferred").Length
            );
            Assert.All(page.QuerySelectorAll("cite.source a"), a => Assert.StartsWith("http", a.GetAttribute("href")!));
        }
    }

    [Fact]
    public async Task Every_country_and_region_has_a_page_in_every_language()
    {
        await using var site = await TestSite.Start();
        var reader = site.Anonymous();
        foreach (var place in Atlas.Shipped.Places)
            Assert.Equal(place.Names["en"], (await reader.Page(place.Path)).QuerySelector("h1")!.TextContent);
        foreach (var language in Language.All)
        {
            var page = await reader.Page(PageContext.In(language, "/countries/mar"));
            Assert.Equal(Atlas.Shipped["MAR"]!.Name(language), page.QuerySelector("h1")!.TextContent);
            foreach (var region in Atlas.Shipped.Regions)
                Assert.Equal(
                    region.Name(language),
                    (await reader.Page(PageContext.In(language, region.Path))).QuerySelector("h1")!.TextContent
                );
        }
    }

    [Theory]
    [InlineData("/countries/KEN", "/countries/ken")]
    [InlineData("/countries/ke", "/countries/ken")]
    [InlineData("/countries/kenya", "/countries/ken")]
    [InlineData("/countries/swaziland", "/countries/swz")]
    [InlineData("/countries/the-gambia", "/countries/gmb")]
    [InlineData("/countries/cote-divoire", "/countries/civ")]
    [InlineData("/fr/countries/allemagne", "/fr/countries/deu")]
    [InlineData("/regions/SSA", "/regions/africa")]
    [InlineData("/regions/asia-pacific", "/regions/asia")]
    [InlineData("/regions/Middle-East-and-North-Africa", "/regions/middle-east-north-africa")]
    public async Task Other_spellings_of_an_address_lead_to_the_one_page_also_once_that_is_cached(
        string from,
        string to
    )
    {
        await using var site = await TestSite.Start();
        var reader = site.Anonymous();
        await reader.Page(to);
        using var answer = await reader.GetAsync(from);
        Assert.Equal(HttpStatusCode.MovedPermanently, answer.StatusCode);
        Assert.Equal(to, answer.Headers.Location!.OriginalString);
    }

    [Theory]
    [InlineData("/countries/atlantis")]
    [InlineData("/regions/atlantis")]
    [InlineData("/countries/atlantis.csv")]
    [InlineData("/countries/ala.csv")]
    [InlineData("/api/v1/countries/atlantis")]
    public async Task What_does_not_exist_is_not_found(string path)
    {
        await using var site = await TestSite.Start();
        using var answer = await site.Anonymous().GetAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Filters_stay_in_the_address_and_the_files_give_the_same_list()
    {
        await using var site = await TestSite.Start();
        var reader = site.Anonymous();
        const string Query = "?region=MENA&structure=1&scheme=m49-subregion";
        var page = await reader.Page("/countries" + Query);
        var shown = page.QuerySelectorAll(".country-list a").Select(a => a.TextContent).Order().ToList();
        Assert.Equal(11, shown.Count);
        Assert.Contains("Tunisia", shown);
        Assert.Equal("MENA", page.QuerySelector("select[name=region] option[selected]")!.GetAttribute("value"));

        var csv = await reader.GetStringAsync(page.QuerySelector("a[href*='.csv']")!.GetAttribute("href")!);
        Assert.Equal(12, csv.TrimEnd().Split("\r\n").Length);
        using var json = JsonDocument.Parse(await reader.GetStringAsync("/countries.json" + Query));
        Assert.Equal(shown, json.RootElement.EnumerateArray().Select(c => c.GetProperty("name").GetString()).Order());
    }

    [Fact]
    public async Task A_filter_that_fits_nothing_says_what_to_do()
    {
        await using var site = await TestSite.Start();
        var page = await site.Anonymous().Page("/countries?q=%22%3E%3Cscript%3E");
        Assert.NotNull(page.QuerySelector(".empty"));
        Assert.Equal("\"><script>", page.QuerySelector("main input[name=q]")!.GetAttribute("value"));
    }

    [Fact]
    public async Task The_file_of_a_country_has_every_value_of_its_page()
    {
        await using var site = await TestSite.Start();
        var reader = site.Anonymous();
        var profile = CountryProfiles.Shipped["KEN"]!;
        var csv = await reader.GetStringAsync("/countries/ken.csv");
        var rows = profile.Values().Count() + profile.Levels.Count(l => l.Nature is not null);
        Assert.Equal(rows + 1, csv.TrimEnd().Split("\r\n").Length);
        using var json = JsonDocument.Parse(await reader.GetStringAsync("/countries/ken.json"));
        Assert.Equal("KEN", json.RootElement.GetProperty("place").GetProperty("iso3").GetString());
        Assert.Equal(
            profile.Levels.Count,
            json.RootElement.GetProperty("profile").GetProperty("levels").GetArrayLength()
        );
    }

    [Fact]
    public async Task The_map_and_the_list_show_where_other_modules_have_something()
    {
        await using var site = await TestSite.Start(adjust: builder =>
            builder.Services.AddSingleton(Content(() => 19))
        );
        var page = await site.Anonymous().Page("/countries");
        var kenya = page.QuerySelectorAll(".country-list li")
            .Single(li => li.TextContent.StartsWith("Kenya", StringComparison.Ordinal));
        Assert.Contains("19", kenya.TextContent);
        var drawn = page.QuerySelector("#world svg a[href='/countries/ken'] path")!;
        var without = page.QuerySelector("#world svg a[href='/countries/cub'] path")!;
        Assert.NotEqual(without.ClassName, drawn.ClassName);
        Assert.Contains("disputed", page.QuerySelector("#world")!.InnerHtml);
        Assert.Contains(
            "not a statement on the status of any territory",
            page.QuerySelector("#world")!.TextContent.Replace('\n', ' ')
        );
    }

    [Fact]
    public async Task A_page_is_kept_until_what_fills_it_changes()
    {
        var asked = 0;
        await using var site = await TestSite.Start(adjust: builder =>
            builder.Services.AddSingleton(Content(() => ++asked))
        );
        var reader = site.Anonymous();
        await reader.Page("/countries");
        await reader.Page("/countries");
        Assert.Equal(1, asked);
        site.Services.GetRequiredService<INotifier>().Send(new Notice(NoticeKind.Evict, ["test-content"]));
        await reader.Page("/countries");
        Assert.Equal(2, asked);
    }

    private static CountryContent Content(Func<int> count) =>
        new(
            "test-content",
            (_, _) =>
                Task.FromResult<IReadOnlyDictionary<string, int>>(new Dictionary<string, int> { ["KEN"] = count() })
        );

    [Fact]
    public async Task A_country_page_shows_what_other_modules_have_about_it()
    {
        await using var site = await TestSite.Start();
        var page = await site.Anonymous().Page("/countries/ken");
        Assert.NotNull(page.QuerySelector("#posts"));
    }

    [Fact]
    public async Task Pages_of_places_keep_to_the_weight_of_a_page()
    {
        await using var site = await TestSite.Start();
        var reader = site.Anonymous();
        reader.DefaultRequestHeaders.Add("Accept-Encoding", "gzip");
        var heaviest = CountryProfiles
            .Shipped.All.OrderByDescending(c => c.Values().Count())
            .Take(5)
            .Select(c => Atlas.Shipped[c.Iso3]!.Path);
        foreach (
            var path in heaviest
                .Append("/countries?region=ECA")
                .Append("/ar/countries?scheme=world-bank")
                .Append("/regions/africa")
                .Append("/themes")
        )
        {
            var bytes = await reader.GetByteArrayAsync(path);
            Assert.True(bytes.Length <= 15_000, $"{path} weighs {bytes.Length} bytes");
        }
        var map = await reader.GetByteArrayAsync("/countries");
        Assert.True(map.Length <= 40_000, $"The map page weighs {map.Length} bytes");
    }

    [Fact]
    public async Task Search_is_given_every_country_in_every_language_with_all_its_names()
    {
        await using var site = await TestSite.Start();
        await site.Db(async db =>
        {
            var documents = new List<SearchDocument>();
            foreach (var source in new[] { PlacesSearch.Places, PlacesSearch.Terms })
            await foreach (var id in source.AllIds(db))
                documents.AddRange(await source.Load(db, id, CancellationToken.None));
            Assert.Equal(250 * 5, documents.Count(d => d.Key.Kind == PlacesSearch.PlaceKind));
            Assert.Equal(30 * 5, documents.Count(d => d.Key.Kind == PlacesSearch.TermKind));
            var kenya = documents.Single(d => d is { Path: "/countries/ken", Language: "ar" });
            Assert.Equal("كينيا", kenya.Title);
            Assert.Contains("肯尼亚", kenya.Keywords);
            Assert.Contains("region:SSA", kenya.Facets);
        });
    }

    [Fact]
    public async Task The_vocabulary_answers_other_modules()
    {
        await using var site = await TestSite.Start();
        var vocabulary = site.Services.GetRequiredService<IVocabulary>();
        Assert.Equal("KEN", vocabulary.Find(Axes.Country, "kenya"));
        Assert.Equal("conflict-fragility", vocabulary.Find(Axes.Theme, "Conflict and Fragility"));
        Assert.Equal("MENA", vocabulary.Find(Axes.Region, "middle east & north africa"));
        Assert.Null(vocabulary.Find(Axes.Sector, "no such thing"));
        Assert.Equal(
            new VocabularyEntry(
                Axes.Theme,
                "fiscal",
                "اللامركزية المالية",
                "/themes/fiscal-decentralization",
                "decentralization"
            ),
            vocabulary.Get(Axes.Theme, "fiscal", "ar")
        );
        Assert.Equal(["SSA"], vocabulary.RegionsOf("KEN"));
        Assert.Equal(["ECA", "OECD"], vocabulary.RegionsOf("FRA"));
        Assert.Equal(["OECD"], vocabulary.RegionsOf("USA"));
        Assert.Empty(vocabulary.RegionsOf("ATA"));
        Assert.Empty(vocabulary.RegionsOf("nowhere"));
        Assert.Equal(250, vocabulary.All(Axes.Country, "fr").Count);
        Assert.Contains("Swaziland", vocabulary.NamesOf(Axes.Country, "SWZ"));
        foreach (var axis in Axes.All)
            Assert.NotEmpty(vocabulary.All(axis, "pt"));
    }
}
