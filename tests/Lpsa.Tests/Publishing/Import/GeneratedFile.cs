using System.Text;

namespace Lpsa.Tests;

/// <summary>A file as large as one likes that is made while it is read.</summary>
internal sealed class GeneratedFile : Stream
{
    private readonly IEnumerator<byte[]> parts;
    private byte[] current = [];
    private int at;
    private long position;

    public GeneratedFile(string head, string repeated, long size, string foot)
        : this(Parts(head, Same(Encoding.UTF8.GetBytes(repeated)), size, foot)) { }

    private GeneratedFile(IEnumerable<byte[]> parts) => this.parts = parts.GetEnumerator();

    public static GeneratedFile Numbered(string head, Func<int, string> repeated, long size, string foot) =>
        new(Parts(head, number => Encoding.UTF8.GetBytes(repeated(number)), size, foot));

    private static Func<int, byte[]> Same(byte[] part) => _ => part;

    private static IEnumerable<byte[]> Parts(string head, Func<int, byte[]> repeated, long size, string foot)
    {
        yield return Encoding.UTF8.GetBytes(head);
        long made = 0;
        for (var number = 1; made < size; number++)
        {
            var part = repeated(number);
            made += part.Length;
            yield return part;
        }
        yield return Encoding.UTF8.GetBytes(foot);
    }

    public override int Read(Span<byte> buffer)
    {
        var filled = 0;
        while (filled < buffer.Length)
        {
            if (at == current.Length)
            {
                if (!parts.MoveNext())
                    break;
                (current, at) = (parts.Current, 0);
            }
            var count = Math.Min(buffer.Length - filled, current.Length - at);
            current.AsSpan(at, count).CopyTo(buffer[filled..]);
            (at, filled) = (at + count, filled + count);
        }
        position += filled;
        return filled;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => position;
        set => throw new NotSupportedException();
    }

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        parts.Dispose();
        base.Dispose(disposing);
    }
}
