using System.Net;
using System.Text.RegularExpressions;
using Lpsa.Members;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lpsa.Tests;

public sealed partial class AddressChangeTests
{
    private const string Old = "amina@example.org";
    private const string New = "amina@new.example";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Both_mailboxes_confirm_in_any_order_and_then_the_person_signs_in_with_the_new_address(
        bool oldFirst
    )
    {
        await using var site = await TestSite.Start();
        var account = await site.OpenAccount(Old);
        var (own, other) = (await site.Follow(account), await site.Follow(account));
        await Ask(own, New);
        var links = (string[])[await Link(site, Old), await Link(site, New)];
        if (!oldFirst)
            Array.Reverse(links);
        await own.Page(links[0]);
        Assert.Equal(Old, await EmailOf(site, account));
        await Press(own, links[0]);
        Assert.Equal(Old, await EmailOf(site, account));
        await Press(own, links[1]);
        Assert.Equal(New, await EmailOf(site, account));
        Assert.True(await own.IsSignedIn());
        Assert.False(await other.IsSignedIn());
        foreach (var email in (string[])[Old, New])
            Assert.Contains("This was not me", (await site.LettersTo(email)).Last(), StringComparison.Ordinal);
        using (await site.Anonymous().Ask(New)) { }
        Assert.Contains("/sign-in/link/", (await site.LettersTo(New)).Last(), StringComparison.Ordinal);
        using (await site.Anonymous().Ask(Old)) { }
        Assert.Equal(2, (await site.LettersTo(Old)).Count);
    }

    [Fact, Trait("Vulnerability", "23 change of credentials with an old session")]
    public async Task A_sign_in_of_an_hour_ago_is_not_enough()
    {
        await using var site = await TestSite.Start();
        var own = await site.Follow(await site.OpenAccount(Old));
        site.Clock.Advance(TimeSpan.FromHours(1));
        using var answer = await own.GetAsync("/account/address");
        Assert.StartsWith("/sign-in?again=true", answer.Headers.Location?.ToString(), StringComparison.Ordinal);
    }

    [Fact, Trait("Vulnerability", "24 account enumeration")]
    public async Task An_address_of_somebody_else_is_answered_alike_and_only_its_owner_hears_of_it()
    {
        await using var site = await TestSite.Start();
        var other = await site.OpenAccount("taken@example.org");
        var pages = new List<string>();
        foreach (var wanted in (string[])["taken@example.org", "free1@example.org"])
        {
            var own = await site.Follow(await site.OpenAccount($"{Guid.NewGuid():N}@example.org"));
            await Ask(own, wanted);
            await site.RunJobs();
            var page = (await own.Page("/account/address")).QuerySelector("main .callout")!.TextContent;
            pages.Add(page.Replace(wanted, "", StringComparison.Ordinal));
        }
        Assert.Single(pages.Distinct());
        var letter = Assert.Single(await site.LettersTo("taken@example.org"));
        Assert.Contains("This address has an account already", letter, StringComparison.Ordinal);
        Assert.DoesNotContain("/change-address/", letter, StringComparison.Ordinal);
        Assert.Equal("taken@example.org", await EmailOf(site, other));
    }

    [Fact]
    public async Task Links_work_once_for_their_own_account_and_addresses_and_not_for_ever()
    {
        await using var site = await TestSite.Start();
        var account = await site.OpenAccount(Old);
        var own = await site.Follow(account);
        await Ask(own, New);
        var (first, firstNew) = (await Link(site, Old), await Link(site, New));
        await Ask(own, "third@example.org");
        await own.Page(first, HttpStatusCode.Gone);
        using (var late = await Post(site.Anonymous(), firstNew))
            Assert.Equal(HttpStatusCode.Gone, late.StatusCode);
        var second = await Link(site, Old);
        var stored = await site.Db(db => db.Set<AddressChange>().Select(c => c.OldHash!).SingleAsync());
        Assert.DoesNotContain(stored, second, StringComparison.Ordinal);
        site.Clock.Advance(AddressChange.Lifetime + TimeSpan.FromMinutes(1));
        await own.Page(second, HttpStatusCode.Gone);
        await own.Page("/change-address/made-up", HttpStatusCode.Gone);
        Assert.Equal(Old, await EmailOf(site, account));
    }

