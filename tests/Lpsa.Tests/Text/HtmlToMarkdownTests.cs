using Lpsa.Platform;

namespace Lpsa.Tests;

public sealed class HtmlToMarkdownTests
{
    private static readonly HtmlSource Source = new()
    {
        BaseAddress = new Uri("https://old.example/blog/"),
        Picture = id => id == 7 ? new SourcePicture("https://old.example/files/seven.jpg", "Seven", "") : null,
    };

    private static string Markdown(string html) => HtmlToMarkdown.Convert(html, Source).Markdown;

    private static IEnumerable<string> Notes(string html) =>
        HtmlToMarkdown.Convert(html, Source).Notes.Select(n => $"{n.Outcome}: {n.What}");

    [Theory]
    [InlineData("One.\n\nTwo,\nthree.", "One.\n\nTwo,\\\nthree.")]
    [InlineData("One.<br>\nTwo.", "One.\\\nTwo.")]
    [InlineData("One.<br><br>Two.", "One.\n\nTwo.")]
    [InlineData("One <b>two\n\nthree</b>", "One **two**\n\n**three**")]
    [InlineData("<p>One</p>\n<p>Two</p>", "One\n\nTwo")]
    [InlineData("<div>One\n\n<div>Two</div>\nThree</div>", "One\n\nTwo\n\nThree")]
    [InlineData("&nbsp;\n\nOne", "One")]
    public void The_classic_editor_parts_paragraphs_by_blank_lines(string html, string markdown) =>
        Assert.Equal(markdown, Markdown(html));

    [Theory]
    [InlineData("<!-- wp:paragraph -->\n<p>One\ntwo</p>\n<!-- /wp:paragraph -->", "One two")]
    [InlineData("<!-- wp:heading {\"level\":3} -->\n<h3>Title</h3>\n<!-- /wp:heading -->", "### Title")]
    [InlineData(
        "<!-- wp:list --><ul><!-- wp:list-item --><li>a</li><!-- /wp:list-item -->\n<!-- wp:list-item --><li>b</li><!-- /wp:list-item --></ul><!-- /wp:list -->",
        "- a\n- b"
    )]
    [InlineData(
        "<!-- wp:image {\"id\":5} -->\n<figure class=\"wp-block-image\"><img src=\"https://old.example/a.png\" alt=\"A\"/><figcaption>Words</figcaption></figure>\n<!-- /wp:image -->",
        "![A](https://old.example/a.png \"Words\")"
    )]
    [InlineData(
        "<!-- wp:image --><figure><a href=\"https://old.example/a.png\"><img src=\"/a.png\" alt=\"A\"></a><figcaption>By <a href=\"/b\">B</a></figcaption></figure><!-- /wp:image -->",
        "^^^\n![A](https://old.example/a.png)\n^^^ By [B](https://old.example/b)"
    )]
    [InlineData(
        "<!-- wp:gallery --><figure class=\"wp-block-gallery\"><!-- wp:image --><figure><img src=\"/a.png\" alt=\"A\"><figcaption>One</figcaption></figure><!-- /wp:image --><!-- wp:image --><figure><img src=\"/b.png\" alt=\"B\"></figure><!-- /wp:image --><figcaption>Both</figcaption></figure><!-- /wp:gallery -->",
        "![A](https://old.example/a.png \"One\")\n\n![B](https://old.example/b.png)\n\nBoth"
    )]
    [InlineData(
        "<!-- wp:quote --><blockquote><!-- wp:paragraph --><p>Said</p><!-- /wp:paragraph --><cite>She</cite></blockquote><!-- /wp:quote -->",
        "> Said\n>\n> *She*"
    )]
    [InlineData(
        "<!-- wp:table --><figure class=\"wp-block-table\"><table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table><figcaption>Counts</figcaption></figure><!-- /wp:table -->",
        "^^^\n| a | b |\n|---|---|\n| 1 | 2 |\n^^^ Counts"
    )]
    [InlineData(
        "<!-- wp:buttons --><div><!-- wp:button --><div class=\"wp-block-button\"><a class=\"wp-block-button__link\" href=\"/join\">Join</a></div><!-- /wp:button --></div><!-- /wp:buttons -->",
        "[Join](https://old.example/join)"
    )]
    [InlineData(
        "<!-- wp:columns --><div class=\"wp-block-columns\"><!-- wp:column --><div><!-- wp:paragraph --><p>a</p><!-- /wp:paragraph --></div><!-- /wp:column --><!-- wp:column --><div><p>b</p></div><!-- /wp:column --></div><!-- /wp:columns -->",
        "a\n\nb"
    )]
    [InlineData(
        "<!-- wp:embed {\"url\":\"https://youtu.be/x\"} -->\n<figure class=\"wp-block-embed\"><div class=\"wp-block-embed__wrapper\">\nhttps://youtu.be/x\n</div></figure>\n<!-- /wp:embed -->",
        "<https://youtu.be/x>"
    )]
    [InlineData(
        "<!-- wp:file --><div class=\"wp-block-file\"><a href=\"/r.pdf\">Report</a><a href=\"/r.pdf\" class=\"wp-block-file__button\" download>Download</a></div><!-- /wp:file -->",
        "[Report](https://old.example/r.pdf)"
    )]
    [InlineData("<!-- wp:separator --><hr class=\"wp-block-separator\"/><!-- /wp:separator -->", "***")]
    [InlineData("<!-- wp:html --><div><em>raw</em></div><!-- /wp:html -->", "*raw*")]
    [InlineData("<!-- wp:verse --><pre class=\"wp-block-verse\">one\ntwo</pre><!-- /wp:verse -->", "one\\\ntwo")]
    [InlineData(
        "<!-- wp:code --><pre class=\"wp-block-code\"><code>a &lt; b\n\nc</code></pre><!-- /wp:code -->",
        "```\na < b\n\nc\n```"
    )]
    [InlineData(
        "<!-- wp:paragraph --><p>In a block</p><!-- /wp:paragraph -->\n\nclassic\nagain",
        "In a block\n\nclassic\\\nagain"
    )]
    [InlineData("<!-- wp:more --><!--more--><!-- /wp:more --><p>a</p>", "a")]
    public void Every_block_of_the_editor_becomes_markdown(string html, string markdown) =>
        Assert.Equal(markdown, Markdown(html));

