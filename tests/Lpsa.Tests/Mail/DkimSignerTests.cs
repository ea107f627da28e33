using System.Security.Cryptography;
using System.Text;
using Lpsa.Platform;

namespace Lpsa.Tests;

/// <summary>OpenDKIM is the judge: it gets the public key from a file instead of the name service.</summary>
public sealed class DkimSignerTests : IDisposable
{
    private static readonly RSA Key = RSA.Create(2048);
    private readonly string folder = MailTools.Scratch();

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task OpenDKIM_finds_our_signatures_good()
    {
        var messages = new[]
        {
            MimeWriterTests.Message(),
            MimeWriterTests.Message() with
            {
                Subject = new string('é', 300),
                Html = "<p>اللامركزية",
                Text = "a  b \n\n\n\nlast\n\n\n",
            },
            MimeWriterTests.Message() with
            {
                From = MailAddress.Parse("platform@example.org", "Élan, “the” office"),
                ReplyTo = MailAddress.Parse("answers@example.org"),
                Headers = [MailHeader.ListUnsubscribe(new Uri("https://example.org/u/1")), MailHeader.OneClick],
                Attachments = [new MailAttachment("ملف.pdf", "application/pdf", new byte[5000])],
            },
        };

        foreach (var message in messages)
            Assert.Contains("dkim=pass", await Verdict(Sign(message)));
    }

    [Theory]
    [InlineData("Some text.", "Some test.")]
    [InlineData("Subject: A subject", "Subject: B subject")]
    [InlineData("From: \"The", "From: \"A")]
    [InlineData("\r\nFrom: ", "\r\nSubject: A second subject\r\nFrom: ")]
    [InlineData("\r\nTo: ", "\r\nFrom: forger@example.org\r\nTo: ")]
    [InlineData("\r\nTo: ", "\r\nReply-To: forger@example.org\r\nTo: ")]
    [InlineData("\r\nTo: ", "\r\nList-Unsubscribe: <https://forger.example>\r\nTo: ")]
    [InlineData("List-Unsubscribe-Post", "X-Unsubscribe-Post")]
    public async Task A_changed_message_fails(string before, string after)
    {
        var signed = Encoding.ASCII.GetString(
            Sign(
                MimeWriterTests.Message() with
                {
                    From = MailAddress.Parse("platform@example.org", "The (real) platform"),
                    Headers = [MailHeader.OneClick],
                }
            )
        );
        var head = signed.IndexOf("Date: ", StringComparison.Ordinal);
        var changed = signed[..head] + signed[head..].Replace(before, after);
        Assert.NotEqual(signed, changed);

        Assert.Contains("dkim=fail", await Verdict(Encoding.ASCII.GetBytes(changed)));
    }

    [Fact]
    public async Task Space_that_a_server_changes_does_no_harm()
    {
        var signed = Encoding.ASCII.GetString(Sign(MimeWriterTests.Message() with { Text = "a b\n\nc" }));

        var handled =
            signed.Replace("Subject: A subject", "SUBJECT:  A\r\n\tsubject  ").Replace("\r\n\r\nc", " \t\r\n\r\nc")
            + "\r\n\r\n";

        Assert.Contains("dkim=pass", await Verdict(Encoding.ASCII.GetBytes(handled)));
    }

    [Fact]
    public void A_key_that_cannot_sign_is_refused_at_once()
    {
        Assert.Throws<ArgumentException>(() => Signer("not a key"));
        Assert.Throws<ArgumentException>(() => Signer(Key.ExportSubjectPublicKeyInfoPem()));
        using var small = RSA.Create(512);
        Assert.Contains(
            "512 bits",
            Assert.Throws<ArgumentException>(() => Signer(small.ExportPkcs8PrivateKeyPem())).Message
        );
        Assert.Throws<ArgumentException>(() =>
            new DkimSigner("example.org;x", "s", Key.ExportPkcs8PrivateKeyPem(), TimeProvider.System)
        );
    }

    internal static byte[] Sign(MailMessage message)
    {
        using var signer = Signer(Key.ExportPkcs8PrivateKeyPem());
        return signer.Sign(MimeWriterTests.Write(message));
    }

    internal static async Task<string> Verdict(byte[] message, string folder)
    {
        using var signer = Signer(Key.ExportPkcs8PrivateKeyPem());
        await File.WriteAllTextAsync(Path.Combine(folder, "keys"), $"{signer.RecordName} {signer.Record}\n");
        await File.WriteAllTextAsync(
            Path.Combine(folder, "verify.conf"),
            $"Mode v\nTestPublicKeys {folder}/keys\nTemporaryDirectory {folder}\n"
        );
        await File.WriteAllBytesAsync(Path.Combine(folder, "message"), message);
        return await MailTools.Run(
            MailTools.Find("opendkim", "opendkim"),
            ["-x", folder + "/verify.conf", "-vvv", "-t", folder + "/message"]
        );
    }

    private static DkimSigner Signer(string pem) => new("example.org", "tests", pem, TimeProvider.System);

    private Task<string> Verdict(byte[] message) => Verdict(message, folder);
}
