using System.Buffers.Binary;
using System.Text;
using Lpsa.Platform;

namespace Lpsa.Tests;

[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class PngWriterTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("lpsa-png");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData(400)]
    [InlineData(1600)]
    public async Task A_picture_becomes_a_PNG_of_the_width_asked_for(int width)
    {
        var writer = new PngWriter();
        Assert.True(writer.Available, "rsvg-convert is missing: install Debian's librsvg2-bin to run this test.");

        foreach (
            var chart in new Chart[] { Samples.Bars(), Samples.Lines(), Samples.Dots(), Samples.Map(), Samples.Tree() }
        )
        {
            var png = await writer.Write(
                ChartFile.Svg(chart, Samples.Arabic),
                width,
                TestContext.Current.CancellationToken
            );

            Assert.NotNull(png);
            Assert.Equal("IHDR"u8, png.AsSpan(12, 4));
            Assert.Equal(width, BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)));
            Assert.InRange(BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20)), width / 4, width * 3);
            Assert.Equal("IEND"u8, png.AsSpan(png.Length - 8, 4));
        }
    }

    [Fact]
    public async Task Without_the_program_there_is_no_PNG_and_no_failure()
    {
        var writer = new PngWriter(folder.FullName);

        Assert.False(writer.Available);
        Assert.Null(await writer.Write("<svg/>"u8.ToArray(), 100, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("exec sleep 60")]
    [InlineData("exec cat /dev/zero")]
    [InlineData("echo not a picture")]
    [InlineData("exit 3")]
    [InlineData("head -c 200000 /dev/zero >&2; exit 1")]
    public async Task A_program_that_hangs_floods_or_fails_gives_no_PNG(string behaviour)
    {
        var program = Path.Combine(folder.FullName, "rsvg-convert");
        await File.WriteAllTextAsync(program, $"#!/bin/sh\n{behaviour}\n", TestContext.Current.CancellationToken);
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        var writer = new PngWriter(folder.FullName, TimeSpan.FromSeconds(1));

        Assert.Null(await writer.Write(Encoding.UTF8.GetBytes("<svg/>"), 100, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_broken_picture_gives_no_PNG()
    {
        Assert.Null(await new PngWriter().Write("<svg"u8.ToArray(), 100, TestContext.Current.CancellationToken));
    }
}
