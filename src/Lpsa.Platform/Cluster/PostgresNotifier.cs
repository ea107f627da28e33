using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Lpsa.Platform;

/// <summary>
/// Several nodes on one PostgreSQL: notices travel by <c>NOTIFY</c>. The sender hears its own notice at once, so a
/// page it just changed is fresh in the very next request even when the network is slow.
/// </summary>
public sealed class PostgresNotifier(DatabaseSettings database, ILogger<PostgresNotifier> log)
    : BackgroundService,
        INotifier
{
    private const string ChannelName = "lpsa";

    // NOTIFY takes at most 8000 bytes; longer tag lists are split.
    private const int NamesPerNotice = 100;

    private readonly string node = Guid.NewGuid().ToString("N");
    private readonly Channel<Notice> outgoing = Channel.CreateUnbounded<Notice>();

    public event Action<Notice>? Received;

    public void Send(Notice notice)
    {
        Received?.Invoke(notice);
        foreach (
            var names in notice.Names.Count == 0
                ?
                [
                    [],
                ]
                : notice.Names.Chunk(NamesPerNotice)
        )
            outgoing.Writer.TryWrite(notice with { Names = names });
    }

    protected override Task ExecuteAsync(CancellationToken stop) => Task.WhenAll(Listen(stop), Forward(stop));

    private async Task Listen(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await using var connection = new NpgsqlConnection(database.ConnectionString);
                await connection.OpenAsync(stop);
                connection.Notification += (_, e) => Hear(e.Payload);
                await using (var listen = new NpgsqlCommand($"LISTEN {ChannelName}", connection))
                    await listen.ExecuteNonQueryAsync(stop);
                // While the line was down notices were missed; everything cached may be stale.
                Received?.Invoke(new Notice(NoticeKind.Evict, [CacheTags.Everything]));
                Received?.Invoke(new Notice(NoticeKind.ReloadSettings, []));
                while (true)
                    await connection.WaitAsync(stop);
            }
            catch (Exception lost) when (lost is NpgsqlException or IOException && !stop.IsCancellationRequested)
            {
                log.LogWarning(lost, "The notice channel was lost; connecting again");
                await Task.Delay(TimeSpan.FromSeconds(1), stop);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task Forward(CancellationToken stop)
    {
        try
        {
            await foreach (var notice in outgoing.Reader.ReadAllAsync(stop))
                await Post(notice, stop);
        }
        catch (OperationCanceledException) { }
    }

    private async Task Post(Notice notice, CancellationToken stop)
    {
        try
        {
            await using var connection = new NpgsqlConnection(database.ConnectionString);
            await connection.OpenAsync(stop);
            await using var command = new NpgsqlCommand("SELECT pg_notify($1, $2)", connection);
            command.Parameters.AddWithValue(ChannelName);
            command.Parameters.AddWithValue(JsonSerializer.Serialize(new Letter(node, notice)));
            await command.ExecuteNonQueryAsync(stop);
        }
        catch (NpgsqlException lost)
        {
            log.LogWarning(lost, "A notice could not be sent to the other nodes");
        }
    }

    private void Hear(string payload)
    {
        if (JsonSerializer.Deserialize<Letter>(payload) is { } letter && letter.From != node)
            Received?.Invoke(letter.Notice);
    }

    private sealed record Letter(string From, Notice Notice);
}
