using System.Net;
using Lpsa.Platform;

namespace Lpsa.Tests;

/// <summary>The authenticator app on a person's telephone.</summary>
internal sealed class AppOfPerson(byte[] secret)
{
    /// <summary>The code that it shows now, or at a later step.</summary>
    public string Code(TestSite site, int stepsAhead = 0) =>
        Totp.CodeAt(secret, Totp.StepAt(site.Clock.GetUtcNow().UtcDateTime) + stepsAhead);

    /// <summary>Sets it up on the account page, as the person would, and reads the recovery codes.</summary>
    public static async Task<(AppOfPerson App, IReadOnlyList<string> RecoveryCodes)> SetUp(
        TestSite site,
        HttpClient person
    )
    {
        var page = await person.Page(SecondFactor.SetupPath);
        Assert.StartsWith(
            "data:image/png;base64,",
            page.QuerySelector("main img")!.GetAttribute("src"),
            StringComparison.Ordinal
        );
        var app = new AppOfPerson(FromBase32(page.QuerySelector("#secret")!.TextContent));
        using var answer = await person.PostAsync(
            SecondFactor.SetupPath,
            new FormUrlEncodedContent([
                new("_token", page.QuerySelector("#set-up input[name=_token]")!.GetAttribute("value")!),
                new("Seal", page.QuerySelector("#set-up input[name=Seal]")!.GetAttribute("value")!),
                new("Code", app.Code(site)),
            ])
        );
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var codes = Browsing
            .Parse(await answer.Content.ReadAsStringAsync())
            .QuerySelectorAll("#recovery-codes code")
            .Select(c => c.TextContent)
            .ToList();
        // The next code is another one: each works once.
        site.Clock.Advance(TimeSpan.FromSeconds(60));
        return (app, codes);
    }

    private static byte[] FromBase32(string text)
    {
        var bits = string.Concat(
            text.Where(char.IsAsciiLetterOrDigit)
                .Select(c => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c), 2).PadLeft(5, '0'))
        );
        return [.. bits.Chunk(8).Select(eight => Convert.ToByte(new string(eight), 2))];
    }
}
