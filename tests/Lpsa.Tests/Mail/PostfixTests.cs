using Lpsa.Platform;

namespace Lpsa.Tests;

/// <summary>A real mail server from the first word to the mailbox.</summary>
public sealed class PostfixTests(Postfix postfix, PythonMail python) : IClassFixture<Postfix>, IClassFixture<PythonMail>
{
    private static readonly MailAddress Sender = MailAddress.Parse("platform@example.org");
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("smtp", "&tls=required")]
    [InlineData("smtp", "")]
    [InlineData("smtps", "")]
    public async Task A_signed_message_arrives_whole_over_an_encrypted_connection(string scheme, string options)
    {
        var message = MimeWriterTests.Message() with
        {
            Subject = "Décentralisation: ماذا بعد؟ 🎉",
            Text = ".\n..\nFrom here\nللقراءة\n",
            Html = "<p>.\n" + new string('x', 3000),
            MessageId = $"{Guid.NewGuid():N}@example.org",
        };

        var outcome = await Send(postfix.Settings(scheme, options), message, "reader@example.org");

        var delivered = Assert.IsType<SubmissionOutcome.Delivered>(outcome);
        Assert.Equal("2.0.0", delivered.Reply.EnhancedStatus);
        var bytes = await postfix.Delivered(message.MessageId);
        var read = python.Read(bytes);
        Assert.Equal(message.Subject, read.Subject);
        Assert.Equal(MimeWriterTests.Unix(message.Text), MimeWriterTests.Unix(read.Text!));
        Assert.Equal(message.Html, MimeWriterTests.Unix(read.Html!));
        Assert.Contains("ESMTPSA", read.Header("Received"));
        var folder = MailTools.Scratch();
        Assert.Contains("dkim=pass", await DkimSignerTests.Verdict(bytes, folder));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Postfix_answers_for_each_recipient()
    {
        await using var client = new SubmissionClient(postfix.Settings(), TimeProvider.System);
        MailAddress[] people =
        [
            .. new[] { "nobody@example.org", "busy@example.org", "second@example.org" }.Select(a =>
                MailAddress.Parse(a)
            ),
        ];

        var outcomes = await client.Submit(
            new MailEnvelope(Sender, people),
            MimeWriterTests.Write(MimeWriterTests.Message()),
            Cancel
        );

        Assert.Equal(
            "5.1.1",
            Assert.IsType<SubmissionOutcome.RejectedRecipient>(outcomes[0].Outcome).Reply.EnhancedStatus
        );
        Assert.Equal("4.2.1", Assert.IsType<SubmissionOutcome.Deferred>(outcomes[1].Outcome).Reply.EnhancedStatus);
        Assert.IsType<SubmissionOutcome.Delivered>(outcomes[2].Outcome);
    }

    [Fact]
    public async Task When_nobody_is_accepted_the_next_message_still_goes_out()
    {
        await using var client = new SubmissionClient(postfix.Settings(), TimeProvider.System);
        var message = MimeWriterTests.Write(MimeWriterTests.Message());

        var first = await client.Submit(
            new MailEnvelope(Sender, [MailAddress.Parse("nobody@example.org")]),
            message,
            Cancel
        );
        var second = await client.Submit(
            new MailEnvelope(null, [MailAddress.Parse("reader@example.org")]),
            message,
            Cancel
        );

        Assert.IsType<SubmissionOutcome.RejectedRecipient>(first[0].Outcome);
        Assert.IsType<SubmissionOutcome.Delivered>(second[0].Outcome);
    }

    [Fact]
    public async Task A_wrong_password_is_our_fault_and_not_the_recipients()
    {
        var outcome = await Send(
            postfix.Settings() with
            {
                Secret = "wrong",
            },
            MimeWriterTests.Message(),
            "reader@example.org"
        );

        var refused = Assert.IsType<SubmissionOutcome.Refused>(outcome);
        Assert.Equal((SubmissionStage.Authenticate, "5.7.8"), (refused.Stage, refused.Reply.EnhancedStatus));
        Assert.True(refused.MayRetry);
    }

    [Fact]
    public async Task A_server_with_a_certificate_of_an_unknown_authority_gets_no_password()
    {
        var outcome = await Send(
            postfix.Settings("smtps") with
            {
                AuthorityFile = null,
            },
            MimeWriterTests.Message(),
            "reader@example.org"
        );

        var failed = Assert.IsType<SubmissionOutcome.Failed>(outcome);
        Assert.Equal(SubmissionStage.StartTls, failed.Stage);
        Assert.Contains("encryption could not be set up", failed.Reason);
    }

    [Fact]
    public async Task A_message_too_large_is_said_so_before_it_is_sent() =>
        Assert.Contains(
            "the server takes 100000",
            Assert
                .IsType<SubmissionOutcome.Unsupported>(
                    await Send(
                        postfix.Settings(),
                        MimeWriterTests.Message() with
                        {
                            Text = new string('x', 120_000),
                        },
                        "reader@example.org"
                    )
                )
                .Reason
        );

    [Fact]
    public async Task An_address_with_letters_beyond_ASCII_is_served()
    {
        var message = MimeWriterTests.Message() with
        {
            To = [MailAddress.Parse("läsare@example.org", "Läsare")],
            MessageId = $"{Guid.NewGuid():N}@example.org",
        };

        var outcome = await Send(postfix.Settings(), message, "läsare@example.org");

        Assert.True(outcome is SubmissionOutcome.Delivered, outcome.Explanation);
        Assert.Contains(
            "läsare@example.org",
            System.Text.Encoding.UTF8.GetString(await postfix.Delivered(message.MessageId))
        );
    }

    private static async Task<SubmissionOutcome> Send(SmtpSettings settings, MailMessage message, string to)
    {
        await using var client = new SubmissionClient(settings, TimeProvider.System);
        var envelope = new MailEnvelope(Sender, [MailAddress.Parse(to)]);
        return Assert.Single(await client.Submit(envelope, DkimSignerTests.Sign(message), Cancel)).Outcome;
    }
}
