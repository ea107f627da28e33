using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Lpsa.Platform;

namespace Lpsa.Tests;

public sealed partial class SubmissionClientTests
{
    [Theory]
    // The dialogue of smtp.gmail.com for a good token, with other names.
    [InlineData(
        "AUTH LOGIN PLAIN XOAUTH2",
        "&auth=xoauth2",
        "C: AUTH XOAUTH2 dXNlcj1tZQFhdXRoPUJlYXJlciBzZWNyZXQBAQ==\nS: 235 2.7.0 Accepted"
    )]
    [InlineData("AUTH PLAIN LOGIN", "", "C: AUTH PLAIN AG1lAHNlY3JldA==\nS: 235 2.7.0 Authentication successful")]
    [InlineData(
        "AUTH=LOGIN",
        "",
        "C: AUTH LOGIN\nS: 334 VXNlcm5hbWU6\nC: bWU=\nS: 334 UGFzc3dvcmQ6\nC: c2VjcmV0\nS: 235 Ok"
    )]
    [InlineData("AUTH=LOGIN\\n250-AUTH LOGIN PLAIN", "", "C: AUTH PLAIN AG1lAHNlY3JldA==\nS: 235 Ok")]
    public async Task Sign_in_uses_the_best_way_on_offer(string offer, string options, string dialogue)
    {
        await using var server = new ScriptedServer(
            $"S: 220 hello\nC: EHLO*\nS: 250-hello\\n250-{offer}\\n250-SIZE\\n250 PIPELINING\n{dialogue}\n{Accepted}S: 250 Ok\nC: QUIT\nS: 221 Bye"
        );
        await using (var client = new SubmissionClient(server.Settings("me:secret@", options), TimeProvider.System))
            Assert.IsType<SubmissionOutcome.Delivered>(await Send(client));
        await server.Played;
    }

    [Fact]
    public async Task A_refused_sign_in_is_said_with_its_stage_and_reply()
    {
        await using var server = new ScriptedServer(
            """
            S: 220 hello
            C: EHLO*
            S: 250-hello\n250 AUTH XOAUTH2
            C: AUTH XOAUTH2 *
            S: 334 eyJzdGF0dXMiOiI0MDAifQ==
            C:
            S: 535-5.7.8 Username and Password not accepted.\n535 5.7.8 Learn more
            """
        );
        await using var client = new SubmissionClient(
            server.Settings("me:secret@", "&auth=xoauth2"),
            TimeProvider.System
        );

        var outcome = Assert.IsType<SubmissionOutcome.Refused>(await Send(client));

        Assert.Equal(
            (SubmissionStage.Authenticate, 535, "5.7.8"),
            (outcome.Stage, outcome.Reply.Code, outcome.Reply.EnhancedStatus)
        );
        Assert.True(outcome.MayRetry);
        Assert.DoesNotContain("secret", outcome.Explanation);
    }

    [Theory]
    [InlineData("SIZE 20", "the server takes 20")]
    [InlineData("SIZE", "needs SMTPUTF8")]
    public async Task What_a_server_cannot_carry_is_said_before_it_is_tried(string offer, string reason)
    {
        await using var server = new ScriptedServer(
            $"S: 220 hello\nC: EHLO*\nS: 250-hello\\n250 {offer}\nC: QUIT\nS: 221 Bye"
        );
        await using (var client = new SubmissionClient(server.Settings(), TimeProvider.System))
        {
            var envelope = new MailEnvelope(null, [MailAddress.Parse("läsare@example.org")]);
            var outcome = Assert.Single(await client.Submit(envelope, Message(), Cancel)).Outcome;
            Assert.Contains(reason, Assert.IsType<SubmissionOutcome.Unsupported>(outcome).Reason);
            Assert.False(outcome.MayRetry);
        }
        await server.Played;
    }

    [Fact]
    public async Task Endless_replies_end()
    {
        await using var manyLines = new ScriptedServer(string.Concat(Enumerable.Repeat("S: 220-more\n", 200)));
        await using var first = new SubmissionClient(manyLines.Settings(), TimeProvider.System);
        Assert.Contains("more than 128 lines", Assert.IsType<SubmissionOutcome.Failed>(await Send(first)).Reason);

        await using var longLine = new ScriptedServer("S: 220 " + new string('x', 5000) + "\\e\nWAIT");
        await using var second = new SubmissionClient(longLine.Settings(), TimeProvider.System);
        Assert.Contains("longer than 4096 bytes", Assert.IsType<SubmissionOutcome.Failed>(await Send(second)).Reason);
    }

