using Lpsa.Platform;

namespace Lpsa.Tests;

public sealed class LetterTextTests
{
    [Fact]
    public void A_message_reads_well_without_its_markup() =>
        Assert.Equal(
            """
            Hello Léa
            =========

            Two things happened this week. The first was a long time coming and so needs
            a sentence that does not fit on one line.

            What is new
            -----------

            - A post: Who pays for water? (https://example.org/posts/water)
            - Two countries:
              1. Kenya
              2. Népal

            > Local is not
            > small.

            Place | People
            Nairobi | 4,397,073

            https://example.org/all

            Write to us (office@example.org) or answer.

            ----------------------------------------

            Unsubscribe (https://example.org/u/1?a=1&b=2)

            """,
            LetterText.From(
                """
                <html><head><title>no</title><style>p { color: red }</style></head><body>
                <div hidden>Preview line</div>
                <h1>Hello  <b>Léa</b></h1>
                <p>Two things
                   happened this week. The first was a long time coming and so needs a sentence that does not fit on one line.</p>
                <h2>What is new</h2>
                <ul><li>A post: <a href="https://example.org/posts/water">Who pays for water?</a></li>
                    <li>Two countries:<ol><li>Kenya</li><li>Népal</li></ol></li></ul>
                <blockquote>Local is not<br>small.</blockquote>
                <table><thead><tr><th>Place</th><th>People</th></tr></thead><tbody><tr><td>Nairobi</td><td><p>4,397,073</p></td></tr></tbody></table>
                <p><a href="https://example.org/all">https://example.org/all</a></p>
                <p>Write to <a href="mailto:office@example.org">us</a> or <a href="#top">answer</a>.<script>alert(1)</script></p>
                <hr>
                <table role="presentation"><tr><td><a href="https://example.org/u/1?a=1&amp;b=2">Unsubscribe</a></td></tr></table>
                </body></html>
                """
            )
        );

    [Fact]
    public void Lines_are_measured_in_columns_and_links_stay_whole()
    {
        var link = "https://example.org/" + new string('x', 120);
        var text = LetterText.From(
            $"<p>{string.Join(' ', Enumerable.Repeat("自治体", 30))}</p><p>{string.Join(' ', Enumerable.Repeat("الحُكْم", 30))}</p><p>See <a href='{link}'>this</a></p>"
        );

        Assert.Contains($"({link})", text);
        Assert.All(
            text.Split('\n').Where(line => !line.Contains(link)),
            line => Assert.InRange(TextWrap.Width(line), 0, 76)
        );
        Assert.Contains(text.Split('\n'), line => TextWrap.Width(line) > 65 && line.Length > 76);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("just text", "just text\n")]
    [InlineData("<p>one<p>two", "one\n\ntwo\n")]
    [InlineData("a<br><br>b", "a\n\nb\n")]
    [InlineData("<pre>a  b\n c</pre>", "a  b\n c\n")]
    [InlineData("<img src=x alt='A map'>", "A map\n")]
    [InlineData("<a href='https://example.org/'><img alt='' src=x></a>", "https://example.org/\n")]
    [InlineData("<p></p><div> </div>", "")]
    [InlineData("&lt;b&gt; &amp; &eacute;", "<b> & é\n")]
    public void Small_pieces_come_out_plain(string html, string text) => Assert.Equal(text, LetterText.From(html));
}
