using System.Net;
using Lpsa.Places;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Tests;

public sealed class TermPagesTests
{
    private const string Conflict = "/admin/terms/theme/conflict-fragility";

    [Fact]
    public async Task Every_theme_and_sector_has_a_page_in_every_language()
    {
        await using var site = await TestSite.Start();
        var reader = site.Anonymous();
        var shipped = new Taxonomy([]);
        foreach (var term in shipped.In(Axes.Theme).Concat(shipped.In(Axes.Sector)))
        foreach (var language in Language.All)
        {
            var page = await reader.Page(PageContext.In(language, term.Path!));
            Assert.Equal(term.Label(language), page.QuerySelector("h1")!.TextContent);
            Assert.Contains(term.Define(language), page.Body!.TextContent);
        }
    }

    [Theory]
    [InlineData("/themes/conflict-and-fragility", "/themes/conflict-fragility-and-migration")]
    [InlineData("/themes/mlg", "/themes/multilevel-governance")]
    [InlineData("/themes/multi-level-governance", "/themes/multilevel-governance")]
    [InlineData("/themes/Climate-Action", "/themes/local-climate-action")]
    [InlineData("/es/themes/descentralizacion-fiscal", "/es/themes/fiscal-decentralization")]
    [InlineData("/sectors/wash", "/sectors/water-and-sanitation")]
    public async Task Old_spellings_of_a_term_lead_to_its_page(string from, string to)
    {
        await using var site = await TestSite.Start();
        using var answer = await site.Anonymous().GetAsync(from);
        Assert.Equal(HttpStatusCode.MovedPermanently, answer.StatusCode);
        Assert.Equal(to, answer.Headers.Location!.OriginalString);
    }

    [Theory]
    [InlineData("/admin/terms")]
    [InlineData(Conflict)]
    [InlineData("/admin/terms/theme/new")]
    public async Task Only_editors_see_the_pages_for_staff(string path)
    {
        await using var site = await TestSite.Start();
        using var stranger = await site.Anonymous().GetAsync(path);
        Assert.Equal(HttpStatusCode.SeeOther, stranger.StatusCode);
        using var member = await (await site.SignedIn(Roles.Member)).GetAsync(path);
        Assert.Equal(HttpStatusCode.Forbidden, member.StatusCode);
        await (await site.SignedIn(Roles.Editor)).Page(path);
    }

    [Fact]
    public async Task An_editor_gives_a_theme_a_new_label_and_everybody_sees_it_at_once()
    {
        await using var site = await TestSite.Start();
        var reader = site.Anonymous();
        await reader.Page("/themes/conflict-fragility-and-migration");
        var editor = await site.SignedIn(Roles.Editor);
        using var saved = await editor.Submit(
            Conflict,
            "#edit",
            ("LabelEn", "Conflict and peace"),
            ("LabelFr", "Conflits et paix"),
            ("DefinitionEn", "War, peace and the local level."),
            ("Alternatives", "Conflict and Fragility\n Conflict, fragility and migration \n\nConflict and fragility")
        );
        Assert.Equal(HttpStatusCode.SeeOther, saved.StatusCode);

        var page = await reader.Page("/themes/conflict-fragility-and-migration");
        Assert.Equal("Conflict and peace", page.QuerySelector("h1")!.TextContent);
        Assert.Equal(
            "Conflits et paix",
            (await reader.Page("/fr/themes/conflict-fragility-and-migration")).QuerySelector("h1")!.TextContent
        );
        // No Spanish label was sent: the page falls back to English instead of going blank.
        Assert.Equal(
            "Conflict and peace",
            (await reader.Page("/es/themes/conflict-fragility-and-migration")).QuerySelector("h1")!.TextContent
        );
        var edited = await site.Db(db => db.Set<EditedTerm>().SingleAsync());
        Assert.Equal(["Conflict and Fragility", "Conflict, fragility and migration"], edited.ToTerm().Alternatives);

        var audited = await site.Db(db =>
            db.Set<AuditEntry>().Where(e => e.Entity == "edited_terms").OrderBy(e => e.Number).ToListAsync()
        );
        Assert.Equal(["create", "update"], audited.Select(a => a.Action));
        Assert.Contains("Conflict, fragility and migration", audited[1].Before);
        Assert.Contains("Conflict and peace", audited[1].After);
        Assert.Null(await site.Db(db => AuditLog.Verify(db, CancellationToken.None)));
    }

