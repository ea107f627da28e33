using System.Net;
using System.Text.Json;
using Lpsa.Organisations;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Tests;

/// <summary>What everybody may read of organisations, and what staff write.</summary>
public sealed class OrganisationsTests
{
    [Fact]
    public async Task Recognition_partnership_and_a_seat_on_the_board_never_follow_from_each_other()
    {
        await using var site = await TestSite.Start();
        using var editor = await site.Editor();
        foreach (
            var (name, kind, words) in new[]
            {
                ("Alpha", MarkKind.Recognised, "Recognised institution"),
                ("Beta", MarkKind.Partner, "Partner"),
                ("Gamma", MarkKind.AdvisoryBoard, "Advisory Board seat"),
            }
        )
        {
            var staff = await editor.AddsOrganisation(name);
            Assert.Empty(await site.Badges("/organisations/" + name.ToLowerInvariant()));
            using var _ = await editor.Decides(staff, kind, "2026-01-01");
            Assert.Equal([words], await site.Badges("/organisations/" + name.ToLowerInvariant()));
            var code = kind == MarkKind.AdvisoryBoard ? "advisory-board" : kind.ToString().ToLowerInvariant();
            var found = await site.Anonymous().Page("/organisations?mark=" + code);
            Assert.Equal(name, Assert.Single(found.QuerySelectorAll(".items h2")).TextContent);
        }
        var all = await site.Anonymous().GetStringAsync("/organisations.csv");
        Assert.Contains("Alpha,,,,ACA,KEN,2026-01-01,,,", all);
        Assert.Contains("Gamma,,,,ACA,KEN,,,2026-01-01,", all);
    }

    [Fact]
    public async Task A_standing_holds_from_its_first_to_its_last_day_and_the_reason_is_on_the_page()
    {
        await using var site = await TestSite.Start();
        using var editor = await site.Editor();
        var staff = await editor.AddsOrganisation("Lakeside Institute");
        var today = await site.Db(db => Task.FromResult(DateOnly.FromDateTime(db.Now)));
        using var _ = await editor.Decides(staff, MarkKind.Partner, Day(today.AddDays(1)), Day(today.AddDays(2)));
        Assert.Empty(await site.Badges(OrganisationsScene.Lakeside));
        Assert.True(await site.Anonymous().Shows(OrganisationsScene.Lakeside, "Decided on Partner."));
        foreach (var holds in new[] { true, true, false })
        {
            site.Clock.Advance(TimeSpan.FromDays(1));
            await site.RunJobs();
            Assert.Equal(holds ? 1 : 0, (await site.Badges(OrganisationsScene.Lakeside)).Count);
            var list = await site.Anonymous().Page("/organisations?mark=partner");
            Assert.Equal(holds ? 1 : 0, list.QuerySelectorAll(".items h2").Length);
            var cached = await site.Anonymous().Page("/organisations");
            Assert.Equal(holds ? 1 : 0, cached.QuerySelectorAll(".items .badge").Length);
        }
    }