    [Fact]
    public async Task The_address_may_be_taken_or_the_person_erased_between_asking_and_confirming()
    {
        await using var site = await TestSite.Start();
        var account = await site.OpenAccount(Old);
        var own = await site.Follow(account);
        await Ask(own, New);
        var (atOld, atNew) = (await Link(site, Old), await Link(site, New));
        await Press(own, atOld);
        await site.OpenAccount(New);
        using (var refused = await Post(site.Anonymous(), atNew))
            Assert.Equal(HttpStatusCode.Gone, refused.StatusCode);
        Assert.Equal(Old, await EmailOf(site, account));
        await Ask(own, "third@example.org");
        var open = await Link(site, Old);
        await using var scope = site.Services.CreateAsyncScope();
        await scope
            .ServiceProvider.GetRequiredService<Erasure>()
            .Run(scope.ServiceProvider.GetRequiredService<PlatformDb>(), account, CancellationToken.None);
        await site.Anonymous().Page(open, HttpStatusCode.Gone);
        Assert.Equal(0, await site.Db(db => db.Set<AddressChange>().CountAsync()));
    }

    [Fact, Trait("Vulnerability", "30 race condition")]
    public async Task Clicks_at_the_same_moment_change_the_address_once()
    {
        await using var site = await TestSite.Start();
        var account = await site.OpenAccount(Old);
        await Ask(await site.Follow(account), New);
        var links = (string[])
            [await Link(site, Old), await Link(site, New), await Link(site, Old), await Link(site, New)];
        var answers = await Task.WhenAll(links.Select(link => Post(site.Anonymous(), link)));
        Assert.All(answers, a => Assert.Equal(HttpStatusCode.OK, a.StatusCode));
        Assert.Equal(New, await EmailOf(site, account));
        Assert.Equal(2, (await site.LettersTo(Old)).Count);
    }

    [Fact]
    public async Task Two_accounts_that_want_one_address_do_not_both_get_it()
    {
        await using var site = await TestSite.Start();
        var (one, two) = (await site.OpenAccount(Old), await site.OpenAccount("second@example.org"));
        await Ask(await site.Follow(one), New);
        await Ask(await site.Follow(two), New);
        await site.RunJobs();
        var letters = await site.LettersTo(New);
        Assert.Equal(2, letters.Count);
        var links = (string[])
            [await Link(site, Old), await Link(site, "second@example.org"), .. letters.Select(LinkIn)];
        await Task.WhenAll(links.Select(link => Post(site.Anonymous(), link)));
        Assert.Equal(1, await site.Db(db => db.Set<Account>().CountAsync(a => a.EmailKey == New)));
    }

    [Theory]
    [InlineData(Old)]
    [InlineData(New)]
    public async Task One_click_in_either_mailbox_takes_it_back_with_all_that_was_added_since(string mailbox)
    {
        await using var site = await TestSite.Start();
        var account = await site.OpenAccount(Old);
        var thief = await site.Follow(account);
        await Change(site, thief);
        site.Clock.Advance(TimeSpan.FromMinutes(1));
        await AppOfPerson.SetUp(site, thief);
        using (await thief.Submit("/account/password", "main form", ("Password", "a long enough sentence 7"))) { }
        Assert.Equal(1, await site.Db(db => db.Set<Password>().CountAsync()));
        var undo = UndoIn((await site.LettersTo(mailbox)).First(l => l.Contains("/undo/", StringComparison.Ordinal)));
        var owner = site.Anonymous();
        await owner.Page(undo);
        Assert.Equal(New, await EmailOf(site, account));
        using (var done = await owner.Submit(undo, "#undo"))
            Assert.Equal(HttpStatusCode.OK, done.StatusCode);
        Assert.Equal(Old, await EmailOf(site, account));
        Assert.False(await thief.IsSignedIn());
        Assert.Equal(0, await site.Db(db => db.Set<Password>().CountAsync()));
        Assert.Equal(0, await site.Db(db => db.Set<AuthenticatorApp>().CountAsync()));
        await owner.Page(undo, HttpStatusCode.Gone);
    }

