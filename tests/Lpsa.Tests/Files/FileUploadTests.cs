using System.Net;
using System.Net.Http.Headers;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lpsa.Tests;

public sealed class FileUploadTests
{
    public static TheoryData<string, byte[], string> Honest =>
        new()
        {
            { "a.png", SampleFiles.Png(640, 480), "image/png" },
            { "a.JPEG", SampleFiles.Jpeg(640, 480), "image/jpeg" },
            { "a.gif", SampleFiles.Gif(640, 480), "image/gif" },
            { "a.webp", SampleFiles.WebP(640, 480), "image/webp" },
            { "a.pdf", SampleFiles.Pdf, "application/pdf" },
            { "a.docx", SampleFiles.Office("word/document.xml"), FileKind.Docx.ContentType },
            { "a.xlsx", SampleFiles.Office("xl/workbook.xml"), FileKind.Xlsx.ContentType },
            { "a.pptx", SampleFiles.Office("ppt/presentation.xml"), FileKind.Pptx.ContentType },
            {
                "a.odt",
                SampleFiles.Zip(("mimetype", FileKind.Odt.ContentType), ("content.xml", "<x/>")),
                FileKind.Odt.ContentType
            },
            { "a.zip", SampleFiles.Zip(("a.txt", "hello")), "application/zip" },
            { "a.csv", "country,value\nKEN,1\n"u8.ToArray(), "text/csv; charset=utf-8" },
            { "a.txt", "اللامركزية"u8.ToArray(), "text/plain; charset=utf-8" },
            { "a.mp3", SampleFiles.Mp3, "audio/mpeg" },
            { "a.mp4", SampleFiles.Mp4, "video/mp4" },
        };

    [Theory]
    [MemberData(nameof(Honest))]
    public async Task A_file_that_is_what_it_says_is_taken(string name, byte[] bytes, string type)
    {
        await using var platform = await TestPlatform.Start();
        var outcome = await Take(platform, name, bytes);
        Assert.Null(outcome.Refusal);
        Assert.Equal((type, (long)bytes.Length), (outcome.File!.ContentType, outcome.File.Length));
        if (type.StartsWith("image/", StringComparison.Ordinal))
            Assert.Equal((640, 480), (outcome.File.Width, outcome.File.Height));
    }

