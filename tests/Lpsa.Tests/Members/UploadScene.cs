using System.Net;
using System.Text;
using Lpsa.Members;
using Microsoft.Extensions.DependencyInjection;

namespace Lpsa.Tests;

/// <summary>Files sent through the page.</summary>
internal static class UploadScene
{
    public static Task<string> Sent(this HttpClient staff, string name, string text) =>
        staff.Sent(name, Encoding.UTF8.GetBytes(text));

    /// <returns>The page of the upload.</returns>
    public static async Task<string> Sent(this HttpClient staff, string name, byte[] bytes)
    {
        using var answer = await staff.SendFile(name, bytes);
        Assert.True(answer.StatusCode == HttpStatusCode.SeeOther, await answer.Content.ReadAsStringAsync());
        return answer.Headers.Location!.ToString();
    }

    public static async Task<HttpResponseMessage> SendFile(this HttpClient staff, string name, byte[] bytes)
    {
        var token = (await staff.Page("/admin/members/import")).QuerySelector("#send input[type=hidden]")!;
        using var content = new MultipartFormDataContent
        {
            { new StringContent(token.GetAttribute("value")!), token.GetAttribute("name")! },
            { new ByteArrayContent(bytes), "File", name },
        };
        return await staff.PostAsync("/admin/members/import", content);
    }

    /// <summary>What the columns are set to when the page opens.</summary>
    public static (string, string)[] Chosen(this AngleSharp.Dom.IDocument page) =>
        [
            .. page.QuerySelectorAll("#check select")
                .Select(s =>
                    (s.GetAttribute("name")!, s.QuerySelector("option[selected]")?.GetAttribute("value") ?? "")
                ),
        ];

    public static string[] Counts(this AngleSharp.Dom.IDocument page) =>
        [.. page.QuerySelectorAll(".figures dd").Select(d => d.TextContent.Trim())];

    /// <summary>Files in the store, whole or half.</summary>
    public static IReadOnlyList<string> PrivateBytes(this TestSite site) =>
        Directory.Exists(Path.Combine(site.DataFolder, "files"))
            ? Directory.GetFiles(Path.Combine(site.DataFolder, "files"), "*", SearchOption.AllDirectories)
            : [];

    public static async Task Upkeep(this TestSite site)
    {
        await using var scope = site.Services.CreateAsyncScope();
        await MemberUploadUpkeep.Run(scope.ServiceProvider, CancellationToken.None);
    }
}
