using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lpsa.Tests;

public sealed class OutboxTests(PythonMail python) : IClassFixture<PythonMail>
{
    private static readonly MailAddress Reader = MailAddress.Parse("reader@example.org", "Amina");

    [Fact]
    public async Task A_letter_that_was_saved_arrives_once_with_both_its_texts()
    {
        await using var sink = await SmtpSink.Start();
        await using var site = await TestSite.Start(options => options with { Smtp = $"smtp://127.0.0.1:{sink.Port}" });

        var id = await Queue(site, new SampleLetter { Name = "<Amina & Ó>" }, Language.French);
        var mail = await Ended(site, id);
        await site.RunJobs();

        Assert.Equal((MailState.Sent, 1), (mail.State, mail.Attempt));
        Assert.StartsWith("accepted: 250", mail.Explanation);
        var arrived = Assert.Single(sink.Messages());
        var read = python.Read(
            System.Text.Encoding.UTF8.GetBytes(arrived[arrived.IndexOf("Date: ", StringComparison.Ordinal)..])
        );
        Assert.Equal("Your link, <Amina & Ó>", read.Subject);
        Assert.Equal(["Amina", "reader@example.org"], read.To[0]);
        Assert.Equal(["Decentralization.Net", "platform@lpsa.test"], read.From[0]);
        Assert.Equal("auto-generated", read.Header("Auto-Submitted"));
        Assert.Equal($"<{id:N}@lpsa.test>", read.Header("Message-ID"));
        Assert.Equal(
            """
            Good day <Amina & Ó>,

            Sign in (http://lpsa.test/fr/sign-in/link/secret-token)

            You get this because of a test.

            Decentralization.Net (http://lpsa.test/fr)

            """,
            MimeWriterTests.Unix(read.Text!) + "\n"
        );
        Assert.Contains("<html lang=\"fr\" dir=\"ltr\">", read.Html);
        Assert.Contains("Good day &lt;Amina &amp; Ó&gt;,", read.Html);
        Assert.Contains("hidden>Seen in the list only<", read.Html);
    }

    [Fact]
    public async Task A_sent_message_keeps_its_record_and_loses_its_text()
    {
        await using var sink = await SmtpSink.Start();
        await using var site = await TestSite.Start(options => options with { Smtp = $"smtp://127.0.0.1:{sink.Port}" });

        var mail = await Ended(site, await Queue(site, new SampleLetter()));

        Assert.Equal(("Your link, Amina", "", ""), (mail.Subject, mail.Text, mail.Html));
    }

    [Fact]
    public async Task A_letter_of_a_transaction_that_was_rolled_back_is_not_sent()
    {
        await using var sink = await SmtpSink.Start();
        await using var site = await TestSite.Start(options => options with { Smtp = $"smtp://127.0.0.1:{sink.Port}" });

        await site.Db(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            Mailer(site).Queue(db, Reader, Language.English, new SampleLetter());
            await db.SaveChangesAsync();
            await transaction.RollbackAsync();
        });
        await site.RunJobs();

