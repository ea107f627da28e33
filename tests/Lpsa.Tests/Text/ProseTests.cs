using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Lpsa.Platform;

namespace Lpsa.Tests;

public sealed class ProseTests
{
    private static IElement Shown(string markdown, ProseStyle? style = null) =>
        new HtmlParser().ParseDocument(Prose.Html(markdown, style)).Body!;

    [Fact]
    public void The_first_heading_of_a_body_is_of_second_level_whatever_the_author_typed()
    {
        Assert.Equal("H2", Shown("# One").FirstElementChild!.TagName);
        Assert.Equal("H2", Shown("##### Five").FirstElementChild!.TagName);
    }

    [Fact]
    public void The_outline_has_no_gaps()
    {
        var levels = Prose.Outline("## A\n\n#### B\n\n### C\n\n# D\n\n###### E").Select(h => h.Level);
        Assert.Equal([2, 3, 3, 2, 3], levels);
    }

    [Fact]
    public void Headings_under_a_comment_start_deeper()
    {
        var headings = Prose.Outline("# A\n\n## B", new ProseStyle { TopHeading = 6 });
        Assert.Equal([6, 6], headings.Select(h => h.Level));
    }

    [Fact]
    public void Ids_are_readable_stable_unique_and_in_any_script()
    {
        var ids = Prose
            .Outline("# Who *does* what?\n\n# Who does what\n\n# من يفعل ماذا\n\n# ???\n\n# Who does what 2")
            .Select(h => h.Id);
        Assert.Equal(
            ["t-who-does-what", "t-who-does-what-2", "t-من-يفعل-ماذا", "t-section", "t-who-does-what-2-2"],
            ids
        );
    }

    [Fact]
    public void The_outline_names_the_ids_of_the_page()
    {
        const string Markdown = "# A\n\ntext\n\n> ## A\n\n- # B";
        Assert.Equal(
            Shown(Markdown).QuerySelectorAll("h2,h3,h4").Select(h => h.Id),
            Prose.Outline(Markdown).Select(h => h.Id)
        );
    }

    [Fact]
    public void A_table_scrolls_in_its_own_box_that_the_keyboard_reaches()
    {
        var box = Shown("| Level | Units |\n|---|--:|\n| Region | 8 |").FirstElementChild!;
        Assert.Equal(
            ("DIV", "0", "region", "Table 1"),
            (box.TagName, box.GetAttribute("tabindex"), box.GetAttribute("role"), box.GetAttribute("aria-label"))
        );
        Assert.Equal(["col", "col"], box.QuerySelectorAll("th").Select(h => h.GetAttribute("scope")));
        Assert.Equal(["Region", "8"], box.QuerySelectorAll("td").Select(c => c.TextContent));
        Assert.Equal("end", box.QuerySelectorAll("td")[1].ClassName);
    }

    [Fact]
    public void A_table_with_an_empty_head_has_no_head()
    {
        var table = Shown("|  |  |\n|---|---|\n| a | b |");
        Assert.Empty(table.QuerySelectorAll("thead"));
        Assert.Equal(2, table.QuerySelectorAll("td").Length);
    }

    [Fact]
    public void Two_tables_have_two_names()
    {
        const string Table = "| a |\n|---|\n| b |\n\n";
        Assert.Equal(
            ["Table 1", "Table 2"],
            Shown(Table + Table).QuerySelectorAll("[role=region]").Select(t => t.GetAttribute("aria-label"))
        );
    }

    [Fact]
    public void Footnotes_lead_there_and_back()
    {
        var text = Shown("Nine laws[^law] and more[^law].\n\n[^law]: Act 12 of *2009*.");
        var marks = text.QuerySelectorAll("sup a");
        var note = text.QuerySelector("ol li")!;
        Assert.All(marks, mark => Assert.Equal("#" + note.Id, mark.GetAttribute("href")));
        Assert.Equal("#" + marks[0].Id, note.QuerySelector("a")!.GetAttribute("href"));
        Assert.Equal("2009", note.QuerySelector("em")!.TextContent);
        Assert.Single(text.QuerySelectorAll("[id]"), e => e.Id == marks[0].Id);
    }

    [Fact]
    public void Task_boxes_are_text()
    {
        Assert.Equal("[ ] vote", Shown("- [ ] vote").QuerySelector("li")!.TextContent.Trim());
        Assert.Empty(Shown("- [x] vote").QuerySelectorAll("input"));
    }

    [Fact]
    public void Our_own_picture_with_a_title_becomes_a_figure()
    {
        var figure = Shown("![A map of wards](/files/ab/map.png \"Wards, 2024\")").FirstElementChild!;
        Assert.Equal("FIGURE", figure.TagName);
        Assert.Equal("A map of wards", figure.QuerySelector("img")!.GetAttribute("alt"));
        Assert.Equal("/files/ab/map.png", figure.QuerySelector("img")!.GetAttribute("src"));
        Assert.Equal("Wards, 2024", figure.QuerySelector("figcaption")!.TextContent);
    }

    [Fact]
    public void A_caption_may_hold_a_link()
    {
        var figure = Shown(
            "^^^\n![Map](/files/map.png)\n^^^ From [the census](https://example.org/)"
        ).FirstElementChild!;
        Assert.Equal("FIGURE", figure.TagName);
        Assert.Equal("From the census", figure.QuerySelector("figcaption")!.TextContent);
        Assert.NotNull(figure.QuerySelector("figcaption a"));
        Assert.Empty(figure.QuerySelectorAll("p"));
    }

