using System.Text.RegularExpressions;
using Lpsa.Places;
using Lpsa.Platform;

namespace Lpsa.Tests;

public sealed partial class TaxonomyTests
{
    private static readonly Taxonomy Shipped = new([]);

    [Fact]
    public void The_shipped_terms_are_18_themes_12_sectors_6_objectives_and_10_stakeholders()
    {
        Assert.Equal(18, Shipped.In(Axes.Theme).Count());
        Assert.Equal(12, Shipped.In(Axes.Sector).Count());
        Assert.Equal(6, Shipped.In(Axes.Objective).Count());
        Assert.Equal(
            ["CG", "PM", "LG", "LGA", "ACA", "PRA", "SEC", "CSO", "DEV", "CIT"],
            Shipped.In(Axes.Stakeholder).Select(t => t.Code)
        );
    }

    [Fact]
    public void Every_term_has_a_label_and_a_definition_in_five_languages()
    {
        foreach (var term in Shipped.Everything)
        foreach (var language in Language.All)
        {
            Assert.False(string.IsNullOrWhiteSpace(term.Labels[language.Code]), $"{term.Facet} label {language.Code}");
            Assert.Matches(@"[.؟?!]$", term.Definitions[language.Code]);
        }
    }

    [Fact]
    public void Slugs_and_codes_are_unique_in_a_vocabulary()
    {
        foreach (var vocabulary in EditTerm.Vocabularies)
        {
            var terms = Shipped.In(vocabulary).ToList();
            Assert.Equal(terms.Count, terms.Select(t => t.Slug).Distinct().Count());
            Assert.Equal(terms.Count, terms.Select(t => t.Code).Distinct().Count());
            Assert.All(terms, t => Assert.Matches("^[a-z0-9]+(-[a-z0-9]+)*$", t.Slug));
        }
    }

    [Fact]
    public void No_label_or_spelling_means_two_terms_of_a_vocabulary()
    {
        foreach (var term in Shipped.Everything)
        foreach (var name in term.Labels.Values.Concat(term.Alternatives).Append(term.Code).Append(term.Slug))
            if (Shipped.Find(term.Vocabulary, name) != term)
                // The branch and its leaf share the word; the address belongs to the branch.
                Assert.Equal("localizing-development", name);
    }

    [Fact]
    public void Parents_exist_and_do_not_go_round()
    {
        foreach (var term in Shipped.Everything)
        {
            var seen = new HashSet<string>();
            for (var at = term; at is not null; at = at.Parent is null ? null : Shipped[at.Vocabulary, at.Parent])
                Assert.True(seen.Add(at.Code));
            Assert.True(term.Parent is null || Shipped[term.Vocabulary, term.Parent] is not null);
        }
    }

    [Fact]
    public void Sectors_cover_every_function_of_government_but_defence_debt_and_general_transfers()
    {
        var covered = Shipped.In(Axes.Sector).SelectMany(t => t.Cofog).ToList();
        Assert.All(covered, c => Assert.Matches(Cofog(), c));
        foreach (var division in new[] { "03", "04", "05", "06", "07", "08", "09", "10" })
            Assert.Contains(covered, c => c.StartsWith(division, StringComparison.Ordinal));
        Assert.DoesNotContain(covered, c => c.StartsWith("02", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Conflict and Fragility", "conflict-fragility")]
    [InlineData("Conflict, fragility, and migration", "conflict-fragility")]
    [InlineData("Climate action", "climate")]
    [InlineData("Cities and urban development", "cities-urban")]
    [InlineData("Local democracy & inclusive governance", "local-democracy")]
    [InlineData("Multi-level governance", "mlg")]
    [InlineData("Decentralisation", "decentralization")]
    [InlineData("DÉCENTRALISATION", "decentralization")]
    [InlineData("Community", "community-of-practice")]
    [InlineData("Women's empowerment", "womens-empowerment")]
    [InlineData("اللامركزية المالية", "fiscal")]
    public void A_theme_is_found_by_every_spelling_it_has_had(string spelling, string code) =>
        Assert.Equal(code, Shipped.Find(Axes.Theme, spelling)?.Code);

    [Fact]
    public void A_changed_term_stands_before_the_shipped_one()
    {
        var edited = EditedTerm.Of(Shipped[Axes.Theme, "fiscal"]!);
        edited.Describe(
            null,
            new Dictionary<string, string> { ["en"] = "Public money" },
            new Dictionary<string, string>(),
            ["Fiscal decentralization"]
        );
        var taxonomy = new Taxonomy([edited]);
        Assert.Equal("Public money", taxonomy[Axes.Theme, "fiscal"]!.Labels["en"]);
        Assert.Equal("fiscal", taxonomy.Find(Axes.Theme, "fiscal decentralization")!.Code);
        Assert.Equal(18, taxonomy.In(Axes.Theme).Count());
    }

    [Fact]
    public void A_merged_term_answers_as_the_one_that_took_its_place_also_after_a_second_merge()
    {
        var (climate, cities, mlg) = (Edited("climate"), Edited("cities-urban"), Edited("mlg"));
        climate.MergeInto(cities);
        cities.MergeInto(mlg);
        var taxonomy = new Taxonomy([climate, cities, mlg]);
        Assert.Equal("mlg", taxonomy[Axes.Theme, "climate"]!.Code);
        Assert.Equal("mlg", taxonomy.Find(Axes.Theme, "Climate change")!.Code);
        Assert.Equal("mlg", taxonomy.FindBySlug(Axes.Theme, "local-climate-action")!.Code);
        Assert.Equal(16, taxonomy.In(Axes.Theme).Count());
        Assert.Equal(["mlg", "cities-urban", "climate"], taxonomy.CodesOf(taxonomy[Axes.Theme, "mlg"]!));

        static EditedTerm Edited(string code) => EditedTerm.Of(Shipped[Axes.Theme, code]!);
    }

    [Fact]
    public void A_branch_holds_the_codes_of_all_below_it()
    {
        var branch = Shipped[Axes.Theme, "decentralization"]!;
        Assert.Equal(
            ["decentralization", "mlg", "political", "admin", "fiscal", "community-participation"],
            Shipped.CodesOf(branch, withChildren: true)
        );
    }

    [GeneratedRegex(@"^\d\d(\.\d){0,2}$")]
    private static partial Regex Cofog();
}
