using System.Net;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Tests;

public sealed class SignInTests
{
    [Fact]
    public async Task Opening_a_sign_in_link_signs_nobody_in_but_pressing_the_button_does_once()
    {
        await using var site = await TestSite.Start();
        var token = await Link(site);
        var scanner = site.Anonymous();
        await scanner.Page(SignInLink.PathOf(token));
        var person = site.Anonymous();
        using var first = await person.PostAsync(SignInLink.PathOf(token), new FormUrlEncodedContent([]));
        using var second = await scanner.PostAsync(SignInLink.PathOf(token), new FormUrlEncodedContent([]));
        Assert.Equal(HttpStatusCode.SeeOther, first.StatusCode);
        Assert.Equal(HttpStatusCode.Gone, second.StatusCode);
    }

    [Fact]
    public async Task A_link_older_than_half_an_hour_signs_nobody_in()
    {
        await using var site = await TestSite.Start();
        var token = await Link(site);
        site.Clock.Advance(SignInLink.Lifetime + TimeSpan.FromSeconds(1));
        using var answer = await site.Anonymous().PostAsync(SignInLink.PathOf(token), new FormUrlEncodedContent([]));
        Assert.Equal(HttpStatusCode.Gone, answer.StatusCode);
    }

    [Fact]
    public async Task The_database_holds_no_token_that_could_be_used()
    {
        await using var site = await TestSite.Start();
        var token = await Link(site);
        Assert.False(await site.Db(db => db.Set<SignInLink>().AnyAsync(l => l.TokenHash == token)));
    }

    private static Task<string> Link(TestSite site) =>
        site.Db(async db =>
        {
            var account = Account.Open("amina@example.org", "Amina", db.Now);
            var (link, token) = SignInLink.Make(account.Id, db.Now);
            db.AddRange(account, link);
            await db.SaveChangesAsync();
            return token;
        });
}