    [Theory]
    [InlineData("![A ward](https://elsewhere.example/a.png)", "A ward", "https://elsewhere.example/a.png")]
    [InlineData("![](https://elsewhere.example/x/a.png?w=3)", "a.png", "https://elsewhere.example/x/a.png?w=3")]
    [InlineData("![A ward](//elsewhere.example/a.png)", "A ward", "https://elsewhere.example/a.png")]
    public void A_picture_elsewhere_becomes_a_link_so_that_nothing_is_loaded_from_there(
        string markdown,
        string words,
        string address
    )
    {
        var shown = Shown(markdown);
        Assert.Empty(shown.QuerySelectorAll("img"));
        var link = Assert.Single(shown.QuerySelectorAll("a"));
        Assert.Equal((words, address), (link.TextContent, link.GetAttribute("href")));
    }

    [Fact]
    public void Links_to_other_hosts_give_nothing_away()
    {
        Assert.Equal("noopener noreferrer", Shown("[x](https://example.org/)").QuerySelector("a")!.GetAttribute("rel"));
        Assert.Null(Shown("[x](/posts)").QuerySelector("a")!.GetAttribute("rel"));
    }

    [Theory]
    [InlineData("See https://example.org/a.", "https://example.org/a")]
    [InlineData("See www.example.org", "https://www.example.org")]
    [InlineData("<someone@example.org>", "mailto:someone@example.org")]
    public void Bare_addresses_become_links(string markdown, string address) =>
        Assert.Equal(
            address,
            Shown(markdown).QuerySelector("a")!.GetAttribute("href")?.Replace("http://www", "https://www")
        );

    [Fact]
    public void Local_links_stay_in_the_language_of_the_page()
    {
        var style = new ProseStyle { Address = path => "/fr" + path };
        Assert.Equal("/fr/posts/x", Shown("[x](/posts/x)", style).QuerySelector("a")!.GetAttribute("href"));
        Assert.Equal("#t-x", Shown("[x](#t-x)", style).QuerySelector("a")!.GetAttribute("href"));
    }

    [Fact]
    public void Chemistry_and_areas_keep_their_marks()
    {
        var shown = Shown("H~2~O, m^2^, ~~gone~~");
        Assert.Equal(
            ("2", "2", "gone"),
            (
                shown.QuerySelector("sub")!.TextContent,
                shown.QuerySelector("sup")!.TextContent,
                shown.QuerySelector("del")!.TextContent
            )
        );
    }

    [Fact]
    public void Html_is_shown_as_it_was_typed()
    {
        var shown = Shown("a <b onclick=\"x()\">b</b>\n\n<script>alert(1)</script>\n\n<div>c</div>");
        Assert.Equal(["P"], shown.Children.Select(c => c.TagName).Distinct());
        Assert.Contains("<script>alert(1)</script>", shown.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Plain_text_holds_the_words_and_nothing_else()
    {
        const string Markdown =
            "# A *b*\n\nc  \nd `e` [f](/g) ![h](/files/i.png) &amp; &eacute;\n\n- j\n- k\n\n| l | m |\n|---|---|\n| n | o |\n\np[^1]\n\n[^1]: q";
        Assert.Equal("A b\n\nc\nd e f  & é\n\nj\nk\n\nl\tm\nn\to\n\np\n\nq", Prose.PlainText(Markdown));
    }

    [Fact]
    public void An_excerpt_is_running_text_cut_between_words()
    {
        const string Markdown = "# Title\n\n| a |\n|---|\n| b |\n\nLocal governments spend *more*, they say. And more.";
        Assert.Equal("Local governments spend more…", Prose.Excerpt(Markdown, 32));
        Assert.Equal("Local governments spend more, they say. And more.", Prose.Excerpt(Markdown));
        Assert.Equal("", Prose.Excerpt("# Only a title"));
    }

    [Fact]
    public void An_excerpt_never_cuts_a_letter_in_half()
    {
        var emoji = string.Concat(Enumerable.Repeat("😀", 200));
        Assert.DoesNotContain(
            '\ufffd',
            System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(Prose.Excerpt(emoji, 31)))
        );
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("One two  three.", 3)]
    [InlineData("l'État co-operates in 1,5 %", 4)]
    [InlineData("اللامركزية المالية والإدارية", 3)]
    [InlineData("地方分権", 2)]
    public void Words_are_counted_in_any_script(string text, int words) => Assert.Equal(words, Prose.Words(text));

    [Fact]
    public void Reading_time_depends_on_the_language()
    {
        var text = string.Join(' ', Enumerable.Repeat("word", 690));
        Assert.Equal(3, Prose.ReadingMinutes(text, "en"));
        Assert.Equal(5, Prose.ReadingMinutes(text, "ar"));
        Assert.Equal(4, Prose.ReadingMinutes(text, "pt-BR"));
        Assert.Equal(1, Prose.ReadingMinutes("", "en"));
    }

    [Fact]
    public void Nothing_comes_of_nothing()
    {
        Assert.Equal("", Prose.Html(null));
        Assert.Equal("", Prose.Html(" \n "));
        Assert.Equal("", Prose.PlainText(null));
        Assert.Empty(Prose.Outline(null));
    }

    [Fact]
    public void Code_keeps_its_lines_and_runs_left_to_right()
    {
        var code = Shown("```csharp\nif (a < b)\n  c();\n```").QuerySelector("pre")!;
        Assert.Equal("if (a < b)\n  c();", code.TextContent);
        Assert.Equal("ltr", code.GetAttribute("dir"));
        Assert.Equal("language-csharp", code.FirstElementChild!.ClassName);
        Assert.Empty(Shown("```x\" onclick=\"y\na\n```").QuerySelectorAll("[onclick], [class~=onclick]"));
    }
}
