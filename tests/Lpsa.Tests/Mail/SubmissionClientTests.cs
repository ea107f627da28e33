using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Lpsa.Platform;

namespace Lpsa.Tests;

/// <summary>Dialogues that real servers hold only on bad days, played word for word.</summary>
public sealed partial class SubmissionClientTests
{
    private const string Greeted = """
        S: 220 mail.example.org ESMTP Postfix
        C: EHLO tests.example.org
        S: 250-mail.example.org
        S: 250-PIPELINING
        S: 250-SIZE 10240000
        S: 250-ENHANCEDSTATUSCODES
        S: 250 8BITMIME

        """;

    private const string Accepted = """
        C: MAIL FROM:<platform@example.org> SIZE=*
        C: RCPT TO:<reader@example.org>
        C: DATA
        S: 250 2.1.0 Ok\n250 2.1.5 Ok\n354 End data with <CR><LF>.<CR><LF>
        DATA

        """;

    private static readonly MailAddress Reader = MailAddress.Parse("reader@example.org");
    private static readonly MailEnvelope Envelope = new(MailAddress.Parse("platform@example.org"), [Reader]);
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_is_handed_over_and_the_connection_is_used_again()
    {
        await using var server = new ScriptedServer(
            Greeted
                + Accepted
                + "S: 250 2.0.0 Ok: queued as 1\n"
                + Accepted
                + "S: 250 2.0.0 Ok: queued as 2\nC: QUIT\nS: 221 2.0.0 Bye"
        );
        await using (var client = new SubmissionClient(server.Settings(), TimeProvider.System))
        {
            var first = Assert.IsType<SubmissionOutcome.Delivered>(await Send(client));
            Assert.Equal(("2.0.0", "2.0.0 Ok: queued as 1"), (first.Reply.EnhancedStatus, first.Reply.Text));
            Assert.IsType<SubmissionOutcome.Delivered>(await Send(client));
        }
        await server.Played;
    }

    [Fact]
    public async Task Lines_that_start_with_a_dot_get_another()
    {
        await using var server = new ScriptedServer(Greeted + Accepted + "S: 250 Ok\nC: QUIT\nS: 221 Bye");
        await using (var client = new SubmissionClient(server.Settings(), TimeProvider.System))
            await Send(client, ".a\r\n..\r\n.\r\nb.\r\n"u8.ToArray());

        await server.Played;
        Assert.Equal("..a\r\n...\r\n..\r\nb.\r\n.\r\n", server.Heard.Single());
    }

    [Fact]
    public async Task A_server_without_EHLO_is_greeted_the_old_way()
    {
        await using var server = new ScriptedServer(
            """
            S: 220 old.example.org
            C: EHLO tests.example.org
            S: 502 Command not implemented
            C: HELO tests.example.org
            S: 250 old.example.org
            C: MAIL FROM:<platform@example.org>
            S: 250 Ok
            C: RCPT TO:<reader@example.org>
            S: 250 Ok
            C: DATA
            S: 354 Go on
            DATA
            S: 250 Ok
            C: QUIT
            S: 221
            """
        );
        await using (var client = new SubmissionClient(server.Settings(), TimeProvider.System))
            Assert.IsType<SubmissionOutcome.Delivered>(await Send(client));
        await server.Played;
    }

    [Theory]
    [InlineData("CLOSE", "the server closed the connection")]
    [InlineData("S: 250-2.0.0 half\nCLOSE", "the server closed the connection")]
    [InlineData("S: HTTP/1.1 400 Bad Request", "no mail reply")]
    [InlineData("S: 354 what", "354 what")]
    public async Task After_the_final_dot_a_lost_reply_is_unknown_and_never_retried(string ending, string reason)
    {
        await using var server = new ScriptedServer(Greeted + Accepted + ending);
        await using var client = new SubmissionClient(server.Settings(), TimeProvider.System);

        var outcome = Assert.IsType<SubmissionOutcome.Unknown>(await Send(client));

        Assert.Contains(reason, outcome.Reason);
        Assert.False(outcome.MayRetry);
    }

