using System.Net;
using System.Text.RegularExpressions;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Tests;

/// <summary>People of these tests: their accounts, what arrives in their mailbox, their way in.</summary>
internal static partial class Mailbox
{
    public static Task<Guid> OpenAccount(this TestSite site, string email, params string[] roles) =>
        site.Db(async db =>
        {
            var account = Account.Open(email, "Amina", db.Now);
            foreach (var role in roles)
                account.Grant(role);
            db.Add(account);
            await db.SaveChangesAsync();
            return account.Id;
        });

    /// <summary>Path of a fresh sign-in link.</summary>
    public static Task<string> LinkFor(this TestSite site, Guid account) =>
        site.Db(async db =>
        {
            var (link, token) = SignInLink.Make(account, db.Now);
            db.Add(link);
            await db.SaveChangesAsync();
            return SignInLink.PathOf(token);
        });

    /// <summary>A browser that followed a fresh link; where it was led is in <paramref name="led"/>.</summary>
    public static async Task<HttpClient> Follow(this TestSite site, Guid account, Action<string?>? led = null)
    {
        var browser = site.Anonymous();
        using var answer = await browser.PostAsync(await site.LinkFor(account), new FormUrlEncodedContent([]));
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        led?.Invoke(answer.Headers.Location?.ToString());
        return browser;
    }

    public static async Task<HttpResponseMessage> Ask(this HttpClient browser, string email, string back = "/") =>
        await browser.PostAsync("/sign-in", new FormUrlEncodedContent([new("Email", email), new("Back", back)]));

    public static Task<HttpResponseMessage> TryCode(this HttpClient browser, string code) =>
        browser.PostAsync("/sign-in/code", new FormUrlEncodedContent([new("Code", code)]));

    /// <summary>The code of the newest message to this address.</summary>
    public static async Task<string> CodeFor(this TestSite site, string email) =>
        Code().Match((await site.LettersTo(email)).Last()).Value;

    public static async Task<IReadOnlyList<string>> LettersTo(this TestSite site, string email)
    {
        await site.RunJobs();
        return await site.Db(db =>
            db.Set<OutgoingMail>()
                .Where(m => m.ToAddress == email)
                .OrderBy(m => m.CreatedAt)
                .ThenBy(m => m.Id)
                .Select(m => m.Text)
                .ToListAsync()
        );
    }

    public static async Task<bool> IsSignedIn(this HttpClient browser)
    {
        using var answer = await browser.GetAsync("/account");
        return answer.StatusCode == HttpStatusCode.OK;
    }

    [GeneratedRegex(@"\b[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}\b")]
    private static partial Regex Code();
}