    [Theory]
    [InlineData("<!-- wp:latest-posts {\"x\":1} /-->", "Left: block drawn by WordPress")]
    [InlineData("<!-- wp:block {\"ref\":12} /-->", "Left: reusable block")]
    [InlineData(
        "<!-- wp:acme/box --><div>a</div><!-- /wp:acme/box -->",
        "Changed: block of a plugin, kept as its text"
    )]
    [InlineData("[contact-form-7 id=\"1\" title=\"x\"]", "Left: form")]
    [InlineData("<form action=\"/x\"><input></form>", "Left: form")]
    [InlineData("[recent_posts count=3]", "Left: shortcode")]
    [InlineData("[vc_row][vc_column]a[/vc_column][/vc_row]", "Changed: layout of a page builder, unfolded")]
    [InlineData("<script>x()</script>", "Left: script")]
    [InlineData("<p onclick=\"x()\">a</p>", "Left: script in an attribute")]
    [InlineData("<a href=\"javascript:x()\">a</a>", "Left: unsafe or broken link")]
    [InlineData("<iframe src=\"https://maps.example/x\"></iframe>", "Changed: embedded page or film, now a link")]
    [InlineData("<style>p{}</style>", "Left: style sheet")]
    [InlineData("<p style=\"color:red\">a</p>", "Changed: styling of single elements")]
    [InlineData("<div style=\"display: none\"><a href=\"https://spam.example\">pills</a></div>", "Left: hidden text")]
    [InlineData("<img width=1 height=1 src=\"https://track.example/p.gif\">", "Left: tracking picture")]
    [InlineData("[gallery ids=\"7,8\"]", "Left: picture of a gallery")]
    [InlineData("<a href=\"#note1\">1</a>", "Changed: link to a place in the same page, now text")]
    public void What_has_no_place_is_reported(string html, string note) => Assert.Contains(note, Notes(html));

