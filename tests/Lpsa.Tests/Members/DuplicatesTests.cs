using System.Net;
using Lpsa.Members;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lpsa.Tests;

/// <summary>The secretariat finds people who are there twice and makes one record of two, and two of one again.</summary>
public sealed class DuplicatesTests
{
    /// <summary>What a browser holds open ends with the merge; the log and the queue only grow; the search counts on.</summary>
    private static readonly HashSet<string> NotRestored =
    [
        "sessions",
        "sign_in_links",
        "half_sessions",
        "sign_in_codes",
        "member_pairs",
        "member_likenesses",
        "member_merges",
        "audit_entries",
        "jobs",
    ];

    internal static bool IsNotRestored(string table) => NotRestored.Contains(table);

    [Fact]
    public async Task Every_column_that_names_an_account_says_what_a_merge_does_with_it()
    {
        await using var site = await TestSite.Start();
        await site.Db(db =>
        {
            var silent = db
                .Model.GetEntityTypes()
                .SelectMany(t => t.GetForeignKeys())
                .Where(f =>
                    f.PrincipalEntityType.ClrType == typeof(Account) || f.PrincipalEntityType.ClrType == typeof(Member)
                )
                .SelectMany(f => f.Properties)
                .Concat(
                    db.Model.GetEntityTypes()
                        .SelectMany(t => t.GetProperties())
                        .Where(p => p.Name is "AccountId" or "MemberId" or "CreatedBy" or "ByAccount")
                )
                .Where(p => p.RuleWhenMerged() is null)
                .Select(p => $"{p.DeclaringType.ClrType.Name}.{p.Name}")
                .Distinct()
                .ToList();
            Assert.True(silent.Count == 0, "Say in the mapping with WhenMerged(…): " + string.Join(", ", silent));
            return Task.CompletedTask;
        });
    }

    [Fact]
    public async Task A_row_that_stays_behind_does_not_hang_on_the_member_that_goes()
    {
        await using var site = await TestSite.Start();
        await site.Db(db =>
        {
            // The row of the merged member is deleted, and a row that stays with it would go without being written down.
            Assert.DoesNotContain(
                db.Model.FindEntityType(typeof(Member))!.GetReferencingForeignKeys(),
                f => f.Properties[0].RuleWhenMerged() == WhenMerged.Stays
            );
            return Task.CompletedTask;
        });
    }

    [Fact]
    public async Task People_who_may_be_one_are_found_and_namesakes_elsewhere_are_not()
    {
        await using var site = await TestSite.Start();
        await site.Joined("amina.otieno@gmail.com", ("Name", "Amina Otieno"), ("Country", "KEN"));
        await site.Joined("aminaotieno+news@googlemail.com", ("Name", "A. Otieno"), ("Country", "UGA"));
        await site.Joined("muhammad@example.org", ("Name", "Mohammed Aḥmad Salim"), ("Country", "JOR"));
        await site.Joined("m.salim@example.org", ("Name", "Salim, Muhammed Ahmad"), ("Country", "JOR"));
        await site.Joined("paul@example.org", ("Name", "Paul Roy"), ("Country", "FRA"));
        await site.Joined("paul@example.com", ("Name", "Paul Roy"), ("Country", "CAN"));
        await site.Joined("lea@example.org", ("Name", "Léa Dubois"), ("Country", "FRA"));
        await site.Joined("lea@example.com", ("Name", "Lea DUBOIS"), ("Country", "FRA"));
        await site.FindDuplicates();
        var staff = await site.SignedIn(Roles.Secretariat);
        var page = await staff.Page("/admin/members/duplicates");
        var rows = page.QuerySelectorAll("tbody tr").Select(r => r.TextContent).ToList();
        Assert.Equal(3, rows.Count);
        Assert.Contains("aminaotieno+news", rows[0]);
        Assert.Contains(rows, r => r.Contains("m.salim@example.org") && r.Contains("Similar name"));
        Assert.Contains(rows, r => r.Contains("lea@example.com") && r.Contains("Same name and country"));
    }

