using System.Net;
using Lpsa.Platform;
using Lpsa.Publishing;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Tests;

public sealed class EditingPostsTests
{
    [Fact]
    public async Task An_editor_writes_publishes_and_the_world_can_read_it()
    {
        await using var site = await TestSite.Start();
        var editor = await site.SignedIn(Roles.Editor);
        using var begun = await editor.Submit(
            "/admin/posts/new",
            "form.form",
            ("Title", "Water for towns"),
            ("Kind", "Explainer"),
            ("Language", "en")
        );
        var desk = begun.Headers.Location!.ToString();
        using var saved = await editor.Submit(
            desk,
            "post-editor form",
            Fields(
                "Water for towns",
                "## Pipes\n\nText.",
                ("Countries", "Kenya\nCôte d'Ivoire"),
                ("Authors", "Ana Silva\nBo Li | Translator")
            )
        );
        Assert.Equal(HttpStatusCode.SeeOther, saved.StatusCode);
        await site.Anonymous().Page("/posts/water-for-towns", HttpStatusCode.NotFound);

        using var published = await editor.Submit(desk, "form:has(input[value=Publish])");
        Assert.Equal(HttpStatusCode.SeeOther, published.StatusCode);
        var page = await site.Anonymous().Page("/posts/water-for-towns");
        Assert.Equal("Pipes", page.QuerySelector(".prose h2")!.TextContent);
        Assert.Contains("Ana Silva", page.QuerySelector(".credits")!.TextContent);
        Assert.Contains("Translator", page.QuerySelector(".credits")!.TextContent);
        Assert.Equal(
            ["CIV", "KEN"],
            (await site.Db(db => db.Set<PostFacet>().Select(f => f.Code).ToListAsync())).Order()
        );
    }

