using System.Net;
using Lpsa.Organisations;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Tests;

/// <summary>Organisations, marks and statements, made through the pages that people use.</summary>
internal static class OrganisationsScene
{
    public const string Lakeside = "/organisations/lakeside-institute";

    public static Task<HttpClient> Editor(this TestSite site) => site.SignedIn(Roles.Editor);

    /// <summary>Adds an organisation as staff do.</summary>
    /// <returns>Its address for staff.</returns>
    public static async Task<string> AddsOrganisation(
        this HttpClient editor,
        string name,
        params (string Name, string Value)[] fields
    )
    {
        (string Name, string Value)[] all =
        [
            ("Name", name),
            ("Kind", "ACA"),
            ("Country", "KEN"),
            ("State", nameof(OrganisationState.Published)),
        ];
        using var answer = await editor.Submit(
            "/admin/organisations/new",
            "#organisation",
            [.. all.Where(a => fields.All(f => f.Name != a.Name)), .. fields]
        );
        Assert.True(answer.StatusCode == HttpStatusCode.SeeOther, await answer.Content.ReadAsStringAsync());
        return answer.Headers.Location!.ToString();
    }

    public static Task<HttpResponseMessage> Decides(
        this HttpClient editor,
        string organisation,
        MarkKind kind,
        string from,
        string until = ""
    ) =>
        editor.Submit(
            organisation,
            "#mark",
            ("Kind", kind.ToString()),
            ("From", from),
            ("Until", until),
            ("Note", $"Decided on {kind}.")
        );

    public static async Task SaysWorkHere(
        this HttpClient member,
        string organisation,
        params (string Name, string Value)[] fields
    )
    {
        using var answer = await member.Submit(organisation + "/work-here", "#work-here", fields);
        Assert.True(answer.StatusCode == HttpStatusCode.SeeOther, await answer.Content.ReadAsStringAsync());
    }

    public static async Task<bool> Shows(this HttpClient browser, string path, string words) =>
        (await browser.Page(path)).Body!.TextContent.Contains(words, StringComparison.Ordinal);

    /// <summary>Words of the badges in the head of the page.</summary>
    public static async Task<IReadOnlyList<string>> Badges(this TestSite site, string path) =>
        [.. (await site.Anonymous().Page(path)).QuerySelectorAll(".page-head .badge").Select(b => b.TextContent)];

    public static Task<Affiliation> Said(this TestSite site) => site.Db(db => db.Set<Affiliation>().SingleAsync());

    /// <summary>Asks for recognition as this member; the request's own page.</summary>
    public static async Task<string> Asks(this HttpClient member, params (string Name, string Value)[] fields)
    {
        (string Name, string Value)[] all =
        [
            ("Mark", nameof(MarkKind.Recognised)),
            ("Reason", "We train clerks."),
            ("Kind", "CSO"),
            ("Country", "UGA"),
        ];
        using var answer = await member.Submit(
            "/organisations/request",
            "#request",
            [.. all.Where(a => fields.All(f => f.Name != a.Name)), .. fields]
        );
        Assert.True(answer.StatusCode == HttpStatusCode.SeeOther, await answer.Content.ReadAsStringAsync());
        return answer.Headers.Location!.ToString();
    }

    public static string ForStaff(string ownPage) =>
        ownPage.Replace("/account/organisations/requests/", "/admin/recognition/", StringComparison.Ordinal);

    /// <summary>Sends a step as staff, whatever the page offers: its form token, the fields as given.</summary>
    public static async Task<HttpResponseMessage> Steps(
        this HttpClient editor,
        string request,
        RequestState state,
        string note = "",
        params (string Name, string Value)[] fields
    )
    {
        var hidden = (await editor.Page("/admin/organisations/new"))
            .QuerySelectorAll("#organisation input[type=hidden]")
            .Select(i => (i.GetAttribute("name")!, i.GetAttribute("value")!));
        return await editor.Send(request, [.. hidden, ("State", state.ToString()), ("Note", note), .. fields]);
    }

    public static Task<RecognitionRequest> Request(this TestSite site) =>
        site.Db(db => db.Set<RecognitionRequest>().Include(r => r.Steps).SingleAsync());
}