    public static TheoryData<string, byte[], string> Hostile =>
        new()
        {
            { "page.png", "<html><script>alert(1)</script>"u8.ToArray(), "content" },
            { "photo.jpg", SampleFiles.Png(1, 1), "content" },
            { "drawing.svg", SampleFiles.Svg, "kind" },
            { "drawing.txt", SampleFiles.Svg, "content" },
            { "drawing.png", SampleFiles.Svg, "content" },
            { "page.html", "<p>hello"u8.ToArray(), "kind" },
            { "run.exe", "MZ\0\0"u8.ToArray(), "kind" },
            { "run.png.exe", SampleFiles.Png(1, 1), "kind" },
            { "noending", SampleFiles.Png(1, 1), "kind" },
            {
                "macro.docx",
                SampleFiles.Zip(("[Content_Types].xml", ""), ("word/document.xml", ""), ("word/vbaProject.bin", "x")),
                "content"
            },
            { "archive.docx", SampleFiles.Zip(("a.txt", "x")), "content" },
            { "broken.zip", "PK\x03\x04 and then nothing"u8.ToArray(), "content" },
            { "binary.txt", [0x68, 0x69, 0x00, 0x01, 0x02], "content" },
            { "latin1.csv", [0x63, 0x61, 0x66, 0xE9], "content" },
            { "bomb.png", SampleFiles.Png(60000, 60000), "pixels" },
            { "bomb.gif", SampleFiles.Gif(65535, 65535), "pixels" },
            { "bomb.webp", SampleFiles.WebP(16_000_000, 2), "pixels" },
            { "negative.png", SampleFiles.Png(-1, 10), "pixels" },
            { "nothing.png", SampleFiles.Png(0, 0), "pixels" },
            { "cut.jpg", [0xFF, 0xD8, 0xFF, 0xE0, 0x40], "damaged" },
            { "endless.jpg", [0xFF, 0xD8, 0xFF, 0xE0, 0xFF, 0xFF], "damaged" },
            { "empty.txt", [], "empty" },
        };

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task A_file_that_is_not_what_it_says_is_refused_and_leaves_nothing(
        string name,
        byte[] bytes,
        string reason
    )
    {
        await using var platform = await TestPlatform.Start();
        var outcome = await Take(platform, name, bytes);
        Assert.Null(outcome.File);
        Assert.Contains(reason, outcome.Refusal);
        Assert.Equal(0, await platform.Db(db => db.Set<StoredFile>().CountAsync()));
        Assert.Equal(0, await platform.Db(db => db.Set<FileChunk>().CountAsync()));
        var files = Path.Combine(platform.Options.DataFolder, "files");
        if (Directory.Exists(files))
            Assert.Empty(Directory.EnumerateFiles(files, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_file_over_the_limit_of_its_kind_is_stopped_while_it_comes()
    {
        await using var platform = await TestPlatform.Start();
        await using var endless = new Endless("%PDF-1.7\n"u8.ToArray());
        var outcome = await platform.Db(db =>
            platform.Services.GetRequiredService<FileUpload>().Take(db, endless, "big.pdf", CancellationToken.None)
        );
        Assert.Contains("too large", outcome.Refusal);
        Assert.InRange(endless.Given, FileKind.Pdf.MostBytes, FileKind.Pdf.MostBytes + 1024 * 1024);
    }

    [Theory]
    [InlineData("../../etc/passwd.png", "passwd.png")]
    [InlineData("C:\\Windows\\system32\\photo.png", "photo.png")]
    [InlineData("a\0b\r\nc.png", "a-b-c.png")]
    [InlineData("\u202Egnp.exe.png", "gnp-exe.png")]
    [InlineData("con.png", "file.png")]
    [InlineData("....png", "file.png")]
    [InlineData(".png", "file.png")]
    [InlineData("Carte d'été 2026.PNG", "Carte-d-été-2026.png")]
    [InlineData("خريطة.png", "خريطة.png")]
    public void A_name_is_made_safe_and_stays_readable(string given, string safe) =>
        Assert.Equal(safe, FileName.Safe(given, ".png"));

    [Fact]
    [Trait("Vulnerability", "9 path traversal")]
    public void No_name_whatever_leads_out_of_its_folder() =>
        Prop.ForAll<string>(given =>
            {
                var safe = FileName.Safe(given ?? "", ".txt");
                return safe == Path.GetFileName(safe)
                    && safe.Length is > 4 and < 100
                    && !safe.Any(char.IsControl)
                    && !safe.StartsWith('.');
            })
            .Check(Steady.Config());

    [Fact]
    public async Task The_same_bytes_twice_are_kept_once()
    {
        await using var platform = await TestPlatform.Start();
        var (first, second) = (
            await Take(platform, "a.pdf", SampleFiles.Pdf),
            await Take(platform, "b.pdf", SampleFiles.Pdf)
        );
        Assert.Equal(first.File!.Hash, second.File!.Hash);
        Assert.NotEqual(first.File.Path, second.File.Path);
    }

    [Fact]
    [Trait("Vulnerability", "7 upload served from our origin")]
    public async Task A_picture_is_shown_in_the_page_kept_for_ever_and_cannot_become_a_page()
    {
        await using var site = await TestSite.Start();
        var file = await Take(site, "photo.png", SampleFiles.Png(10, 10), isPublic: true);
        using var answer = await site.Anonymous().GetAsync(file.Path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("image/png", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("inline", answer.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Contains("immutable", answer.Headers.CacheControl!.ToString());
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Contains("sandbox", answer.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Equal(SampleFiles.Png(10, 10), await answer.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Documents_are_offered_to_be_saved_and_come_in_pieces_when_asked()
    {
        await using var site = await TestSite.Start();
        var file = await Take(site, "données.csv", Encoding.UTF8.GetBytes("0123456789"), isPublic: true);
        using var request = new HttpRequestMessage(HttpMethod.Get, file.Path);
        request.Headers.Range = new RangeHeaderValue(2, 4);
        using var answer = await site.Anonymous().SendAsync(request);
        Assert.Equal(HttpStatusCode.PartialContent, answer.StatusCode);
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Equal("234", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_file_of_a_draft_is_for_editors_only_and_looks_absent_to_others()
    {
        await using var site = await TestSite.Start();
        var file = await Take(site, "secret.pdf", SampleFiles.Pdf, isPublic: false);
        var (editor, member) = (await site.SignedIn(Roles.Editor), await site.SignedIn(Roles.Member));
        foreach (var browser in (HttpClient[])[site.Anonymous(), member])
            Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync(file.Path)).StatusCode);
        using var seen = await editor.GetAsync(file.Path);
        Assert.Equal(HttpStatusCode.OK, seen.StatusCode);
        Assert.True(seen.Headers.CacheControl!.NoStore);
        Assert.Equal(HttpStatusCode.NotFound, (await editor.GetAsync($"/files/{file.Id}/other.pdf")).StatusCode);
    }

    [Fact]
    public async Task On_postgres_a_node_without_the_folder_finds_the_bytes_in_the_database()
    {
        await using var platform = await TestPlatform.Start();
        var bytes = new byte[3_000_000];
        Random.Shared.NextBytes(bytes);
        SampleFiles.Mp3.CopyTo(bytes, 0);
        var file = (await Take(platform, "talk.mp3", bytes)).File!;
        var store = platform.Services.GetRequiredService<FileStore>();
        if (platform.Options.Database.Kind == DatabaseKind.Postgres)
            Directory.Delete(Path.Combine(platform.Options.DataFolder, "files"), recursive: true);
        var path = await platform.Db(db => store.Find(db, file.Hash, CancellationToken.None));
        Assert.Equal(bytes, await File.ReadAllBytesAsync(path!));
    }

    [Fact]
    public async Task Smaller_pictures_are_a_wish_and_the_original_is_served_without_them()
    {
        await using var site = await TestSite.Start();
        var file = await Take(site, "photo.png", SampleFiles.Png(10, 10), isPublic: true);
        await site.RunJobs();
        Assert.Equal(0, await site.Db(db => db.Set<Job>().CountAsync(j => j.Handler == Thumbnails.Job)));
        using var answer = await site.Anonymous().GetAsync(file.Path + "?w=320");
        Assert.Equal("image/png", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task A_large_picture_gets_smaller_versions_and_a_small_one_is_not_blown_up()
    {
        await using var site = await TestSite.Start();
        var svg =
            """<svg xmlns="http://www.w3.org/2000/svg" width="1000" height="500"><path d="M0 0h1000v500z"/></svg>""";
        var png = await new PngWriter().Write(Encoding.UTF8.GetBytes(svg), 1000, CancellationToken.None);
        var file = await Take(site, "photo.png", png!, isPublic: true);
        await site.RunJobs();
        Assert.Equal(320, await WidthOf(320));
        Assert.Equal(800, await WidthOf(800));
        Assert.Equal(1000, await WidthOf(1600));

        async Task<int> WidthOf(int asked)
        {
            using var answer = await site.Anonymous().GetAsync($"{file.Path}?w={asked}");
            Assert.Equal("image/webp", answer.Content.Headers.ContentType?.MediaType);
            return WebPWidth(await answer.Content.ReadAsByteArrayAsync());
        }
    }

    /// <summary>Width in the header of the three kinds of WebP (RFC 9649, section 2).</summary>
    private static int WebPWidth(byte[] file) =>
        Encoding.ASCII.GetString(file, 12, 4) switch
        {
            "VP8X" => 1 + (file[24] | file[25] << 8 | file[26] << 16),
            "VP8L" => 1 + ((file[21] | file[22] << 8) & 0x3FFF),
            _ => (file[26] | file[27] << 8) & 0x3FFF,
        };

    private static Task<UploadOutcome> Take(TestPlatform platform, string name, byte[] bytes) =>
        platform.Db(async db =>
        {
            var upload = platform.Services.GetRequiredService<FileUpload>();
            var outcome = await upload.Take(db, new MemoryStream(bytes), name, CancellationToken.None);
            await db.SaveChangesAsync();
            return outcome;
        });

    private static Task<StoredFile> Take(TestSite site, string name, byte[] bytes, bool isPublic) =>
        site.Db(async db =>
        {
            var upload = site.Services.GetRequiredService<FileUpload>();
            var file = (await upload.Take(db, new MemoryStream(bytes), name, CancellationToken.None)).File!;
            if (isPublic)
                file.Publish();
            await db.SaveChangesAsync();
            return file;
        });

    /// <summary>Gives bytes as long as anybody asks.</summary>
    private sealed class Endless(byte[] head) : Stream
    {
        public long Given { get; private set; }
        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position
        {
            get => Given;
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            if (Given == 0)
                head.CopyTo(buffer, offset);
            Given += count;
            return count;
        }

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
