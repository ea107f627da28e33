using System.Net;
using Lpsa.Members;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Tests;

/// <summary>Members write to each other without learning an address.</summary>
public sealed class MessagesTests
{
    private const string Write = "/members/amina-otieno/write";
    private const string Baraka = "baraka@example.org";

    [Fact]
    [Trait("Vulnerability", "6 HTML injection into mail")]
    public async Task A_message_is_relayed_and_answered_and_neither_address_is_shown()
    {
        await using var site = await TestSite.Start();
        using var amina = await site.AminaWith(DirectoryScene.Profile(Visibility.Members));
        using var baraka = await site.SignedInMember(Baraka, ("Name", "Baraka Njoroge"));
        using var sent = await baraka.Submit(Write, "#write", ("Text", "Would you speak in Lamu?\n<b>Please</b>"));
        Assert.Equal(HttpStatusCode.SeeOther, sent.StatusCode);
        var letter = await Letter(site, DirectoryScene.Amina);
        Assert.Equal("Baraka Njoroge wrote to you", letter.Subject);
        Assert.Contains("Would you speak in Lamu?", letter.Text);
        Assert.Contains("&lt;b&gt;Please", letter.Html);
        Assert.DoesNotContain(Baraka, letter.Html + letter.Text + letter.FromAddress);
        var page = await site.LinkIn(DirectoryScene.Amina, "/account/messages/");
        using var answered = await amina.Submit(page, "#answer", ("Text", "With pleasure."));
        Assert.Equal(HttpStatusCode.SeeOther, answered.StatusCode);
        var answer = await Letter(site, Baraka);
        Assert.Contains("With pleasure.", answer.Text);
        Assert.DoesNotContain(DirectoryScene.Amina, answer.Html + answer.Text + answer.FromAddress);
        Assert.Contains("Lamu", await baraka.GetStringAsync("/account/data.json"));
    }

    /// <summary>Class 14: another person's id.</summary>
    [Fact]
    public async Task Who_is_not_listed_cannot_be_written_to_and_another_persons_message_is_not_found()
    {
        await using var site = await TestSite.Start();
        using var amina = await site.AminaWith(DirectoryScene.Profile(Visibility.Members));
        using var baraka = await site.SignedInMember(Baraka, ("Name", "Baraka"));
        await amina.Page(Write, HttpStatusCode.NotFound);
        using var staff = await site.SignedIn(Roles.Administrator);
        await staff.Page(Write, HttpStatusCode.NotFound);
        using (await baraka.Submit(Write, "#write", ("Text", "Hello"))) { }
        var page = await site.LinkIn(DirectoryScene.Amina, "/account/messages/");
        await baraka.Page(page, HttpStatusCode.NotFound);
        await staff.Page(page, HttpStatusCode.NotFound);
        foreach (var act in new[] { "", "/block", "/report" })
        {
            using var answer = await baraka.Forge(page + act, ("Text", "mine"), ("Reason", "mine"));
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
        await amina.SaveProfile(DirectoryScene.Profile(Visibility.Members, listed: false));
        await baraka.Page(Write, HttpStatusCode.NotFound);
        using var late = await baraka.Forge(Write, ("Text", "Hello again"));
        Assert.Equal(HttpStatusCode.NotFound, late.StatusCode);
        Assert.Equal(1, await site.Db(db => db.Set<MemberMessage>().CountAsync()));
    }

    [Fact]
    public async Task Who_is_blocked_is_not_told_and_not_heard()
    {
        await using var site = await TestSite.Start();
        using var amina = await site.AminaWith(DirectoryScene.Profile(Visibility.Members));
        using var baraka = await site.SignedInMember(Baraka, ("Name", "Baraka"));
        using (await baraka.Submit(Write, "#write", ("Text", "Hello"))) { }
        var page = await site.LinkIn(DirectoryScene.Amina, "/account/messages/");
        using (await amina.Submit(page, "#block")) { }
        using var again = await baraka.Submit(Write, "#write", ("Text", "Why no answer?"));
        Assert.Equal(HttpStatusCode.SeeOther, again.StatusCode);
        Assert.DoesNotContain("Why no answer", (await Letter(site, DirectoryScene.Amina)).Text);
        Assert.Single((await amina.Page("/account/messages")).QuerySelectorAll("main a[href*='/account/messages/']"));
        using (await amina.Submit(page, "#report", ("Reason", "Insistent"))) { }
        using var editor = await site.SignedIn(Roles.Editor);
        Assert.Contains("Insistent", (await editor.Page("/admin/reports")).Body!.TextContent);
    }

    [Fact]
    public async Task A_day_has_a_limit_and_the_next_day_a_new_one()
    {
        await using var site = await TestSite.Start();
        using var amina = await site.AminaWith(DirectoryScene.Profile(Visibility.Members));
        using var baraka = await site.SignedInMember(Baraka, ("Name", "Baraka"));
        for (var i = 0; i < MemberMessage.MostInADay; i++)
            using (var sent = await baraka.Forge(Write, ("Text", "Number " + i)))
                Assert.Equal(HttpStatusCode.SeeOther, sent.StatusCode);
        using var refused = await baraka.Submit(Write, "#write", ("Text", "One more"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("One more", await refused.Content.ReadAsStringAsync());
        site.Clock.Advance(TimeSpan.FromHours(25));
        using var next = await baraka.Forge(Write, ("Text", "Good morning"));
        Assert.Equal(HttpStatusCode.SeeOther, next.StatusCode);
    }

    private static Task<OutgoingMail> Letter(TestSite site, string email) =>
        site.Db(async db =>
            (await db.Set<OutgoingMail>().Where(m => m.Kind == "members.message").ToListAsync())
                .OrderByDescending(m => m.Id)
                .First(m => m.ToAddress == email)
        );
}
