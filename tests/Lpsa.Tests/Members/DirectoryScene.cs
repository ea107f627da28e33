using System.Net;
using Lpsa.Members;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Tests;

/// <summary>Members with profiles, made through the pages that people use.</summary>
internal static class DirectoryScene
{
    public const string Amina = "amina@example.org";

    /// <summary>The fields of a full profile, all for one circle.</summary>
    public static (string Name, string Value)[] Profile(Visibility seenBy, bool listed = true) =>
        [
            ("Listed", listed ? "true" : "false"),
            ("Headline", "Budgets that reach the clinic"),
            ("About", "I wrote **twenty** reports."),
            ("Website", "https://amina.example/"),
            ("Orcid", "https://orcid.org/0000-0002-1825-0097"),
            ("LinkedIn", "https://www.linkedin.com/in/amina"),
            ("Advice", "true"),
            ("Mentoring", "true"),
            .. Circles.Select(c => (c, seenBy.ToString())),
        ];

    public static IEnumerable<string> Circles =>
        typeof(EditProfile.Input).GetProperties().Where(p => p.PropertyType == typeof(Visibility)).Select(p => p.Name);

    /// <summary>A browser in which this new member is signed in.</summary>
    public static async Task<HttpClient> SignedInMember(
        this TestSite site,
        string email,
        params (string Name, string Value)[] choices
    )
    {
        await site.Joined(email, choices);
        var token = await site.Db(async db =>
        {
            var key = Account.KeyOf(email);
            var account = await db.Set<Account>().SingleAsync(a => a.EmailKey == key);
            (var link, var made) = SignInLink.Make(account.Id, db.Now);
            db.Add(link);
            await db.SaveChangesAsync();
            return made;
        });
        var browser = site.Anonymous();
        using var answer = await browser.Send(SignInLink.PathOf(token));
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        using var _ = await browser.GetAsync("/");
        return browser;
    }

    /// <summary>Amina of Kenya, who works on health, with a profile of these fields.</summary>
    public static async Task<HttpClient> AminaWith(this TestSite site, params (string Name, string Value)[] profile)
    {
        var amina = await site.SignedInMember(
            Amina,
            ("Name", "Amina Otieno"),
            ("Country", "KEN"),
            ("Stakeholder", "ACA"),
            ("Institution", "Lakeside Institute"),
            ("Position", "Lecturer"),
            ("Themes", "fiscal"),
            ("Sectors", "health"),
            ("Languages", "fr")
        );
        await amina.SaveProfile(profile);
        return amina;
    }

    public static async Task SaveProfile(this HttpClient browser, params (string Name, string Value)[] profile)
    {
        using var saved = await browser.Submit("/account/profile", "#profile", profile);
        Assert.True(saved.StatusCode == HttpStatusCode.SeeOther, await saved.Content.ReadAsStringAsync());
    }

    public static (string Name, string Value)[] With(
        this (string Name, string Value)[] fields,
        string name,
        string value
    ) => [.. fields.Where(f => f.Name != name), (name, value)];

    /// <summary>Sends what no page of this member offers, with a valid form token: a hand-made request.</summary>
    public static async Task<HttpResponseMessage> Forge(
        this HttpClient member,
        string path,
        params (string Name, string Value)[] fields
    )
    {
        var hidden = (await member.Page("/account/profile"))
            .QuerySelectorAll("#profile input[type=hidden]")
            .Select(i => (i.GetAttribute("name")!, i.GetAttribute("value")!));
        return await member.Send(path, [.. hidden, .. fields]);
    }
}