    [Theory]
    [InlineData("CLOSE", SubmissionStage.Greeting)]
    [InlineData("S: 220 hello\nCLOSE", SubmissionStage.Hello)]
    [InlineData("S: 220 hello\nC: EHLO*\nS: 250 hello\nC: MAIL*\nCLOSE", SubmissionStage.MailFrom)]
    [InlineData(
        "S: 220 hello\nC: EHLO*\nS: 250 hello\nC: MAIL*\nS: 250 ok\nC: RCPT*\nCLOSE",
        SubmissionStage.Recipient
    )]
    [InlineData(
        "S: 220 hello\nC: EHLO*\nS: 250 hello\nC: MAIL*\nS: 250 ok\nC: RCPT*\nS: 250 ok\nC: DATA\nCLOSE",
        SubmissionStage.Data
    )]
    [InlineData("S: 220 hello\nC: EHLO*\nS: 250-hello\\n250 ok\\n250 too early\nC: MAIL*", SubmissionStage.MailFrom)]
    [InlineData("S: 220-a\nS: 250 b", SubmissionStage.Greeting)]
    [InlineData("S: 22x hello", SubmissionStage.Greeting)]
    [InlineData("S: 2200 hello", SubmissionStage.Greeting)]
    [InlineData("S: 120 hello", SubmissionStage.Greeting)]
    public async Task Before_the_final_dot_a_lost_connection_is_a_failure_that_may_be_retried(
        string dialogue,
        SubmissionStage stage
    )
    {
        await using var server = new ScriptedServer(dialogue);
        await using var client = new SubmissionClient(server.Settings(), TimeProvider.System);

        var outcome = Assert.IsType<SubmissionOutcome.Failed>(await Send(client));

        Assert.Equal(stage, outcome.Stage);
        Assert.True(outcome.MayRetry);
    }

    [Fact]
    public async Task A_server_that_cannot_be_reached_is_a_failure_at_the_first_stage()
    {
        await using var client = new SubmissionClient(
            SmtpSettings.Parse($"smtp://127.0.0.1:{MailTools.FreePort()}"),
            TimeProvider.System
        );

        Assert.Equal(SubmissionStage.Connect, Assert.IsType<SubmissionOutcome.Failed>(await Send(client)).Stage);
    }

    [Theory]
    [InlineData("S: 554 5.7.1 Your address is blocked", SubmissionStage.Greeting)]
    [InlineData("S: 220 hello\nC: EHLO*\nS: 550 no\nC: HELO*\nS: 550 no", SubmissionStage.Hello)]
    [InlineData("S: 220 hello\nC: EHLO*\nS: 250 hello\nC: MAIL*\nS: 530 5.7.0 Sign in first", SubmissionStage.MailFrom)]
    public async Task A_refusal_of_ourselves_does_not_cost_the_recipient_the_message(
        string dialogue,
        SubmissionStage stage
    )
    {
        await using var server = new ScriptedServer(dialogue);
        await using var client = new SubmissionClient(server.Settings(), TimeProvider.System);

        var outcome = Assert.IsType<SubmissionOutcome.Refused>(await Send(client));

        Assert.Equal(stage, outcome.Stage);
        Assert.True(outcome.MayRetry);
    }

    [Fact]
    public async Task Each_recipient_gets_a_reply_of_its_own()
    {
        await using var server = new ScriptedServer(
            Greeted
                + """
                C: MAIL FROM:<> SIZE=*
                C: RCPT TO:<a@example.org>
                C: RCPT TO:<b@example.org>
                C: RCPT TO:<c@example.org>
                C: DATA
                S: 250 2.1.0 Ok\n550 5.1.1 No such person\n250 2.1.5 Ok\n450-4.2.2 Mailbox full\n450 4.2.2 Come back\n354 Go on
                DATA
                S: 250 2.0.0 Ok
                C: QUIT
                S: 221 Bye
                """
        );
        MailAddress[] three =
        [
            MailAddress.Parse("a@example.org"),
            MailAddress.Parse("b@example.org"),
            MailAddress.Parse("c@example.org"),
        ];
        await using (var client = new SubmissionClient(server.Settings(), TimeProvider.System))
        {
            var outcomes = await client.Submit(new MailEnvelope(null, three), Message(), Cancel);

            Assert.Equal(three, outcomes.Select(o => o.Recipient));
            Assert.Equal(
                "5.1.1",
                Assert.IsType<SubmissionOutcome.RejectedRecipient>(outcomes[0].Outcome).Reply.EnhancedStatus
            );
            Assert.IsType<SubmissionOutcome.Delivered>(outcomes[1].Outcome);
            Assert.Equal(2, Assert.IsType<SubmissionOutcome.Deferred>(outcomes[2].Outcome).Reply.Lines.Count);
        }
        await server.Played;
    }

