using Lpsa.Publishing;

namespace Lpsa.Tests;

/// <summary>Comments, categories and pages stand under one another, and in damaged files in circles.</summary>
public sealed class WxrThreadTests
{
    [Fact]
    public void Comments_keep_their_thread_and_circles_are_cut()
    {
        var read = WxrSample.Read(
            WxrSample.File(
                WxrSample.Item(
                    1,
                    WxrSample.Comment(1, 2)
                        + WxrSample.Comment(2, 3)
                        + WxrSample.Comment(3, 1)
                        + WxrSample.Comment(4, 1)
                        + WxrSample.Comment(5, 99)
                        + WxrSample.Comment(6, 6)
                        + WxrSample.Comment(4)
                )
            )
        );
        var comments = read.Items[0].Comments;
        Assert.Equal([1, 2, 3, 4, 5, 6], comments.Select(c => c.Id));
        foreach (var comment in comments)
        {
            var seen = new HashSet<long>();
            for (long? at = comment.Id; at is not null; at = comments.Single(c => c.Id == at).Parent)
                Assert.True(seen.Add(at.Value));
        }
        Assert.Equal(1, comments[3].Parent);
        read.Only(FindingSeverity.Changed, "answers comment 99");
        read.Only(FindingSeverity.Left, "Comment 4 is given twice");
        Assert.Contains(read.Findings, f => f.Message.Contains("itself", StringComparison.Ordinal));
    }

    [Fact]
    public void Spam_stays_behind_and_the_unapproved_wait()
    {
        var read = WxrSample.Read(
            WxrSample.File(
                WxrSample.Item(
                    1,
                    WxrSample.Comment(1, approved: "spam")
                        + WxrSample.Comment(2, approved: "0")
                        + WxrSample.Comment(3, type: "pingback")
                        + WxrSample.Comment(4, approved: "trash")
                )
            )
        );
        Assert.Equal(
            [(2L, WxrCommentState.Waiting, false), (3L, WxrCommentState.Approved, true)],
            read.Items[0].Comments.Select(c => (c.Id, c.State, c.IsPingback))
        );
        read.Only(FindingSeverity.Left, "is spam");
    }

    [Fact]
    public void Circles_of_categories_are_cut_and_reported()
    {
        static string Category(string slug, string parent) =>
            $"<wp:category><wp:category_nicename>{slug}</wp:category_nicename><wp:category_parent>{parent}</wp:category_parent><wp:cat_name>{slug}</wp:cat_name></wp:category>\n";
        var read = WxrSample.Read(
            WxrSample.File(
                Category("a", "b"),
                Category("b", "c"),
                Category("c", "a"),
                Category("d", "a"),
                Category("e", "nowhere"),
                Category("f", "f"),
                Category("a", ""),
                Category("", "")
            )
        );
        Assert.Equal(["a", "b", "c", "d", "e", "f"], read.Reader.Terms.Select(t => t.Slug));
        Assert.Equal([null, null, null, "a", null, null], read.Reader.Terms.Select(t => t.Parent));
        read.Only(FindingSeverity.Changed, "“nowhere”");
        read.Only(FindingSeverity.Left, "“a” of category is given twice");
        Assert.Equal(4, read.Findings.Count(f => f.Message.Contains("its own parent", StringComparison.Ordinal)));
    }

    [Fact]
    public void Circles_of_pages_are_found()
    {
        static string Page(long id, long parent) =>
            WxrSample.Item(id, $"<wp:post_parent>{parent}</wp:post_parent>", type: "page");
        var read = WxrSample.Read(WxrSample.File(Page(1, 2), Page(2, 1), Page(3, 1), Page(4, 99), Page(5, 0)));
        Assert.Contains(4, read.Reader.Orphans);
        Assert.True(read.Reader.Orphans.Contains(1) || read.Reader.Orphans.Contains(2));
        Assert.DoesNotContain(5, read.Reader.Orphans);
    }
}
