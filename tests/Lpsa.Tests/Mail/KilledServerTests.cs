using System.Diagnostics;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lpsa.Tests;

/// <summary>The whole product in a process of its own, killed without warning while it sends.</summary>
public sealed class KilledServerTests
{
    private const string Greeted = "S: 220 hello\nC: EHLO*\nS: 250 hello\nC: MAIL*\n";
    private const string Accepted = "S: 250 Ok\nC: RCPT*\nS: 250 Ok\nC: DATA\nS: 354 Go on\nDATA\n";

    [Fact]
    public async Task Killed_after_the_final_dot_the_message_is_unknown_and_not_sent_again()
    {
        await using var database = await TestDatabase.Create();
        await using var server = new ScriptedServer(Greeted + Accepted + "WAIT", "S: 220 This line must never be said");
        await KillWhileSending(database, server);
        Assert.Single(server.Heard);

        await using var next = await Offline.Open(Options(database, server.Port), CancellationToken.None);
        Assert.Equal(MailState.Sending, (await Mail(next)).State);
        await RunAfterTheLease(next);

        var mail = await Mail(next);
        Assert.Equal((MailState.Unknown, 1), (mail.State, mail.Attempt));
        Assert.Contains("stopped before it could record", mail.Explanation);
        Assert.False(server.Played.IsCompleted);
        Assert.False(await next.Db.Set<Job>().AnyAsync(job => job.Handler == MailModule.SendJob));
    }

    [Fact]
    public async Task Killed_before_the_final_dot_the_message_is_sent_once_by_the_next_server()
    {
        await using var database = await TestDatabase.Create();
        await using (var server = new ScriptedServer(Greeted + "WAIT"))
            await KillWhileSending(database, server);

        await using var sink = await SmtpSink.Start();
        await using var next = await Offline.Open(Options(database, sink.Port), CancellationToken.None);
        Assert.Equal(MailState.Waiting, (await Mail(next)).State);
        await RunAfterTheLease(next);

        Assert.Equal((MailState.Sent, 1), await Mail(next) is var mail ? (mail.State, mail.Attempt) : default);
        Assert.Single(sink.Messages());
    }

    [Fact]
    public async Task Killed_again_and_again_every_message_is_accounted_for_and_none_goes_twice()
    {
        const int messages = 120;
        await using var database = await TestDatabase.Create();
        await using var sink = await SmtpSink.Start();
        var options = Options(database, sink.Port);
        await using var node = await Offline.Open(options, CancellationToken.None);
        var mailer = node.Services.GetRequiredService<Mailer>();
        for (var at = 0; at < messages; at++)
            mailer.Queue(node.Db, MailAddress.Parse($"reader{at}@example.org"), Language.English, new SampleLetter());
        await node.Db.SaveChangesAsync();

        var kills = 0;
        for (; kills < 4; kills++)
        {
            var enough = sink.Messages().Length + 11;
            using var product = StartProduct(database, sink.Port);
            await MailTools.Await(
                () => Task.FromResult(sink.Messages().Length >= enough ? "" : null),
                () => "The product does not send."
            );
            product.Kill();
            await product.WaitForExitAsync();
            await EndLeases(node);
        }
        node.Db.ChangeTracker.Clear();
        await node.Services.GetRequiredService<JobRunner>().RunUntilIdle(CancellationToken.None);

        var mails = await node.Db.Set<OutgoingMail>().AsNoTracking().ToListAsync();
        // An unknown message may have arrived or not; whatever arrived did so once.
        var arrived = await MailTools.Await(
            () => Task.FromResult(MessageIds(sink) is var ids && ids.Count == ids.Distinct().Count() ? ids : null),
            () => "Some message arrived twice."
        );
        Assert.All(
            mails,
            mail => Assert.True(mail.State is MailState.Sent or MailState.Unknown, $"{mail.State}: {mail.Explanation}")
        );
        Assert.All(
            mails.Where(mail => mail.State == MailState.Sent),
            mail => Assert.Contains($"Message-ID: <{mail.MessageId}>", arrived)
        );
        Assert.InRange(mails.Count(mail => mail.State == MailState.Unknown), 0, kills);
        Assert.Equal(messages, mails.Count);
    }

    private static List<string> MessageIds(SmtpSink sink) =>
        [.. sink.Messages().Select(text => text.Split('\n').Single(line => line.StartsWith("Message-ID:")))];

    /// <summary>Starts the product, lets it take one message up to the WAIT of the script, and kills it there.</summary>
    private static async Task KillWhileSending(TestDatabase database, ScriptedServer server)
    {
        await using (var offline = await Offline.Open(Options(database, server.Port), CancellationToken.None))
        {
            var mailer = offline.Services.GetRequiredService<Mailer>();
            mailer.Queue(offline.Db, MailAddress.Parse("reader@example.org"), Language.English, new SampleLetter());
            await offline.Db.SaveChangesAsync();
        }

        using var product = StartProduct(database, server.Port);
        var isThere = await server.IsWaiting.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        product.Kill();
        await product.WaitForExitAsync();
        Assert.True(isThere, "The product did not come to send.");
    }

    private static Process StartProduct(TestDatabase database, int port)
    {
        var start = new ProcessStartInfo(
            "dotnet",
            [typeof(Product).Assembly.Location, "serve", "--listen", "http://127.0.0.1:0"]
        );
        start.Environment["LPSA_DATA"] = database.Folder;
        start.Environment["LPSA_DATABASE"] = database.Settings.ConnectionString;
        start.Environment["LPSA_SMTP"] = $"smtp://127.0.0.1:{port}";
        start.Environment.Remove("ASPNETCORE_URLS");
        return Process.Start(start)!;
    }

    private static async Task RunAfterTheLease(Offline node)
    {
        Assert.Equal(1, await EndLeases(node));
        await node.Services.GetRequiredService<JobRunner>().RunUntilIdle(CancellationToken.None);
    }

    /// <summary>A job belongs to its node for some minutes; here they are over.</summary>
    private static Task<int> EndLeases(Offline node)
    {
        var past = node.Db.Now - TimeSpan.FromMinutes(1);
        return node
            .Db.Set<Job>()
            .Where(job => job.Handler == MailModule.SendJob && job.State == JobState.Running)
            .ExecuteUpdateAsync(set => set.SetProperty(job => job.LeasedUntil, past));
    }

    private static Task<OutgoingMail> Mail(Offline node) => node.Db.Set<OutgoingMail>().AsNoTracking().SingleAsync();

    private static PlatformOptions Options(TestDatabase database, int port) =>
        new()
        {
            DataFolder = database.Folder,
            Database = database.Settings,
            Url = new Uri("https://example.org"),
            Languages = Language.All,
            Smtp = $"smtp://127.0.0.1:{port}",
        };
}
