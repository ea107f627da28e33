using System.Net;
using Lpsa.Members;
using Lpsa.Places;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lpsa.Tests;

/// <summary>Somebody joins, changes what was chosen, and leaves.</summary>
public sealed class JoiningTests
{
    [Fact]
    public async Task Only_the_address_is_needed_and_membership_begins_with_the_confirmation()
    {
        await using var site = await TestSite.Start();
        var visitor = site.Anonymous();
        await visitor.Send("/join", ("Email", "Amina@Example.org"));
        await site.RunJobs();
        Assert.Equal(0, await site.Db(db => db.Set<Member>().CountAsync()));
        var confirm = await site.LinkIn("amina@example.org", "/welcome/");

        Assert.Contains("Amina@Example.org", (await visitor.Page(confirm)).Body!.TextContent);
        Assert.Equal(0, await site.Db(db => db.Set<Member>().CountAsync()));
        using var done = await visitor.Send(confirm);
        Assert.StartsWith("/preferences/", done.Headers.Location!.ToString());
        var member = await site.Db(db => db.Set<Member>().Include(m => m.Periods).SingleAsync());
        Assert.Equal((MemberState.Member, "form"), (member.State, member.Origin));
        var consent = await site.Db(db => db.Set<MemberConsent>().SingleAsync());
        Assert.Equal((ConsentAct.Joined, "127.0.0.0/24"), (consent.Act, consent.Network));
        Assert.Contains("I want to be a member", consent.Shown);
        Assert.NotNull(consent.AskedAt);
    }

    [Fact]
    public async Task A_link_to_confirm_works_once()
    {
        await using var site = await TestSite.Start();
        var confirm = await site.Asked("amina@example.org");
        using var first = await site.Anonymous().Send(confirm);
        Assert.Equal(HttpStatusCode.SeeOther, first.StatusCode);
        using var second = await site.Anonymous().Send(confirm);
        Assert.Equal(HttpStatusCode.Gone, second.StatusCode);
        await site.Anonymous().Page(confirm, HttpStatusCode.Gone);
    }

    [Fact]
    public async Task Sending_the_form_again_updates_the_one_record_and_keeps_what_was_left_empty()
    {
        await using var site = await TestSite.Start();
        await site.Joined(
            "amina@example.org",
            ("Country", "KEN"),
            ("Themes", "fiscal"),
            ("Institution", "County of Kisumu")
        );
        await site.Joined("AMINA@example.org", ("Themes", "mlg"));
        var member = await site.Db(db => db.Set<Member>().Include(m => m.Interests).SingleAsync());
        Assert.Equal("KEN", member.Country);
        Assert.Equal("County of Kisumu", member.Institution);
        Assert.Equal(["mlg"], member.CodesOn(Axes.Theme));
        Assert.Equal(1, await site.Db(db => db.Set<Account>().CountAsync()));
    }

