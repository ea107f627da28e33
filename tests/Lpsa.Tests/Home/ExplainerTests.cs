using Lpsa.Platform;
using Lpsa.Publishing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TextFile = Lpsa.Publishing.ImportExplainers.TextFile;

namespace Lpsa.Tests;

public sealed class ExplainerTests
{
    private const string Good = """
        ---
        slug: water
        kind: explainer
        title: Who brings the water: a short answer
        summary: In one sentence.
        date: 2026-11-21
        language: en
        themes: fiscal
        countries: KEN
        authors: Decentralization.Net editors
        licence: CC BY 4.0
        checked: 2026-11-21
        ---
        Text.
        """;

    private const string French = """
        ---
        slug: water
        language: fr
        title: Qui apporte l’eau ?
        summary: En une phrase.
        translation: machine
        ---
        Texte.
        """;

    [Fact]
    public async Task The_shipped_explainers_load_once_and_without_a_fault()
    {
        await using var site = await TestSite.Start();
        var first = await Load(site, ImportExplainers.Shipped());
        var second = await Load(site, ImportExplainers.Shipped());
        Assert.Empty(first.Findings);
        Assert.Equal((8, 0), (first.Taken, first.Left));
        Assert.Equal((0, 8), (second.Taken, second.Left));
        Assert.Equal(8, await site.Db(db => db.Set<Post>().CountAsync(p => p.Kind == PostKind.Explainer)));
        Assert.Equal(
            12,
            await site.Db(db => db.Set<PostTranslation>().CountAsync(t => t.State == TranslationQuality.Machine))
        );
    }

    [Fact]
    public async Task Every_local_link_in_an_explainer_leads_somewhere_in_every_language()
    {
        await using var site = await TestSite.Start();
        await Load(site, ImportExplainers.Shipped());
        var visitor = site.Anonymous();
        var checkedPaths = new HashSet<string>();
        foreach (var file in ImportExplainers.Shipped())
        {
            var parts = file.Name.Split('.');
            var language = Language.Find(parts.Length == 3 ? parts[1] : "en")!;
            var page = await visitor.Page(PageContext.In(language, "/posts/" + parts[0]));
            var links = page.QuerySelectorAll(".prose a[href^='/']").Select(a => a.GetAttribute("href")!).ToList();
            Assert.NotEmpty(links);
            foreach (var path in links.Where(checkedPaths.Add))
            {
                using var answer = await visitor.GetAsync(path);
                Assert.True(answer.IsSuccessStatusCode, $"{path} in {file.Name} answered {(int)answer.StatusCode}");
            }
        }
    }

    [Fact]
    public void An_explainer_is_as_long_as_a_short_read()
    {
        foreach (var file in ImportExplainers.Shipped())
        {
            var body = file.Text[file.Text.IndexOf("\n---\n", StringComparison.Ordinal)..];
            Assert.InRange(Prose.Words(body), 400, 950);
        }
    }

    [Fact]
    public async Task A_machine_translation_says_that_it_is_one()
    {
        await using var site = await TestSite.Start();
        await Load(site, [new("water.md", Good), new("water.fr.md", French)]);
        var page = await site.Anonymous().Page("/fr/posts/water");
        Assert.Equal("Qui apporte l’eau ?", page.QuerySelector("h1")!.TextContent);
        var english = await site.Anonymous().Page("/posts/water");
        Assert.Equal("Who brings the water: a short answer", english.QuerySelector("h1")!.TextContent);
        var translation = await site.Db(db => db.Set<PostTranslation>().SingleAsync());
        Assert.Equal(TranslationQuality.Machine, translation.State);
    }

    [Fact]
    public async Task An_explainer_that_an_editor_changed_is_left_alone()
    {
        await using var site = await TestSite.Start();
        await Load(site, [new("water.md", Good)]);
        await site.Db(async db =>
        {
            var post = await db.Set<Post>().SingleAsync();
            post.Write("Better title", post.Summary, post.Body, db.Now);
            await db.SaveChangesAsync();
        });
        await Load(site, [new("water.md", Good), new("water.fr.md", French)]);
        Assert.Equal("Better title", await site.Db(db => db.Set<Post>().Select(p => p.Title).SingleAsync()));
    }