    [Theory]
    [InlineData(
        "[caption id=\"a\" width=\"300\"]<a href=\"/a.jpg\"><img src=\"/a.jpg\" alt=\"A\" /></a> Words here[/caption]",
        "![A](https://old.example/a.jpg \"Words here\")"
    )]
    [InlineData(
        "<p>[caption caption=\"Words\"]<img src=\"/a.jpg\">[/caption]</p>",
        "![](https://old.example/a.jpg \"Words\")"
    )]
    [InlineData("[gallery ids=\"7\"]", "![Seven](https://old.example/files/seven.jpg)")]
    [InlineData("[embed]https://youtu.be/abc[/embed]", "<https://youtu.be/abc>")]
    [InlineData("[youtube id=\"abcdefg\"]", "<https://www.youtube.com/watch?v=abcdefg>")]
    [InlineData("[youtube=https://youtu.be/abc]", "<https://youtu.be/abc>")]
    [InlineData("[video mp4=\"https://old.example/f.mp4\"][/video]", "<https://old.example/f.mp4>")]
    [InlineData(
        "<iframe src=\"https://www.youtube-nocookie.com/embed/abcdefg?rel=0\"></iframe>",
        "<https://www.youtube.com/watch?v=abcdefg>"
    )]
    [InlineData("[vc_row][vc_column][vc_column_text]a <b>b</b>[/vc_column_text][/vc_column][/vc_row]", "a **b**")]
    [InlineData("[et_pb_section][et_pb_toggle title=\"Who?\"]We.[/et_pb_toggle][/et_pb_section]", "### Who?\n\nWe.")]
    [InlineData("[et_pb_button button_url=\"/join\" button_text=\"Join\" /]", "[Join](https://old.example/join)")]
    [InlineData(
        "[vc_btn title=\"Join\" link=\"url:https%3A%2F%2Fold.example%2Fjoin|title:x\"]",
        "[Join](https://old.example/join)"
    )]
    [InlineData("[vc_raw_html]JTNDc2NyaXB0JTNF[/vc_raw_html]after", "after")]
    [InlineData("He said [sic] it [1] and [...] more", "He said \\[sic] it \\[1] and \\[...] more")]
    [InlineData("Write [[gallery ids=\"1\"]] yourself", "Write \\[gallery ids=\"1\"] yourself")]
    [InlineData("<code>[gallery]</code>", "`[gallery]`")]
    [InlineData("[unknown_one a=1]inner[/unknown_one]", "inner")]
    public void Shortcodes_become_markdown_and_brackets_stay(string html, string markdown) =>
        Assert.Equal(markdown, Markdown(html));

