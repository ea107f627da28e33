using System.IO.Compression;
using System.Text;

namespace Lpsa.Platform;

/// <summary>A kind of file that may be uploaded: what it is, how large it may be, how it is shown.</summary>
/// <param name="Extensions">Endings a name may have, the usual one first, with the dot.</param>
/// <param name="MostBytes">Longest file of this kind.</param>
/// <param name="Inline">Browsers may show it in the page; the others are only offered to be saved.</param>
public sealed record FileKind(string ContentType, IReadOnlyList<string> Extensions, long MostBytes, bool Inline)
{
    private const long Mega = 1024 * 1024;

    public static readonly FileKind Png = new("image/png", [".png"], 20 * Mega, true);
    public static readonly FileKind Jpeg = new("image/jpeg", [".jpg", ".jpeg"], 20 * Mega, true);
    public static readonly FileKind Gif = new("image/gif", [".gif"], 10 * Mega, true);
    public static readonly FileKind WebP = new("image/webp", [".webp"], 20 * Mega, true);
    public static readonly FileKind Pdf = new("application/pdf", [".pdf"], 100 * Mega, true);
    public static readonly FileKind Mp3 = new("audio/mpeg", [".mp3"], 200 * Mega, true);
    public static readonly FileKind Mp4 = new("video/mp4", [".mp4", ".m4v"], 500 * Mega, true);
    public static readonly FileKind Zip = new("application/zip", [".zip"], 100 * Mega, false);
    public static readonly FileKind Text = new("text/plain; charset=utf-8", [".txt"], 10 * Mega, false);
    public static readonly FileKind Csv = new("text/csv; charset=utf-8", [".csv"], 50 * Mega, false);
    public static readonly FileKind Docx = Office("wordprocessingml.document", ".docx");
    public static readonly FileKind Xlsx = Office("spreadsheetml.sheet", ".xlsx");
    public static readonly FileKind Pptx = Office("presentationml.presentation", ".pptx");
    public static readonly FileKind Odt = new("application/vnd.oasis.opendocument.text", [".odt"], 100 * Mega, false);

    public static readonly IReadOnlyList<FileKind> All =
    [
        Png,
        Jpeg,
        Gif,
        WebP,
        Pdf,
        Docx,
        Xlsx,
        Pptx,
        Odt,
        Csv,
        Text,
        Mp3,
        Mp4,
        Zip,
    ];

    public static long MostBytesOfAll { get; } = All.Max(k => k.MostBytes);

    public bool IsPicture => ContentType.StartsWith("image/", StringComparison.Ordinal);

    public static FileKind? OfName(string name) =>
        All.FirstOrDefault(k => k.Extensions.Any(e => name.EndsWith(e, StringComparison.OrdinalIgnoreCase)));

    public static FileKind? OfType(string contentType) => All.FirstOrDefault(k => k.ContentType == contentType);

    /// <summary>What the bytes are, whatever the name says. Null when it is nothing we take.</summary>
    /// <param name="file">Seekable; its position is moved.</param>
    /// <param name="name">Only tells text from CSV, which no signature does.</param>
    public static FileKind? Sniff(Stream file, string name)
    {
        Span<byte> head = stackalloc byte[512];
        file.Position = 0;
        head = head[..file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
        if (head.Length > 8 && head[0] == 0x89 && head[1..8].SequenceEqual("PNG\r\n\x1a\n"u8))
            return Png;
        if (head.Length > 3 && head[0] == 0xFF && head[1] == 0xD8 && head[2] == 0xFF)
            return Jpeg;
        if (head.StartsWith("GIF87a"u8) || head.StartsWith("GIF89a"u8))
            return Gif;
        if (head.Length > 12 && head.StartsWith("RIFF"u8) && head[8..12].SequenceEqual("WEBP"u8))
            return WebP;
        if (head.StartsWith("%PDF-"u8))
            return Pdf;
        if (head.StartsWith("PK\x03\x04"u8))
            return SniffArchive(file);
        if (head.Length > 12 && head[4..8].SequenceEqual("ftyp"u8))
            return IsVideoBrand(head[8..12]) ? Mp4 : null;
        if (head.StartsWith("ID3"u8) || head.Length > 2 && head[0] == 0xFF && (head[1] & 0xE6) == 0xE2)
            return Mp3;
        return IsText(file)
            ? OfName(name) == Csv
                ? Csv
                : Text
            : null;
    }

    private static bool IsVideoBrand(ReadOnlySpan<byte> brand) =>
        brand.StartsWith("iso"u8)
        || brand.StartsWith("mp4"u8)
        || brand.StartsWith("avc1"u8)
        || brand.StartsWith("M4V"u8)
        || brand.StartsWith("dash"u8);

    /// <summary>Office files are archives; which one is told by a part that each must have.</summary>
    private static FileKind? SniffArchive(Stream file)
    {
        try
        {
            file.Position = 0;
            using var archive = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
            var parts = archive.Entries.Select(e => e.FullName).ToHashSet(StringComparer.Ordinal);
            // Macros run on the reader's machine.
            if (parts.Any(p => p.EndsWith("vbaProject.bin", StringComparison.OrdinalIgnoreCase)))
                return null;
            if (parts.Contains("[Content_Types].xml"))
                return parts.Contains("word/document.xml") ? Docx
                    : parts.Contains("xl/workbook.xml") ? Xlsx
                    : parts.Contains("ppt/presentation.xml") ? Pptx
                    : Zip;
            if (archive.GetEntry("mimetype") is not { Length: < 100 } type)
                return Zip;
            using var reader = new StreamReader(type.Open());
            return reader.ReadToEnd().Trim() == Odt.ContentType ? Odt : Zip;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>
    /// UTF-8 without control characters, and no markup at the start: a browser that guesses, or a reader who saves it
    /// under another name, would run what a page of HTML or an SVG picture holds.
    /// </summary>
    private static bool IsText(Stream file)
    {
        file.Position = 0;
        var strict = new UTF8Encoding(false, throwOnInvalidBytes: true);
        using var reader = new StreamReader(file, strict, true, 16 * 1024, leaveOpen: true);
        var piece = new char[16 * 1024];
        var first = true;
        try
        {
            for (int read; (read = reader.ReadBlock(piece)) > 0; first = false)
            {
                if (first && new string(piece, 0, Math.Min(read, 512)).TrimStart().StartsWith('<'))
                    return false;
                if (piece.AsSpan(0, read).ContainsAnyInRange('\0', '\b'))
                    return false;
            }
            return !first;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    private static FileKind Office(string part, string extension) =>
        new("application/vnd.openxmlformats-officedocument." + part, [extension], 100 * Mega, false);
}
