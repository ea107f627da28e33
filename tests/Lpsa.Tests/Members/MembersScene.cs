using Lpsa.Members;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lpsa.Tests;

/// <summary>Members as tests need them, made through the form and the mail.</summary>
internal static class MembersScene
{
    /// <summary>Sends a form without opening its page first, as a stranger's browser on a cached page does.</summary>
    public static Task<HttpResponseMessage> Send(
        this HttpClient browser,
        string path,
        params (string Name, string Value)[] fields
    ) => browser.PostAsync(path, new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))));

    /// <returns>The path of the link that confirms.</returns>
    public static async Task<string> Asked(
        this TestSite site,
        string email,
        params (string Name, string Value)[] fields
    )
    {
        using var answer = await site.Anonymous().Send("/join", [("Email", email), .. fields]);
        Assert.Equal("/join/sent", answer.Headers.Location?.ToString());
        await site.RunJobs();
        return await site.LinkIn(email, "/welcome/");
    }

    /// <returns>The token of the new member's links.</returns>
    public static async Task<string> Joined(
        this TestSite site,
        string email,
        params (string Name, string Value)[] fields
    )
    {
        var confirm = await site.Asked(email, fields);
        using var done = await site.Anonymous().Send(confirm);
        return done.Headers.Location!.ToString().Split('/')[2].Split('?')[0];
    }

    /// <summary>The local path in the newest message to an address that has this in it.</summary>
    public static Task<string> LinkIn(this TestSite site, string email, string part) =>
        site.Db(async db =>
        {
            var key = Account.KeyOf(email);
            var mails = await db.Set<OutgoingMail>().OrderByDescending(m => m.Id).ToListAsync();
            return mails
                .Where(m => Account.KeyOf(m.ToAddress) == key)
                .SelectMany(m => Browsing.Parse(m.Html).QuerySelectorAll("a[href]"))
                .Select(a => new Uri(a.GetAttribute("href")!).AbsolutePath)
                .First(path => path.Contains(part, StringComparison.Ordinal));
        });

    public static Task<Member> MemberOf(this TestSite site, string token) =>
        site.Db(async db =>
            (await site.Services.GetRequiredService<MemberSecrets>().Open(db, token, CancellationToken.None))!
        );
}
