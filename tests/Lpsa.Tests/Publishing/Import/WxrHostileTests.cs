using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Lpsa.Publishing;

namespace Lpsa.Tests;

public sealed class WxrHostileTests
{
    [Theory]
    [InlineData("", "empty")]
    [InlineData("hello", "not well-formed")]
    [InlineData("<html><body></body></html>", "<html>")]
    [InlineData("<rss></rss>", "no <channel>")]
    [InlineData("<rss><channel><item></item></channel></rss>", "no wp:wxr_version")]
    [InlineData("<rss><channel><title>News</title></channel></rss>", "no wp:wxr_version")]
    [InlineData("PK\u0003\u0004xxxx", "compressed")]
    [InlineData("<?xml version=\"1.0\" encoding=\"x-klingon\"?><rss/>", "x-klingon")]
    public void What_is_no_export_is_refused_with_the_reason(string file, string reason)
    {
        var read = WxrSample.Read(file);
        Assert.Empty(read.Items);
        Assert.Contains(reason, read.Fatal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_version_from_the_future_is_refused() =>
        Assert.Contains(
            "2.0",
            WxrSample
                .Read(WxrSample.File(WxrSample.Item(1)).Replace("version>1.2", "version>2.0", StringComparison.Ordinal))
                .Fatal.Message,
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData(
        "<!DOCTYPE rss [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">]>"
    )]
    [InlineData("<!DOCTYPE rss SYSTEM \"file:///etc/passwd\">")]
    [InlineData("<!DOCTYPE rss [<!ENTITY x SYSTEM \"http://127.0.0.1:1/x\">]>")]
    [Trait("Vulnerability", "10 decompression bomb")]
    public void Document_types_and_their_entities_are_refused(string type)
    {
        var file = WxrSample.File(WxrSample.Item(1)).Replace("<rss ", type + "<rss ", StringComparison.Ordinal);
        Assert.Contains("document type", WxrSample.Read(file).Fatal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_export_that_was_cut_off_is_refused_with_the_line()
    {
        var file = WxrSample.File(WxrSample.Item(1), WxrSample.Item(2));
        var cut = file[..(file.LastIndexOf("wp:post_date", StringComparison.Ordinal) - 4)];
        var fatal = WxrSample.Read(cut).Fatal;
        Assert.Contains("cut off", fatal.Message, StringComparison.Ordinal);
        Assert.Equal(cut.Count(c => c == '\n') + 1, fatal.Line);
    }

    [Fact]
    public void Cut_anywhere_a_file_is_never_taken_for_a_whole_one()
    {
        var file = Encoding.UTF8.GetBytes(
            WxrSample
                .File(WxrSample.People, WxrSample.Terms, WxrSample.Item(1, WxrSample.Comment(1)), WxrSample.Item(2))
                .TrimEnd()
        );
        for (var length = 0; length < file.Length; length += 7)
            Assert.True(WxrSample.Read(file[..length]).Reader.Failed, $"Cut after {length} bytes it was accepted.");
    }

    [Fact]
    public void Something_after_the_end_is_refused() =>
        Assert.Contains(
            "well-formed",
            WxrSample.Read(WxrSample.File(WxrSample.Item(1)) + "<rss>").Fatal.Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void Control_characters_are_dropped_and_reported_with_their_line()
    {
        var file = WxrSample
            .File(WxrSample.Item(1, title: "A\u000bB\u0002C"))
            .Replace("Text of 1.", "T&#11;x\u001f", StringComparison.Ordinal);
        var read = WxrSample.Read(file);
        Assert.Equal("ABC", Assert.Single(read.Items).Title);
        Assert.Equal(3, read.Findings.Count(f => f.Message.Contains("not allowed in XML", StringComparison.Ordinal)));
        Assert.Equal(
            file.Split('\n').ToList().FindIndex(l => l.Contains("A\u000bB", StringComparison.Ordinal)) + 1,
            read.Findings[0].Line
        );
    }

    [Fact]
    public void Bytes_of_an_older_encoding_are_read_as_what_they_were()
    {
        var file = Encoding
            .UTF8.GetBytes(WxrSample.File(WxrSample.Item(1, title: "Caf@ – ok é")))
            .Select(b => b == (byte)'@' ? (byte)0xe9 : b)
            .ToArray();
        var read = WxrSample.Read(file);
        Assert.Equal("Café – ok é", Assert.Single(read.Items).Title);
        read.Only(FindingSeverity.Changed, "Windows-1252");
    }

    [Fact]
    public void Declared_encodings_are_followed()
    {
        var file = WxrSample.File(WxrSample.Item(1, title: "Café naïve"));
        Assert.Equal(
            "Café naïve",
            WxrSample
                .Read(Encoding.Latin1.GetBytes(file.Replace("UTF-8", "ISO-8859-1", StringComparison.Ordinal)))
                .Items[0]
                .Title
        );
        Assert.Equal(
            "Café naïve",
            WxrSample
                .Read(Encoding.Latin1.GetBytes(file.Replace("UTF-8", "windows-1252", StringComparison.Ordinal)))
                .Items[0]
                .Title
        );
        Assert.Equal(
            "Café naïve",
            WxrSample.Read([.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(file)]).Items[0].Title
        );
        Assert.Equal(
            "Café naïve",
            WxrSample.Read([.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(file)]).Items[0].Title
        );
        Assert.Equal(
            "Café naïve",
            WxrSample
                .Read(Encoding.UTF8.GetBytes(file.Replace("UTF-8", "UTF-16", StringComparison.Ordinal)))
                .Items[0]
                .Title
        );
    }

    [Fact]
    public void Blank_lines_before_the_declaration_do_no_harm_and_lines_still_count()
    {
        var file = "\n\n  " + WxrSample.File(WxrSample.Item(1, date: "2019-02-30 10:00:00"));
        var read = WxrSample.Read(file);
        Assert.Single(read.Items);
        Assert.Equal(
            file.Split('\n').ToList().FindIndex(l => l.Contains("post_date_gmt", StringComparison.Ordinal)) + 1,
            read.Findings[0].Line
        );
    }

    [Fact]
    public void Endless_nesting_is_refused()
    {
        var deep = string.Concat(Enumerable.Repeat("<a>", 100_000));
        Assert.Contains("nested", WxrSample.Read(WxrSample.Head + deep).Fatal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_endless_tag_is_refused_before_it_fills_the_memory()
    {
        using var file = new GeneratedFile(
            WxrSample.Head + "<item a=\"",
            "xxxxxxxxxxxxxxxx",
            300_000_000,
            "\"/>" + WxrSample.Foot
        );
        Assert.Contains("tag is longer", WxrSample.Read(file).Fatal.Message, StringComparison.Ordinal);
        Assert.True(file.Position < 1_000_000);
    }

    [Fact]
    public void A_file_beyond_the_limit_is_refused()
    {
        using var file = new GeneratedFile(WxrSample.Head, "<a>text</a>", 10_000_000, WxrSample.Foot);
        Assert.Contains(
            "larger than",
            WxrSample.Read(file, WxrLimits.Default with { File = 1_000_000 }).Fatal.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void The_same_fault_on_every_line_gives_a_short_report()
    {
        var read = WxrSample.Read(
            WxrSample.File([.. Enumerable.Range(1, 500).Select(i => WxrSample.Item(i, date: "never"))])
        );
        Assert.Equal(500, read.Items.Count);
        Assert.InRange(read.Findings.Count, 1, 4 * (Lpsa.Publishing.Findings.MostOfAKind + 1));
        Assert.Contains(read.Findings, f => f.Message.StartsWith("450 more like this", StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Vulnerability", "12 abuse through an import file")]
    public void Damage_anywhere_is_reported_and_never_thrown()
    {
        var file = Encoding.UTF8.GetBytes(
            WxrSample.File(
                WxrSample.People,
                WxrSample.Terms,
                WxrSample.Item(1, WxrSample.Comment(1, 1)),
                WxrSample.Item(2, WxrSample.Meta("a", "b"))
            )
        );
        Prop.ForAll(
                Gen.Choose(0, file.Length - 1).Zip(Gen.Choose(0, 255)).ListOf().ToArbitrary(),
                damage =>
                {
                    var damaged = file.ToArray();
                    foreach (var (place, value) in damage)
                        damaged[place] = (byte)value;
                    var read = WxrSample.Read(damaged);
                    return !read.Reader.Failed || read.Findings.Count(f => f.Severity == FindingSeverity.Fatal) == 1;
                }
            )
            .Check(Steady.Config(1000, 12));
    }
}
