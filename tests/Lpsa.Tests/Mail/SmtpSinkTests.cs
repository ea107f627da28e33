using Lpsa.Platform;

namespace Lpsa.Tests;

/// <summary>Against Postfix's smtp-sink, refusing and hanging up at every stage.</summary>
public sealed class SmtpSinkTests
{
    private static readonly MailEnvelope Envelope = new(
        MailAddress.Parse("platform@example.org"),
        [MailAddress.Parse("one@example.org"), MailAddress.Parse("two@example.org")]
    );

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("-p")]
    [InlineData("-e")]
    [InlineData("-8")]
    [InlineData("-4")]
    public async Task Many_messages_arrive_over_one_connection(string option)
    {
        await using var sink = await SmtpSink.Start(option);
        await using (var client = new SubmissionClient(sink.Settings, TimeProvider.System))
        {
            for (var at = 0; at < 30; at++)
            {
                var message = MimeWriterTests.Message() with
                {
                    Text = $"Message number {at}.\n.\n..dots",
                    MessageId = $"m{at}@example.org",
                };
                var outcomes = await client.Submit(Envelope, MimeWriterTests.Write(message), Cancel);
                Assert.All(outcomes, one => Assert.IsType<SubmissionOutcome.Delivered>(one.Outcome));
            }
        }

        var messages = sink.Messages();
        Assert.Equal(30, messages.Length);
        for (var at = 0; at < 30; at++)
            Assert.Contains(
                messages,
                text => text.Contains($"<m{at}@example.org>") && text.Contains($"Message number {at}.\n.\n..dots\n")
            );
        Assert.Single(
            messages.Select(text => text.Split('\n').First(line => line.StartsWith("X-Client-Addr"))).Distinct()
        );
    }

    [Theory]
    [InlineData("-f", "CONNECT", SubmissionStage.Greeting)]
    [InlineData("-f", "HELO,EHLO", SubmissionStage.Hello)]
    [InlineData("-f", "MAIL", SubmissionStage.MailFrom)]
    [InlineData("-f", "DATA", SubmissionStage.Data)]
    [InlineData("-f", ".", SubmissionStage.Content)]
    public async Task A_hard_refusal_is_told_with_its_stage(string option, string commands, SubmissionStage stage)
    {
        foreach (var outcome in await Submit(option, commands))
        {
            var refused = Assert.IsType<SubmissionOutcome.Refused>(outcome);
            Assert.Equal((stage, "5.3.0"), (refused.Stage, refused.Reply.EnhancedStatus));
        }
    }

    [Theory]
    [InlineData("EHLO", SubmissionStage.Hello)]
    [InlineData("MAIL", SubmissionStage.MailFrom)]
    [InlineData("RCPT", SubmissionStage.Recipient)]
    [InlineData("DATA", SubmissionStage.Data)]
    [InlineData(".", SubmissionStage.Content)]
    public async Task A_soft_refusal_is_told_with_its_stage(string commands, SubmissionStage stage)
    {
        foreach (var outcome in await Submit("-r", commands))
        {
            var deferred = Assert.IsType<SubmissionOutcome.Deferred>(outcome);
            Assert.Equal((stage, 450), (deferred.Stage, deferred.Reply.Code));
        }

        foreach (var outcome in await Submit("-Q", commands))
        {
            var deferred = Assert.IsType<SubmissionOutcome.Deferred>(outcome);
            Assert.Equal((stage, 421), (deferred.Stage, deferred.Reply.Code));
        }
    }

    [Fact]
    public async Task A_refused_recipient_is_told_as_such() =>
        Assert.All(await Submit("-f", "RCPT"), outcome => Assert.IsType<SubmissionOutcome.RejectedRecipient>(outcome));

    [Theory]
    [InlineData("CONNECT", SubmissionStage.Greeting)]
    [InlineData("EHLO", SubmissionStage.Hello)]
    [InlineData("MAIL", SubmissionStage.MailFrom)]
    [InlineData("RCPT", SubmissionStage.Recipient)]
    [InlineData("DATA", SubmissionStage.Data)]
    public async Task A_hang_up_before_the_final_dot_is_a_failure(string command, SubmissionStage stage) =>
        Assert.All(
            await Submit("-q", command),
            outcome => Assert.Equal(stage, Assert.IsType<SubmissionOutcome.Failed>(outcome).Stage)
        );

    [Fact]
    public async Task A_hang_up_after_the_final_dot_is_unknown() =>
        Assert.All(await Submit("-q", "."), outcome => Assert.IsType<SubmissionOutcome.Unknown>(outcome));

    [Fact]
    public async Task A_server_that_breaks_off_during_the_message_is_not_taken_for_a_delivery() =>
        Assert.All(
            await Submit("-A", "0"),
            outcome =>
                Assert.True(
                    outcome
                        is SubmissionOutcome.Refused { Stage: SubmissionStage.Content }
                            or SubmissionOutcome.Failed { Stage: SubmissionStage.Content },
                    outcome.Explanation
                )
        );

    private static async Task<SubmissionOutcome[]> Submit(params string[] options)
    {
        await using var sink = await SmtpSink.Start(options);
        await using var client = new SubmissionClient(sink.Settings, TimeProvider.System);
        var outcomes = await client.Submit(Envelope, MimeWriterTests.Write(MimeWriterTests.Message()), Cancel);
        Assert.Equal(Envelope.Recipients, outcomes.Select(one => one.Recipient));
        return [.. outcomes.Select(one => one.Outcome)];
    }
}
