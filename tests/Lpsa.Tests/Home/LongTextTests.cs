using System.Text.RegularExpressions;
using Lpsa.Home;
using Lpsa.Platform;

namespace Lpsa.Tests;

public sealed class LongTextTests
{
    public static TheoryData<string, string> Pages
    {
        get
        {
            var pages = new TheoryData<string, string>();
            foreach (var name in LongText.Names)
            foreach (var language in Language.All)
                pages.Add(name, language.Code);
            return pages;
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task The_page_is_there_in_each_language_and_its_links_work(string name, string language)
    {
        await using var site = await TestSite.Start();
        var visitor = site.Anonymous();
        var page = await visitor.Page(PageContext.In(Language.Find(language)!, "/" + name));
        Assert.Equal(LongText.Of(name, Language.Find(language)!).Title, page.QuerySelector("h1")!.TextContent);
        Assert.Equal(language, page.DocumentElement.GetAttribute("lang"));
        foreach (var path in page.QuerySelectorAll("main a[href^='/']").Select(a => a.GetAttribute("href")!))
        {
            using var answer = await visitor.GetAsync(path);
            Assert.True(answer.IsSuccessStatusCode, $"{path} on {name} answered {(int)answer.StatusCode}");
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_translation_has_the_same_parts_and_facts_as_the_original(string name, string language)
    {
        var original = LongText.Of(name, Language.English).Body;
        var translated = LongText.Of(name, Language.Find(language)!).Body;
        Assert.Equal(Prose.Outline(original).Count, Prose.Outline(translated).Count);
        foreach (var marks in new[] { @"^\d+\. ", @"^- ", @"^\|", @"\]\([^)]+\)", @"\b(19|20)\d\d\b" })
            Assert.Equal(Count(original, marks), Count(translated, marks));
    }

    [Fact]
    public void A_text_without_title_or_summary_is_refused() =>
        Assert.Throws<FormatException>(() => LongText.Parse("## Half\n\nText.\n\nMore."));

    [Fact]
    public async Task The_theory_of_change_is_an_ordered_list_of_steps()
    {
        await using var site = await TestSite.Start();
        var page = await site.Anonymous().Page("/theory-of-change");
        Assert.Equal(5, page.QuerySelectorAll(".prose > ol:first-child > li > strong").Length);
    }

    private static int Count(string text, string pattern) => Regex.Count(text, pattern, RegexOptions.Multiline);
}