    /// <summary>Class 18, user enumeration.</summary>
    [Fact]
    [Trait("Vulnerability", "18 user enumeration")]
    public async Task A_known_and_a_new_address_get_the_same_answer()
    {
        await using var site = await TestSite.Start();
        await site.Joined("amina@example.org");
        var visitor = site.Anonymous();
        using var known = await visitor.Send("/join", ("Email", "amina@example.org"));
        using var fresh = await visitor.Send("/join", ("Email", "somebody@example.org"));
        Assert.Equal(known.StatusCode, fresh.StatusCode);
        Assert.Equal(known.Headers.Location, fresh.Headers.Location);
        Assert.Equal(known.Headers.Select(h => h.Key).Order(), fresh.Headers.Select(h => h.Key).Order());
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("a@b@c.org")]
    [InlineData("amina@example.org\r\nBcc: all@example.org")]
    [InlineData("")]
    public async Task An_impossible_address_is_refused_and_everything_typed_is_still_there(string address)
    {
        await using var site = await TestSite.Start();
        using var answer = await site.Anonymous()
            .Send("/join", ("Email", address), ("Institution", "County of Kisumu"), ("Sectors", "health"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var page = Browsing.Parse(await answer.Content.ReadAsStringAsync());
        Assert.NotNull(page.QuerySelector("#Email-error"));
        Assert.Equal("County of Kisumu", page.QuerySelector("#Institution")!.GetAttribute("value"));
        Assert.True(page.QuerySelector("input[name=Sectors][value=health]")!.HasAttribute("checked"));
        Assert.Equal(0, await site.Db(db => db.Set<Registration>().CountAsync()));
    }

    [Fact]
    public async Task A_name_with_markup_or_a_line_break_does_no_harm_in_the_message()
    {
        await using var site = await TestSite.Start();
        await site.Joined("amina@example.org", ("Name", "<b>Amina</b>\r\nBcc: x@example.org"));
        await site.RunJobs();
        var welcome = await site.Db(db => db.Set<OutgoingMail>().SingleAsync(m => m.Kind == "members.welcome"));
        Assert.DoesNotContain("<b>Amina</b>", welcome.Html);
        Assert.DoesNotContain("\nBcc:", welcome.Subject);
    }

    /// <summary>Class 35, flooding a mailbox through the form.</summary>
    [Fact]
    [Trait("Vulnerability", "35 mail-bomb relay")]
    public async Task The_form_cannot_be_used_to_flood_a_mailbox()
    {
        await using var site = await TestSite.Start();
        for (var i = 0; i < 10; i++)
            await site.Anonymous().Send("/join", ("Email", "victim@example.org"));
        await site.RunJobs();
        Assert.Equal(3, await site.Db(db => db.Set<OutgoingMail>().CountAsync()));
    }

    [Fact]
    public async Task One_network_cannot_send_the_form_for_ever_and_the_count_survives_a_restart()
    {
        await using var database = await TestDatabase.Create();
        await using (var site = await TestSite.Join(database))
        {
            await site.Db(async db =>
            {
                db.Add(SiteSetting.Of(AskToJoin.Limit.Key, "2"));
                await db.SaveChangesAsync();
            });
            for (var i = 0; i < 2; i++)
                Assert.Equal(
                    HttpStatusCode.SeeOther,
                    (await site.Anonymous().Send("/join", ("Email", $"a{i}@example.org"))).StatusCode
                );
        }
        await using var again = await TestSite.Join(database);
        using var refused = await again.Anonymous().Send("/join", ("Email", "b@example.org"));
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
    }

    [Fact]
    public async Task Somebody_who_was_not_asked_says_so_and_what_was_typed_is_gone()
    {
        await using var site = await TestSite.Start();
        var confirm = await site.Asked("amina@example.org");
        await site.Anonymous().Send(confirm + "/not-me");
        Assert.Equal(0, await site.Db(db => db.Set<Registration>().CountAsync()));
        await site.Anonymous().Page(confirm, HttpStatusCode.Gone);
    }

    [Fact]
    public async Task The_welcome_message_names_three_steps_chosen_by_interests_and_both_ways_out()
    {
        await using var site = await TestSite.Start();
        await site.Joined("amina@example.org", ("Country", "KEN"), ("Sectors", "health"));
        var welcome = await site.Db(db => db.Set<OutgoingMail>().SingleAsync(m => m.Kind == "members.welcome"));
        var page = Browsing.Parse(welcome.Html);
        Assert.Equal(3, page.QuerySelectorAll("ul li").Length);
        Assert.Contains("You chose Kenya as your country.", page.Body!.TextContent);
        Assert.NotNull(page.QuerySelector("footer a[href*='/preferences/']"));
        Assert.NotNull(page.QuerySelector("footer a[href*='/unsubscribe/']"));
        Assert.Contains("List-Unsubscribe-Post", welcome.Headers);
    }

    [Fact]
    public async Task In_Arabic_the_form_the_message_and_the_record_are_Arabic()
    {
        await using var site = await TestSite.Start();
        await site.Anonymous().Send("/ar/join", ("Email", "amina@example.org"));
        await site.RunJobs();
        var confirm = await site.LinkIn("amina@example.org", "/welcome/");
        Assert.StartsWith("/ar/welcome/", confirm);
        await site.Anonymous().Send(confirm);
        Assert.Equal("ar", (await site.Db(db => db.Set<Member>().SingleAsync())).Language);
    }

    [Fact]
    public async Task The_owner_sees_what_was_typed_before_it_holds()
    {
        await using var site = await TestSite.Start();
        await site.Joined("amina@example.org", ("Name", "Amina Diallo"));
        var confirm = await site.Asked("amina@example.org", ("Name", "Somebody Else"), ("Sectors", "health"));
        var page = await site.Anonymous().Page(confirm);
        Assert.Contains("Somebody Else", page.QuerySelector("dl.facts")!.TextContent);
        Assert.Contains("Health", page.QuerySelector("dl.facts")!.TextContent);
        Assert.Equal("Amina Diallo", (await site.Db(db => db.Set<Account>().SingleAsync())).Name);
    }

    /// <summary>Class 11, race: two forms for one new address, both confirmed in the same moment.</summary>
    [Fact]
    public async Task Two_confirmations_at_once_make_one_member_and_no_fault()
    {
        await using var site = await TestSite.Start();
        foreach (var round in Enumerable.Range(0, 5))
        {
            var address = $"amina{round}@example.org";
            string[] links = [await site.Asked(address, ("Themes", "mlg")), await site.Asked(address)];
            Assert.NotEqual(links[0], links[1]);
            var answers = await Task.WhenAll(links.Select(l => site.Anonymous().Send(l)));
            Assert.All(answers, a => Assert.Equal(HttpStatusCode.SeeOther, a.StatusCode));
        }
        Assert.Equal(5, await site.Db(db => db.Set<Member>().CountAsync()));
        Assert.Equal(10, await site.Db(db => db.Set<MemberConsent>().CountAsync()));
    }

    [Fact]
    public async Task The_welcome_speaks_the_members_language_whoever_opened_the_link()
    {
        await using var site = await TestSite.Start();
        await site.Anonymous().Send("/ar/join", ("Email", "amina@example.org"), ("Country", "KEN"));
        await site.RunJobs();
        var confirm = await site.LinkIn("amina@example.org", "/welcome/");
        await site.Anonymous().Send(confirm["/ar".Length..]);
        var welcome = await site.Db(db => db.Set<OutgoingMail>().SingleAsync(m => m.Kind == "members.welcome"));
        Assert.DoesNotContain("You chose Kenya", welcome.Html);
        Assert.Contains("كينيا", Browsing.Parse(welcome.Html).Body!.TextContent);
    }
}
