using System.Net;
using Lpsa.Members;
using Lpsa.Organisations;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lpsa.Tests;

/// <summary>“I work here” is the person's own word, seen by whom the person says.</summary>
public sealed class AffiliationTests
{
    private const string Lakeside = OrganisationsScene.Lakeside;

    [Fact]
    public async Task A_statement_is_seen_by_its_circle_and_by_nobody_outside_it()
    {
        await using var site = await TestSite.Start();
        using var editor = await site.Editor();
        await editor.AddsOrganisation("Lakeside Institute");
        using var amina = await site.AminaWith(DirectoryScene.Profile(Visibility.Everyone));
        using var baraka = await site.SignedInMember("baraka@example.org", ("Name", "Baraka"));
        foreach (
            var (seenBy, byStranger, byMember) in new[]
            {
                (Visibility.Everyone, true, true),
                (Visibility.Members, false, true),
                (Visibility.Groups, false, false),
                (Visibility.Nobody, false, false),
            }
        )
        {
            await amina.SaysWorkHere(Lakeside, ("Role", "Bursar"), ("SeenBy", seenBy.ToString()));
            foreach (var page in new[] { Lakeside, "/members/amina-otieno" })
            {
                Assert.Equal((seenBy, byStranger), (seenBy, await site.Anonymous().Shows(page, "Bursar")));
                Assert.Equal((seenBy, byMember), (seenBy, await baraka.Shows(page, "Bursar")));
                // Staff who are no members see no more than strangers do.
                Assert.Equal((seenBy, byStranger), (seenBy, await editor.Shows(page, "Bursar")));
            }
            Assert.True(await amina.Shows("/account/organisations", "Bursar"));
            Assert.True(await amina.Shows("/account/profile", "Bursar"));
        }
    }

    [Fact]
    public async Task The_profile_goes_before_the_statement()
    {
        await using var site = await TestSite.Start();
        using var editor = await site.Editor();
        await editor.AddsOrganisation("Lakeside Institute");
        using var amina = await site.AminaWith(DirectoryScene.Profile(Visibility.Everyone));
        using var baraka = await site.SignedInMember("baraka@example.org", ("Name", "Baraka"));
        await amina.SaysWorkHere(Lakeside, ("SeenBy", nameof(Visibility.Everyone)));
        Assert.True(await site.Anonymous().Shows(Lakeside, "Amina Otieno"));
        await amina.SaveProfile(DirectoryScene.Profile(Visibility.Everyone).With("NameSeenBy", "Members"));
        Assert.False(await site.Anonymous().Shows(Lakeside, "Amina Otieno"));
        Assert.True(await baraka.Shows(Lakeside, "Amina Otieno"));
        await amina.SaveProfile(DirectoryScene.Profile(Visibility.Everyone, listed: false));
        Assert.False(await baraka.Shows(Lakeside, "Amina Otieno"));
    }