    [Fact]
    public async Task A_server_that_asks_for_a_message_nobody_may_receive_gets_no_text_and_the_next_message_starts_clean()
    {
        await using var server = new ScriptedServer(
            Greeted
                + """
                C: MAIL*
                C: RCPT*
                C: DATA
                S: 250 Ok\n550 5.1.1 No such person\n354 Go on
                C: .
                S: 554 No recipients
                C: RSET
                S: 250 Ok

                """
                + Accepted
                + "S: 250 Ok\nC: QUIT\nS: 221 Bye"
        );
        await using (var client = new SubmissionClient(server.Settings(), TimeProvider.System))
        {
            Assert.IsType<SubmissionOutcome.RejectedRecipient>(await Send(client));
            Assert.IsType<SubmissionOutcome.Delivered>(await Send(client));
        }
        await server.Played;
    }

    [Theory]
    [InlineData("CLOSE")]
    [InlineData("C: MAIL*\nS: 421 4.4.2 Idle too long\nCLOSE")]
    public async Task A_kept_connection_that_the_server_closed_meanwhile_is_replaced(string ending)
    {
        await using var server = new ScriptedServer(
            Greeted + Accepted + "S: 250 Ok\n" + ending,
            Greeted + Accepted + "S: 250 Ok\nC: QUIT\nS: 221 Bye"
        );
        await using (var client = new SubmissionClient(server.Settings(), TimeProvider.System))
        {
            Assert.IsType<SubmissionOutcome.Delivered>(await Send(client));
            Assert.IsType<SubmissionOutcome.Delivered>(await Send(client));
        }
        await server.Played;
    }

    [Fact]
    public async Task What_was_said_before_encryption_is_never_heard_after_it()
    {
        await using var server = new ScriptedServer(
            """
            S: 220 hello
            C: EHLO*
            S: 250-hello\n250 STARTTLS
            C: STARTTLS
            S: 220 Ready\n250-hello\n250 AUTH PLAIN
            """
        );
        await using var client = new SubmissionClient(server.Settings("me:secret@"), TimeProvider.System);

        var outcome = Assert.IsType<SubmissionOutcome.Failed>(await Send(client));

        Assert.Equal(
            (SubmissionStage.StartTls, "the server sent something before encryption began"),
            (outcome.Stage, outcome.Reason)
        );
    }

    [Fact]
    public async Task Without_the_encryption_that_is_required_nothing_is_sent()
    {
        await using var stripped = new ScriptedServer(Greeted);
        await using var first = new SubmissionClient(stripped.Settings("", "&tls=required"), TimeProvider.System);
        Assert.Equal(SubmissionStage.StartTls, Assert.IsType<SubmissionOutcome.Failed>(await Send(first)).Stage);

        const string offered = "S: 220 hello\nC: EHLO*\nS: 250-hello\\n250 STARTTLS\nC: STARTTLS\n";
        await using var refused = new ScriptedServer(offered + "S: 454 4.7.0 Not available");
        await using var second = new SubmissionClient(refused.Settings("", "&tls=required"), TimeProvider.System);
        Assert.Equal(SubmissionStage.StartTls, Assert.IsType<SubmissionOutcome.Deferred>(await Send(second)).Stage);

        await using var stranger = new ScriptedServer(offered + "S: 220 Ready\nTLS");
        await using var third = new SubmissionClient(stranger.Settings("", "&tls=required"), TimeProvider.System);
        Assert.Contains(
            "encryption could not be set up",
            Assert.IsType<SubmissionOutcome.Failed>(await Send(third)).Reason
        );
    }

    [Fact]
    public async Task A_wish_for_encryption_is_met_with_any_certificate()
    {
        await using var server = new ScriptedServer(
            "S: 220 hello\nC: EHLO*\nS: 250-hello\\n250 STARTTLS\nC: STARTTLS\nS: 220 Ready\nTLS\n"
                + Greeted["S: 220 mail.example.org ESMTP Postfix\n".Length..]
                + Accepted
                + "S: 250 Ok\nC: QUIT\nS: 221 Bye"
        );
        await using (var client = new SubmissionClient(server.Settings(), TimeProvider.System))
            Assert.IsType<SubmissionOutcome.Delivered>(await Send(client));
        await server.Played;
    }

    private static byte[] Message() => MimeWriterTests.Write(MimeWriterTests.Message());

    private static async Task<SubmissionOutcome> Send(SubmissionClient client, byte[]? message = null) =>
        Assert.Single(await client.Submit(Envelope, message ?? Message(), Cancel)).Outcome;
}
