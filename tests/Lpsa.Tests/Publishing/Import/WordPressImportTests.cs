using System.Net;
using System.Text;
using AngleSharp.Html.Parser;
using Lpsa.Places;
using Lpsa.Platform;
using Lpsa.Publishing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lpsa.Tests;

public sealed class WordPressImportTests
{
    private static readonly string Whole = WxrSample.File(
        WxrSample.People,
        WxrSample.Terms,
        WxrSample
            .Item(
                1,
                """
                <category domain="category" nicename="transfers"><![CDATA[Transfers]]></category>
                <category domain="post_tag" nicename="kenya"><![CDATA[Kenya]]></category>
                <category domain="category" nicename="uncategorized"><![CDATA[Uncategorized]]></category>
                <excerpt:encoded><![CDATA[In <b>short</b>.]]></excerpt:encoded>
                """
                    + WxrSample.Comment(1)
                    + WxrSample.Comment(2, parent: 1)
                    + WxrSample.Comment(3, approved: "0")
                    + WxrSample.Comment(4, type: "pingback"),
                title: "First & best"
            )
            .Replace(
                "Text of 1.",
                "One.\n\n<a href=\"https://old.example/2019/03/post-2/\">two</a> <a href=\"/?page_id=3\">three</a> [gallery ids=\"9\"]<script>x()</script>",
                StringComparison.Ordinal
            ),
        WxrSample.Item(2, title: "Second", status: "draft"),
        WxrSample
            .Item(3, title: "About", type: "page")
            .Replace("/2019/03/post-3/", "/about/us/", StringComparison.Ordinal),
        WxrSample.Item(4, title: "Hidden", status: "private"),
        WxrSample.Item(5, title: "Soon", status: "future", date: "2199-01-01 00:00:00"),
        WxrSample.Item(6, title: "Waiting", status: "pending"),
        WxrSample.Item(7, title: "Gone", status: "trash"),
        WxrSample.Item(8, title: "Menu", type: "nav_menu_item"),
        WxrSample.Item(
            9,
            "<wp:attachment_url>https://old.example/wp-content/uploads/nine.jpg</wp:attachment_url>"
                + WxrSample.Meta("_wp_attachment_image_alt", "Nine"),
            title: "nine",
            type: "attachment",
            status: "inherit"
        ),
        WxrSample.Item(10, "<wp:post_password>x</wp:post_password>", title: "Secret")
    );

    private static async Task<WordPressReport> Import(
        IServiceProvider services,
        string file,
        WordPressChoices? choices = null
    )
    {
        await using var scope = services.CreateAsyncScope();
        var import = new WordPressImport(
            scope.ServiceProvider.GetRequiredService<PlatformDb>(),
            scope.ServiceProvider.GetRequiredService<IVocabulary>()
        );
        return await import.Run(
            () => new MemoryStream(Encoding.UTF8.GetBytes(file)),
            "old.xml",
            choices ?? new(),
            CancellationToken.None
        );
    }

    private static Task<List<Post>> Posts(TestSite site) =>
        site.Db(db =>
            db.Set<Post>()
                .AsNoTracking()
                .Include(p => p.Facets)
                .Include(p => p.Credits)
                .OrderBy(p => p.ImportKey)
                .ToListAsync()
        );