    [Fact]
    public async Task After_two_weeks_nothing_is_taken_back_and_nothing_of_it_is_kept()
    {
        await using var site = await TestSite.Start();
        var account = await site.OpenAccount(Old);
        await Change(site, await site.Follow(account));
        var undo = UndoIn((await site.LettersTo(Old)).Last());
        site.Clock.Advance(AddressChange.UndoTime + TimeSpan.FromHours(2));
        await site.Anonymous().Page(undo, HttpStatusCode.Gone);
        await AddressChanges.RunDue(site.Services.CreateScope().ServiceProvider, CancellationToken.None);
        Assert.Equal(0, await site.Db(db => db.Set<AddressChange>().CountAsync()));
        Assert.Equal(New, await EmailOf(site, account));
    }

    [Fact]
    public async Task An_account_whose_old_address_is_somebody_elses_by_now_is_closed_until_staff_open_it()
    {
        await using var site = await TestSite.Start();
        var account = await site.OpenAccount(Old);
        await Change(site, await site.Follow(account));
        var undo = UndoIn((await site.LettersTo(Old)).Last());
        await site.OpenAccount(Old);
        using (await site.Anonymous().Submit(undo, "#undo")) { }
        Assert.NotNull(
            await site.Db(db => db.Set<Account>().Where(a => a.Id == account).Select(a => a.ClosedAt).SingleAsync())
        );
        var admin = await site.SignedIn(Roles.Administrator);
        using (await admin.Submit($"/admin/users/{account}", "#reopen form")) { }
        Assert.Null(
            await site.Db(db => db.Set<Account>().Where(a => a.Id == account).Select(a => a.ClosedAt).SingleAsync())
        );
    }

    [Fact]
    public async Task Refusals_and_evidence_move_with_a_member_and_old_links_end()
    {
        await using var site = await TestSite.Start();
        var account = await site.OpenAccount(Old);
        var secrets = site.Services.GetRequiredService<MemberSecrets>();
        var link = await site.Db(async db =>
        {
            var member = Member.Join(account, "form", db.Now);
            db.Add(member);
            foreach (
                var (scope, reason) in ((string, SuppressionReason)[])
                    [("newsletter", SuppressionReason.Unsubscribed), ("digests", SuppressionReason.Bounced)]
            )
                db.Add(
                    Suppression.Of(await secrets.HashOf(db, Old, default), scope, reason, "preference page", db.Now)
                );
            await db.SaveChangesAsync();
            return await secrets.LinkOf(db, member, default);
        });
        await site.Anonymous().Page("/preferences/" + link);
        await Change(site, await site.Follow(account));
        var gone = await site.Anonymous().Page("/preferences/" + link, HttpStatusCode.NotFound);
        Assert.Contains("your address changed since", gone.Body!.TextContent, StringComparison.Ordinal);
        await site.Db(async db =>
        {
            var (old, moved) = (await secrets.HashOf(db, Old, default), await secrets.HashOf(db, New, default));
            Assert.Equal(
                ["newsletter"],
                await db.Set<Suppression>().Where(s => s.AddressHash == moved).Select(s => s.Scope).ToListAsync()
            );
            Assert.True(await db.Set<Suppression>().AnyAsync(s => s.AddressHash == old && s.Scope == Suppression.Bulk));
            Assert.Equal(ConsentAct.Moved, (await db.Set<MemberConsent>().SingleAsync(c => c.MemberId == account)).Act);
        });
        using (await site.Anonymous().Submit(UndoIn((await site.LettersTo(Old)).Last()), "#undo")) { }
        await site.Db(async db =>
        {
            var old = await secrets.HashOf(db, Old, default);
            Assert.False(
                await db.Set<Suppression>().AnyAsync(s => s.AddressHash == old && s.Scope == Suppression.Bulk)
            );
        });
    }

