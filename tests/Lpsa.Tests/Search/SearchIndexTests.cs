using FsCheck;
using FsCheck.Fluent;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lpsa.Tests;

public sealed class SearchIndexTests(SearchFixture search) : IClassFixture<SearchFixture>
{
    [Fact]
    public async Task A_thing_in_many_languages_is_found_once_in_the_language_of_the_reader()
    {
        var french = await search.Find("47 2010", "fr");
        var unknown = await search.Find("47 2010", "de");
        Assert.Equal("fr07", SearchCorpus.KeyOf(Assert.Single(french.Hits)));
        Assert.Equal("en07", SearchCorpus.KeyOf(Assert.Single(unknown.Hits)));
        // In the Arabic text the number has the word "and" attached.
        Assert.Equal(6, Values(french, "language").Count);
    }

    [Fact]
    public async Task Facets_count_everything_found_and_what_another_choice_would_find()
    {
        var all = await search.Find("local");
        var fiscal = await search.Find("local", "en", "theme:fiscal");
        var both = await search.Find("local", "en", "theme:fiscal", "theme:political");
        Assert.Equal(Values(all, "theme")["fiscal"], fiscal.Total);
        Assert.Equal(Values(all, "theme"), Values(fiscal, "theme"));
        Assert.Equal(Values(all, "theme")["fiscal"] + Values(all, "theme")["political"], both.Total);
        Assert.Equal(fiscal.Total, Values(fiscal, "kind").Values.Sum());
        Assert.True(fiscal.Facets.Single(f => f.Axis == "theme").Values.Single(v => v.Code == "fiscal").IsChosen);
    }

    [Fact]
    public async Task Filters_on_two_axes_must_both_hold()
    {
        var found = await search.Find("", "en", "theme:fiscal", "kind:post", "country:MEX");
        Assert.Equal(["en39"], found.Hits.Select(SearchCorpus.KeyOf));
        Assert.Equal(0, (await search.Find("", "en", "theme:fiscal", "country:nowhere")).Total);
    }

    [Fact]
    public async Task The_newest_come_first_when_sorted_by_date()
    {
        var found = await search.Find(
            new SearchRequest
            {
                Text = "fiscal",
                Order = SearchOrder.Date,
                PageSize = 100,
            }
        );
        var dates = found.Hits.Select(h => h.Date ?? DateTime.MinValue).ToList();
        Assert.Equal(dates.OrderDescending(), dates);
        Assert.True(dates.Count > 5);
    }

    [Fact]
    public async Task Pages_together_hold_every_result_once()
    {
        var seen = new List<string>();
        for (var page = 1; page <= 8; page++)
            seen.AddRange(
                (
                    await search.Find(
                        new SearchRequest
                        {
                            Text = "local",
                            Page = page,
                            PageSize = 5,
                        }
                    )
                ).Hits.Select(SearchCorpus.KeyOf)
            );
        Assert.Equal((await search.Find("local")).Total, seen.Count);
        Assert.Equal(seen.Count, seen.Distinct().Count());
    }

    [Fact]
    public async Task Words_found_are_marked_in_title_and_snippet_whatever_their_form()
    {
        var hit = (await search.Find("decentralisation municipal")).Hits[0];
        Assert.Equal("municipal decentralization", Marked(hit.Snippet));
        var chinese = (await search.Find("地方政府", "zh")).Hits[0];
        Assert.Equal("地方政府", Marked(chinese.Title));
        var plain = (await search.Find("côte d'ivoire")).Hits[0];
        Assert.Equal("Côte d’Ivoire", Marked(plain.Title));
    }

    [Theory]
    [InlineData("goverment", "government")]
    [InlineData("decentralisaton", "decentralisation")]
    [InlineData("fiscal equalisatoin", "fiscal equalization")]
    [InlineData("ukrane", "ukraine")]
    [InlineData("zuganda", null)]
    [InlineData("kenya", null)]
    [InlineData("indonezia", "indonesia")]
    public async Task A_small_mistake_is_asked_about(string typed, string? offered) =>
        Assert.Equal(offered, (await search.Find(typed)).DidYouMean);

    [Fact]
    public async Task Titles_are_suggested_while_somebody_types()
    {
        var titles = await search.Node.Db(db =>
            search.Index.Suggest(db, "local elec", "en", 5, CancellationToken.None)
        );
        Assert.Equal(["Why local elections are won on national issues"], titles.Select(t => t.Title));
    }

    [Fact]
    public void No_text_whatever_makes_the_database_complain()
    {
        var signs = Gen.Elements(
            "\"",
            "'",
            "-",
            "title:",
            "*",
            "(",
            ")",
            "&",
            "|",
            "!",
            ":",
            "\\",
            "\0",
            "\uD800",
            "\uDC00",
            "\uFFFE",
            "\uE000",
            "NEAR",
            " AND ",
            " OR ",
            " NOT ",
            "kenya",
            "省",
            "ال",
            " ",
            "^",
            "{",
            "}",
            "+",
            "%",
            ";--",
            "''",
            "$$",
            "ﷺ",
            "İ"
        );
        var texts = signs.ArrayOf().Select(string.Concat).ToArbitrary();
        Prop.ForAll(texts, text => Answers(text)).Check(Steady.Config());
        Prop.ForAll<string?>(text => Answers(text ?? "")).Check(Steady.Config());

        bool Answers(string text)
        {
            var asked = search.Find(text, "en", "kind:" + text, text);
            var words = search.Find(text);
            return asked.GetAwaiter().GetResult().Total >= 0 && words.GetAwaiter().GetResult().Total >= 0;
        }
    }

    private static Dictionary<string, int> Values(SearchResults results, string axis) =>
        results.Facets.Single(f => f.Axis == axis).Values.ToDictionary(v => v.Code, v => v.Count);

