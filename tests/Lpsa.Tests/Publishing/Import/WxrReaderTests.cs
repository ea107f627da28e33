using Lpsa.Publishing;

namespace Lpsa.Tests;

public sealed class WxrReaderTests
{
    private static WxrItem Item(string inside) =>
        Assert.Single(WxrSample.Read(WxrSample.File(WxrSample.Item(9, inside))).Items);

    [Fact]
    public void The_head_tells_the_site_its_people_and_its_terms()
    {
        var read = WxrSample.Read(WxrSample.File(WxrSample.People, WxrSample.Terms, WxrSample.Item(1)));
        Assert.Empty(read.Findings);
        Assert.Equal(
            ("Old Site", "https://old.example/", "en-US", "1.2"),
            (
                read.Reader.Site.Title,
                read.Reader.Site.Address!.AbsoluteUri,
                read.Reader.Site.Language,
                read.Reader.Site.Version
            )
        );
        Assert.Equal(
            [new(2, "amina", "amina@old.example", "Amina Yusuf"), new WxrAuthor(3, "jo", "", "Jo")],
            read.Reader.Authors
        );
        Assert.Equal(
            [
                new("category", "finance", "Finance & Funds", "Money", null),
                new("category", "transfers", "Transfers", "", "finance"),
                new("post_tag", "المدن", "المدن", "", null),
                new WxrTerm("region", "africa", "Africa", "", null),
            ],
            read.Reader.Terms
        );
    }

    [Fact]
    public void A_post_comes_with_all_that_belongs_to_it()
    {
        var post = Item(
            """
            <category domain="category" nicename="finance"><![CDATA[Finance &amp; Funds]]></category>
            <category domain="post_tag" nicename="%d8%a7"><![CDATA[ا]]></category>
            <excerpt:encoded><![CDATA[In short.]]></excerpt:encoded>
            <wp:post_modified_gmt>2020-01-02 03:04:05</wp:post_modified_gmt>
            <wp:is_sticky>1</wp:is_sticky>
            <wp:menu_order>3</wp:menu_order>
            """
                + WxrSample.Meta("_thumbnail_id", "77")
                + WxrSample.Meta("subtitle", "Below")
                + WxrSample.Meta("_edit_lock", "1:2")
                + WxrSample.Comment(5)
                + WxrSample.Comment(6, parent: 5)
        );
        Assert.Equal(
            (9, WxrKind.Post, WxrState.Published, "A post", "post-9", "amina", "Text of 9.", "In short."),
            (post.Id, post.Kind, post.State, post.Title, post.Slug, post.Author, post.Html, post.Excerpt)
        );
        Assert.Equal(new DateTime(2019, 3, 4, 10, 0, 0, DateTimeKind.Utc), post.PublishedUtc);
        Assert.Equal(DateTimeKind.Utc, post.PublishedUtc!.Value.Kind);
        Assert.Equal(new DateTime(2020, 1, 2, 3, 4, 5), post.ModifiedUtc);
        Assert.True(post.Sticky);
        Assert.Equal((3, 77L), (post.MenuOrder, post.Thumbnail));
        Assert.Equal([new("category", "finance", "Finance & Funds"), new WxrTermUse("post_tag", "ا", "ا")], post.Terms);
        Assert.Equal("Below", post.Meta["subtitle"]);
        Assert.DoesNotContain("_edit_lock", post.Meta.Keys);
        Assert.Equal(
            [
                new(
                    5,
                    null,
                    "Reader 5",
                    "r@x.example",
                    "",
                    new DateTime(2019, 3, 5, 10, 0, 0, DateTimeKind.Utc),
                    "I <b>agree</b>.",
                    WxrCommentState.Approved,
                    false
                ),
                new WxrComment(
                    6,
                    5,
                    "Reader 6",
                    "r@x.example",
                    "",
                    new DateTime(2019, 3, 5, 10, 0, 0, DateTimeKind.Utc),
                    "I <b>agree</b>.",
                    WxrCommentState.Approved,
                    false
                ),
            ],
            post.Comments
        );
    }

    [Theory]
    [InlineData("publish", "Published")]
    [InlineData("future", "Scheduled")]
    [InlineData("draft", "Draft")]
    [InlineData("auto-draft", "Draft")]
    [InlineData("pending", "Pending")]
    [InlineData("private", "Private")]
    [InlineData("trash", "Trash")]
    [InlineData("inherit", "Published")]
    public void Every_state_is_known(string status, string state) =>
        Assert.Equal(
            state,
            Assert.Single(WxrSample.Read(WxrSample.File(WxrSample.Item(1, status: status))).Items).State.ToString()
        );

