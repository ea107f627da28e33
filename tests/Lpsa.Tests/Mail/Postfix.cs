using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Lpsa.Platform;

namespace Lpsa.Tests;

/// <summary>
/// A real Postfix in a folder of its own: STARTTLS and implicit TLS with a certificate of our own authority, sign-in
/// through SASL, and a mailbox on disk. It needs root, as Postfix always does.
/// </summary>
public sealed class Postfix : IAsyncLifetime
{
    public const string User = "platform@example.org";
    public const string Password = "päss w0rd:@/?";

    private readonly string folder = MailTools.Scratch();
    private Process? master;

    public int Port { get; } = MailTools.FreePort();
    public int TlsPort { get; } = MailTools.FreePort();
    public string AuthorityFile => Path.Combine(folder, "authority.pem");

    private string Configuration => Path.Combine(folder, "etc");

    internal SmtpSettings Settings(string scheme = "smtp", string options = "") =>
        SmtpSettings.Parse(
            $"{scheme}://{Uri.EscapeDataString(User)}:{Uri.EscapeDataString(Password)}@localhost:{(scheme == "smtps" ? TlsPort : Port)}"
                + $"?ca={AuthorityFile}{options}"
        );

    public async ValueTask InitializeAsync()
    {
        var postfix = MailTools.Find("postfix", "postfix libsasl2-modules sasl2-bin");
        if (Environment.UserName != "root")
            throw new InvalidOperationException(
                "The tests against a real Postfix must run as root, because Postfix starts only so."
            );

        foreach (var part in new[] { "etc", "queue", "data", "etc/sasl", "mailboxes" })
            Directory.CreateDirectory(Path.Combine(folder, part));
        MakeCertificates();
        await MakeAccount();
        await File.WriteAllTextAsync(Path.Combine(Configuration, "main.cf"), MainConfiguration());
        await File.WriteAllTextAsync(Path.Combine(Configuration, "master.cf"), MasterConfiguration());
        await MailTools.Run("/bin/chown", ["postfix", Path.Combine(folder, "data")]);
        await MailTools.Run("/bin/chown", ["nobody", Path.Combine(folder, "mailboxes")]);

        master = MailTools.Start(postfix, ["-c", Configuration, "start-fg"]);
        var errors = master.StandardError.ReadToEndAsync();
        master.OutputDataReceived += (_, _) => { };
        master.BeginOutputReadLine();
        await MailTools.AwaitPort(
            Port,
            master,
            () => (errors.IsCompleted ? errors.GetAwaiter().GetResult() : "") + Log()
        );
        await MailTools.AwaitPort(TlsPort, master, Log);
    }

    /// <summary>The delivered message whose Message-ID is given, as it lies in the mailbox.</summary>
    public Task<byte[]> Delivered(string messageId) =>
        MailTools.Await(
            async () =>
            {
                var box = Path.Combine(folder, "mailboxes", "inbox", "new");
                foreach (var file in Directory.Exists(box) ? Directory.GetFiles(box) : [])
                    if ((await File.ReadAllTextAsync(file)).Contains($"<{messageId}>"))
                        return await File.ReadAllBytesAsync(file);
                return null;
            },
            () => $"{messageId} did not arrive. {Log()}"
        );

    public async ValueTask DisposeAsync()
    {
        if (master is { HasExited: false })
        {
            await MailTools.Run(MailTools.Find("postfix", "postfix"), ["-c", Configuration, "stop"]);
            await master.WaitForExitAsync();
        }
        master?.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private string Log() =>
        File.Exists(Path.Combine(folder, "log")) ? File.ReadAllText(Path.Combine(folder, "log")) : "";

    private async Task MakeAccount()
    {
        // Debian's Postfix looks beside its own configuration whatever the setting says.
        var sasl = Path.Combine(Configuration, "sasl");
        var database = Path.Combine(folder, "sasldb2");
        await File.WriteAllTextAsync(
            Path.Combine(sasl, "smtpd.conf"),
            $"pwcheck_method: auxprop\nauxprop_plugin: sasldb\nsasldb_path: {database}\nmech_list: PLAIN LOGIN\n"
        );
        var name = User.Split('@');
        await MailTools.Run(
            MailTools.Find("saslpasswd2", "sasl2-bin"),
            ["-p", "-c", "-f", database, "-u", name[1], name[0]],
            Password
        );
        await MailTools.Run("/bin/chown", ["postfix", database]);
    }

    private void MakeCertificates()
    {
        var from = DateTimeOffset.UnixEpoch.AddYears(50);
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Authority of the tests", authorityKey, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var authority = request.CreateSelfSigned(from, from.AddYears(80));
        File.WriteAllText(AuthorityFile, authority.ExportCertificatePem());

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var server = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        server.CertificateExtensions.Add(names.Build());
        using var certificate = server.Create(authority, from, from.AddYears(79), [1, 2, 3, 4]);
        File.WriteAllText(
            Path.Combine(folder, "server.pem"),
            key.ExportPkcs8PrivateKeyPem() + "\n" + certificate.ExportCertificatePem() + "\n"
        );
    }

    private string MainConfiguration() =>
        $$"""
            compatibility_level = 3.6
            queue_directory = {{folder}}/queue
            data_directory = {{folder}}/data
            command_directory = /usr/sbin
            daemon_directory = /usr/lib/postfix/sbin
            maillog_file = {{folder}}/log
            maillog_file_prefixes = {{folder}}
            inet_interfaces = 127.0.0.1
            inet_protocols = ipv4
            myhostname = mail.example.org
            mydestination =
            mynetworks = 127.0.0.2/32
            alias_maps =
            local_recipient_maps =
            virtual_mailbox_domains = example.org
            virtual_mailbox_base = {{folder}}/mailboxes
            virtual_mailbox_maps = inline:{ reader@example.org=inbox/, second@example.org=inbox/, läsare@example.org=inbox/ }
            virtual_uid_maps = static:65534
            virtual_gid_maps = static:65534
            message_size_limit = 100000
            smtputf8_enable = yes
            smtpd_tls_chain_files = {{folder}}/server.pem
            smtpd_tls_security_level = may
            smtpd_tls_auth_only = yes
            smtpd_sasl_auth_enable = yes
            smtpd_sasl_path = smtpd
            cyrus_sasl_config_path = {{folder}}/etc/sasl
            smtpd_relay_restrictions = permit_sasl_authenticated, reject
            smtpd_recipient_restrictions = check_recipient_access inline:{ { busy@example.org = 450 4.2.1 The mailbox is busy } }
            smtpd_client_restrictions =

            """;

    private string MasterConfiguration() =>
        $"""
            127.0.0.1:{Port} inet n - n - - smtpd
            127.0.0.1:{TlsPort} inet n - n - - smtpd
              -o smtpd_tls_wrappermode=yes
            pickup unix n - n 60 1 pickup
            cleanup unix n - n - 0 cleanup
            qmgr unix n - n 300 1 qmgr
            tlsmgr unix - - n 1000? 1 tlsmgr
            rewrite unix - - n - - trivial-rewrite
            bounce unix - - n - 0 bounce
            defer unix - - n - 0 bounce
            trace unix - - n - 0 bounce
            flush unix n - n 1000? 0 flush
            proxymap unix - - n - - proxymap
            error unix - - n - - error
            retry unix - - n - - error
            discard unix - - n - - discard
            virtual unix - n n - - virtual
            anvil unix - - n - 1 anvil
            postlog unix-dgram n - n - 1 postlogd

            """;
}
