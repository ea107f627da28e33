using Lpsa.Members;
using Lpsa.Places;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Tests;

/// <summary>An audience moves in from Mailchimp.</summary>
public sealed class ImportMailchimpTests
{
    [Fact]
    public async Task Subscribers_are_members_without_doing_anything_and_those_who_left_are_not()
    {
        await using var site = await ImportScene.Start();
        var report = await site.Take("audience.zip", ImportScene.Audience());
        Assert.Equal((2, 2, 0), (report.New, report.Suppressed, report.Rejected));
        var people = await site.People();
        Assert.Equal(["amina@example.org", "bruno@example.org"], people.Keys.Order());
        var (account, member) = people["amina@example.org"];
        Assert.Equal("Amina Otieno", account.Name);
        Assert.Equal(
            ("import:mailchimp", "KEN", "County of Kisumu"),
            (member.Origin, member.Country, member.Institution)
        );
        Assert.Equal(new DateTime(2019, 3, 1, 9, 5, 0, DateTimeKind.Utc), member.JoinedAt);
        Assert.Equal(["fiscal"], member.CodesOn(Axes.Theme));
        Assert.Equal(2, member.CodesOn(Axes.Sector).Count);
        Assert.Equal("BRA", people["bruno@example.org"].Member.Country);
        Assert.Contains(report.Findings, f => f is { IsRejected: false, Value: "Workshop 2018, Nairobi" });
    }

    [Fact]
    public async Task The_consent_says_from_which_file_and_when_and_how_it_was_given()
    {
        await using var site = await ImportScene.Start();
        await site.Take("subscribed_1.csv", ImportScene.Subscribed);
        var amina = (await site.People())["amina@example.org"].Account.Id;
        var consent = await site.Db(db => db.Set<MemberConsent>().SingleAsync(c => c.MemberId == amina));
        Assert.Equal((ConsentAct.Imported, "203.0.113.0/24"), (consent.Act, consent.Network));
        Assert.Contains("subscribed_1.csv", consent.How);
        Assert.Contains("asked 2019-03-01 09:00:00 UTC, confirmed 2019-03-01 09:05:00 UTC", consent.How);
    }

    [Fact]
    public async Task Reasons_and_times_of_those_who_left_are_kept()
    {
        await using var site = await ImportScene.Start();
        await site.Take("audience.zip", ImportScene.Audience());
        var stops = await site.Db(db => db.Set<Suppression>().OrderBy(s => s.At).ToListAsync());
        Assert.Equal([SuppressionReason.Bounced, SuppressionReason.Unsubscribed], stops.Select(s => s.Reason));
        Assert.Equal(new DateTime(2020, 2, 1, 8, 0, 0, DateTimeKind.Utc), stops[0].At);
        Assert.All(stops, s => Assert.Equal(("bulk", "import:mailchimp"), (s.Scope, s.Origin)));
    }

    [Fact]
    public async Task A_second_time_changes_nothing()
    {
        await using var site = await ImportScene.Start();
        await site.Take("audience.zip", ImportScene.Audience());
        var before = await site.Written(MemberExportFormat.Own);
        var report = await site.Take("audience.zip", ImportScene.Audience());
        Assert.Equal((0, 0, 4, 0), (report.New, report.Changed, report.Left, report.Suppressed));
        Assert.Equal(before, await site.Written(MemberExportFormat.Own));
        Assert.Equal(1, await site.Count<MemberImport>());
    }