    [Fact]
    public void An_unknown_state_becomes_a_draft()
    {
        var read = WxrSample.Read(WxrSample.File(WxrSample.Item(1, status: "wc-completed")));
        Assert.Equal(WxrState.Draft, Assert.Single(read.Items).State);
        Assert.Equal(
            (1L, "wp:status"),
            (read.Only(FindingSeverity.Changed, "wc-completed").Item, read.Findings[0].Element)
        );
    }

    [Fact]
    public void What_had_a_password_never_becomes_public()
    {
        var read = WxrSample.Read(WxrSample.File(WxrSample.Item(1, "<wp:post_password>secret</wp:post_password>")));
        Assert.Equal((WxrState.Draft, true), (read.Items[0].State, read.Items[0].WasPasswordProtected));
        var finding = read.Only(FindingSeverity.Changed, "password");
        Assert.DoesNotContain("secret", finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0000-00-00 00:00:00", "2019-03-04 10:00:00", "2019-03-04 10:00:00")]
    [InlineData("2019-03-04 08:00:00", "2019-03-04 10:00:00", "2019-03-04 08:00:00")]
    [InlineData("2019-13-40 08:00:00", "2019-03-04 10:00:00", "2019-03-04 10:00:00")]
    [InlineData("0000-00-00 00:00:00", "0000-00-00 00:00:00", null)]
    [InlineData("9999-99-99", "soon", null)]
    public void The_best_of_the_dates_is_taken(string utc, string local, string? expected)
    {
        var item = WxrSample
            .Item(1)
            .Replace(
                "post_date_gmt><![CDATA[2019-03-04 10:00:00",
                "post_date_gmt><![CDATA[" + utc,
                StringComparison.Ordinal
            )
            .Replace("post_date><![CDATA[2019-03-04 10:00:00", "post_date><![CDATA[" + local, StringComparison.Ordinal);
        var read = WxrSample.Read(WxrSample.File(item));
        Assert.Equal(
            expected,
            read.Items[0]
                .PublishedUtc?.ToString("yyyy-MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture)
        );
        Assert.Equal(
            expected is null || utc.Contains("13-40", StringComparison.Ordinal),
            read.Findings.Any(f => f.Severity == FindingSeverity.Changed)
        );
    }

    [Fact]
    public void A_wrong_date_is_reported_with_its_line()
    {
        var file = WxrSample.File(WxrSample.Item(12, date: "2019-02-30 10:00:00"));
        var line = file.Split('\n').ToList().FindIndex(l => l.Contains("post_date_gmt", StringComparison.Ordinal)) + 1;
        var finding = WxrSample.Read(file).Findings[0];
        Assert.Equal((line, "wp:post_date_gmt", 12L), (finding.Line, finding.Element, finding.Item));
        Assert.StartsWith($"old.xml:{line}:", finding.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_old_address_is_listed()
    {
        var post = Item(WxrSample.Meta("_wp_old_slug", "first-name"));
        Assert.Equal(
            ["/2019/03/post-9/", "/?p=9", "/2019/03/04/post-9/", "/2019/03/first-name/", "/2019/03/04/first-name/"],
            post.OldAddresses
        );
        var page = Assert.Single(
            WxrSample
                .Read(
                    WxrSample.File(
                        WxrSample
                            .Item(3, type: "page")
                            .Replace("/2019/03/post-3/", "/about/us/", StringComparison.Ordinal)
                    )
                )
                .Items
        );
        Assert.Equal(["/about/us/", "/?p=3", "/?page_id=3"], page.OldAddresses);
    }

    [Fact]
    public void Addresses_of_other_hosts_are_not_ours_to_redirect()
    {
        var item = WxrSample
            .Item(3)
            .Replace("https://old.example/?p=3", "http://staging.example/?p=99", StringComparison.Ordinal)
            .Replace("https://old.example/2019", "http://www.old.example/2019", StringComparison.Ordinal);
        var post = Assert.Single(WxrSample.Read(WxrSample.File(item)).Items);
        Assert.Contains("/2019/03/post-3/", post.OldAddresses);
        Assert.DoesNotContain("/?p=99", post.OldAddresses);
    }

    [Fact]
    public void Attachments_carry_their_address_and_alternative()
    {
        var item = WxrSample.Item(
            4,
            "<wp:attachment_url>https://old.example/wp-content/uploads/a b.jpg</wp:attachment_url>"
                + WxrSample.Meta("_wp_attachment_image_alt", "A ward"),
            type: "attachment",
            status: "inherit"
        );
        var file = Assert.Single(WxrSample.Read(WxrSample.File(item)).Items);
        Assert.Equal(
            (WxrKind.Attachment, "https://old.example/wp-content/uploads/a%20b.jpg", "A ward"),
            (file.Kind, file.AttachmentAddress, file.AltText)
        );
    }

    [Fact]
    public void Menus_and_other_inner_things_are_counted_and_left()
    {
        var read = WxrSample.Read(
            WxrSample.File(
                WxrSample.Item(1, type: "nav_menu_item"),
                WxrSample.Item(2, type: "nav_menu_item"),
                WxrSample.Item(3, type: "revision"),
                WxrSample.Item(4, type: "tribe_events")
            )
        );
        Assert.Equal("tribe_events", Assert.Single(read.Items).Type);
        read.Only(FindingSeverity.Left, "2 of type nav_menu_item");
        read.Only(FindingSeverity.Note, "tribe_events");
    }

    [Fact]
    public void A_number_used_twice_is_taken_once()
    {
        var read = WxrSample.Read(
            WxrSample.File(
                WxrSample.Item(1, title: "First"),
                WxrSample.Item(1, title: "Second"),
                WxrSample.Item(0, title: "Third")
            )
        );
        Assert.Equal("First", Assert.Single(read.Items).Title);
        read.Only(FindingSeverity.Rejected, "“Second”");
        read.Only(FindingSeverity.Rejected, "“Third”");
    }

    [Fact]
    public void An_over_long_title_is_cut_and_an_over_long_text_is_left()
    {
        var limits = WxrLimits.Default with { Content = 1000 };
        var longText = WxrSample.Item(2).Replace("Text of 2.", new string('x', 1001), StringComparison.Ordinal);
        var read = WxrSample.Read(WxrSample.File(WxrSample.Item(1, title: new string('t', 400)), longText), limits);
        Assert.Equal(200, Assert.Single(read.Items).Title.Length);
        Assert.Equal("title", read.Only(FindingSeverity.Changed, "Longer than 200").Element);
        read.Only(FindingSeverity.Rejected, "longer than 1,000");
    }

    [Fact]
    public void Titles_lose_their_entities() =>
        Assert.Equal(
            "Research & Development – “now”",
            Assert
                .Single(
                    WxrSample
                        .Read(
                            WxrSample.File(
                                WxrSample.Item(1, title: "Research &amp; Development &#8211; &#8220;now&#8221;")
                            )
                        )
                        .Items
                )
                .Title
        );

    [Fact]
    public void Names_do_not_depend_on_the_prefixes_of_the_file()
    {
        var file = WxrSample
            .File(WxrSample.Item(1))
            .Replace("xmlns:wp=", "xmlns:w=", StringComparison.Ordinal)
            .Replace("<wp:", "<w:", StringComparison.Ordinal)
            .Replace("</wp:", "</w:", StringComparison.Ordinal);
        Assert.Single(WxrSample.Read(file).Items);
    }

    [Fact]
    public void Older_and_newer_versions_are_read()
    {
        var old = WxrSample
            .File(WxrSample.Item(1))
            .Replace("export/1.2/", "export/1.0/", StringComparison.Ordinal)
            .Replace("version>1.2", "version>1.0", StringComparison.Ordinal);
        Assert.Single(WxrSample.Read(old).Items);
        var newer = WxrSample.Read(
            WxrSample.File(WxrSample.Item(1)).Replace("version>1.2", "version>1.3", StringComparison.Ordinal)
        );
        newer.Only(FindingSeverity.Note, "1.3");
    }

    [Fact]
    public void A_text_in_two_pieces_is_one_text() =>
        Assert.Equal(
            "a ]]> b",
            Assert
                .Single(
                    WxrSample
                        .Read(
                            WxrSample.File(
                                WxrSample.Item(1).Replace("Text of 1.", "a ]]]]><![CDATA[> b", StringComparison.Ordinal)
                            )
                        )
                        .Items
                )
                .Html
        );
}
