namespace Lpsa.Platform;

/// <summary>How long each stage may take. A server that only scans slowly must not turn messages into unknown ones.</summary>
public sealed record SmtpTimeouts
{
    /// <summary>After RFC 5321 §4.5.3.2, except for the connection, where half a minute tells enough.</summary>
    public static readonly SmtpTimeouts Standard = new();

    public TimeSpan Connect { get; init; } = TimeSpan.FromSeconds(30);
    public TimeSpan Greeting { get; init; } = TimeSpan.FromMinutes(5);
    public TimeSpan Command { get; init; } = TimeSpan.FromMinutes(5);
    public TimeSpan Data { get; init; } = TimeSpan.FromMinutes(2);
    public TimeSpan DataBlock { get; init; } = TimeSpan.FromMinutes(3);
    public TimeSpan FinalReply { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a reply to the final dot is still waited for when the caller wants to stop.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(10);
    public TimeSpan Quit { get; init; } = TimeSpan.FromSeconds(5);
}