    [Fact]
    public async Task Two_people_who_are_told_apart_are_not_suggested_again()
    {
        await using var site = await TestSite.Start();
        var (one, other) = await site.Twins();
        await site.FindDuplicates();
        var staff = await site.SignedIn(Roles.Secretariat);
        var path = CompareMembers.PathOf(one.Id, other.Id);
        using var told = await staff.Submit(path, "#different");
        Assert.Equal(HttpStatusCode.SeeOther, told.StatusCode);
        await site.FindDuplicates();
        Assert.Empty((await staff.Page("/admin/members/duplicates")).QuerySelectorAll("tbody tr"));
    }

    [Fact]
    public async Task One_record_remains_with_the_chosen_values_and_nothing_that_was_refused_comes_back()
    {
        await using var site = await TestSite.Start();
        var (survivor, merged) = await site.Twins();
        await site.Anonymous().Send("/unsubscribe/" + merged.Token + "?channel=newsletter");
        await site.Db(async db =>
        {
            db.Add(MemberNote.Write(merged.Id, "Staff", "Met in Nairobi", db.Now));
            var hash = await site
                .Services.GetRequiredService<MemberSecrets>()
                .HashOf(db, "amina@work.example.org", default);
            await Suppressions.Add(
                db,
                Suppression.Of(hash, Channel.EventsCode, SuppressionReason.Unsubscribed, "test", db.Now),
                default
            );
            var member = await db.Set<Member>().SingleAsync(m => m.Id == merged.Id);
            Channel.Of(Channel.NewsletterCode)!.Set(member, Frequency.Never);
            await db.SaveChangesAsync();
        });
        var staff = await site.SignedIn(Roles.Secretariat);
        using var done = await staff.Merge(survivor.Id, merged.Id, institution: merged.Id);
        Assert.Equal($"/admin/members/{survivor.Id}", done.Headers.Location!.ToString());

        await site.Db(async db =>
        {
            var member = await db.Set<Member>().Include(m => m.Interests).Include(m => m.Periods).SingleAsync();
            Assert.Equal(survivor.Id, member.Id);
            Assert.Equal("County of Kisumu", member.Institution);
            Assert.Equal(["fiscal", "mlg"], member.CodesOn("theme"));
            Assert.Equal(Frequency.Never, member.Newsletter);
            Assert.Equal(Frequency.Each, member.Announcements);
            Assert.Single(member.Periods);
            Assert.Equal(survivor.Id, (await db.Set<MemberNote>().SingleAsync()).MemberId);
            Assert.Contains(
                await db.Set<MemberConsent>().ToListAsync(),
                c => c.MemberId == survivor.Id && c.Act == ConsentAct.Merged
            );
            Assert.Equal(2, await db.Set<Suppression>().CountAsync(s => s.Scope == Channel.EventsCode));
            Assert.NotNull((await db.Set<Account>().SingleAsync(a => a.Id == merged.Id)).ClosedAt);
            Assert.Null(await AuditLog.Verify(db, CancellationToken.None));
        });
        // Mails of years ago to either address lead to the person who stayed.
        Assert.Equal(survivor.Id, (await site.MemberOf(survivor.Token)).Id);
        Assert.Equal(survivor.Id, (await site.MemberOf(merged.Token)).Id);
        Assert.Contains(
            "amina@work.example.org",
            (await staff.Page($"/admin/members/{survivor.Id}")).Body!.TextContent
        );
    }

    [Fact]
    public async Task Who_joins_again_with_the_second_address_is_the_same_member()
    {
        await using var site = await TestSite.Start();
        var (survivor, merged) = await site.Twins();
        var staff = await site.SignedIn(Roles.Secretariat);
        using var done = await staff.Merge(survivor.Id, merged.Id);
        await site.Joined("amina@work.example.org", ("Country", "UGA"));
        await site.Db(async db =>
        {
            var member = await db.Set<Member>().SingleAsync();
            Assert.Equal((survivor.Id, "UGA"), (member.Id, member.Country));
        });
    }