        Assert.Empty(sink.Messages());
        Assert.False(await site.Db(db => db.Set<OutgoingMail>().AnyAsync()));
    }

    [Fact]
    public async Task A_deferred_message_is_tried_again_later_and_then_sent()
    {
        const string greeted = "S: 220 hello\nC: EHLO*\nS: 250-hello\\n250 ENHANCEDSTATUSCODES\nC: MAIL*\n";
        await using var server = new ScriptedServer(
            greeted
                + "S: 450 4.3.2 Come back\nC: RSET\nS: 250 Ok\nC: MAIL*\nS: 250 Ok\nC: RCPT*\nS: 250 Ok\nC: DATA\nS: 354 Go on\nDATA\nS: 250 Ok\nC: QUIT\nS: 221 Bye"
        );
        var port = server.Port;
        await using (var site = await TestSite.Start(options => options with { Smtp = $"smtp://127.0.0.1:{port}" }))
        {
            var id = await Queue(site, new SampleLetter());
            var first = await In(site, id, MailState.Deferred);
            Assert.Equal("deferred at MailFrom: 450 4.3.2 Come back", first.Explanation);
            Assert.InRange(
                first.NextAt - site.Clock.GetUtcNow().UtcDateTime,
                TimeSpan.FromSeconds(60),
                TimeSpan.FromSeconds(72)
            );

            await site.RunJobs();
            Assert.Equal(MailState.Deferred, (await Find(site, id)).State);

            site.Clock.Advance(TimeSpan.FromMinutes(2));
            await site.RunJobs();
            Assert.Equal(MailState.Sent, (await Ended(site, id)).State);
        }
        await server.Played;
    }

    [Fact]
    public async Task A_server_that_is_down_is_asked_once_for_all_messages_and_costs_none_of_them()
    {
        const string delivered = "C: MAIL*\nS: 250 Ok\nC: RCPT*\nS: 250 Ok\nC: DATA\nS: 354 Go on\nDATA\nS: 250 Ok\n";
        await using var server = new ScriptedServer(
            "S: 421 4.3.2 Down for maintenance",
            $"S: 220 hello\nC: EHLO*\nS: 250 hello\n{delivered}{delivered}{delivered}C: QUIT\nS: 221 Bye"
        );
        var port = server.Port;
        await using (var site = await TestSite.Start(options => options with { Smtp = $"smtp://127.0.0.1:{port}" }))
        {
            Guid[] three =
            [
                await Queue(site, new SampleLetter()),
                await Queue(site, new SampleLetter()),
                await Queue(site, new SampleLetter()),
            ];
            foreach (var id in three)
                Assert.Equal(
                    "deferred at Greeting: 421 4.3.2 Down for maintenance",
                    (await In(site, id, MailState.Deferred)).Explanation
                );

            site.Clock.Advance(TimeSpan.FromMinutes(2));
            await site.RunJobs();

            foreach (var id in three)
                Assert.Equal(MailState.Sent, (await Ended(site, id)).State);
        }
        await server.Played;
    }

    [Fact]
    public async Task A_rejected_recipient_fails_at_once_and_can_be_sent_again_by_staff()
    {
        await using var sink = await SmtpSink.Start("-f", "RCPT");
        await using var site = await TestSite.Start(options => options with { Smtp = $"smtp://127.0.0.1:{sink.Port}" });
        var id = await Queue(site, new SampleLetter());

        Assert.Equal(
            (MailState.Failed, 1),
            (await Ended(site, id)) is var failed ? (failed.State, failed.Attempt) : default
        );
        Assert.StartsWith("recipient rejected: 500", failed.Explanation);

        var staff = await site.SignedIn(Roles.Administrator);
        using var answer = await staff.Submit("/admin/mail?state=failed", $"#mail-{id} form");
        Assert.Equal(System.Net.HttpStatusCode.SeeOther, answer.StatusCode);
        var again = await MailTools.Await(
            async () => await Find(site, id) is { Attempt: 3 } mail ? mail : null,
            () => "The message was not tried again."
        );
        Assert.Equal(MailState.Failed, again.State);
    }

    [Fact]
    public async Task A_message_whose_fate_is_unknown_waits_for_a_person()
    {
        await using var sink = await SmtpSink.Start("-q", ".");
        await using var site = await TestSite.Start(options => options with { Smtp = $"smtp://127.0.0.1:{sink.Port}" });
        var id = await Queue(site, new SampleLetter());
        Assert.Equal(MailState.Unknown, (await Ended(site, id)).State);

        site.Clock.Advance(TimeSpan.FromDays(2));
        await site.RunJobs();

        Assert.Equal((MailState.Unknown, 1), await Find(site, id) is var mail ? (mail.State, mail.Attempt) : default);
        var page = await (await site.SignedIn(Roles.Administrator)).Page("/admin/mail?state=unknown");
        Assert.Contains("It may have arrived", page.QuerySelector($"#mail-{id}")!.TextContent);
        Assert.DoesNotContain("secret-token", page.Source.Text);
    }

    [Fact]
    public async Task A_message_that_is_of_no_more_use_is_not_sent()
    {
        await using var sink = await SmtpSink.Start("-r", "MAIL");
        await using var site = await TestSite.Start(options => options with { Smtp = $"smtp://127.0.0.1:{sink.Port}" });
        var id = await Queue(
            site,
            new SampleLetter(),
            options: new LetterOptions { UsefulFor = TimeSpan.FromMinutes(30) }
        );
        await In(site, id, MailState.Deferred);

        site.Clock.Advance(TimeSpan.FromMinutes(31));
        await site.RunJobs();

        var mail = await Ended(site, id);
        Assert.Equal(MailState.Failed, mail.State);
        Assert.Contains("of no more use", mail.Explanation);
    }

    [Fact]
    public async Task Two_nodes_that_take_the_same_message_send_it_once()
    {
        await using var sink = await SmtpSink.Start();
        await using var site = await TestSite.Start(options => options with { Smtp = $"smtp://127.0.0.1:{sink.Port}" });
        for (var round = 0; round < 10; round++)
        {
            var id = await Queue(site, new SampleLetter());
            await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Take(site, id)));
            await MailTools.Await(
                async () => (await Find(site, id)).State == MailState.Sent ? "" : null,
                () => "The message was not sent."
            );
        }

        var arrived = await sink.Messages(10);
        Assert.Equal(
            10,
            arrived.Select(text => text.Split('\n').Single(line => line.StartsWith("Message-ID"))).Distinct().Count()
        );
    }

    [Fact]
    public async Task Messages_written_before_there_was_a_mail_server_go_out_when_there_is_one()
    {
        await using var database = await TestDatabase.Create();
        var options = new PlatformOptions
        {
            DataFolder = database.Folder,
            Database = database.Settings,
            Url = new Uri("https://example.org"),
            Languages = Language.All,
        };
        await using (var before = await Offline.Open(options, CancellationToken.None))
        {
            before.Services.GetRequiredService<Mailer>().Queue(before.Db, Reader, Language.English, new SampleLetter());
            await before.Db.SaveChangesAsync();
            await before.Services.GetRequiredService<JobRunner>().RunUntilIdle(CancellationToken.None);
            Assert.False(await before.Db.Set<Job>().AnyAsync());
            Assert.Equal(MailState.Waiting, (await before.Db.Set<OutgoingMail>().AsNoTracking().SingleAsync()).State);
            var earlier = before.Db.Now - TimeSpan.FromHours(1);
            await before.Db.Set<OutgoingMail>().ExecuteUpdateAsync(set => set.SetProperty(m => m.NextAt, earlier));
        }

        await using var sink = await SmtpSink.Start();
        await using var after = await Offline.Open(
            options with
            {
                Smtp = $"smtp://127.0.0.1:{sink.Port}",
            },
            CancellationToken.None
        );
        await SendMail.Collect(after.Services, CancellationToken.None);
        await SendMail.Collect(after.Services, CancellationToken.None);
        await after.Services.GetRequiredService<JobRunner>().RunUntilIdle(CancellationToken.None);

        Assert.Equal(MailState.Sent, (await after.Db.Set<OutgoingMail>().AsNoTracking().SingleAsync()).State);
        Assert.Single(sink.Messages());
    }

    [Fact]
    public async Task Messages_are_signed_when_a_key_is_given()
    {
        await using var sink = await SmtpSink.Start();
        var folder = MailTools.Scratch();
        var key = Path.Combine(folder, "dkim.pem");
        using (var rsa = System.Security.Cryptography.RSA.Create(2048))
            await File.WriteAllTextAsync(key, rsa.ExportPkcs8PrivateKeyPem());
        await using var site = await TestSite.Start(options =>
            options with
            {
                Smtp = $"smtp://127.0.0.1:{sink.Port}",
                Dkim = $"mail:lpsa.test:{key}",
            }
        );

        await Ended(site, await Queue(site, new SampleLetter()));

        Assert.Contains("d=lpsa.test; s=mail;", Assert.Single(sink.Messages()));
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("LPSA_SMTP", "mail.example.org", "LPSA_SMTP: the value must start with smtp://")]
    [InlineData("LPSA_DKIM", "mail.example.org", "LPSA_DKIM: expected selector:domain:file.pem")]
    [InlineData("LPSA_DKIM", "mail:example.org:/nowhere/dkim.pem", "LPSA_DKIM: Could not find")]
    public void A_wrong_setting_stops_the_start_by_its_name(string variable, string value, string reason) =>
        Assert.StartsWith(
            reason,
            Assert.Throws<SettingException>(() => PlatformOptions.Read(name => name == variable ? value : null)).Message
        );

    internal static Mailer Mailer(TestSite site) => site.Services.GetRequiredService<Mailer>();

    internal static Task<Guid> Queue(
        TestSite site,
        Letter letter,
        Language? language = null,
        LetterOptions? options = null
    ) =>
        site.Db(async db =>
        {
            var mail = Mailer(site).Queue(db, Reader, language ?? Language.English, letter, options);
            await db.SaveChangesAsync();
            return mail.Id;
        });

    private static async Task Take(TestSite site, Guid id)
    {
        await using var scope = site.Services.CreateAsyncScope();
        try
        {
            await SendMail.Run(scope.ServiceProvider, new SendMail(id), CancellationToken.None);
        }
        catch (InvalidOperationException)
        {
            // The others were first, and this attempt ended before its final dot.
        }
    }

    private static Task<OutgoingMail> Find(TestSite site, Guid id) =>
        site.Db(db => db.Set<OutgoingMail>().AsNoTracking().SingleAsync(m => m.Id == id));

    private static Task<OutgoingMail> Ended(TestSite site, Guid id) =>
        MailTools.Await(
            async () => await Find(site, id) is { EndedAt: not null } mail ? mail : null,
            () => "The message did not come to an end."
        );

    private static Task<OutgoingMail> In(TestSite site, Guid id, MailState state) =>
        MailTools.Await(
            async () => await Find(site, id) is var mail && mail.State == state ? mail : null,
            () => $"The message did not become {state}."
        );
}
