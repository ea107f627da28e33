using Lpsa.Platform;

namespace Lpsa.Tests;

/// <summary>
/// Both databases are held against these lists: what is found, in this order. Run with <c>LPSA_TEST_POSTGRES</c> set and
/// without it.
/// </summary>
public sealed class SharedResultsTests(SearchFixture search) : IClassFixture<SearchFixture>
{
    [Theory]
    [InlineData("en", "kenya", "?")]
    public async Task The_same_query_finds_the_same_in_the_same_order(string language, string text, string expected)
    {
        var results = await search.Find(
            new SearchRequest
            {
                Text = text,
                Language = language,
                PageSize = 12,
            }
        );
        Assert.Equal(expected, string.Join(' ', results.Hits.Select(SearchCorpus.KeyOf)));
    }
}