    [Fact]
    public void No_reply_line_breaks_the_reader() =>
        Prop.ForAll<byte[]>(line =>
            {
                if (SmtpReply.ReadLine(line) is { } read)
                {
                    Assert.InRange(read.Code, 200, 599);
                    Assert.DoesNotContain(read.Text, char.IsControl);
                }
            })
            .Check(Steady.Config());

    [Fact]
    public async Task A_silent_server_is_given_up_after_the_time_of_its_stage()
    {
        var time = new SteppedTime();
        await using var server = new ScriptedServer("S: 220 hello\nC: EHLO*\nWAIT");
        await using var client = new SubmissionClient(server.Settings(), time)
        {
            Timeouts = new() { Command = TimeSpan.FromSeconds(77) },
        };

        var sending = Send(client);
        await server.IsWaiting.WaitAsync(Cancel);
        await time.Expecting(TimeSpan.FromSeconds(77));
        time.Advance(TimeSpan.FromSeconds(77));

        var outcome = Assert.IsType<SubmissionOutcome.Failed>(await sending);
        Assert.Equal((SubmissionStage.Hello, "no answer within 77 seconds"), (outcome.Stage, outcome.Reason));
    }

    [Fact]
    public async Task Silence_after_the_final_dot_is_unknown_whether_by_time_or_by_being_called_off()
    {
        var time = new SteppedTime();
        await using var server = new ScriptedServer(Greeted + Accepted + "WAIT");
        await using var client = new SubmissionClient(server.Settings(), time);
        var sending = Send(client);
        await server.IsWaiting.WaitAsync(Cancel);
        await time.Expecting(TimeSpan.FromMinutes(10));
        time.Advance(TimeSpan.FromMinutes(10));
        Assert.IsType<SubmissionOutcome.Unknown>(await sending);

        await using var other = new ScriptedServer(Greeted + Accepted + "WAIT");
        await using var second = new SubmissionClient(other.Settings(), TimeProvider.System)
        {
            Timeouts = new() { Grace = TimeSpan.Zero },
        };
        using var callOff = new CancellationTokenSource();
        var calledOff = second.Submit(Envelope, Message(), callOff.Token);
        await other.IsWaiting.WaitAsync(Cancel);
        await callOff.CancelAsync();
        Assert.IsType<SubmissionOutcome.Unknown>((await calledOff)[0].Outcome);
    }

    [Fact]
    public async Task Called_off_before_the_final_dot_nothing_is_delivered()
    {
        await using var server = new ScriptedServer("S: 220 hello\nWAIT");
        await using var client = new SubmissionClient(server.Settings(), TimeProvider.System);
        using var callOff = new CancellationTokenSource();
        var sending = client.Submit(Envelope, Message(), callOff.Token);
        await server.IsWaiting.WaitAsync(Cancel);
        await callOff.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
    }

    [Fact]
    public async Task When_the_caller_cannot_record_the_final_dot_it_is_not_sent()
    {
        await using var server = new ScriptedServer(Greeted + Accepted);
        await using var client = new SubmissionClient(server.Settings(), TimeProvider.System);

        await Assert.ThrowsAsync<InvalidDataException>(() =>
            client.Submit(Envelope, Message(), Cancel, _ => throw new InvalidDataException("the disk is full"))
        );

        await Assert.ThrowsAsync<EndOfStreamException>(() => server.Played);
        Assert.Empty(server.Heard);
    }

    [Fact]
    public async Task A_server_that_answers_before_the_message_ends_is_not_believed()
    {
        await using var server = new ScriptedServer(
            Greeted
                + """
                C: MAIL*
                C: RCPT*
                C: DATA
                S: 250 Ok\n250 Ok\n354 Go on\n250 2.0.0 Ok: queued
                WAIT
                """
        );
        await using var client = new SubmissionClient(server.Settings(), TimeProvider.System);

        var outcome = Assert.IsType<SubmissionOutcome.Failed>(await Send(client));

        Assert.Equal(
            (SubmissionStage.Content, "the server replied before the message ended"),
            (outcome.Stage, outcome.Reason)
        );
    }

    [Theory]
    [InlineData("a\nb\r\n", "Line 1 has a lone CR or LF")]
    [InlineData("a\r\nb\rc\r\n", "Line 2 has a lone CR or LF")]
    [InlineData("a", "does not end in CRLF")]
    [InlineData("", "empty")]
    public async Task Bytes_that_some_servers_read_as_two_messages_are_refused(string message, string reason)
    {
        await using var client = new SubmissionClient(SmtpSettings.Parse("smtp://127.0.0.1:1"), TimeProvider.System);

        var fault = await Assert.ThrowsAsync<ArgumentException>(() => Send(client, Encoding.ASCII.GetBytes(message)));

        Assert.Contains(reason, fault.Message);
    }
}