    [Fact]
    public async Task A_form_with_a_mistake_comes_back_as_it_was_typed()
    {
        await using var site = await TestSite.Start();
        var editor = await site.SignedIn(Roles.Editor);
        using var empty = await editor.Submit(Conflict, "#edit", ("LabelEn", ""), ("LabelFr", "Conflits"));
        var page = Browsing.Parse(await empty.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, empty.StatusCode);
        Assert.Equal("Conflits", page.QuerySelector("#LabelFr")!.GetAttribute("value"));
        Assert.NotNull(page.QuerySelector(".form-errors a[href='#LabelEn']"));

        using var taken = await editor.Submit(Conflict, "#edit", ("LabelEn", "Fiscal Decentralisation"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, taken.StatusCode);
        Assert.Contains("Another term already has this label", await taken.Content.ReadAsStringAsync());
        Assert.False(await site.Db(db => db.Set<EditedTerm>().AnyAsync()));
    }

    [Fact]
    public async Task A_theme_cannot_stand_below_itself()
    {
        await using var site = await TestSite.Start();
        var editor = await site.SignedIn(Roles.Editor);
        using var answer = await editor.Submit(
            "/admin/terms/theme/decentralization",
            "#edit",
            ("LabelEn", "Decentralization"),
            ("Parent", "fiscal")
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
    }

    [Fact]
    public async Task Merging_two_themes_loses_no_link_label_or_child()
    {
        await using var site = await TestSite.Start();
        var editor = await site.SignedIn(Roles.Editor);
        using var merged = await editor.Submit(
            "/admin/terms/theme/localization",
            "#merge",
            ("Into", "decentralization")
        );
        Assert.Equal(HttpStatusCode.SeeOther, merged.StatusCode);

        var reader = site.Anonymous();
        foreach (
            var old in new[]
            {
                "/themes/localizing-development",
                "/themes/localization",
                "/themes/localising-development",
            }
        )
        {
            using var answer = await reader.GetAsync(old);
            Assert.Equal("/themes/decentralization", answer.Headers.Location!.OriginalString);
        }
        var page = await reader.Page("/themes/decentralization");
        Assert.Contains(page.QuerySelectorAll("a"), a => a.GetAttribute("href") == "/themes/local-climate-action");
        var taxonomy = await site.Db(db => TaxonomySnapshot.Load(db, CancellationToken.None));
        Assert.Equal("decentralization", taxonomy.Find(Axes.Theme, "توطين التنمية")!.Code);
        Assert.Equal(17, taxonomy.In(Axes.Theme).Count());
    }

    [Fact]
    public async Task A_theme_can_be_merged_into_its_own_child()
    {
        await using var site = await TestSite.Start();
        var editor = await site.SignedIn(Roles.Editor);
        using var merged = await editor.Submit("/admin/terms/theme/decentralization", "#merge", ("Into", "fiscal"));
        Assert.Equal(HttpStatusCode.SeeOther, merged.StatusCode);
        var taxonomy = await site.Db(db => TaxonomySnapshot.Load(db, CancellationToken.None));
        Assert.Null(taxonomy[Axes.Theme, "fiscal"]!.Parent);
        Assert.Equal(
            ["mlg", "political", "admin", "community-participation"],
            taxonomy.ChildrenOf(taxonomy[Axes.Theme, "fiscal"]!).Select(t => t.Code)
        );
    }

    [Theory]
    [InlineData("")]
    [InlineData("conflict-fragility")]
    [InlineData("no-such-term")]
    public async Task A_term_is_merged_only_into_another_one_in_use(string into)
    {
        await using var site = await TestSite.Start();
        var editor = await site.SignedIn(Roles.Editor);
        using var answer = await editor.Submit(Conflict, "#merge", ("Into", into));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.False(await site.Db(db => db.Set<EditedTerm>().AnyAsync()));
    }

    [Fact]
    public async Task Splitting_a_theme_makes_a_new_page_that_takes_over_its_spellings()
    {
        await using var site = await TestSite.Start();
        var editor = await site.SignedIn(Roles.Editor);
        using var answer = await editor.Submit(
            "/admin/terms/theme/mlg",
            "#split",
            ("Label", "Relations between governments"),
            ("Spellings", "Intergovernmental relations")
        );
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        var reader = site.Anonymous();
        Assert.Equal(
            "Relations between governments",
            (await reader.Page("/themes/relations-between-governments")).QuerySelector("h1")!.TextContent
        );
        using var moved = await reader.GetAsync("/themes/intergovernmental-relations");
        Assert.Equal("/themes/relations-between-governments", moved.Headers.Location!.OriginalString);
        await reader.Page("/themes/multilevel-governance");
    }

    [Fact]
    public async Task An_editor_adds_a_sector()
    {
        await using var site = await TestSite.Start();
        var editor = await site.SignedIn(Roles.Editor);
        using var answer = await editor.Submit(
            "/admin/terms/sector/new",
            "#add",
            ("LabelEn", "Digital services"),
            ("LabelAr", "الخدمات الرقمية"),
            ("Parent", "infrastructure")
        );
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal(
            "الخدمات الرقمية",
            (await site.Anonymous().Page("/ar/sectors/digital-services")).QuerySelector("h1")!.TextContent
        );
        using var twice = await editor.Submit("/admin/terms/sector/new", "#add", ("LabelEn", "Digital Services"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, twice.StatusCode);
    }
}