    [Fact]
    public async Task Nobody_who_left_comes_back_by_a_file()
    {
        await using var site = await ImportScene.Start();
        await site.Take("subscribed_1.csv", ImportScene.Subscribed);
        await site.Take("unsubscribed_1.csv", ImportScene.Unsubscribed);
        await site.Db(async db =>
        {
            var member = await db.Set<Member>().Include(m => m.Periods).FirstAsync(m => m.Country == "BRA");
            member.Leave(db.Now);
            await db.SaveChangesAsync();
        });
        var report = await site.Take(
            "subscribed_2.csv",
            ImportScene.Subscribed
                + "\ncarla@example.org,Carla,Neves,,,,2,\"2022-05-05 10:00:00\",,,,,,,,,,,,105,abg,,\n"
        );
        Assert.Equal((0, 0, 3), (report.New, report.Changed, report.Left));
        Assert.Equal(MemberState.Left, (await site.People())["bruno@example.org"].Member.State);
        Assert.DoesNotContain("carla@example.org", (await site.People()).Keys);
    }

    [Fact]
    public async Task A_member_who_unsubscribed_there_leaves_here_unless_asking_again_since()
    {
        await using var site = await ImportScene.Start();
        await site.Take("plain.csv", "email\ncarla@example.org\n");
        var report = await site.Take("unsubscribed_1.csv", ImportScene.Unsubscribed);
        Assert.Equal(1, report.Suppressed);
        var carla = (await site.People())["carla@example.org"].Member;
        Assert.Equal((MemberState.Left, Frequency.Never), (carla.State, carla.Newsletter));

        await using var other = await ImportScene.Start();
        await other.Db(async db =>
        {
            var account = Account.Open("carla@example.org", "", db.Now);
            db.AddRange(account, Member.Join(account.Id, "form", db.Now));
            db.Add(MemberConsent.Of(account.Id, ConsentAct.Joined, "join form", "", new(), "", db.Now));
            await db.SaveChangesAsync();
        });
        report = await other.Take("unsubscribed_1.csv", ImportScene.Unsubscribed);
        Assert.Equal((0, 1), (report.Suppressed, report.Left));
        Assert.Equal(MemberState.Member, (await other.People())["carla@example.org"].Member.State);
    }

    [Fact]
    public async Task Those_who_never_subscribed_are_left()
    {
        await using var site = await ImportScene.Start();
        var report = await site.Take("nonsubscribed_1.csv", ImportScene.Subscribed);
        Assert.Equal((0, 2), (report.New, report.Left));
        Assert.Equal(0, await site.Count<Member>());
    }

    [Fact]
    public async Task A_trial_tells_of_each_row_and_changes_nothing()
    {
        await using var site = await ImportScene.Start();
        await site.Take("plain.csv", "email\nbruno@example.org\n");
        var told = new List<MemberDifference>();
        var report = await site.Take("audience.zip", ImportScene.Audience(), new(DryRun: true), told.Add);
        Assert.Equal(
            [
                (2L, MemberDifferenceKind.Suppressed),
                (2L, MemberDifferenceKind.Suppressed),
                (2L, MemberDifferenceKind.New),
                (3L, MemberDifferenceKind.Changed),
            ],
            told.OrderBy(d => d.Kind != MemberDifferenceKind.Suppressed)
                .ThenBy(d => d.Line)
                .Select(d => (d.Line, d.Kind))
        );
        Assert.False(report.IsDone);
        Assert.Equal(
            (1, 0, 1),
            (await site.Count<Member>(), await site.Count<Suppression>(), await site.Count<MemberConsent>())
        );
        Assert.Null((await site.People())["bruno@example.org"].Member.Country);
    }

    [Fact]
    public async Task Only_what_is_empty_is_filled_and_the_origin_stays()
    {
        await using var site = await ImportScene.Start();
        await site.Take("plain.csv", "email;institution\namina@example.org;Maseno University\n");
        var report = await site.Take("subscribed_1.csv", ImportScene.Subscribed);
        Assert.Equal((1, 1), (report.New, report.Changed));
        var (account, amina) = (await site.People())["amina@example.org"];
        Assert.Equal(("Amina Otieno", "KEN"), (account.Name, amina.Country));
        Assert.Equal(("Maseno University", "import:csv"), (amina.Institution, amina.Origin));
    }
}
