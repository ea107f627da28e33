using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace Lpsa.Platform;

/// <summary>A connection that was greeted, encrypted and signed in, ready for one message after another.</summary>
internal sealed class SmtpSession : IAsyncDisposable
{
    private readonly SmtpTimeouts timeouts;

    private SmtpSession(SmtpConnection connection, SmtpTimeouts timeouts) =>
        (Connection, this.timeouts) = (connection, timeouts);

    public SmtpConnection Connection { get; }
    public SmtpCapabilities Offered { get; private set; } = SmtpCapabilities.None;
    public int Messages { get; set; }

    /// <summary>A transaction was begun and not ended; the next must clear it first.</summary>
    public bool NeedsReset { get; set; }

    /// <exception cref="SubmissionStopped">Any step was refused or failed.</exception>
    public static async Task<SmtpSession> Open(
        SmtpSettings settings,
        SmtpTimeouts timeouts,
        TimeProvider clock,
        CancellationToken cancel
    )
    {
        var connection = await SmtpConnection.Open(settings.Host, settings.Port, timeouts.Connect, clock, cancel);
        var session = new SmtpSession(connection, timeouts);
        try
        {
            await session.Prepare(settings, cancel);
            return session;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private async Task Prepare(SmtpSettings settings, CancellationToken cancel)
    {
        if (settings.Security == SmtpSecurity.ImplicitTls)
            await Connection.Encrypt(Tls(settings), timeouts.Command, cancel);

        var greeting = await Connection.Read(SubmissionStage.Greeting, timeouts.Greeting, cancel);
        if (greeting.Code != 220)
            throw SubmissionStopped.By(SubmissionStage.Greeting, greeting);
        await Hello(settings, cancel);

        if (settings.Security is SmtpSecurity.StartTlsRequired or SmtpSecurity.StartTlsWhenOffered)
            await StartTls(settings, cancel);
        if (settings.User.Length > 0)
            await SmtpSignIn.Run(Connection, Offered, settings, timeouts.Command, cancel);
    }

    private async Task Hello(SmtpSettings settings, CancellationToken cancel)
    {
        var name = settings.OwnName ?? AddressLiteral();
        var reply = await Connection.Ask("EHLO " + name, SubmissionStage.Hello, timeouts.Command, cancel);
        Offered = reply.IsPositive ? SmtpCapabilities.From(reply) : SmtpCapabilities.None;
        if (reply.IsPermanent)
            reply = await Connection.Ask("HELO " + name, SubmissionStage.Hello, timeouts.Command, cancel);
        if (!reply.IsPositive)
            throw SubmissionStopped.By(SubmissionStage.Hello, reply);
    }

    private async Task StartTls(SmtpSettings settings, CancellationToken cancel)
    {
        if (!Offered.StartTls)
        {
            if (settings.Security == SmtpSecurity.StartTlsRequired)
                throw SubmissionStopped.At(
                    SubmissionStage.StartTls,
                    "encryption is required and the server does not offer STARTTLS"
                );
            return;
        }

        var reply = await Connection.Ask("STARTTLS", SubmissionStage.StartTls, timeouts.Command, cancel);
        if (reply.IsPositive)
        {
            await Connection.Encrypt(Tls(settings), timeouts.Command, cancel);
            // What was offered before the handshake may have been written by anyone, so it is asked again.
            await Hello(settings, cancel);
        }
        else if (settings.Security == SmtpSecurity.StartTlsRequired)
            throw SubmissionStopped.By(SubmissionStage.StartTls, reply);
    }

    private static SslClientAuthenticationOptions Tls(SmtpSettings settings)
    {
        var options = new SslClientAuthenticationOptions { TargetHost = settings.Host };
        if (settings.Security == SmtpSecurity.StartTlsWhenOffered)
        {
            options.RemoteCertificateValidationCallback = (_, _, _, _) => true;
        }
        else if (settings.AuthorityFile is { } file)
        {
            var policy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
            };
            policy.CustomTrustStore.ImportFromPemFile(file);
            options.CertificateChainPolicy = policy;
        }
        return options;
    }

    private string AddressLiteral()
    {
        var address = Connection.OwnAddress;
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? $"[IPv6:{address.ToString().Split('%')[0]}]"
            : $"[{address}]";
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (!Connection.IsBroken)
                await Connection.Ask("QUIT", SubmissionStage.Content, timeouts.Quit, CancellationToken.None);
        }
        catch (SubmissionStopped)
        {
            // Every message has its outcome already; how the server takes leave changes none of them.
        }
        Connection.Dispose();
    }
}