    [Theory]
    [InlineData("---\n", "", 1, "front matter", "the first line must be ---")]
    [InlineData("kind: explainer", "kind explainer", 3, "front matter", "is not of the form key: value")]
    [InlineData("kind: explainer", "knid: explainer", 3, "knid", "is not a known key")]
    [InlineData("kind: explainer", "kind: poem", 3, "kind", "is not a known kind of post")]
    [InlineData("slug: water", "slug: Wasser", 2, "slug", "must be the name of the file, water")]
    [InlineData("date: 2026-11-21", "date: 21 November", 6, "date", "is not a date")]
    [InlineData("date: 2026-11-21", "date: 2026-11", 6, "date", "is not a date")]
    [InlineData("language: en", "language: tlh", 7, "language", "is not a language of this site")]
    [InlineData("themes: fiscal", "themes: fiscal, money", 8, "themes", "is not the code of a known theme")]
    [InlineData("countries: KEN", "countries: Wakanda", 9, "countries", "is not the code of a known country")]
    [InlineData("title: Who brings the water: a short answer", "title:", 4, "title", "has 1 to 300 characters")]
    [InlineData("summary: In one sentence.\n", "", 12, "summary", "has 1 to 1000 characters")]
    [InlineData("checked: 2026-11-21", "date: 2026-11-20", 12, "date", "is given twice")]
    [InlineData("\nText.", "", 14, "text", "there is no text")]
    public async Task A_fault_names_the_file_the_line_and_the_reason(
        string replace,
        string by,
        int line,
        string column,
        string reason
    )
    {
        await using var site = await TestSite.Start();
        var at = Good.IndexOf(replace, StringComparison.Ordinal);
        var bad = Good[..at] + by + Good[(at + replace.Length)..];
        var report = await Load(site, [new("water.md", bad)]);
        var finding = Assert.Single(report.Findings);
        Assert.Equal(("water.md", line, column), (finding.File, (int)finding.Line, finding.Column));
        Assert.Contains(reason, finding.Reason);
        Assert.Equal(0, report.Taken);
        Assert.False(await site.Db(db => db.Set<Post>().AnyAsync()));
    }

    [Fact]
    public async Task A_description_that_is_never_closed_is_refused()
    {
        await using var site = await TestSite.Start();
        var report = await Load(site, [new("water.md", "---\nslug: water\nText.")]);
        Assert.Contains("not closed", Assert.Single(report.Findings).Reason);
    }

    [Theory]
    [InlineData("translation: machine", "translation: perfect", 6, "must be machine or reviewed")]
    [InlineData("language: fr", "language: es", 3, "is not the language that the name of the file says")]
    public async Task A_faulty_translation_is_left_out_and_the_original_taken(
        string replace,
        string by,
        int line,
        string reason
    )
    {
        await using var site = await TestSite.Start();
        var report = await Load(
            site,
            [new("water.md", Good), new("water.fr.md", French.Replace(replace, by, StringComparison.Ordinal))]
        );
        var finding = Assert.Single(report.Findings);
        Assert.Equal(("water.fr.md", line, reason), (finding.File, (int)finding.Line, finding.Reason));
        Assert.Equal(1, report.Taken);
        Assert.False(await site.Db(db => db.Set<PostTranslation>().AnyAsync()));
    }

    [Fact]
    public async Task A_translation_of_nothing_is_named()
    {
        await using var site = await TestSite.Start();
        var report = await Load(site, [new("water.fr.md", French)]);
        Assert.Contains("there is no file water.md", Assert.Single(report.Findings).Reason);
    }

    [Fact]
    public async Task An_address_that_another_post_has_is_not_taken_over()
    {
        await using var site = await TestSite.Start();
        await site.Db(async db =>
        {
            db.Add(Post.Draft(PostKind.Post, "en", "water", null, db.Now));
            await db.SaveChangesAsync();
        });
        var report = await Load(site, [new("water.md", Good)]);
        Assert.Contains("another post has this address", Assert.Single(report.Findings).Reason);
    }

    private static async Task<ImportReport> Load(TestSite site, IReadOnlyList<TextFile> files)
    {
        await using var scope = site.Services.CreateAsyncScope();
        var report = await scope
            .ServiceProvider.GetRequiredService<ImportExplainers>()
            .Read(files, CancellationToken.None);
        await scope.ServiceProvider.GetRequiredService<PlatformDb>().SaveChangesAsync();
        return report;
    }
}
