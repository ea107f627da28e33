using System.Net;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lpsa.Tests;

public sealed class AdminPagesTests
{
    [Fact]
    public async Task Every_staff_page_of_the_menu_opens_for_an_administrator_and_for_nobody_else()
    {
        await using var site = await TestSite.Start();
        var (staff, member, stranger) = (
            await site.SignedIn(Roles.Administrator),
            await site.SignedIn(Roles.Member),
            site.Anonymous()
        );
        var menu = site.Services.GetRequiredService<ModuleRegistry>().AdminNav;
        Assert.Contains(menu, n => n.Path == "/admin/jobs");
        foreach (var item in menu)
        {
            await staff.Page(item.Path);
            await member.Page(item.Path, HttpStatusCode.Forbidden);
            using var refused = await stranger.GetAsync(item.Path);
            Assert.Equal("/sign-in?back=" + Uri.EscapeDataString(item.Path), refused.Headers.Location?.ToString());
        }
    }

    [Fact]
    public async Task A_parked_job_is_shown_with_its_error_and_runs_again_at_a_press()
    {
        await using var site = await TestSite.Start();
        var staff = await site.SignedIn(Roles.Administrator);
        var id = await Park(site);
        Assert.NotNull((await staff.Page("/admin")).QuerySelector("#attention .bad"));
        var page = await staff.Page("/admin/jobs?state=parked");
        Assert.Contains("the disk is full", page.QuerySelector($"#job-{id}")!.TextContent);
        using (var again = await staff.Submit("/admin/jobs?state=parked", $"#job-{id} form"))
            Assert.Equal(HttpStatusCode.SeeOther, again.StatusCode);
        var job = await site.Db(db => db.Set<Job>().AsNoTracking().SingleOrDefaultAsync(j => j.Id == id));
        Assert.True(job is null or { State: not JobState.Parked });
    }

    [Fact]
    public async Task A_parked_job_is_taken_out_but_a_recurring_one_is_not()
    {
        await using var site = await TestSite.Start();
        var staff = await site.SignedIn(Roles.Administrator);
        var id = await Park(site);
        using (await staff.Submit("/admin/jobs?state=parked", $"#job-{id} form[action$=delete]")) { }
        Assert.False(await site.Db(db => db.Set<Job>().AnyAsync(j => j.Id == id)));
        await site.Services.GetRequiredService<JobRunner>().PlanRecurring(CancellationToken.None);
        var recurring = await site.Db(db =>
            db.Set<Job>().FirstAsync(j => j.UniqueKey == "every:identity.housekeeping")
        );
        var token = (await staff.Page("/admin/jobs")).QuerySelector("input[name=_token]")!.GetAttribute("value")!;
        using (
            await staff.PostAsync(
                $"/admin/jobs/{recurring.Id}/delete",
                new FormUrlEncodedContent([new("_token", token)])
            )
        ) { }
        Assert.True(await site.Db(db => db.Set<Job>().AnyAsync(j => j.Id == recurring.Id)));
    }

