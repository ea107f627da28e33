using System.IO.Compression;
using Lpsa.Platform;

namespace Lpsa.Members;

/// <summary>A ZIP file from somebody else, with limits: a few kilobytes can be packed so that they unpack to a full disk.</summary>
internal sealed class BoundedArchive : IDisposable
{
    private const int MostEntries = 1_000;
    private const long MostBytes = 2L << 30;

    /// <summary>Text of an export packs about 1:10, a sheet about 1:30; bombs begin at 1:1000.</summary>
    private const long MostTimes = 200;
    private const long SmallEnough = 1 << 20;

    private readonly ZipArchive archive;
    private readonly string name;

    private BoundedArchive(ZipArchive archive, string name) => (this.archive, this.name) = (archive, name);

    /// <exception cref="ImportException">It is no ZIP file, or it goes beyond a limit, which the message names.</exception>
    public static BoundedArchive Open(string name, Func<Stream> open)
    {
        ZipArchive? archive = null;
        try
        {
            archive = new ZipArchive(open(), ZipArchiveMode.Read);
            if (Problem(archive) is { } problem)
                throw new ImportException(name, 0, problem);
            return new BoundedArchive(archive, name);
        }
        catch (Exception wrong) when (wrong is InvalidDataException or ImportException)
        {
            archive?.Dispose();
            throw wrong is ImportException ? wrong : new ImportException(name, 0, "the ZIP file is damaged");
        }
    }

    public IEnumerable<string> Entries => archive.Entries.Where(e => e.Name.Length > 0).Select(e => e.FullName);

    /// <returns>Null when there is no such entry.</returns>
    public Stream? Read(string entry) =>
        archive.GetEntry(entry) is { } found ? new Bounded(found.Open(), found.Length, $"{name}/{entry}") : null;

    public void Dispose() => archive.Dispose();

    private static string? Problem(ZipArchive archive)
    {
        if (archive.Entries.Count > MostEntries)
            return $"the archive has {archive.Entries.Count} entries; at most {MostEntries} are read";
        if (archive.Entries.Sum(e => e.Length) > MostBytes)
            return $"the archive unpacks to more than {MostBytes >> 30} GB";
        return
            archive.Entries.FirstOrDefault(e => e.Length > SmallEnough && e.Length / MostTimes > e.CompressedLength)
                is { } bomb
            ? $"{bomb.FullName} unpacks to more than {MostTimes} times its size"
            : null;
    }

    /// <summary>The length an archive states may be a lie; no more than that is read.</summary>
    private sealed class Bounded(Stream inner, long left, string name) : Stream
    {
        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            try
            {
                var read = inner.Read(buffer, offset, count);
                left -= read;
                return left >= 0 ? read : throw new ImportException(name, 0, "it is longer than the archive says");
            }
            catch (InvalidDataException)
            {
                throw new ImportException(name, 0, "the ZIP file is damaged");
            }
        }

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
