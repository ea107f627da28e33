using Lpsa.Platform;
using Lpsa.Publishing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lpsa.Tests;

public sealed class ImportPostsTests
{
    [Fact]
    public async Task All_188_items_come_in_once_with_their_source_and_what_is_known_of_their_date()
    {
        await using var site = await TestSite.Start();
        Assert.Equal((188, 0, 0), await Load(site));
        Assert.Equal((0, 188, 0), await Load(site));
        await site.Db(async db =>
        {
            var posts = await db.Set<Post>().Include(p => p.Facets).ToListAsync();
            Assert.Equal(188, posts.Count);
            Assert.Equal(70, posts.Count(p => p.Precision == DatePrecision.Day));
            Assert.Equal(53, posts.Count(p => p.Precision == DatePrecision.Month));
            Assert.Equal(15, posts.Count(p => p.Precision == DatePrecision.Year));
            Assert.Equal(50, posts.Count(p => p.Date is null));
            Assert.Equal(19, posts.Count(p => p.Facets.Any(f => f is { Axis: "country", Code: "KEN" })));
            Assert.All(posts, p => Assert.True(p.IsPublic));
        });
    }

    [Fact]
    public async Task An_item_that_an_editor_changed_since_is_left_alone()
    {
        await using var site = await TestSite.Start();
        await Load(site);
        await site.Db(async db =>
        {
            (await db.Set<Post>().FirstAsync(p => p.ImportKey == "lpsa-posts:LPSA-001")).Write(
                "Better title",
                "",
                "",
                db.Now
            );
            await db.SaveChangesAsync();
        });
        await Load(site);
        Assert.True(await site.Db(db => db.Set<Post>().AnyAsync(p => p.Title == "Better title")));
    }

    [Theory]
    [InlineData(
        """{"compiled":"2026-11-21","items":[{"id":"A","title":"T","type":"post","date":"2026-13-45"}]}""",
        "date",
        "is not a date"
    )]
    [InlineData(
        """{"compiled":"2026-11-21","items":[{"id":"A","title":"","type":"post"}]}""",
        "title",
        "1 to 300 characters"
    )]
    [InlineData(
        """{"compiled":"2026-11-21","items":[{"id":"A","title":"T","type":"potato"}]}""",
        "type",
        "not a known kind"
    )]
    [InlineData(
        """{"compiled":"2026-11-21","items":[{"id":"A","title":"T","type":"post","countries":["Kenja"]}]}""",
        "countries",
        "not a known country"
    )]
    public async Task A_bad_row_is_named_with_file_line_and_reason(string text, string column, string reason)
    {
        await using var site = await TestSite.Start();
        var report = await Read(site, text);
        var finding = Assert.Single(report.Findings);
        Assert.Equal(("items.json", 1, column), (finding.File, finding.Line, finding.Column));
        Assert.Contains(reason, finding.Reason);
    }

    [Fact]
    public async Task A_file_that_is_cut_off_says_where_and_takes_nothing()
    {
        await using var site = await TestSite.Start();
        var wrong = await Assert.ThrowsAsync<ImportException>(() =>
            Read(site, "{\n \"compiled\": \"2026-11-21\",\n \"items\": [{\"id\"")
        );
        Assert.StartsWith("items.json:3:", wrong.Message);
    }

    private static async Task<(int Taken, int Left, int Rejected)> Load(TestSite site)
    {
        await using var scope = site.Services.CreateAsyncScope();
        var report = await scope
            .ServiceProvider.GetRequiredService<ImportPosts>()
            .Read("lpsa-posts.json", Shipped(), CancellationToken.None);
        await scope.ServiceProvider.GetRequiredService<PlatformDb>().SaveChangesAsync();
        return (report.Taken, report.Left, report.Findings.Count);
    }

    private static async Task<ImportReport> Read(TestSite site, string text)
    {
        await using var scope = site.Services.CreateAsyncScope();
        return await scope
            .ServiceProvider.GetRequiredService<ImportPosts>()
            .Read("items.json", text, CancellationToken.None);
    }

    private static string Shipped()
    {
        using var reader = new StreamReader(
            typeof(Product).Assembly.GetManifestResourceStream("data/lpsa-posts.json")!
        );
        return reader.ReadToEnd();
    }
}
