using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Lpsa.Tests;

/// <summary>Small files made on the spot, honest and hostile.</summary>
internal static class SampleFiles
{
    /// <summary>Header of a PNG that claims this size; enough for everything that does not decode it.</summary>
    public static byte[] Png(int width, int height)
    {
        var file = new byte[64];
        ((byte[])[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13]).CopyTo(file, 0);
        "IHDR"u8.CopyTo(file.AsSpan(12));
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(16), width);
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(20), height);
        return file;
    }

    public static byte[] Gif(ushort width, ushort height)
    {
        var file = new byte[32];
        "GIF89a"u8.CopyTo(file);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(6), width);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(8), height);
        return file;
    }

    public static byte[] Jpeg(ushort width, ushort height)
    {
        var file = new List<byte> { 0xFF, 0xD8, 0xFF, 0xE0, 0x00, 0x04, 0x00, 0x00, 0xFF, 0xC0, 0x00, 0x0B, 0x08 };
        file.AddRange([(byte)(height >> 8), (byte)height, (byte)(width >> 8), (byte)width, 1, 1, 0x11, 0, 0xFF, 0xD9]);
        return [.. file];
    }

    public static byte[] WebP(int width, int height)
    {
        var file = new byte[32];
        "RIFF"u8.CopyTo(file);
        "WEBPVP8X"u8.CopyTo(file.AsSpan(8));
        (file[24], file[25], file[26]) = ((byte)(width - 1), (byte)(width - 1 >> 8), (byte)(width - 1 >> 16));
        (file[27], file[28], file[29]) = ((byte)(height - 1), (byte)(height - 1 >> 8), (byte)(height - 1 >> 16));
        return file;
    }

    public static byte[] Pdf => Encoding.ASCII.GetBytes("%PDF-1.7\n1 0 obj <<>> endobj\n%%EOF\n");

    public static byte[] Mp4 => [0, 0, 0, 24, .. "ftypisom"u8, 0, 0, 2, 0, .. "isomiso2"u8];

    public static byte[] Mp3 => [.. "ID3"u8, 4, 0, 0, 0, 0, 0, 0];

    public static byte[] Svg =>
        "<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>"u8.ToArray();

    public static byte[] Zip(params (string Name, string Content)[] parts)
    {
        using var file = new MemoryStream();
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (name, content) in parts)
            {
                using var writer = new StreamWriter(archive.CreateEntry(name).Open());
                writer.Write(content);
            }
        return file.ToArray();
    }

    public static byte[] Office(string part) => Zip(("[Content_Types].xml", "<Types/>"), (part, "<x/>"));
}
