using Lpsa.Platform;

namespace Lpsa.Tests;

public sealed class DumpTests(SearchFixture search) : IClassFixture<SearchFixture>
{
    [Fact]
    public async Task Dump()
    {
        var o = new List<string>();
        foreach (var line in File.ReadAllLines("/tmp/queries.txt"))
        {
            var p = line.Split('|', 2);
            var r = await search.Find(
                new SearchRequest
                {
                    Text = p[1],
                    Language = p[0],
                    PageSize = 12,
                }
            );
            o.Add($"{line}|{string.Join(' ', r.Hits.Select(SearchCorpus.KeyOf))}|{r.DidYouMean}");
        }
        File.WriteAllLines(Environment.GetEnvironmentVariable("DUMP")!, o);
    }
}
