using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;

namespace Lpsa.Platform;

/// <summary>Bytes and replies of one connection, each step with a limit of its own. Trusts nothing the other side sends.</summary>
internal sealed class SmtpConnection : IDisposable
{
    private readonly TcpClient tcp = new() { NoDelay = true };
    private readonly TimeProvider clock;
    private readonly byte[] buffer = new byte[SmtpReply.LongestLine];
    private Stream stream = Stream.Null;
    private int start;
    private int end;

    private SmtpConnection(TimeProvider clock) => this.clock = clock;

    public bool IsEncrypted { get; private set; }

    /// <summary>Set by every fault: what state the server is in is then not known, so nothing more may be asked.</summary>
    public bool IsBroken { get; private set; }

    public IPAddress OwnAddress => ((IPEndPoint)tcp.Client.LocalEndPoint!).Address;

    /// <summary>Something came that nobody asked for. Only sure on plain connections: TLS has messages of its own.</summary>
    public bool HasUnaskedData => end > start || (!IsEncrypted && tcp.Available > 0);

    public static async Task<SmtpConnection> Open(
        string host,
        int port,
        TimeSpan limit,
        TimeProvider clock,
        CancellationToken cancel
    )
    {
        var connection = new SmtpConnection(clock);
        try
        {
            await connection.Within(
                SubmissionStage.Connect,
                limit,
                async stop =>
                {
                    await connection.tcp.ConnectAsync(host, port, stop);
                    return 0;
                },
                cancel
            );
            connection.stream = connection.tcp.GetStream();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Turns the connection into an encrypted one.</summary>
    public Task Encrypt(SslClientAuthenticationOptions options, TimeSpan limit, CancellationToken cancel)
    {
        // What was sent before the handshake is anyone's; read later it would count as the server's own word
        // (the class of CVE-2011-0411). An honest server sends nothing here, so the connection is given up.
        if (end > start)
            throw Broken(SubmissionStage.StartTls, "the server sent something before encryption began");
        return Within(
            SubmissionStage.StartTls,
            limit,
            async stop =>
            {
                var encrypted = new SslStream(stream);
                stream = encrypted;
                await encrypted.AuthenticateAsClientAsync(options, stop);
                IsEncrypted = true;
                return 0;
            },
            cancel
        );
    }

    /// <summary>One command and its reply.</summary>
    public async Task<SmtpReply> Ask(string command, SubmissionStage stage, TimeSpan limit, CancellationToken cancel)
    {
        await Say([command], stage, limit, cancel);
        return await Read(stage, limit, cancel);
    }

    /// <summary>One or more commands, whose replies are read later.</summary>
    public Task Say(IEnumerable<string> commands, SubmissionStage stage, TimeSpan limit, CancellationToken cancel)
    {
        // Such a reply would be taken for that of the next command, and every outcome from then on be false.
        if (end > start)
            throw Broken(stage, "the server replied before it was asked");
        var lines = string.Concat(commands.Select(command => command + "\r\n"));
        return Write(Encoding.UTF8.GetBytes(lines), stage, limit, cancel);
    }

    public Task Write(ReadOnlyMemory<byte> bytes, SubmissionStage stage, TimeSpan limit, CancellationToken cancel) =>
        Within(
            stage,
            limit,
            async stop =>
            {
                await stream.WriteAsync(bytes, stop);
                await stream.FlushAsync(stop);
                return 0;
            },
            cancel
        );

    public Task<SmtpReply> Read(SubmissionStage stage, TimeSpan limit, CancellationToken cancel) =>
        // The limit is for the whole reply: a server that drips a line a minute would otherwise hold the sender for ever.
        Within(stage, limit, stop => ReadReply(stage, stop), cancel);

    public void Dispose()
    {
        stream.Dispose();
        tcp.Dispose();
    }

    private async Task<SmtpReply> ReadReply(SubmissionStage stage, CancellationToken stop)
    {
        var lines = new List<string>();
        int? code = null;
        while (true)
        {
            var line = SmtpReply.ReadLine((await ReadLine(stage, stop)).Span);
            if (line is not { } read)
                throw Broken(stage, "the server sent something that is no mail reply");
            if (code is not null && code != read.Code)
                throw Broken(stage, $"the server mixed the codes {code} and {read.Code} in one reply");
            code = read.Code;
            lines.Add(read.Text);
            if (!read.More)
            {
                // 421 announces the end of the connection, whatever it answers (RFC 5321 §3.8).
                IsBroken |= code == 421;
                return new SmtpReply(read.Code, lines);
            }
            if (lines.Count >= SmtpReply.MostLines)
                throw Broken(stage, $"a reply of the server has more than {SmtpReply.MostLines} lines");
        }
    }

    private async Task<ReadOnlyMemory<byte>> ReadLine(SubmissionStage stage, CancellationToken stop)
    {
        while (true)
        {
            var length = buffer.AsSpan(start, end - start).IndexOf((byte)'\n');
            if (length >= 0)
            {
                var line = buffer.AsMemory(start, length);
                start += length + 1;
                return line.Span.EndsWith("\r"u8) ? line[..^1] : line;
            }
            if (start > 0)
            {
                buffer.AsSpan(start, end - start).CopyTo(buffer);
                (start, end) = (0, end - start);
            }
            if (end == buffer.Length)
                throw Broken(stage, $"a line of the server is longer than {SmtpReply.LongestLine} bytes");
            var got = await stream.ReadAsync(buffer.AsMemory(end), stop);
            if (got == 0)
                throw Broken(stage, "the server closed the connection");
            end += got;
        }
    }

    private async Task<T> Within<T>(
        SubmissionStage stage,
        TimeSpan limit,
        Func<CancellationToken, Task<T>> act,
        CancellationToken cancel
    )
    {
        using var timer = new CancellationTokenSource(limit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancel);
        try
        {
            return await act(either.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw Broken(stage, $"no answer within {limit.TotalSeconds:0} seconds");
        }
        catch (OperationCanceledException)
        {
            IsBroken = true;
            throw;
        }
        catch (AuthenticationException fault)
        {
            throw Broken(stage, "encryption could not be set up: " + (fault.InnerException ?? fault).Message);
        }
        catch (Exception fault) when (fault is IOException or SocketException or ObjectDisposedException)
        {
            throw Broken(stage, (fault.InnerException ?? fault).Message);
        }
    }

    private SubmissionStopped Broken(SubmissionStage stage, string reason)
    {
        IsBroken = true;
        return SubmissionStopped.At(stage, reason);
    }
}
