using System.Buffers.Binary;

namespace Lpsa.Platform;

/// <summary>The size of a picture in pixels, read from its header alone; nothing is decoded.</summary>
public sealed record PictureSize(int Width, int Height)
{
    /// <summary>
    /// A picture of a few bytes can claim 60,000 × 60,000 pixels, which takes every reader's browser 14 GB to show.
    /// </summary>
    public const long MostPixels = 60_000_000;
    private const int LongestSide = 20_000;

    public bool IsReasonable =>
        Width is > 0 and <= LongestSide && Height is > 0 and <= LongestSide && (long)Width * Height <= MostPixels;

    /// <returns>Null when the header cannot be read.</returns>
    public static PictureSize? Read(Stream file, FileKind kind)
    {
        file.Position = 0;
        var head = new byte[64];
        var read = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        var bytes = head.AsSpan(0, read);
        if (kind == FileKind.Png)
            return bytes.Length < 24 || !bytes[12..16].SequenceEqual("IHDR"u8)
                ? null
                : new(
                    BinaryPrimitives.ReadInt32BigEndian(bytes[16..]),
                    BinaryPrimitives.ReadInt32BigEndian(bytes[20..])
                );
        if (kind == FileKind.Gif)
            return bytes.Length < 10
                ? null
                : new(
                    BinaryPrimitives.ReadUInt16LittleEndian(bytes[6..]),
                    BinaryPrimitives.ReadUInt16LittleEndian(bytes[8..])
                );
        if (kind == FileKind.WebP)
            return bytes.Length < 30 ? null : OfWebP(bytes);
        return kind == FileKind.Jpeg ? OfJpeg(file) : null;
    }

    /// <summary>RFC 9649: lossy, lossless and extended form keep the size in different places.</summary>
    private static PictureSize? OfWebP(ReadOnlySpan<byte> bytes)
    {
        var form = bytes[12..16];
        if (form.SequenceEqual("VP8 "u8))
            return new(
                BinaryPrimitives.ReadUInt16LittleEndian(bytes[26..]) & 0x3FFF,
                BinaryPrimitives.ReadUInt16LittleEndian(bytes[28..]) & 0x3FFF
            );
        if (form.SequenceEqual("VP8L"u8))
        {
            var packed = BinaryPrimitives.ReadUInt32LittleEndian(bytes[21..]);
            return new((int)(packed & 0x3FFF) + 1, (int)(packed >> 14 & 0x3FFF) + 1);
        }
        if (form.SequenceEqual("VP8X"u8))
            return new(
                1 + (bytes[24] | bytes[25] << 8 | bytes[26] << 16),
                1 + (bytes[27] | bytes[28] << 8 | bytes[29] << 16)
            );
        return null;
    }

    /// <summary>ITU-T T.81, B.2: segments up to the first start-of-frame.</summary>
    private static PictureSize? OfJpeg(Stream file)
    {
        file.Position = 2;
        Span<byte> segment = stackalloc byte[4];
        Span<byte> frame = stackalloc byte[5];
        // A header longer than this hides something; cameras write a few dozen segments.
        for (var count = 0; count < 500; count++)
        {
            if (file.ReadAtLeast(segment, 4, throwOnEndOfStream: false) < 4 || segment[0] != 0xFF)
                return null;
            var length = BinaryPrimitives.ReadUInt16BigEndian(segment[2..]);
            if (segment[1] is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
                return file.ReadAtLeast(frame, 5, throwOnEndOfStream: false) < 5
                    ? null
                    : new(
                        BinaryPrimitives.ReadUInt16BigEndian(frame[3..]),
                        BinaryPrimitives.ReadUInt16BigEndian(frame[1..])
                    );
            if (length < 2)
                return null;
            file.Position += length - 2;
        }
        return null;
    }
}
