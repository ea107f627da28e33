using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Lpsa.Platform;

namespace Lpsa.Tests;

/// <summary>
/// The other end of the line, playing one written dialogue per connection. Lines of a dialogue:
/// <c>S: text</c> the server says a line; <c>C: text</c> it must hear this line (<c>*</c> at the end: anything more);
/// <c>DATA</c> it reads up to the final dot; <c>TLS</c> the handshake; <c>CLOSE</c> it hangs up; <c>WAIT</c> it stays silent.
/// </summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly X509Certificate2 certificate = MakeCertificate();
    private readonly Task play;

    public ScriptedServer(params string[] dialogues)
    {
        listener.Start();
        play = Play(dialogues);
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public SmtpSettings Settings(string signIn = "", string options = "", string scheme = "smtp") =>
        SmtpSettings.Parse($"{scheme}://{signIn}127.0.0.1:{Port}?name=tests.example.org{options}");

    /// <summary>Bytes between DATA and the final dot, as they came over the wire.</summary>
    public List<string> Heard { get; } = [];

    /// <summary>Set when a dialogue has come to WAIT.</summary>
    public SemaphoreSlim IsWaiting { get; } = new(0);

    /// <summary>Ends when all dialogues were played; throws where the client said something else.</summary>
    public Task Played => play.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await Task.WhenAny(play);
        stop.Dispose();
        certificate.Dispose();
    }

    private async Task Play(string[] dialogues)
    {
        foreach (var dialogue in dialogues)
        {
            using var client = await listener.AcceptTcpClientAsync(stop.Token);
            client.NoDelay = true;
            Stream stream = client.GetStream();
            foreach (
                var line in dialogue.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            )
            {
                if (line == "CLOSE")
                    break;
                if (line == "WAIT")
                {
                    IsWaiting.Release();
                    await Task.Delay(Timeout.Infinite, stop.Token);
                }
                else if (line == "TLS")
                {
                    var encrypted = new SslStream(stream);
                    stream = encrypted;
                    await encrypted.AuthenticateAsServerAsync(certificate);
                }
                else if (line == "DATA")
                    Heard.Add(await ReadUpTo(stream, "\r\n.\r\n"));
                else if (line.StartsWith("S: ", StringComparison.Ordinal))
                    // "\n" joins lines into one packet, "\e" ends without a line break.
                    await stream.WriteAsync(
                        Encoding.UTF8.GetBytes((line[3..].Replace("\\n", "\r\n") + "\r\n").Replace("\\e\r\n", "")),
                        stop.Token
                    );
                else
                    Expect(line["C:".Length..].TrimStart(), (await ReadUpTo(stream, "\r\n"))[..^2]);
            }
        }
    }

    private static void Expect(string expected, string heard)
    {
        var fits = expected.EndsWith('*')
            ? heard.StartsWith(expected[..^1], StringComparison.Ordinal)
            : heard == expected;
        if (!fits)
            throw new InvalidOperationException($"The script expects “{expected}” and the client says “{heard}”.");
    }

    private async Task<string> ReadUpTo(Stream stream, string end)
    {
        var heard = new List<byte>();
        var one = new byte[1];
        while (
            !Encoding
                .UTF8.GetString(heard.ToArray().AsSpan(Math.Max(0, heard.Count - end.Length)))
                .EndsWith(end, StringComparison.Ordinal)
        )
        {
            if (await stream.ReadAsync(one, stop.Token) == 0)
                throw new EndOfStreamException($"The client hung up after “{Encoding.UTF8.GetString([.. heard])}”.");
            heard.Add(one[0]);
        }
        return Encoding.UTF8.GetString([.. heard]);
    }

    private static X509Certificate2 MakeCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var from = DateTimeOffset.UnixEpoch.AddYears(50);
        return new CertificateRequest("CN=stranger.example", key, HashAlgorithmName.SHA256).CreateSelfSigned(
            from,
            from.AddYears(80)
        );
    }
}
