using FsCheck;
using FsCheck.Fluent;
using Lpsa.Platform;

namespace Lpsa.Tests;

public sealed class TextWidthTests
{
    [Fact]
    public void Widths_are_those_of_the_measured_face()
    {
        Assert.Equal(6.36, TextWidth.Of("7", 10), 3);
        Assert.Equal(TextWidth.Of("e", 10), TextWidth.Of("é", 10));
        Assert.Equal(TextWidth.Of("e", 10), TextWidth.Of("e\u0301", 10));
        Assert.Equal(0, TextWidth.Of("\u200e", 10));
        Assert.True(TextWidth.Of("Kenya", 10, bold: true) > TextWidth.Of("Kenya", 10));
    }

    [Fact]
    public void A_text_that_fits_is_left_alone()
    {
        Assert.Equal("Kenya", TextWidth.Shorten("Kenya", 100, 12));
        Assert.Equal(["Kenya"], TextWidth.Wrap("Kenya", 100, 12, 2, out var whole));
        Assert.True(whole);
    }

    [Fact]
    public void A_long_text_ends_in_an_ellipsis_between_whole_letters()
    {
        Assert.Equal("Democra…", TextWidth.Shorten("Democratic Republic", 70, 12));
        Assert.Equal("e\u0301…", TextWidth.Shorten("e\u0301e\u0301e\u0301e\u0301", 22, 12));
    }

    [Fact]
    public void Broken_lines_never_exceed_their_room()
    {
        Prop.ForAll<NonNull<string>, PositiveInt>(
                (text, room) =>
                    TextWidth
                        .Wrap(text.Get, 20 + room.Get, 12, 3, out _)
                        .All(line => TextWidth.Of(line, 12) <= 20 + room.Get)
            )
            .Check(Steady.Config());
    }

    [Fact]
    public void Names_at_line_ends_keep_their_order_and_their_distance()
    {
        Prop.ForAll<NonEmptyArray<NormalFloat>>(wanted =>
            {
                var sorted = wanted.Get.Take(8).Select(w => Math.Abs(w.Get) % 300).Order().ToArray();
                var spread = LineNames.Spread(sorted, [.. sorted.Select(_ => 31.0)], 0, 300);
                return spread.Zip(spread.Skip(1)).All(pair => pair.Second - pair.First >= 30.999)
                    && spread[0] >= 15
                    && spread[^1] <= 300;
            })
            .Check(Steady.Config());
    }
}