    [Fact]
    public async Task An_administrator_begins_it_for_somebody_who_lost_the_mailbox_and_the_old_one_has_a_week_to_object()
    {
        await using var site = await TestSite.Start();
        var account = await site.OpenAccount(Old);
        var admin = await site.SignedIn(Roles.Administrator);
        using (await admin.Submit($"/admin/users/{account}", "#address form", ("Email", New))) { }
        var atOld = await site.Anonymous().Page(await Link(site, Old));
        Assert.Null(atOld.QuerySelector("#confirm"));
        await Press(site.Anonymous(), await Link(site, New));
        Assert.Equal(Old, await EmailOf(site, account));
        site.Clock.Advance(AddressChange.StaffWait + TimeSpan.FromHours(1));
        await AddressChanges.RunDue(site.Services.CreateScope().ServiceProvider, CancellationToken.None);
        Assert.Equal(New, await EmailOf(site, account));
    }

    [Fact]
    public async Task The_old_mailbox_stops_what_an_administrator_began()
    {
        await using var site = await TestSite.Start();
        var account = await site.OpenAccount(Old);
        var admin = await site.SignedIn(Roles.Administrator);
        using (await admin.Submit($"/admin/users/{account}", "#address form", ("Email", New))) { }
        var (atOld, atNew) = (await Link(site, Old), await Link(site, New));
        await Press(site.Anonymous(), atNew);
        using (await Post(site.Anonymous(), atOld)) { }
        using (await site.Anonymous().Submit(atOld, "#stop")) { }
        site.Clock.Advance(AddressChange.StaffWait + TimeSpan.FromHours(1));
        await AddressChanges.RunDue(site.Services.CreateScope().ServiceProvider, CancellationToken.None);
        Assert.Equal(Old, await EmailOf(site, account));
        await site.Anonymous().Page(atNew, HttpStatusCode.Gone);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not an address")]
    [InlineData("AMINA@example.org")]
    [InlineData("a@example.org\r\nBcc: b@example.org")]
    public async Task A_wrong_address_comes_back_with_the_reason(string typed)
    {
        await using var site = await TestSite.Start();
        var own = await site.Follow(await site.OpenAccount(Old));
        using var answer = await own.Submit("/account/address", "#address-form", ("Email", typed));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal(0, await site.Db(db => db.Set<AddressChange>().CountAsync()));
    }

    [Fact]
    public async Task Asking_all_day_long_floods_nobody()
    {
        await using var site = await TestSite.Start();
        var own = await site.Follow(await site.OpenAccount(Old));
        for (var i = 0; i < 5; i++)
            await Ask(own, New);
        using var tooMany = await own.Submit("/account/address", "#address-form", ("Email", New));
        Assert.Equal(HttpStatusCode.TooManyRequests, tooMany.StatusCode);
        Assert.True((await site.LettersTo(New)).Count <= 3);
    }

    private static async Task Change(TestSite site, HttpClient own)
    {
        await Ask(own, New);
        await Press(own, await Link(site, Old));
        await Press(own, await Link(site, New));
    }

    private static async Task Ask(HttpClient own, string email)
    {
        using var asked = await own.Submit("/account/address", "#address-form", ("Email", email));
        Assert.Equal("/account/address", asked.Headers.Location?.ToString());
    }

    private static async Task Press(HttpClient browser, string link)
    {
        using var pressed = await browser.Submit(link, "#confirm");
        Assert.Equal(HttpStatusCode.OK, pressed.StatusCode);
    }

    private static Task<HttpResponseMessage> Post(HttpClient browser, string link) =>
        browser.PostAsync(link, new FormUrlEncodedContent([]));

    private static Task<string> EmailOf(TestSite site, Guid account) =>
        site.Db(db => db.Set<Account>().Where(a => a.Id == account).Select(a => a.Email).SingleAsync());

    /// <summary>The link in the newest message to this address that has one.</summary>
    private static async Task<string> Link(TestSite site, string email) =>
        LinkIn((await site.LettersTo(email)).Last(l => Confirming().IsMatch(l)));

    private static string LinkIn(string letter) => Confirming().Match(letter).Value;

    private static string UndoIn(string letter) => Undoing().Match(letter).Value;

    [GeneratedRegex("/change-address/[A-Za-z0-9_-]{43}")]
    private static partial Regex Confirming();

    [GeneratedRegex("/change-address/undo/[A-Za-z0-9_-]{43}")]
    private static partial Regex Undoing();
}
