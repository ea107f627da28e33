using System.Net;
using Lpsa.Platform;

namespace Lpsa.Tests;

public sealed class CredentialChangeTests
{
    private const string Email = "amina@example.org";

    [Fact, Trait("Vulnerability", "23 session survives a change of credentials")]
    public async Task Setting_up_a_second_step_signs_out_every_other_device_and_tells_by_mail()
    {
        await using var site = await TestSite.Start();
        var account = await site.OpenAccount(Email);
        var (own, stolen) = (await site.Follow(account), await site.Follow(account));
        var openLink = await site.LinkFor(account);
        await AppOfPerson.SetUp(site, own);
        Assert.True(await own.IsSignedIn());
        Assert.False(await stolen.IsSignedIn());
        using (var late = await site.Anonymous().PostAsync(openLink, new FormUrlEncodedContent([])))
            Assert.Equal(HttpStatusCode.Gone, late.StatusCode);
        Assert.Contains(
            "authenticator app was set up",
            Assert.Single(await site.LettersTo(Email)),
            StringComparison.Ordinal
        );
    }

    [Fact, Trait("Vulnerability", "23 session survives a change of credentials")]
    public async Task Switching_it_off_and_new_recovery_codes_do_the_same()
    {
        await using var site = await TestSite.Start();
        var account = await site.OpenAccount(Email);
        var own = await site.Follow(account);
        var (app, old) = await AppOfPerson.SetUp(site, own);
        var stolen = await site.Follow(account);
        using (await stolen.Submit("/sign-in/second-factor", "#second-factor-form", ("Code", app.Code(site)))) { }
        Assert.True(await stolen.IsSignedIn());
        using (await own.Submit(SecondFactor.SetupPath, "#new-codes")) { }
        Assert.False(await stolen.IsSignedIn());
        var half = await site.Follow(account);
        using (var refused = await half.Submit("/sign-in/second-factor", "#second-factor-form", ("Code", old[0])))
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        using (await own.Submit(SecondFactor.SetupPath, "#second-factor-off")) { }
        using (var ended = await half.GetAsync("/sign-in/second-factor"))
            Assert.Equal("/sign-in", ended.Headers.Location?.ToString());
        Assert.Equal(3, (await site.LettersTo(Email)).Count);
        Assert.True(await own.IsSignedIn());
    }

    [Fact, Trait("Vulnerability", "23 session survives loss of a role")]
    public async Task Giving_and_taking_a_role_ends_the_persons_sessions_but_not_the_administrators()
    {
        await using var site = await TestSite.Start();
        var account = await site.OpenAccount(Email, Roles.Editor);
        var person = await site.Follow(account);
        var admin = await site.SignedIn(Roles.Administrator);
        using (await admin.Submit($"/admin/users/{account}", "#grant", ("Role", Roles.Editor))) { }
        Assert.True(await person.IsSignedIn());
        using (await admin.Submit($"/admin/users/{account}", "form[data-role=editor]")) { }
        Assert.False(await person.IsSignedIn());
        Assert.True(await admin.IsSignedIn());
        Assert.Contains("changed your roles", Assert.Single(await site.LettersTo(Email)), StringComparison.Ordinal);
    }

    [Fact, Trait("Vulnerability", "17 privilege escalation by role form")]
    public async Task Nobody_but_an_administrator_gives_roles_and_no_role_is_made_up()
    {
        await using var site = await TestSite.Start();
        var account = await site.OpenAccount(Email);
        var (editor, admin) = (await site.SignedIn(Roles.Editor), await site.SignedIn(Roles.Administrator));
        var token = (await editor.Page("/account")).QuerySelector("input[name=_token]")!.GetAttribute("value")!;
        using (
            var refused = await editor.PostAsync(
                $"/admin/users/{account}/grant",
                new FormUrlEncodedContent([new("_token", token), new("Role", Roles.Administrator)])
            )
        )
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        using var unknown = await admin.Submit($"/admin/users/{account}", "#grant", ("Role", "root"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, unknown.StatusCode);
    }

    [Fact, Trait("Vulnerability", "23 session fixation")]
    public async Task Signing_in_begins_a_new_session_and_ends_the_one_before()
    {
        await using var site = await TestSite.Start();
        var account = await site.OpenAccount(Email);
        var person = await site.Follow(account);
        using (await person.Submit(await site.LinkFor(account), "main form")) { }
        Assert.True(await person.IsSignedIn());
        Assert.Equal(1, (await person.Page("/account")).QuerySelectorAll("section ul.plain li").Length);
    }
}