    [Theory]
    [InlineData("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "- a\n  - b\n- c")]
    [InlineData("<ul><li>a</li><ul><li>b</li></ul></ul>", "- a\n  - b")]
    [InlineData("<ol start=\"9\"><li>a</li><li><p>b</p><p>c</p></li></ol>", "9. a\n\n10. b\n\n    c")]
    [InlineData("<ul><li>a</li></ul><ul><li>b</li></ul>", "- a\n\n* b")]
    [InlineData("<dl><dt>Devolution</dt><dd>Power given</dd></dl>", "**Devolution**\n\nPower given")]
    [InlineData("<blockquote><ul><li>a</li></ul></blockquote>", "> - a")]
    public void Lists_and_quotations_nest(string html, string markdown) => Assert.Equal(markdown, Markdown(html));

    [Theory]
    [InlineData("<p>a <b>bold </b>c</p>", "a **bold** c")]
    [InlineData("<p>a<b> </b>c</p>", "a c")]
    [InlineData("<p><b>a</b><b>b</b></p>", "**ab**")]
    [InlineData("<p><b>a <i>b</i></b> c</p>", "__a *b*__ c")]
    [InlineData("<p>m<sup>2</sup>, H<sub>2</sub>O, <del>x</del></p>", "m^2^, H~2~O, ~~x~~")]
    [InlineData("<p>a<b>\"b\"</b>c</p>", "a\"b\"c")]
    [InlineData("<b style=\"font-weight:normal\"><p>a <span style=\"font-weight:700\">b</span></p></b>", "a **b**")]
    [InlineData("<p><a href=\"https://x.example/a_(b)\">a</a></p>", "[a](https://x.example/a_%28b%29)")]
    [InlineData("<p>wow!<a href=\"/b\">b</a></p>", "wow\\![b](https://old.example/b)")]
    [InlineData("<p><a href=\"https://x.example/\">https://x.example/</a></p>", "<https://x.example/>")]
    [InlineData("<p>see https://x.example/a_b_c.</p>", "see <https://x.example/a_b_c>.")]
    [InlineData("<a href=\"/b\"><div><h3>Card</h3><p>text</p></div></a>", "[Card\\\ntext](https://old.example/b)")]
    [InlineData("<p>snake_case and 2 * 3</p>", "snake_case and 2 \\* 3")]
    [InlineData("<h2><a href=\"/b\">T</a><br>U</h2>", "## [T](https://old.example/b) U")]
    [InlineData(
        "<p>1. not a list</p><p># not a heading</p><p>- nor this</p>",
        "1\\. not a list\n\n\\# not a heading\n\n\\- nor this"
    )]
    [InlineData("<h2>Lesson C #</h2>", "## Lesson C \\#")]
    [InlineData("<p><code>a`b</code></p>", "``a`b``")]
    [InlineData(
        "<p><a href=\"?p=12\">x</a> <a href=\"../c/\">y</a></p>",
        "[x](https://old.example/blog/?p=12) [y](https://old.example/c/)"
    )]
    [InlineData("<p><q>a</q></p>", "“a”")]
    public void Running_text_keeps_its_marks_and_its_words(string html, string markdown) =>
        Assert.Equal(markdown, Markdown(html));

    [Theory]
    [InlineData("<table><tr><td>a</td><td>b</td></tr></table>", "| | |\n|---|---|\n| a | b |")]
    [InlineData(
        "<table><tr><th>a</th><th>b</th></tr><tr><td colspan=2>c|d</td></tr></table>",
        "| a | b |\n|---|---|\n| c\\|d | |"
    )]
    [InlineData(
        "<table><tr><th>a</th><th>b</th></tr><tr><td rowspan=2>c</td><td>d</td></tr><tr><td>e</td></tr></table>",
        "| a | b |\n|---|---|\n| c | d |\n| | e |"
    )]
    [InlineData("<table><tr><td><h2>T</h2><p>a</p></td><td>b</td></tr></table>", "## T\n\na\n\nb")]
    [InlineData(
        "<table><caption>Counts</caption><tr><th>a</th><th>b</th></tr></table>",
        "^^^\n| a | b |\n|---|---|\n^^^ Counts"
    )]
    public void Tables_keep_every_value_in_its_column(string html, string markdown) =>
        Assert.Equal(markdown, Markdown(html));

    [Fact]
    public void Arabic_text_keeps_its_marks_and_direction_signs()
    {
        const string Html =
            "<h2>اللامركزية</h2><p>الحكم <strong>المحلي</strong> في <a href=\"https://x.example/مدينة\">المدينة</a>\u200f.</p><ul><li>أولاً</li></ul>";
        Assert.Equal(
            "## اللامركزية\n\nالحكم **المحلي** في [المدينة](https://x.example/مدينة)\u200f.\n\n- أولاً",
            Markdown(Html)
        );
    }

    [Fact]
    public void Hostile_html_leaves_only_words()
    {
        const string Html =
            "<p>a<svg/onload=alert(1)><math><mi>b</mi></math></p><a href=\" &#14; javascript:x\">c</a><a href='java\nscript:x'>d</a><img src=x onerror=y><form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>";
        var shown = Prose.Html(Markdown(Html));
        Assert.DoesNotContain("<img", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("javascript", shown, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("onload", shown, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<div>")]
    [InlineData("<b>")]
    [InlineData("<b><p>")]
    [InlineData("<ul><li>")]
    [InlineData("<blockquote>")]
    [InlineData("<table><tr><td>")]
    [InlineData("[vc_row]")]
    [InlineData("[[")]
    [InlineData("<!--")]
    [InlineData("<!-- wp:group -->")]
    [InlineData("&amp;[a=\"")]
    [InlineData("<a href=x>")]
    public void Endless_nesting_ends(string piece)
    {
        var html = string.Concat(Enumerable.Repeat(piece, 100_000 / piece.Length)) + "end";
        Assert.NotNull(Prose.Html(Markdown(html)));
    }

    [Fact]
    public void Addresses_can_be_led_to_their_new_place()
    {
        var source = Source with { Address = a => a == "https://old.example/a" ? "/posts/a" : a };
        Assert.Equal("[x](/posts/a)", HtmlToMarkdown.Convert("<a href=\"/a\">x</a>", source).Markdown);
    }
}
