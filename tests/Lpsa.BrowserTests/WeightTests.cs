using Microsoft.Playwright;

namespace Lpsa.Tests;

public sealed class WeightTests(DemoSite demo)
{
    private const int Most = 45_000;
    private const int MostWithChart = 60_000;
    private const int MostRequests = 4;
    private const int MostHtml = 15_000;
    private const int MostStyle = 14_000;
    private const int MostScript = 8_000;

    public static TheoryData<string, bool> Pages =>
        [
            .. Template
                .All.Where(t => t.Answer == Answer.Public)
                .Select(t => new TheoryDataRow<string, bool>(t.Example, t.HasChart)),
        ];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task The_first_view_keeps_its_budget_and_asks_no_other_host(string address, bool hasChart)
    {
        var page = await demo.Visit();
        var watch = new Watch(page, demo);
        await page.GotoAsync(demo.Filled(address), new() { WaitUntil = WaitUntilState.NetworkIdle });
        var sent = new List<(string What, string Address, int Bytes)>();
        foreach (var request in watch.Requests)
            sent.Add((request.ResourceType, request.Url, (await request.SizesAsync()).ResponseBodySize));
        await page.Context.CloseAsync();

        int Weight(string what) => sent.Where(s => s.What == what).Sum(s => s.Bytes);
        var listed = string.Join(", ", sent.Select(s => $"{s.Address[(s.Address.LastIndexOf('/') + 1)..]} {s.Bytes}"));
        TestContext.Current.TestOutputHelper?.WriteLine($"{address}: {sent.Sum(s => s.Bytes)} ({listed})");
        Findings.AreNone(watch.Complaints);
        Assert.True(sent.Sum(s => s.Bytes) <= (hasChart ? MostWithChart : Most), listed);
        Assert.True(sent.Count <= MostRequests, listed);
        // The drawing of a chart stands in the page itself.
        Assert.True(hasChart || Weight("document") <= MostHtml, listed);
        Assert.True(Weight("stylesheet") <= MostStyle, listed);
        Assert.True(Weight("script") <= MostScript, listed);
    }
}