    [Fact]
    public async Task A_site_moves_in_with_its_states()
    {
        await using var site = await TestSite.Start();
        var report = await Import(site.Services, Whole);
        Assert.True(report.IsDone, string.Join('\n', report.Findings));
        Assert.Equal(0, report.ExitCode);
        var posts = (await Posts(site)).ToDictionary(p => p.Title);
        Assert.Equal(
            ["About", "First & best", "Hidden", "Second", "Secret", "Soon", "Waiting"],
            posts.Keys.Order(StringComparer.Ordinal)
        );
        Assert.Equal(
            [
                PostState.Published,
                PostState.Published,
                PostState.Draft,
                PostState.Draft,
                PostState.Draft,
                PostState.Scheduled,
                PostState.Submitted,
            ],
            posts.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => p.Value.State)
        );
        var first = posts["First & best"];
        Assert.Equal(
            ("post-1", "In short.", new DateOnly(2019, 3, 4), new DateTime(2019, 3, 4, 10, 0, 0)),
            (first.Slug, first.Summary, first.Date, first.PublishedAt)
        );
        Assert.Equal(
            "One.\n\n[two](/posts/post-2) [three](/posts/post-3)\n\n![Nine](https://old.example/wp-content/uploads/nine.jpg)",
            first.Body
        );
        Assert.Contains(first.Facets, f => f is { Axis: Axes.Country, Code: "KEN" });
        Assert.Contains(first.Facets, f => f.Axis == PostFacet.Tag && f.Code == "Transfers");
        Assert.DoesNotContain(first.Facets, f => f.Code == "Uncategorized");
        Assert.Equal(
            "Amina Yusuf",
            await site.Db(db =>
                db.Set<Author>().Where(a => a.Id == first.Credits[0].AuthorId).Select(a => a.Name).SingleAsync()
            )
        );
    }

    [Fact]
    public async Task The_report_says_what_was_taken_changed_and_left()
    {
        await using var site = await TestSite.Start();
        var report = await Import(site.Services, Whole);
        Assert.Equal(9, report.Taken.Count);
        Assert.Contains(report.Changed, f => f.Message.Contains("“Hidden” was private", StringComparison.Ordinal));
        Assert.Contains(report.Changed, f => f.Message.Contains("“Secret” had a password", StringComparison.Ordinal));
        foreach (
            var left in new[]
            {
                "“Gone” was in the bin",
                "nav_menu_item",
                "nine.jpg",
                "script",
                "never approved",
                "Pingback 4",
            }
        )
            Assert.Contains(report.Left, f => f.Message.Contains(left, StringComparison.Ordinal));
        var lines = report.Lines().ToList();
        Assert.StartsWith("Taken (9):", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("7 items and 2 comments taken", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_run_changes_nothing_and_says_so()
    {
        await using var site = await TestSite.Start();
        await Import(site.Services, Whole);
        await site.Db(async db =>
        {
            var post = await db.Set<Post>().SingleAsync(p => p.Slug == "post-1");
            post.Write("Edited since", "", "New words", db.Now);
            await db.SaveChangesAsync();
        });
        var before = await Counts(site);
        var second = await Import(site.Services, Whole);
        Assert.Equal("Nothing to change: all 7 items are here already.", second.Summary);
        Assert.Equal(before, await Counts(site));
        Assert.Contains(await Posts(site), p => p is { Title: "Edited since", Body: "New words" });
    }

    [Fact]
    public async Task A_later_export_brings_only_what_is_new()
    {
        await using var site = await TestSite.Start();
        await Import(site.Services, WxrSample.File(WxrSample.Item(1)));
        var report = await Import(
            site.Services,
            WxrSample
                .File(WxrSample.Item(1), WxrSample.Item(2))
                .Replace("https://old.example", "https://www.old.example", StringComparison.Ordinal)
        );
        Assert.Equal((1, 1), (report.Taken.Count, report.Known));
    }

    [Fact]
    public async Task A_dry_run_tells_all_and_writes_nothing()
    {
        await using var site = await TestSite.Start();
        var before = await Counts(site);
        var report = await Import(site.Services, Whole, new(DryRun: true));
        Assert.Equal((9, false, true, 0), (report.Taken.Count, report.IsDone, report.IsTrial, report.ExitCode));
        Assert.StartsWith("Trial, nothing was changed", report.Summary, StringComparison.Ordinal);
        Assert.Equal(before, await Counts(site));
    }

    [Fact]
    public async Task A_faulty_item_stops_all_unless_told_to_keep_going()
    {
        await using var site = await TestSite.Start();
        var before = await Counts(site);
        var file = WxrSample.File(WxrSample.Item(1), WxrSample.Item(1, title: "Twin"), WxrSample.Item(2));
        var stopped = await Import(site.Services, file);
        Assert.Equal((2, false), (stopped.ExitCode, stopped.IsDone));
        Assert.Equal(before, await Counts(site));
        var kept = await Import(site.Services, file, new(KeepGoing: true));
        Assert.Equal((1, 2), (kept.ExitCode, kept.Taken.Count));
        Assert.Contains("“Twin”", Assert.Single(kept.Rejected).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_cut_off_changes_nothing_whatever_is_asked()
    {
        await using var site = await TestSite.Start();
        var before = await Counts(site);
        var report = await Import(site.Services, Whole[..^200], new(KeepGoing: true));
        Assert.Equal(2, report.ExitCode);
        Assert.Equal("Nothing was changed: the file cannot be used.", report.Summary);
        Assert.Equal(before, await Counts(site));
    }

    [Theory]
    [InlineData("/?p=1", "/posts/post-1")]
    [InlineData("/2019/03/post-1/", "/posts/post-1")]
    [InlineData("/2019/03/04/post-1/", "/posts/post-1")]
    [InlineData("/about/us/", "/posts/post-3")]
    [InlineData("/?page_id=3", "/posts/post-3")]
    public async Task Old_addresses_lead_to_the_new(string old, string path)
    {
        await using var site = await TestSite.Start();
        await Import(site.Services, Whole);
        using var client = site.Anonymous();
        using var answer = await client.GetAsync(old);
        Assert.Equal((HttpStatusCode.MovedPermanently, path), (answer.StatusCode, answer.Headers.Location!.ToString()));
        using var page = await client.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
    }

    [Fact]
    public async Task Readers_see_the_comments_in_their_thread_and_nothing_that_was_hidden()
    {
        await using var site = await TestSite.Start();
        await Import(site.Services, Whole);
        using var client = site.Anonymous();
        var page = new HtmlParser().ParseDocument(await client.GetStringAsync("/posts/post-1"));
        Assert.Equal(
            ["Reader 1", "Reader 2"],
            page.QuerySelectorAll(".comments .meta strong").Select(a => a.TextContent)
        );
        Assert.NotNull(page.QuerySelector(".comments .comments #comment-2"));
        Assert.Equal("agree", page.QuerySelector("#comment-1 > .prose strong")?.TextContent);
        foreach (
            var hidden in new[] { "/posts/post-2", "/posts/post-4", "/posts/post-5", "/posts/post-6", "/posts/post-10" }
        )
        {
            using var answer = await client.GetAsync(hidden);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    [Fact]
    public async Task A_taken_address_is_not_taken_away()
    {
        await using var site = await TestSite.Start();
        await site.Db(async db =>
        {
            db.Add(OldAddress.Of("/2019/03/post-1", "/elsewhere"));
            db.Add(Post.Draft(PostKind.Post, "en", "post-1", null, db.Now));
            await db.SaveChangesAsync();
        });
        var report = await Import(site.Services, WxrSample.File(WxrSample.Item(1)));
        Assert.Equal("/posts/post-1-2", Assert.Single(report.Taken).Path);
        Assert.Contains(report.Changed, f => f.Message.Contains("leads elsewhere already", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Several_batches_are_one_transaction()
    {
        await using var site = await TestSite.Start();
        var report = await Import(
            site.Services,
            WxrSample.File([.. Enumerable.Range(1, 130).Select(i => WxrSample.Item(i))])
        );
        Assert.Equal(
            (130, 130),
            (
                report.Taken.Count,
                (await Posts(site)).Count(p => p.ImportKey!.StartsWith("wordpress:", StringComparison.Ordinal))
            )
        );
        Assert.Null(await site.Db(db => AuditLog.Verify(db, CancellationToken.None)));
    }

    [Fact]
    public async Task Items_in_languages_of_this_site_keep_theirs()
    {
        await using var site = await TestSite.Start();
        var file = WxrSample
            .File(
                WxrSample.Item(1, "<category domain=\"language\" nicename=\"ar\"><![CDATA[العربية]]></category>"),
                WxrSample.Item(2)
            )
            .Replace("<language>en-US", "<language>fr-FR", StringComparison.Ordinal);
        await Import(site.Services, file);
        Assert.Equal(["ar", "fr"], (await Posts(site)).Select(p => p.Language));
    }

    private static Task<(int, int, int, int, int)> Counts(TestSite site) =>
        site.Db(async db =>
            (
                await db.Set<Post>().CountAsync(),
                await db.Set<OldAddress>().CountAsync(),
                await db.Set<PostComment>().CountAsync(),
                await db.Set<Author>().CountAsync(),
                await db.Set<AuditEntry>().CountAsync()
            )
        );
}