    [Fact]
    public async Task What_was_typed_comes_back_with_the_mistakes_named()
    {
        await using var site = await TestSite.Start();
        var post = await site.Posted("Taken");
        await site.Posted("Other");
        var editor = await site.SignedIn(Roles.Editor);
        using var answer = await editor.Submit(
            $"/admin/posts/{post.Id}",
            "post-editor form",
            Fields(
                "",
                "My text",
                ("Countries", "Kenja"),
                ("Slug", "other"),
                ("Date", "31/31/2026"),
                ("SourceAddress", "javascript:alert(1)")
            )
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var page = Browsing.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal("My text", page.QuerySelector("textarea[name=Body]")!.TextContent.Trim());
        Assert.Equal("Kenja", page.QuerySelector("textarea[name=Countries]")!.TextContent.Trim());
        Assert.Contains("A post needs a title.", page.QuerySelector("[role=alert]")!.TextContent);
        Assert.Contains("2026-11-21", page.QuerySelector("[role=alert]")!.TextContent);
    }

    [Fact]
    public async Task An_unknown_country_and_a_taken_address_are_named()
    {
        await using var site = await TestSite.Start();
        var post = await site.Posted("Taken");
        await site.Posted("Other");
        var editor = await site.SignedIn(Roles.Editor);
        using var answer = await editor.Submit(
            $"/admin/posts/{post.Id}",
            "post-editor form",
            Fields("Taken", "x", ("Countries", "Kenja"), ("Slug", "other"))
        );
        var alert = Browsing.Parse(await answer.Content.ReadAsStringAsync()).QuerySelector("[role=alert]")!.TextContent;
        Assert.Contains("“Kenja” is not a known country or territory.", alert);
        Assert.Contains("Another post has this address already.", alert);
    }

    [Fact]
    public async Task The_second_of_two_editors_sees_both_texts_and_loses_nothing()
    {
        await using var site = await TestSite.Start();
        var post = await site.Posted("Shared", body: "The first text.");
        var (ana, bo) = (await site.SignedIn(Roles.Editor), await site.SignedIn(Roles.Editor));
        var desk = $"/admin/posts/{post.Id}";
        var seenByBo = (await bo.Page(desk)).QuerySelector("input[name=Version]")!.GetAttribute("value")!;
        using var first = await ana.Submit(desk, "post-editor form", Fields("Shared", "The text of Ana."));
        using var second = await bo.Submit(
            desk,
            "post-editor form",
            Fields("Shared", "The text of Bo.", ("Version", seenByBo))
        );

        Assert.Equal(HttpStatusCode.Conflict, second.StatusCode);
        var page = Browsing.Parse(await second.Content.ReadAsStringAsync());
        Assert.Equal("The text of Bo.", page.QuerySelector("textarea[name=Body]")!.TextContent.Trim());
        Assert.Contains("Ana", string.Concat(page.QuerySelectorAll("del").Select(d => d.TextContent)));
        Assert.Equal("The text of Ana.", await Body(site, post.Id));

        var now = page.QuerySelector("input[name=Version]")!.GetAttribute("value")!;
        using var decided = await bo.Submit(
            desk,
            "post-editor form",
            Fields("Shared", "The text of both.", ("Version", now))
        );
        Assert.Equal(HttpStatusCode.SeeOther, decided.StatusCode);
        Assert.Equal("The text of both.", await Body(site, post.Id));
    }

    [Fact]
    public async Task Text_that_was_never_saved_is_offered_when_the_writer_comes_back()
    {
        await using var site = await TestSite.Start();
        var post = await site.Posted("Half done");
        var editor = await site.SignedIn(Roles.Editor);
        var desk = $"/admin/posts/{post.Id}";
        var form = (await editor.Page(desk)).QuerySelector("post-editor form")!;
        using var kept = await editor.PostAsync(
            desk + "/copy",
            new FormUrlEncodedContent(
                form.QuerySelectorAll("input[type=hidden]")
                    .Select(i => new KeyValuePair<string, string>(i.GetAttribute("name")!, i.GetAttribute("value")!))
                    .Append(new("Title", "Half done"))
                    .Append(new("Body", "Typed on the train"))
            )
        );
        Assert.Equal(HttpStatusCode.OK, kept.StatusCode);
        Assert.Contains("never saved", (await editor.Page(desk)).Body!.TextContent);
        Assert.Equal(
            "Typed on the train",
            (await editor.Page(desk + "?unsaved=true")).QuerySelector("textarea[name=Body]")!.TextContent.Trim()
        );
        Assert.DoesNotContain("never saved", (await (await site.SignedIn(Roles.Editor)).Page(desk)).Body!.TextContent);
    }

    [Fact]
    public async Task An_older_text_can_be_compared_and_brought_back()
    {
        await using var site = await TestSite.Start();
        var post = await site.Posted("History");
        var editor = await site.SignedIn(Roles.Editor);
        var desk = $"/admin/posts/{post.Id}";
        foreach (var text in new[] { "One apple.", "Two apples." })
            using (await editor.Submit(desk, "post-editor form", Fields("History", text))) { }
        var revisions = await editor.Page(desk + "/revisions");
        Assert.Contains("One", string.Concat(revisions.QuerySelectorAll("del").Select(d => d.TextContent)));
        Assert.Contains("Two", string.Concat(revisions.QuerySelectorAll("ins").Select(d => d.TextContent)));
        using var restored = await editor.Submit(desk + "/revisions", "form[action$='/revisions/1/restore']");
        Assert.Equal("One apple.", await Body(site, post.Id));
        Assert.Equal(3, await site.Db(db => db.Set<PostRevision>().CountAsync()));
    }

    [Fact]
    public async Task A_scheduled_post_appears_by_itself_at_its_time()
    {
        await using var site = await TestSite.Start();
        var post = await site.Posted("Tomorrow", PostState.Draft);
        var editor = await site.SignedIn(Roles.Editor);
        using var planned = await editor.Submit(
            $"/admin/posts/{post.Id}",
            "form:has(input[name=DueAt])",
            ("DueAt", "2026-11-22T09:30")
        );
        await site.RunJobs();
        await site.Anonymous().Page("/posts/tomorrow", HttpStatusCode.NotFound);
        site.Clock.Advance(TimeSpan.FromHours(25));
        await site.RunJobs();
        await site.Anonymous().Page("/posts/tomorrow");
    }

    [Fact]
    public async Task A_preview_link_shows_a_draft_to_an_outsider_until_it_is_stopped()
    {
        await using var site = await TestSite.Start();
        var post = await site.Posted("Secret draft", PostState.Draft);
        var editor = await site.SignedIn(Roles.Editor);
        using var opened = await editor.Submit($"/admin/posts/{post.Id}", "form:has(input[value=OpenPreview])");
        var token = await site.Db(db => db.Set<Post>().Select(p => p.PreviewToken).SingleAsync());
        var page = await site.Anonymous().Page("/posts/preview/" + token);
        Assert.Equal("Secret draft", page.QuerySelector("h1")!.TextContent);
        Assert.Equal("noindex", page.QuerySelector("meta[name=robots]")!.GetAttribute("content"));
        using var closed = await editor.Submit($"/admin/posts/{post.Id}", "form:has(input[value=ClosePreview])");
        await site.Anonymous().Page("/posts/preview/" + token, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_contributor_sees_only_own_drafts_and_cannot_publish()
    {
        await using var site = await TestSite.Start();
        var foreign = await site.Posted("Somebody else's", PostState.Draft);
        var contributor = await site.SignedIn(Roles.Contributor);
        using var begun = await contributor.Submit(
            "/admin/posts/new",
            "form.form",
            ("Title", "My note"),
            ("Kind", "Post"),
            ("Language", "en")
        );
        var desk = begun.Headers.Location!.ToString();
        await contributor.Page($"/admin/posts/{foreign.Id}", HttpStatusCode.NotFound);
        Assert.DoesNotContain("Somebody else's", (await contributor.Page("/admin/posts")).Body!.TextContent);
        using var forced = await contributor.Submit(desk, "form:has(input[value=Submit])", ("Act", "Publish"));
        Assert.Equal(HttpStatusCode.Forbidden, forced.StatusCode);
        using var submitted = await contributor.Submit(desk, "form:has(input[value=Submit])");
        Assert.Equal(
            PostState.Submitted,
            await site.Db(db => db.Set<Post>().Where(p => p.Title == "My note").Select(p => p.State).SingleAsync())
        );
    }

    [Fact]
    public async Task A_changed_address_keeps_leading_to_the_post()
    {
        await using var site = await TestSite.Start();
        var post = await site.Posted("Old name");
        var editor = await site.SignedIn(Roles.Editor);
        using var moved = await editor.Submit(
            $"/admin/posts/{post.Id}",
            "post-editor form",
            Fields("New name", "x", ("Slug", "new-name"))
        );
        using var answer = await site.Anonymous().GetAsync("/posts/old-name");
        Assert.Equal(HttpStatusCode.MovedPermanently, answer.StatusCode);
        Assert.Equal("/posts/new-name", answer.Headers.Location!.ToString());
    }

    private static (string, string)[] Fields(string title, string body, params (string Name, string Value)[] more) =>
        [("Title", title), ("Summary", ""), ("Body", body), ("Kind", "Post"), ("Precision", "Day"), .. more];

    private static Task<string> Body(TestSite site, Guid id) =>
        site.Db(db => db.Set<Post>().Where(p => p.Id == id).Select(p => p.Body).SingleAsync());
}