    [Fact]
    public async Task The_audit_log_is_read_filtered_and_checked()
    {
        await using var site = await TestSite.Start();
        var staff = await site.SignedIn(Roles.Administrator);
        using (await staff.Submit("/account", "#name-form", ("Name", "New Name"))) { }
        var page = await staff.Page("/admin/audit?entity=accounts");
        var line = page.QuerySelector("article.card")!;
        // The log says that a name changed and not which: it can never be changed, and the person may be erased.
        Assert.Equal("•", line.QuerySelector("ins")!.TextContent);
        Assert.Equal("•", line.QuerySelector("del")!.TextContent);
        Assert.Contains("New Name", line.QuerySelector("bdi")!.TextContent);
        Assert.Empty((await staff.Page("/admin/audit?actor=nobody")).QuerySelectorAll("article.card"));
        Assert.NotEmpty((await staff.Page("/admin/audit?actor=new%20name")).QuerySelectorAll("article.card"));
        using (var whole = await staff.Submit("/admin/audit", "#verify"))
            Assert.Contains("callout good", await whole.Content.ReadAsStringAsync());
        await site.Db(async db =>
        {
            await AuditLogTests.TakeTriggersAway(db);
            await AuditLogTests.Execute(db, "UPDATE audit_entries SET actor = 'x' WHERE number = 1");
        });
        using var broken = await staff.Submit("/admin/audit", "#verify");
        Assert.Contains("callout bad", await broken.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_setting_is_checked_saved_audited_and_goes_back_to_how_it_was_delivered()
    {
        await using var site = await TestSite.Start();
        var staff = await site.SignedIn(Roles.Administrator);
        var settings = site.Services.GetRequiredService<SiteSettings>();
        var known = site
            .Services.GetRequiredService<ModuleRegistry>()
            .Settings.First(s => s.Key == MailModule.FromNameSetting);
        var section = $"[id='{known.Key}']";
        using (await staff.Submit("/admin/settings", $"{section} form", ("Value", "The Alliance"))) { }
        Assert.Equal("The Alliance", settings[known.Key]);
        Assert.True(
            await site.Db(db => db.Set<AuditEntry>().AnyAsync(e => e.Entity == "settings" && e.EntityId == known.Key))
        );
        using (await staff.Submit("/admin/settings", $"{section} form[action$=default]")) { }
        Assert.Equal(known.Default, settings[known.Key]);
        using var tooLong = await staff.Submit("/admin/settings", $"{section} form", ("Value", new string('x', 5000)));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, tooLong.StatusCode);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("0")]
    [InlineData("1000001")]
    [InlineData("99999999999")]
    [InlineData("12 posts")]
    public async Task A_number_outside_its_bounds_is_refused_and_the_bounds_are_named(string typed)
    {
        await using var site = await TestSite.Start();
        var staff = await site.SignedIn(Roles.Administrator);
        const string key = "members.joins-per-network";
        using var refused = await staff.Submit("/admin/settings", $"[id='{key}'] form", ("Value", typed));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        var page = Browsing.Parse(await refused.Content.ReadAsStringAsync());
        Assert.Contains("From 1 to 1,000,000.", page.GetElementById(key)!.TextContent);
        Assert.Equal(200, site.Services.GetRequiredService<SiteSettings>().Number(key));
    }

    [Fact]
    public async Task Roles_are_given_until_a_day_changed_and_taken_away()
    {
        await using var site = await TestSite.Start();
        var staff = await site.SignedIn(Roles.Administrator);
        using var opened = await staff.Submit(
            "/admin/users",
            "#open",
            ("Name", "Kofi"),
            ("Email", "kofi@example.org"),
            ("Role", Roles.Member)
        );
        var path = opened.Headers.Location!.ToString();
        using (await staff.Submit(path, "#grant", ("Role", Roles.Editor), ("Until", "2026-11-30"))) { }
        using (await staff.Submit(path, "#grant", ("Role", Roles.Editor), ("Until", "2026-12-31"))) { }
        var role = await site.Db(db => db.Set<AccountRole>().AsNoTracking().SingleAsync(r => r.Role == Roles.Editor));
        Assert.Equal(new DateTime(2027, 1, 1, 0, 0, 0, DateTimeKind.Utc), role.Until);
        using (await staff.Submit(path, "form[data-role=editor]")) { }
        Assert.False(await site.Db(db => db.Set<AccountRole>().AnyAsync(r => r.Role == Roles.Editor)));
        using var past = await staff.Submit(path, "#grant", ("Role", Roles.Editor), ("Until", "2020-01-01"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, past.StatusCode);
        using var twice = await staff.Submit(
            "/admin/users",
            "#open",
            ("Name", "Kofi"),
            ("Email", "KOFI@example.org"),
            ("Role", Roles.Member)
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, twice.StatusCode);
    }

    [Fact]
    public async Task A_role_that_has_ended_opens_no_door()
    {
        await using var site = await TestSite.Start();
        var person = await site.SignedIn();
        await site.Db(async db =>
        {
            var account = await db.Set<Account>().Include(a => a.Roles).SingleAsync();
            account.Grant(Roles.Administrator, db.Now.AddDays(1));
            await db.SaveChangesAsync();
        });
        await person.Page("/admin/jobs");
        site.Clock.Advance(TimeSpan.FromDays(2));
        await person.Page("/admin/jobs", HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Closing_an_account_signs_it_out_and_nobody_closes_their_own()
    {
        await using var site = await TestSite.Start();
        var person = await site.SignedIn(Roles.Editor);
        var id = await site.Db(db => db.Set<Account>().Select(a => a.Id).SingleAsync());
        var staff = await site.SignedIn(Roles.Administrator);
        var own = await site.Db(db => db.Set<Account>().Where(a => a.Id != id).Select(a => a.Id).SingleAsync());
        using (await staff.Submit($"/admin/users/{id}", "#close form")) { }
        using (var refused = await person.GetAsync("/account"))
            Assert.Equal(HttpStatusCode.SeeOther, refused.StatusCode);
        Assert.Null((await staff.Page($"/admin/users/{own}")).QuerySelector("#close"));
        var token = (await staff.Page("/admin/users")).QuerySelector("input[name=_token]")!.GetAttribute("value")!;
        foreach (var act in (string[])["close", "withdraw"])
            using (
                await staff.PostAsync(
                    $"/admin/users/{own}/{act}",
                    new FormUrlEncodedContent([new("_token", token), new("Role", Roles.Administrator)])
                )
            ) { }
        await staff.Page("/admin/jobs");
    }

    private static Task<Guid> Park(TestSite site) =>
        site.Db(async db =>
        {
            var job = Job.For(
                new JobHandler("test.broken", (_, _, _) => Task.CompletedTask),
                "{}",
                db.Now,
                db.Now.AddDays(1)
            );
            db.Add(job);
            await db.SaveChangesAsync();
            await db.Set<Job>()
                .Where(j => j.Id == job.Id)
                .ExecuteUpdateAsync(s =>
                    s.SetProperty(j => j.State, JobState.Parked)
                        .SetProperty(j => j.Tries, Job.MaximumTries)
                        .SetProperty(j => j.LastError, "the disk is full")
                );
            return job.Id;
        });
}
