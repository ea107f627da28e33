using System.Net;
using FsCheck;
using FsCheck.Fluent;
using Lpsa.Organisations;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Tests;

/// <summary>A request for recognition from its first word to the decision.</summary>
public sealed class RecognitionTests
{
    [Fact]
    public async Task A_request_goes_its_way_and_the_person_reads_every_step_and_gets_a_letter_for_each_of_staff()
    {
        await using var site = await TestSite.Start();
        using var editor = await site.Editor();
        using var amina = await site.SignedInMember("amina@example.org", ("Name", "Amina"));
        var own = await amina.Asks(("Name", "Hill School"), ("Evidence", "https://hill.example/report"));
        var staff = OrganisationsScene.ForStaff(own);
        Assert.True(await editor.Shows("/admin/recognition", "Hill School"));
        using var taken = await editor.Submit(staff, "#take");
        using var asked = await editor.Submit(staff, "#decide", ("State", "MoreAsked"), ("Note", "Who pays?"));
        site.Clock.Advance(TimeSpan.FromHours(1));
        using var answered = await amina.Submit(own, "#answer", ("Text", "The county."));
        Assert.True(await editor.Shows(staff, "The county."));
        using var approved = await editor.Submit(
            staff,
            "#decide",
            ("State", "Approved"),
            ("Note", "Trains clerks well."),
            ("From", "2026-01-01"),
            ("Organisation", "")
        );
        await site.RunJobs();

        var page = await amina.Page(own);
        Assert.Equal(
            ["Received", "Under review", "More information asked", "Under review", "Approved"],
            page.QuerySelectorAll(".history .badge").Select(b => b.TextContent)
        );
        Assert.Contains("Who pays?", page.Body!.TextContent);
        Assert.Null(page.QuerySelector("#withdraw"));
        Assert.Equal(["Recognised institution"], await site.Badges("/organisations/hill-school"));
        Assert.True(await site.Anonymous().Shows("/organisations/hill-school", "Trains clerks well."));
        Assert.True(await amina.Shows("/account/organisations", "Approved"));
        var letters = await site.Db(db =>
            db.Set<OutgoingMail>()
                .Where(m => m.Kind == "organisations.request")
                .OrderBy(m => m.Id)
                .Select(m => m.Subject + " " + m.Text)
                .ToListAsync()
        );
        Assert.Equal(4, letters.Count);
        Assert.Contains(letters, l => l.Contains("Received", StringComparison.Ordinal));
        Assert.Contains(letters, l => l.Contains("Who pays?", StringComparison.Ordinal));
        Assert.Contains(letters, l => l.Contains("Trains clerks well.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_approval_for_a_listed_organisation_adds_exactly_the_standing_that_was_asked_for()
    {
        await using var site = await TestSite.Start();
        using var editor = await site.Editor();
        await editor.AddsOrganisation("Lakeside Institute");
        using var amina = await site.SignedInMember("amina@example.org", ("Name", "Amina"));
        await amina.SaysWorkHere(OrganisationsScene.Lakeside);
        var staff = OrganisationsScene.ForStaff(
            await amina.Asks(("Organisation", "lakeside-institute"), ("Mark", "Partner"), ("WantsToRepresent", "true"))
        );
        using var taken = await editor.Steps(staff, RequestState.UnderReview);
        using var approved = await editor.Steps(
            staff,
            RequestState.Approved,
            "Agreement signed.",
            ("From", "2026-01-01"),
            ("MayRepresent", "true")
        );
        Assert.Equal(["Partner"], await site.Badges(OrganisationsScene.Lakeside));
        var said = await site.Said();
        Assert.True(said.Represents);
        Assert.Equal(1, await site.Db(db => db.Set<Organisation>().CountAsync()));
    }

    [Theory]
    [InlineData(RequestState.Received, "", true)]
    [InlineData(RequestState.MoreAsked, "Why?", false)]
    [InlineData(RequestState.Approved, "Yes.", false)]
    [InlineData(RequestState.Declined, "No.", false)]
    [InlineData(RequestState.Withdrawn, "Gone.", false)]
    public async Task A_step_that_has_no_way_changes_nothing(RequestState to, string note, bool fromReview)
    {
        await using var site = await TestSite.Start();
        using var editor = await site.Editor();
        using var amina = await site.SignedInMember("amina@example.org", ("Name", "Amina"));
        var own = await amina.Asks(("Name", "Hill School"));
        var staff = OrganisationsScene.ForStaff(own);
        if (fromReview)
            using (await editor.Steps(staff, RequestState.UnderReview)) { }
        using var answer = await editor.Steps(staff, to, note, ("From", "2026-01-01"));
        var request = await site.Request();
        Assert.Equal(fromReview ? RequestState.UnderReview : RequestState.Received, request.State);
        Assert.Equal(0, await site.Db(db => db.Set<OrganisationMark>().CountAsync()));
        using var notAsked = await amina.Forge(own + "/answer", ("Text", "I was not asked."));
        Assert.Equal(request.Steps.Count, (await site.Request()).Steps.Count);
    }

    [Fact]
    public async Task What_is_decided_or_withdrawn_stays_so()
    {
        await using var site = await TestSite.Start();
        using var editor = await site.Editor();
        using var amina = await site.SignedInMember("amina@example.org", ("Name", "Amina"));
        var own = await amina.Asks(("Name", "Hill School"));
        using var withdrawn = await amina.Submit(own, "#withdraw");
        using var taken = await editor.Steps(OrganisationsScene.ForStaff(own), RequestState.UnderReview);
        using var again = await amina.Forge(own + "/withdraw");
        Assert.Equal(RequestState.Withdrawn, (await site.Request()).State);
    }

    [Fact]
    public async Task A_decision_without_words_is_refused()
    {
        await using var site = await TestSite.Start();
        using var editor = await site.Editor();
        using var amina = await site.SignedInMember("amina@example.org", ("Name", "Amina"));
        var staff = OrganisationsScene.ForStaff(await amina.Asks(("Name", "Hill School")));
        using var taken = await editor.Steps(staff, RequestState.UnderReview);
        foreach (var state in new[] { RequestState.MoreAsked, RequestState.Approved, RequestState.Declined })
        {
            using var answer = await editor.Steps(staff, state, "  ", ("From", "2026-01-01"));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        }
        using var unknown = await editor.Steps(
            staff,
            RequestState.Approved,
            "Yes.",
            ("From", "2026-01-01"),
            ("Organisation", "no-such")
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, unknown.StatusCode);
        Assert.Equal(RequestState.UnderReview, (await site.Request()).State);
    }

    [Fact]
    public async Task Another_persons_request_answers_like_none()
    {
        await using var site = await TestSite.Start();
        using var amina = await site.SignedInMember("amina@example.org", ("Name", "Amina"));
        using var baraka = await site.SignedInMember("baraka@example.org", ("Name", "Baraka"));
        var own = await amina.Asks(("Name", "Hill School"));
        foreach (var path in new[] { own, $"/account/organisations/requests/{Guid.NewGuid()}" })
        {
            await baraka.Page(path, HttpStatusCode.NotFound);
            foreach (var act in new[] { "/answer", "/withdraw" })
            {
                using var forged = await baraka.Forge(path + act, ("Text", "Mine"));
                Assert.Equal(HttpStatusCode.NotFound, forged.StatusCode);
            }
        }
        await site.Anonymous().Page(own, HttpStatusCode.SeeOther);
        Assert.Equal(RequestState.Received, (await site.Request()).State);
    }

    [Theory]
    [InlineData("Name", "")]
    [InlineData("Name", "\u202E")]
    [InlineData("Kind", "NOPE")]
    [InlineData("Country", "XX")]
    [InlineData("Website", "javascript:alert(1)")]
    [InlineData("Evidence", "not an address")]
    [InlineData("Reason", "")]
    [InlineData("Mark", "AdvisoryBoard")]
    [InlineData("Organisation", "no-such-organisation")]
    public async Task A_request_with_a_mistake_names_it_and_is_not_kept(string field, string value)
    {
        await using var site = await TestSite.Start();
        using var amina = await site.SignedInMember("amina@example.org", ("Name", "Amina"));
        using var answer = await amina.Submit(
            "/organisations/request",
            "#request",
            new[] { ("Name", "Hill"), ("Kind", "CSO"), ("Reason", "We train."), ("Mark", "Recognised") }.With(
                field,
                value
            )
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains($"href=\"#{field}\"", await answer.Content.ReadAsStringAsync());
        Assert.Equal(0, await site.Db(db => db.Set<RecognitionRequest>().CountAsync()));
    }

    [Fact]
    public async Task A_hostile_name_reaches_the_letter_as_one_line()
    {
        await using var site = await TestSite.Start();
        using var amina = await site.SignedInMember("amina@example.org", ("Name", "Amina"));
        await amina.Asks(("Name", "Hill\r\nBcc: all@example.org\u202E\u0007"));
        await site.RunJobs();
        var letter = await site.Db(db => db.Set<OutgoingMail>().SingleAsync(m => m.Kind == "organisations.request"));
        Assert.Contains("Hill Bcc: all@example.org", letter.Subject);
        Assert.DoesNotContain('\n', letter.Subject);
        Assert.DoesNotContain('\u202E', letter.Subject);
    }

    [Fact]
    public async Task The_same_request_twice_and_a_sixth_open_one_are_refused()
    {
        await using var site = await TestSite.Start();
        using var editor = await site.Editor();
        await editor.AddsOrganisation("Lakeside Institute");
        using var amina = await site.SignedInMember("amina@example.org", ("Name", "Amina"));
        await amina.Asks(("Organisation", "lakeside-institute"));
        using var twice = await Try(("Organisation", "lakeside-institute"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, twice.StatusCode);
        for (var number = 2; number <= AskForRecognition.MostOpen; number++)
            await amina.Asks(("Name", "School " + number));
        using var sixth = await Try(("Name", "School 6"), ("Kind", "CSO"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, sixth.StatusCode);

        Task<HttpResponseMessage> Try(params (string, string)[] fields) =>
            amina.Submit(
                "/organisations/request",
                "#request",
                [("Reason", "We train."), ("Mark", "Recognised"), .. fields]
            );
    }

    [Fact]
    public async Task Two_people_deciding_at_once_are_not_both_right()
    {
        await using var site = await TestSite.Start();
        using var amina = await site.SignedInMember("amina@example.org", ("Name", "Amina"));
        await amina.Asks(("Name", "Hill School"));
        await site.Db(async first =>
        {
            var mine = await first.Set<RecognitionRequest>().Include(r => r.Steps).SingleAsync();
            await site.Db(async second =>
            {
                var theirs = await second.Set<RecognitionRequest>().Include(r => r.Steps).SingleAsync();
                theirs.Go(RequestState.UnderReview, byStaff: true, "", second.Now);
                await second.SaveChangesAsync();
            });
            mine.Go(RequestState.Withdrawn, byStaff: false, "", first.Now);
            await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => first.SaveChangesAsync());
        });
        Assert.Equal(RequestState.UnderReview, (await site.Request()).State);
    }

    [Fact]
    public void No_row_of_steps_leaves_a_final_state_or_skips_the_review()
    {
        var steps = ArbMap.Default.GeneratorFor<(RequestState To, bool ByStaff)>().ListOf();
        Prop.ForAll(
                steps.ToArbitrary(),
                tries =>
                {
                    var request = RecognitionRequest.Ask(Guid.NewGuid(), null, new RequestInput(), DateTime.UnixEpoch);
                    var isFinal = false;
                    foreach (var (to, byStaff) in tries)
                    {
                        var before = request.State;
                        var went = request.Go(to, byStaff, "", DateTime.UnixEpoch);
                        if (isFinal && went || !went && request.State != before)
                            return false;
                        isFinal = !request.IsOpen;
                        if (went && to is RequestState.Approved && !(byStaff && before == RequestState.UnderReview))
                            return false;
                        if (went && to is RequestState.Declined && !byStaff)
                            return false;
                    }
                    return true;
                }
            )
            .QuickCheckThrowOnFailure();
    }
}