    [Fact]
    public async Task An_undo_restores_both_exactly_table_by_table()
    {
        await using var site = await TestSite.Start();
        var (survivor, merged) = await site.Twins();
        await site.Furnish(survivor.Id, merged.Id);
        var staff = await site.SignedIn(Roles.Secretariat);
        var before = await site.Tables();
        using var done = await staff.Merge(survivor.Id, merged.Id, profile: merged.Id);
        Assert.Equal(HttpStatusCode.SeeOther, done.StatusCode);
        Assert.Equal(1, await site.Db(db => db.Set<MemberProfile>().CountAsync()));
        Assert.NotEqual(before["members"], (await site.Tables())["members"]);

        using var undone = await staff.Submit("/admin/members/merges", "form[action$='/undo']");
        Assert.Contains("as they were", (await staff.Page("/admin/members/merges")).Body!.TextContent);
        var after = await site.Tables();
        foreach (var (table, rows) in before)
            Assert.True(rows == after[table], $"{table}\n{rows}\n---\n{after[table]}");
        Assert.Equal(merged.Id, (await site.MemberOf(merged.Token)).Id);
    }

    [Fact]
    public async Task An_undo_after_further_changes_is_refused_and_says_why()
    {
        await using var site = await TestSite.Start();
        var (survivor, merged) = await site.Twins();
        var staff = await site.SignedIn(Roles.Secretariat);
        using var done = await staff.Merge(survivor.Id, merged.Id);
        await site.Anonymous().Send("/unsubscribe/" + survivor.Token);
        var before = await site.Tables();
        using var refused = await staff.Submit("/admin/members/merges", "form[action$='/undo']");
        Assert.Contains("changed since the merge", (await staff.Page("/admin/members/merges")).Body!.TextContent);
        var after = await site.Tables();
        Assert.All(before, t => Assert.Equal(t.Value, after[t.Key]));
    }

    [Fact]
    public async Task After_thirty_days_the_merge_stands_and_what_it_remembered_is_gone()
    {
        await using var site = await TestSite.Start();
        var (survivor, merged) = await site.Twins();
        var staff = await site.SignedIn(Roles.Secretariat);
        using var done = await staff.Merge(survivor.Id, merged.Id);
        site.Clock.Advance(TimeSpan.FromDays(31));
        staff = await site.SignedIn(Roles.Secretariat);
        await using (var scope = site.Services.CreateAsyncScope())
            await SecondAddress.ForgetOld(scope.ServiceProvider, CancellationToken.None);
        Assert.Null(await site.Db(db => db.Set<MemberMerge>().Select(m => m.Steps).SingleAsync()));
        Assert.Null((await staff.Page("/admin/members/merges")).QuerySelector("form[action$='/undo']"));
        Assert.Equal(survivor.Id, (await site.MemberOf(merged.Token)).Id);
    }

    [Fact]
    public async Task Erasing_the_person_erases_the_second_address_and_what_the_merge_remembered()
    {
        await using var site = await TestSite.Start();
        var (survivor, merged) = await site.Twins();
        var staff = await site.SignedIn(Roles.Secretariat);
        using var done = await staff.Merge(survivor.Id, merged.Id);
        await site.Db(db => site.Services.GetRequiredService<Erasure>().Run(db, survivor.Id, CancellationToken.None));
        await site.Db(async db =>
        {
            Assert.Null((await db.Set<MemberMerge>().AsNoTracking().SingleAsync()).Steps);
            Assert.Equal(2, await db.Set<ErasedAccount>().CountAsync());
            Assert.Equal(0, await db.Set<Account>().CountAsync(a => a.EmailKey.Contains("amina")));
            Assert.Equal(2, await db.Set<Suppression>().CountAsync(s => s.Reason == SuppressionReason.Erased));
        });
    }