    private static string Marked(IEnumerable<TextSegment> segments) =>
        string.Join(' ', segments.Where(s => s.IsMatch).Select(s => s.Text));
}

public sealed class SearchUpkeepTests
{
    private static SearchDocument Sample(string title, int number = 900) =>
        new()
        {
            Key = new SearchKey("post", new Guid(number, 0, 0, new byte[8])),
            Language = "en",
            Path = "/x" + number,
            Title = title,
            Body = "Something about " + title,
        };

    [Fact]
    public async Task A_changed_text_is_found_by_its_new_words_only_and_a_removed_one_by_none()
    {
        await using var node = await TestPlatform.Start();
        var index = node.Services.GetRequiredService<SearchIndex>();
        await SearchFixture.Put(node, [Sample("Aardvarks")]);
        Assert.Equal(1, (await Find(node, "aardvark")).Total);
        await SearchFixture.Put(node, [Sample("Buffaloes")]);
        Assert.Equal(0, (await Find(node, "aardvark")).Total);
        Assert.Equal(1, (await Find(node, "buffaloes")).Total);
        Assert.Null((await Find(node, "aardvarx")).DidYouMean);
        await node.Db(db => SearchIndex.Put(db, Sample("").Key, [], CancellationToken.None));
        Assert.Equal(0, (await Find(node, "buffaloes")).Total);
        Assert.Equal(0, (await Find(node, "", "kind:post")).Total);
    }

    [Fact]
    public async Task Another_node_finds_what_this_one_wrote()
    {
        await using var database = await TestDatabase.Create();
        var clock = new TestClock();
        await using var one = await TestPlatform.Join(database, clock);
        await using var other = await TestPlatform.Join(database, clock);
        await SearchFixture.Put(one, [Sample("Aardvarks")]);
        Assert.Equal(1, (await Find(other, "aardvarks")).Total);
        await SearchFixture.Put(one, [Sample("Aardvarks again", 901)]);
        Assert.Equal(2, (await Find(other, "aardvarks")).Total);
    }

    [Fact]
    public async Task What_is_rolled_back_is_found_by_nobody_though_it_was_searched_for_meanwhile()
    {
        await using var node = await TestPlatform.Start();
        await node.Db(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            await SearchIndex.Put(db, Sample("").Key, [Sample("Aardvarks")], CancellationToken.None);
            var index = node.Services.GetRequiredService<SearchIndex>();
            var inside = await index.Find(db, new SearchRequest { Text = "aardvarks" }, CancellationToken.None);
            Assert.Equal(1, inside.Total);
            await transaction.RollbackAsync();
        });
        await SearchFixture.Put(node, [Sample("Buffaloes", 901)]);
        Assert.Equal(0, (await Find(node, "aardvarks")).Total);
        Assert.Equal(1, (await Find(node, "", "kind:post")).Total);
    }

    [Fact]
    public async Task A_rebuilt_index_answers_as_the_one_that_grew()
    {
        var module = new CorpusModule();
        await using var node = await TestPlatform.Start(module);
        var index = node.Services.GetRequiredService<SearchIndex>();
        await SearchFixture.Put(node, SearchCorpus.Documents);
        var words = new[] { "local", "kenya", "البلديات", "地方政府", "goverment", "-fiscal" };
        var grown = new List<string>();
        foreach (var word in words)
            grown.Add(Shown(await Find(node, word)));
        var count = await node.Db(db => index.Rebuild(db, CancellationToken.None));
        Assert.Equal(SearchCorpus.Documents.Count, count);
        for (var i = 0; i < words.Length; i++)
            Assert.Equal(grown[i], Shown(await Find(node, words[i])));
        Assert.True((await node.Db(db => index.Check(db, CancellationToken.None))).IsRight);
    }

    [Fact]
    public async Task The_check_names_what_is_missing_and_what_should_not_be_there()
    {
        var module = new CorpusModule();
        await using var node = await TestPlatform.Start(module);
        var index = node.Services.GetRequiredService<SearchIndex>();
        await node.Db(db => index.Rebuild(db, CancellationToken.None));
        var gone = module.Documents[1];
        module.Documents.RemoveAt(1);
        module.Documents[0] = module.Documents[0] with { Title = "Another title" };
        module.Documents.Add(Sample("New"));
        var check = await node.Db(db => index.Check(db, CancellationToken.None));
        Assert.Equal([module.Documents[0].Key, Sample("").Key], check.Missing.OrderBy(k => k.Id));
        Assert.Equal([gone.Key], check.Surplus);
        Assert.False(check.IsRight);
    }

    [Fact]
    public async Task More_things_of_one_day_than_a_day_has_numbers_are_all_found()
    {
        await using var node = await TestPlatform.Start();
        await node.Db(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            var writer = await SearchWriter.Begin(db, CancellationToken.None);
            for (var i = 0; i < 4200; i++)
                await writer.Add(
                    IndexEntry.Of(Sample("Aardvark", i) with { Body = "", Date = node.Clock.GetUtcNow().UtcDateTime }),
                    CancellationToken.None
                );
            await writer.Flush(CancellationToken.None);
            await transaction.CommitAsync();
        });
        var found = await Find(node, "aardvark");
        Assert.Equal((4200, false), (found.Total, found.IsMore));
    }

    private static string Shown(SearchResults results) =>
        string.Join(' ', results.Hits.Select(SearchCorpus.KeyOf)) + " " + results.DidYouMean;

    private static Task<SearchResults> Find(TestPlatform node, string text, params string[] filters) =>
        node.Db(db =>
            node.Services.GetRequiredService<SearchIndex>()
                .Find(db, new SearchRequest { Text = text, Filters = filters }, CancellationToken.None)
        );
}