    [Fact]
    public async Task Nobody_can_link_somebody_else_with_an_organisation()
    {
        await using var site = await TestSite.Start();
        using var editor = await site.Editor();
        var staff = await editor.AddsOrganisation("Lakeside Institute");
        using var amina = await site.SignedInMember("amina@example.org", ("Name", "Amina"));
        using var baraka = await site.SignedInMember("baraka@example.org", ("Name", "Baraka"));
        var id = await site.Db(db => db.Set<Account>().Where(a => a.Name == "Amina").Select(a => a.Id).SingleAsync());
        var own = await site.Db(db => db.Set<Account>().Where(a => a.Name == "Baraka").Select(a => a.Id).SingleAsync());
        using var forged = await baraka.Forge(
            Lakeside + "/work-here",
            ("AccountId", id.ToString()),
            ("Account", id.ToString()),
            ("MemberId", id.ToString())
        );
        Assert.Equal(own, (await site.Said()).AccountId);
        using var byStaff = await editor.Submit(staff, "#merge", ("Into", "x"), ("AccountId", id.ToString()));
        using var noMember = await editor.GetAsync(Lakeside + "/work-here");
        Assert.Equal("/join", noMember.Headers.Location?.ToString());
        using var stranger = await site.Anonymous().Send(Lakeside + "/work-here", ("Role", "x"));
        Assert.StartsWith("/sign-in", stranger.Headers.Location?.ToString());
        Assert.Equal(own, (await site.Said()).AccountId);
        await amina.Page("/organisations/no-such/work-here", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Who_represents_it_confirms_or_declines_what_they_may_see_and_the_person_can_always_take_it_back()
    {
        await using var site = await TestSite.Start();
        using var editor = await site.Editor();
        var staff = await editor.AddsOrganisation("Lakeside Institute");
        using var chief = await site.SignedInMember("chief@example.org", ("Name", "Chief Achieng"));
        await chief.SaveProfile(DirectoryScene.Profile(Visibility.Everyone));
        await chief.SaysWorkHere(Lakeside, ("Role", "Director"), ("SeenBy", nameof(Visibility.Everyone)));
        using var named = await editor.Submit(staff, ".represent");
        Assert.True((await site.Said()).Represents);

        using var amina = await site.AminaWith(DirectoryScene.Profile(Visibility.Everyone));
        await amina.SaysWorkHere(Lakeside, ("Role", "Bursar"), ("SeenBy", nameof(Visibility.Nobody)));
        var said = await site.Db(db => db.Set<Affiliation>().SingleAsync(a => a.Role == "Bursar"));
        var answer = $"{Lakeside}/people/{said.Id}";
        Assert.Equal(HttpStatusCode.NotFound, await Forged(chief, answer + "/confirm"));
        Assert.Equal(HttpStatusCode.NotFound, await Forged(amina, answer + "/confirm"));

        await amina.SaysWorkHere(Lakeside, ("Role", "Bursar"), ("SeenBy", nameof(Visibility.Everyone)));
        Assert.Equal(HttpStatusCode.NotFound, await Forged(amina, answer + "/confirm"));
        Assert.Equal(HttpStatusCode.NotFound, await Forged(chief, $"/organisations/other/people/{said.Id}/confirm"));
        using var confirmed = await chief.Submit(Lakeside, $"form[action$='{said.Id}/confirm']");
        Assert.True(await site.Anonymous().Shows(Lakeside, "confirmed by the organisation"));

        await amina.SaysWorkHere(Lakeside, ("Role", "Bursar"), ("SeenBy", nameof(Visibility.Members)));
        Assert.Equal(AffiliationStanding.Confirmed, await Standing(site));
        await amina.SaysWorkHere(Lakeside, ("Role", "Rector"), ("SeenBy", nameof(Visibility.Everyone)));
        Assert.Equal(AffiliationStanding.Said, await Standing(site));

        using var declined = await chief.Submit(Lakeside, $"form[action$='{said.Id}/decline']");
        Assert.False(await site.Anonymous().Shows(Lakeside, "Rector"));
        Assert.False(await amina.Shows(Lakeside, "Rector"));
        Assert.True(await amina.Shows("/account/organisations", "only you see it"));
        await amina.SaysWorkHere(Lakeside, ("Role", "Chancellor"), ("SeenBy", nameof(Visibility.Everyone)));
        Assert.Equal(AffiliationStanding.Declined, await Standing(site));

        using var back = await amina.Submit(Lakeside + "/work-here", "#withdraw");
        Assert.Equal(1, await site.Db(db => db.Set<Affiliation>().CountAsync()));

        static async Task<HttpStatusCode> Forged(HttpClient member, string path)
        {
            using var answer = await member.Forge(path);
            return answer.StatusCode;
        }

        static Task<AffiliationStanding> Standing(TestSite site) =>
            site.Db(db => db.Set<Affiliation>().Where(a => !a.Represents).Select(a => a.Standing).SingleAsync());
    }

    [Fact]
    public async Task Taking_back_works_from_an_organisation_that_was_closed_and_after_leaving()
    {
        await using var site = await TestSite.Start();
        using var editor = await site.Editor();
        var staff = await editor.AddsOrganisation("Lakeside Institute");
        using var amina = await site.AminaWith(DirectoryScene.Profile(Visibility.Everyone));
        await amina.SaysWorkHere(Lakeside, ("SeenBy", nameof(Visibility.Everyone)));
        using var closed = await editor.Submit(
            staff,
            "#organisation",
            ("Name", "Lakeside Institute"),
            ("Kind", "ACA"),
            ("State", nameof(OrganisationState.Closed))
        );
        Assert.False(await site.Anonymous().Shows(Lakeside, "Amina Otieno"));
        await amina.Page(Lakeside + "/work-here");
        using var baraka = await site.SignedInMember("baraka@example.org", ("Name", "Baraka"));
        await baraka.Page(Lakeside + "/work-here", HttpStatusCode.NotFound);
        using var taken = await amina.Forge(Lakeside + "/work-here/withdraw");
        Assert.Equal(0, await site.Db(db => db.Set<Affiliation>().CountAsync()));
    }

    [Theory]
    [InlineData("Role", 300)]
    [InlineData("Until", 0)]
    public async Task Bad_input_is_named_and_nothing_is_kept(string field, int length)
    {
        await using var site = await TestSite.Start();
        using var editor = await site.Editor();
        await editor.AddsOrganisation("Lakeside Institute");
        using var amina = await site.SignedInMember("amina@example.org", ("Name", "Amina"));
        using var answer = await amina.Submit(
            Lakeside + "/work-here",
            "#work-here",
            ("Role", new string('r', length)),
            ("From", "2026-02-01"),
            ("Until", length == 0 ? "2026-01-01" : "")
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains($"#{field}", await answer.Content.ReadAsStringAsync());
        Assert.Equal(0, await site.Db(db => db.Set<Affiliation>().CountAsync()));
    }

    [Fact]
    public async Task The_typed_institution_stays_and_an_organisation_of_that_name_is_offered()
    {
        await using var site = await TestSite.Start();
        using var editor = await site.Editor();
        await editor.AddsOrganisation("Lakeside Institute");
        using var amina = await site.AminaWith(DirectoryScene.Profile(Visibility.Everyone));
        foreach (var path in new[] { "/account/profile", "/account/organisations" })
            Assert.NotNull((await amina.Page(path)).QuerySelector($"a[href='{Lakeside}/work-here']"));
        Assert.Equal(0, await site.Db(db => db.Set<Affiliation>().CountAsync()));
        await amina.SaysWorkHere(Lakeside);
        Assert.Equal(
            "Lakeside Institute",
            await site.Db(db => db.Set<Member>().Select(m => m.Institution).SingleAsync())
        );
    }

    [Fact]
    public async Task The_own_data_has_statements_and_requests_and_erasing_leaves_only_decisions_without_the_person()
    {
        await using var site = await TestSite.Start();
        using var editor = await site.Editor();
        await editor.AddsOrganisation("Lakeside Institute");
        using var amina = await site.AminaWith(DirectoryScene.Profile(Visibility.Everyone));
        await amina.SaysWorkHere(Lakeside, ("Role", "Bursar of the lake"), ("SeenBy", nameof(Visibility.Everyone)));
        var decided = OrganisationsScene.ForStaff(
            await amina.Asks(("Name", "Hill School"), ("Reason", "Because I teach there."))
        );
        await amina.Asks(("Name", "Valley School"), ("Reason", "Because I paint there."));
        using var taken = await editor.Steps(decided, RequestState.UnderReview);
        using var approved = await editor.Steps(decided, RequestState.Approved, "Fine.", ("From", "2026-01-01"));
        var data = await amina.GetStringAsync("/account/data.json");
        foreach (var words in new[] { "Bursar of the lake", "Because I teach there.", "Because I paint there." })
            Assert.Contains(words, data);

        await site.Db(async db =>
        {
            var key = Account.KeyOf(DirectoryScene.Amina);
            var id = await db.Set<Account>().Where(a => a.EmailKey == key).Select(a => a.Id).SingleAsync();
            await site.Services.GetRequiredService<Erasure>().Run(db, id, CancellationToken.None);
        });
        await site.Db(async db =>
        {
            Assert.Equal(0, await db.Set<Affiliation>().CountAsync());
            var left = await db.Set<RecognitionRequest>().SingleAsync();
            Assert.Equal(("Hill School", null, ""), (left.Name, left.AccountId, left.Reason));
            foreach (var line in await db.Set<AuditEntry>().Select(e => e.Before + e.After).ToListAsync())
            {
                Assert.DoesNotContain("Bursar of the lake", line);
                Assert.DoesNotContain("Because I", line);
            }
        });
        await site.Anonymous().Page("/organisations/hill-school");
        await editor.Page(decided);
    }
}
