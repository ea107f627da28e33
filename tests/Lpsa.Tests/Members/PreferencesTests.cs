using System.Net;
using Lpsa.Members;
using Lpsa.Places;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lpsa.Tests;

/// <summary>The page that every message leads to, and the ways out.</summary>
public sealed class PreferencesTests
{
    [Fact]
    public async Task One_click_from_a_mail_opens_the_right_persons_choices_without_a_password_even_years_later()
    {
        await using var site = await TestSite.Start();
        await site.Joined("amina@example.org", ("Themes", "fiscal"));
        await site.Joined("baraka@example.org", ("Themes", "mlg"));
        site.Clock.Advance(TimeSpan.FromDays(800));
        var link = await site.LinkIn("amina@example.org", "/preferences/");
        var page = await site.Anonymous().Page(link);
        Assert.Contains("amina@example.org", page.Body!.TextContent);
        Assert.True(page.QuerySelector("input[name=Themes][value=fiscal]")!.HasAttribute("checked"));
        Assert.False(page.QuerySelector("input[name=Themes][value=mlg]")!.HasAttribute("checked"));
    }

    [Fact]
    public async Task The_page_saves_exactly_what_it_shows_and_notes_it_as_evidence()
    {
        await using var site = await TestSite.Start();
        var token = await site.Joined("amina@example.org", ("Country", "KEN"), ("Themes", "fiscal"));
        using var answer = await site.Anonymous()
            .Send(
                "/preferences/" + token,
                ("Name", "Amina"),
                ("Language", "fr"),
                ("Sectors", "health"),
                ("Newsletter", "Never"),
                ("Digests", "Weekly"),
                ("PausedUntil", "2027-01-31")
            );
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        var member = await site.MemberOf(token);
        Assert.Null(member.Country);
        Assert.Empty(member.CodesOn(Axes.Theme));
        Assert.Equal(["health"], member.CodesOn(Axes.Sector));
        Assert.Equal(
            (Frequency.Never, Frequency.Weekly, "fr", new DateOnly(2027, 1, 31)),
            (member.Newsletter, member.Digests, member.Language, member.PausedUntil)
        );
        Assert.Equal(2, await site.Db(db => db.Set<MemberConsent>().CountAsync()));
    }

    /// <summary>Class 14: somebody else's choices through a changed or made-up link.</summary>
    [Fact]
    [Trait("Vulnerability", "14 other people's ids")]
    public async Task A_link_with_one_letter_changed_opens_nothing()
    {
        await using var site = await TestSite.Start();
        var token = await site.Joined("amina@example.org");
        for (var at = 0; at < token.Length; at++)
        {
            var forged = token[..at] + (token[at] == 'A' ? 'B' : 'A') + token[(at + 1)..];
            // The last letter carries bits that no byte uses: another letter there is the same link.
            if (at < token.Length - 1)
                await site.Anonymous().Page("/preferences/" + forged, HttpStatusCode.NotFound);
        }
        await site.Anonymous().Page("/preferences/" + new string('x', 4000), HttpStatusCode.NotFound);
    }

    /// <summary>Class 19: a mail scanner opens every link.</summary>
    [Fact]
    [Trait("Vulnerability", "19 acts by opening an address")]
    public async Task Opening_a_link_unsubscribes_nobody()
    {
        await using var site = await TestSite.Start();
        var token = await site.Joined("amina@example.org");
        await site.Anonymous().Page("/unsubscribe/" + token);
        await site.Anonymous().Page("/unsubscribe/" + token + "?channel=newsletter");
        Assert.Equal(
            (MemberState.Member, Frequency.Each),
            ((await site.MemberOf(token)).State, (await site.MemberOf(token)).Newsletter)
        );
    }

    [Fact]
    public async Task A_second_click_leaves_one_thing_or_everything()
    {
        await using var site = await TestSite.Start();
        var token = await site.Joined("amina@example.org");
        using var one = await site.Anonymous().Send("/unsubscribe/" + token + "?channel=newsletter");
        Assert.Equal(HttpStatusCode.OK, one.StatusCode);
        var still = await site.MemberOf(token);
        Assert.Equal(
            (MemberState.Member, Frequency.Never, Frequency.Each),
            (still.State, still.Newsletter, still.Announcements)
        );
        using var all = await site.Anonymous().Send("/unsubscribe/" + token);
        var left = await site.MemberOf(token);
        Assert.Equal((MemberState.Left, Frequency.Never), (left.State, left.Announcements));
        Assert.All(left.Periods, p => Assert.NotNull(p.EndedAt));
    }

    [Fact]
    public async Task A_mail_program_unsubscribes_in_one_post_and_may_repeat_it()
    {
        await using var site = await TestSite.Start();
        var token = await site.Joined("amina@example.org");
        for (var i = 0; i < 2; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/unsubscribe/" + token)
            {
                Content = new FormUrlEncodedContent([KeyValuePair.Create("List-Unsubscribe", "One-Click")]),
            };
            request.Headers.Add("Sec-Fetch-Site", "cross-site");
            using var answer = await site.Anonymous().SendAsync(request);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
        }
        Assert.Equal(MemberState.Left, (await site.MemberOf(token)).State);
        Assert.Equal(1, await site.Db(db => db.Set<Suppression>().CountAsync()));
    }

    [Fact]
    public async Task Who_left_and_confirms_again_is_back_with_two_stretches_of_membership()
    {
        await using var site = await TestSite.Start();
        var token = await site.Joined("amina@example.org");
        await site.Anonymous().Send("/unsubscribe/" + token);
        site.Clock.Advance(TimeSpan.FromDays(30));
        await site.Joined("amina@example.org");
        var member = await site.MemberOf(token);
        Assert.Equal(MemberState.Member, member.State);
        Assert.Equal(2, member.Periods.Count);
        Assert.Equal(0, await site.Db(db => db.Set<Suppression>().CountAsync()));
    }

    [Fact]
    public async Task Saving_choices_lifts_what_is_asked_for_again_and_nothing_else()
    {
        await using var site = await TestSite.Start();
        var token = await site.Joined("amina@example.org");
        await site.Anonymous().Send($"/unsubscribe/{token}?channel=newsletter");
        await site.Anonymous().Send($"/unsubscribe/{token}?channel=announcements");
        await site.Anonymous().Send("/preferences/" + token, ("Newsletter", "Each"), ("Announcements", "Never"));
        Assert.Equal("announcements", (await site.Db(db => db.Set<Suppression>().SingleAsync())).Scope);
    }

    [Fact]
    public async Task A_dead_mailbox_stays_marked_until_its_owner_answers_a_message()
    {
        await using var site = await TestSite.Start();
        var token = await site.Joined("amina@example.org");
        await site.Db(async db =>
        {
            var hash = await site.Services.GetRequiredService<MemberSecrets>().HashOf(db, "amina@example.org", default);
            db.Add(Suppression.Of(hash, Suppression.Bulk, SuppressionReason.Bounced, "mail server", db.Now));
            await db.SaveChangesAsync();
        });
        await site.Anonymous().Send("/preferences/" + token, ("Newsletter", "Each"));
        Assert.Equal(1, await site.Db(db => db.Set<Suppression>().CountAsync()));
        await site.Joined("amina@example.org");
        Assert.Equal(0, await site.Db(db => db.Set<Suppression>().CountAsync()));
    }

    [Fact]
    public async Task The_page_of_a_private_link_is_not_kept_and_does_not_travel_in_a_referrer()
    {
        await using var site = await TestSite.Start();
        var token = await site.Joined("amina@example.org");
        using var answer = await site.Anonymous().GetAsync("/preferences/" + token);
        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
    }
}
