using Lpsa.Publishing;

namespace Lpsa.Tests;

/// <summary>Alone, because the memory of the process is measured.</summary>
[CollectionDefinition(nameof(WxrMemoryTests), DisableParallelization = true)]
[Collection(nameof(WxrMemoryTests))]
public sealed class WxrMemoryTests
{
    [Fact]
    public void Two_hundred_megabytes_of_posts_need_little_memory()
    {
        var article = string.Concat(
            Enumerable.Repeat(
                "<p>Local governments deliver most of the services that people meet every day.</p>\n\n",
                120
            )
        );
        using var file = GeneratedFile.Numbered(
            WxrSample.Head,
            number => WxrSample.Item(number).Replace("Text of", article, StringComparison.Ordinal),
            200_000_000,
            WxrSample.Foot
        );
        var reader = new WxrReader(file, "old.xml");
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var (items, most) = (0, long.MinValue);
        foreach (var _ in reader.Items())
        {
            if (++items % 4000 == 0)
                most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
        }
        Assert.False(reader.Failed, string.Join('\n', reader.Findings));
        Assert.InRange(items, 15_000, 30_000);
        // Garbage of earlier tests may be freed meanwhile, so the difference can be below zero: only the top counts.
        Assert.InRange(most, long.MinValue, 20_000_000);
    }

    [Fact]
    public void One_text_of_two_hundred_megabytes_is_left_and_the_next_item_taken()
    {
        using var file = new GeneratedFile(
            WxrSample.Head + "<item><wp:post_id>1</wp:post_id><content:encoded><![CDATA[",
            "word < & > word ]] ",
            200_000_000,
            "]]></content:encoded></item>" + WxrSample.Item(2) + WxrSample.Foot
        );
        var before = GC.GetAllocatedBytesForCurrentThread();
        var read = WxrSample.Read(file);
        Assert.Equal(2, Assert.Single(read.Items).Id);
        read.Only(FindingSeverity.Rejected, "longer than");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 100_000_000);
    }
}