    [Fact]
    public async Task Somebody_with_rights_is_merged_by_an_administrator_only_and_gains_none()
    {
        await using var site = await TestSite.Start();
        var (survivor, merged) = await site.Twins();
        await site.Db(async db =>
        {
            (await db.Set<Account>().Include(a => a.Roles).SingleAsync(a => a.Id == merged.Id)).Grant(Roles.Editor);
            await db.SaveChangesAsync();
        });
        var staff = await site.SignedIn(Roles.Secretariat);
        Assert.Contains(
            "Only an administrator",
            (await staff.Page(CompareMembers.PathOf(survivor.Id, merged.Id))).Body!.TextContent
        );
        using var refused = await staff.Merge(survivor.Id, merged.Id);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Equal(2, await site.Db(db => db.Set<Member>().CountAsync()));

        var administrator = await site.SignedIn(Roles.Administrator, Roles.Secretariat);
        using var done = await administrator.Merge(survivor.Id, merged.Id);
        Assert.Equal(HttpStatusCode.SeeOther, done.StatusCode);
        Assert.Equal(0, await site.Db(db => db.Set<AccountRole>().CountAsync(r => r.AccountId == survivor.Id)));
        using var undo = await staff.Submit("/admin/members/merges", "form[action$='/undo']");
        Assert.Equal(HttpStatusCode.Forbidden, undo.StatusCode);
    }

    [Fact]
    public async Task Of_two_merges_of_the_same_pair_in_the_same_moment_one_is_made()
    {
        await using var site = await TestSite.Start();
        var (one, other) = await site.Twins();
        var (staff, colleague) = (await site.SignedIn(Roles.Secretariat), await site.SignedIn(Roles.Secretariat));
        var answers = await Task.WhenAll(
            staff.Merge(one.Id, other.Id),
            colleague.Merge(other.Id, one.Id),
            staff.Merge(one.Id, other.Id)
        );
        Assert.All(answers, a => Assert.True(a.StatusCode is HttpStatusCode.SeeOther or HttpStatusCode.NotFound));
        await site.Db(async db =>
        {
            Assert.Equal(1, await db.Set<MemberMerge>().CountAsync());
            Assert.Equal(1, await db.Set<Member>().CountAsync());
        });
    }

    [Fact]
    public async Task The_merged_account_is_signed_out_and_cannot_sign_in()
    {
        await using var site = await TestSite.Start();
        var (survivor, merged) = await site.Twins();
        using var browser = await site.SignedInAs("amina@work.example.org");
        var staff = await site.SignedIn(Roles.Secretariat);
        using var done = await staff.Merge(survivor.Id, merged.Id);
        Assert.NotEqual(HttpStatusCode.OK, (await browser.GetAsync("/account")).StatusCode);
    }

    [Theory]
    [InlineData(Roles.Member)]
    [InlineData(Roles.Coordinator)]
    [InlineData(Roles.Editor)]
    [InlineData(Roles.Treasurer)]
    public async Task Other_roles_do_not_get_there(string role)
    {
        await using var site = await TestSite.Start();
        var (one, other) = await site.Twins();
        using var browser = await site.SignedIn(role);
        foreach (
            var path in new[]
            {
                "/admin/members/duplicates",
                "/admin/members/merges",
                CompareMembers.PathOf(one.Id, other.Id),
            }
        )
            Assert.Equal(HttpStatusCode.Forbidden, (await browser.GetAsync(path)).StatusCode);
        using var merge = await browser.Send(CompareMembers.PathOf(one.Id, other.Id) + "/merge", ("Stays", "First"));
        Assert.NotEqual(HttpStatusCode.SeeOther, merge.StatusCode);
        Assert.Equal(2, await site.Db(db => db.Set<Member>().CountAsync()));
    }

    [Fact]
    public async Task Ids_that_are_no_members_are_not_found()
    {
        await using var site = await TestSite.Start();
        var (one, _) = await site.Twins();
        var staff = await site.SignedIn(Roles.Secretariat);
        await staff.Page(CompareMembers.PathOf(one.Id, Guid.NewGuid()), HttpStatusCode.NotFound);
        await staff.Page($"/admin/members/duplicates/{one.Id}/{one.Id}", HttpStatusCode.NotFound);
    }
}