    [Fact]
    public async Task The_same_standing_twice_at_a_time_is_refused_and_ending_one_makes_room()
    {
        await using var site = await TestSite.Start();
        using var editor = await site.Editor();
        var staff = await editor.AddsOrganisation("Lakeside Institute");
        using var first = await editor.Decides(staff, MarkKind.Recognised, "2026-01-01");
        using var again = await editor.Decides(staff, MarkKind.Recognised, "2026-05-01");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, again.StatusCode);
        using var other = await editor.Decides(staff, MarkKind.Partner, "2026-05-01");
        Assert.Equal(HttpStatusCode.SeeOther, other.StatusCode);
        using var early = await editor.Submit(staff, ".end-mark", ("LastDay", "2025-12-31"), ("EndNote", "Wrong"));
        Assert.DoesNotContain("Wrong", await editor.GetStringAsync(staff));
        using var ended = await editor.Submit(staff, ".end-mark", ("LastDay", "2026-04-30"), ("EndNote", "On request"));
        Assert.Contains("On request", await site.Anonymous().GetStringAsync(OrganisationsScene.Lakeside));
        using var third = await editor.Decides(staff, MarkKind.Recognised, "2026-05-01");
        Assert.Equal(HttpStatusCode.SeeOther, third.StatusCode);
    }

    [Fact]
    public async Task A_draft_is_for_staff_and_a_closed_one_says_so_and_leaves_the_lists()
    {
        await using var site = await TestSite.Start();
        using var editor = await site.Editor();
        await editor.AddsOrganisation("Quiet Draft", ("State", nameof(OrganisationState.Draft)));
        await site.Anonymous().Page("/organisations/quiet-draft", HttpStatusCode.NotFound);
        await editor.Page("/organisations/quiet-draft");
        await editor.AddsOrganisation(
            "Old Forum",
            ("State", nameof(OrganisationState.Closed)),
            ("ClosedOn", "2025-06-30"),
            ("ClosedNote", "Went into Lakeside.")
        );
        var page = await site.Anonymous().Page("/organisations/old-forum");
        Assert.Contains("Went into Lakeside.", page.Body!.TextContent);
        Assert.NotNull(page.QuerySelector("meta[name=robots]"));
        foreach (var path in new[] { "/organisations", "/organisations.json", "/sitemap.xml", "/search.json?q=forum" })
        {
            var list = await site.Anonymous().GetStringAsync(path);
            Assert.DoesNotContain("quiet-draft", list);
            Assert.DoesNotContain("old-forum", list);
        }
    }

    [Fact]
    public async Task Search_sitemap_and_the_page_of_the_country_know_a_published_organisation()
    {
        await using var site = await TestSite.Start();
        using var before = await site.Anonymous().GetAsync("/countries/ken");
        using var editor = await site.Editor();
        await editor.AddsOrganisation("Lakeside Institute", ("OtherNames", "Taasisi ya Ziwa\nLakeside, Kisumu"));
        await site.RunJobs();
        Assert.Contains("lakeside-institute", await site.Anonymous().GetStringAsync("/search.json?q=taasisi"));
        Assert.Contains("/organisations/lakeside-institute", await site.Anonymous().GetStringAsync("/sitemap.xml"));
        var country = await site.Anonymous().Page("/countries/ken");
        Assert.Contains("Lakeside Institute", country.QuerySelector("#organisations")!.TextContent);
        Assert.Null((await site.Anonymous().Page("/countries/uga")).QuerySelector("#organisations"));
        Assert.Single((await site.Anonymous().Page("/organisations?q=kisumu+ZIWA")).QuerySelectorAll(".items h2"));
        Assert.Empty((await site.Anonymous().Page("/organisations?q=kisumu+moon")).QuerySelectorAll(".items h2"));
    }

    [Fact]
    public async Task Data_for_machines_cannot_end_the_script_element_it_stands_in()
    {
        await using var site = await TestSite.Start();
        using var editor = await site.Editor();
        await editor.AddsOrganisation(
            "Lakeside Institute",
            ("OtherNames", "</script><script>alert(1)</script>"),
            ("Ror", "https://ror.org/01ggx4157"),
            ("Wikidata", "Q42944")
        );
        var page = await site.Anonymous().Page(OrganisationsScene.Lakeside);
        var script = Assert.Single(page.QuerySelectorAll("script[type='application/ld+json']"));
        using var data = JsonDocument.Parse(script.TextContent);
        Assert.Equal("Organization", data.RootElement.GetProperty("@type").GetString());
        Assert.Equal(
            ["https://ror.org/01ggx4157", "https://www.wikidata.org/wiki/Q42944"],
            data.RootElement.GetProperty("sameAs").EnumerateArray().Select(a => a.GetString()!)
        );
    }

    [Theory]
    [InlineData("01ggx4157", true)]
    [InlineData("https://ror.org/01GGX4157", true)]
    [InlineData("01ggx4158", false)]
    [InlineData("01ggu4157", false)]
    [InlineData("1ggx41570", false)]
    public void A_ror_identifier_is_held_against_its_check_digits(string typed, bool isRight) =>
        Assert.Equal(isRight ? "01ggx4157" : null, OrganisationInput.ReadRor(typed));

    [Theory]
    [InlineData("Bay\r\nBcc: all@example.org", "Bay Bcc: all@example.org")]
    [InlineData("Bay\u202Egnp.exe\u2066", "Baygnp.exe")]
    [InlineData("<script>alert(1)</script>", "<script>alert(1)</script>")]
    public async Task A_hostile_name_is_kept_as_one_harmless_line(string typed, string kept)
    {
        await using var site = await TestSite.Start();
        using var editor = await site.Editor();
        var staff = await editor.AddsOrganisation(typed);
        Assert.Equal(kept, await site.Db(db => db.Set<Organisation>().Select(o => o.Name).SingleAsync()));
        var page = await site.Anonymous().Page("/organisations");
        Assert.Equal(kept, page.QuerySelector(".items h2")!.TextContent);
        await editor.Page(staff);
        await editor.Page("/admin/organisations?q=a%00b", HttpStatusCode.BadRequest);
        await site.Anonymous().Page("/organisations?q=a%01b&country=%02&kind=%E2%80%AE&mark=x");
        await site.Anonymous().Page("/organisations/a%01b", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_form_with_a_character_of_no_text_is_answered_as_unreadable_and_keeps_nothing()
    {
        await using var site = await TestSite.Start();
        using var editor = await site.Editor();
        using var answer = await editor.Submit(
            "/admin/organisations/new",
            "#organisation",
            ("Name", "Bay\u0000Watch"),
            ("Kind", "ACA")
        );
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(0, await site.Db(db => db.Set<Organisation>().CountAsync()));
    }

    [Theory]
    [InlineData("Name", "")]
    [InlineData("Name", "\u202E\u202C")]
    [InlineData("Kind", "NOPE")]
    [InlineData("Country", "QQQ")]
    [InlineData("Website", "javascript:alert(1)")]
    [InlineData("Ror", "01ggx4158")]
    [InlineData("Wikidata", "42944")]
    [InlineData("Language", "<b>")]
    [InlineData("State", "Famous")]
    public async Task Bad_input_names_the_field_and_adds_nothing(string field, string value)
    {
        await using var site = await TestSite.Start();
        using var editor = await site.Editor();
        foreach (var bad in field == "Name" ? [value, new string('n', 300)] : new[] { value })
        {
            using var answer = await editor.Submit(
                "/admin/organisations/new",
                "#organisation",
                new[] { ("Name", "Lakeside"), ("Kind", "ACA"), ("State", "Published") }.With(field, bad)
            );
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
            var page = Browsing.Parse(await answer.Content.ReadAsStringAsync());
            Assert.NotNull(page.QuerySelector($"#form-errors a[href='#{field}']"));
        }
        Assert.Equal(0, await site.Db(db => db.Set<Organisation>().CountAsync()));
    }

    [Fact]
    public async Task Only_staff_with_the_permission_reach_the_pages_of_staff()
    {
        await using var site = await TestSite.Start();
        using var editor = await site.Editor();
        var staff = await editor.AddsOrganisation("Lakeside Institute");
        using var member = await site.SignedInMember("m@example.org", ("Name", "M"));
        using var reviewer = await site.SignedIn(Roles.Reviewer);
        foreach (
            var path in new[]
            {
                "/admin/organisations",
                "/admin/organisations/new",
                staff,
                "/admin/recognition",
                $"/admin/recognition/{Guid.NewGuid()}",
            }
        )
        {
            await member.Page(path, HttpStatusCode.Forbidden);
            await reviewer.Page(path, HttpStatusCode.Forbidden);
            await site.Anonymous().Page(path, HttpStatusCode.SeeOther);
        }
        foreach (
            var act in new[] { "", "/marks", "/merge", $"/marks/{Guid.NewGuid()}/end", $"/people/{Guid.NewGuid()}" }
        )
        {
            using var forged = await member.Forge(staff + act, ("Kind", "Partner"), ("Name", "Mine"), ("Into", "x"));
            Assert.Equal(HttpStatusCode.Forbidden, forged.StatusCode);
        }
        await editor.Page($"/admin/organisations/{Guid.NewGuid()}", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task What_staff_change_is_in_the_audit_log_with_who_did_it()
    {
        await using var site = await TestSite.Start();
        using var editor = await site.Editor();
        var staff = await editor.AddsOrganisation("Lakeside Institute");
        using var _ = await editor.Decides(staff, MarkKind.Recognised, "2026-01-01");
        var tables = await site.Db(db => db.Set<AuditEntry>().Select(a => a.Entity).ToListAsync());
        Assert.Contains("organisations", tables);
        Assert.Contains("organisation_marks", tables);
    }

    [Fact]
    public async Task Merging_keeps_names_people_marks_and_requests_and_every_old_address_leads_on()
    {
        await using var site = await TestSite.Start();
        using var editor = await site.Editor();
        var first = await editor.AddsOrganisation("Lake Inst", ("Acronym", "LI"));
        var second = await editor.AddsOrganisation("Lakeside Institute");
        var third = await editor.AddsOrganisation("Lakeside University");
        using var a = await editor.Decides(first, MarkKind.Partner, "2026-01-01");
        using var b = await editor.Decides(first, MarkKind.Recognised, "2026-02-01");
        using var c = await editor.Decides(second, MarkKind.Recognised, "2026-01-01");
        using var amina = await site.SignedInMember("amina@example.org", ("Name", "Amina"));
        using var baraka = await site.SignedInMember("baraka@example.org", ("Name", "Baraka"));
        await amina.SaysWorkHere("/organisations/lake-inst", ("Role", "Old words"));
        await amina.SaysWorkHere(OrganisationsScene.Lakeside, ("Role", "New words"));
        await baraka.SaysWorkHere("/organisations/lake-inst");
        await baraka.Asks(("Organisation", "lake-inst"), ("Mark", nameof(MarkKind.Partner)));

        using var itself = await editor.Submit(first, "#merge", ("Into", "lake-inst"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, itself.StatusCode);
        using var merged = await editor.Submit(first, "#merge", ("Into", "/organisations/lakeside-institute"));
        Assert.Equal(second, merged.Headers.Location?.ToString());

        using var old = await site.Anonymous().GetAsync("/ar/organisations/lake-inst");
        Assert.Equal("/ar/organisations/lakeside-institute", old.Headers.Location?.ToString());
        var page = await site.Anonymous().Page(OrganisationsScene.Lakeside);
        Assert.Contains("Lake Inst", page.Body!.TextContent);
        Assert.Equal(["Recognised institution", "Partner"], await site.Badges(OrganisationsScene.Lakeside));
        await site.Db(async db =>
        {
            Assert.Equal(["", "New words"], await db.Set<Affiliation>().Select(s => s.Role).Order().ToListAsync());
            var id = Guid.Parse(second.Split('/')[^1]);
            Assert.Equal(id, (await db.Set<RecognitionRequest>().SingleAsync()).OrganisationId);
            var recognised = await db.Set<OrganisationMark>().SingleAsync(m => m.Kind == MarkKind.Recognised);
            Assert.Equal(new DateOnly(2026, 1, 1), recognised.FromDay);
        });

        using var again = await editor.Submit(second, "#merge", ("Into", "lakeside-university"));
        foreach (var path in new[] { "/organisations/lake-inst", OrganisationsScene.Lakeside })
        {
            using var leads = await site.Anonymous().GetAsync(path);
            Assert.Equal("/organisations/lakeside-university", leads.Headers.Location?.ToString());
        }
        // An address that was given away is not given to somebody else.
        await editor.AddsOrganisation("Lake Inst");
        await site.Anonymous().Page("/organisations/lake-inst-2");
    }

    [Fact]
    public async Task An_organisation_called_request_does_not_take_the_address_of_the_form()
    {
        await using var site = await TestSite.Start();
        using var editor = await site.Editor();
        await editor.AddsOrganisation("Request");
        await site.Anonymous().Page("/organisations/request-2");
    }

    private static string Day(DateOnly day) =>
        day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
