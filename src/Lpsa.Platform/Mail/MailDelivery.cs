namespace Lpsa.Platform;

/// <summary>Hands messages of the outbox to the server of <c>LPSA_SMTP</c>; keeps its connection between messages.</summary>
internal sealed class MailDelivery : IAsyncDisposable
{
    private readonly SubmissionClient? client;
    private readonly DkimSigner? signer;
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly TimeProvider clock;
    private (DateTime Until, string Reason)? paused;
    private readonly MimeWriter writer = new(Random.Shared);

    /// <exception cref="SettingException">LPSA_SMTP or LPSA_DKIM cannot be used.</exception>
    public MailDelivery(PlatformOptions options, TimeProvider clock)
    {
        this.clock = clock;
        signer = options.Dkim is null ? null : DkimSetting.Read(options.Dkim, clock);
        client = options.Smtp is null ? null : new SubmissionClient(SmtpSettings.Parse(options.Smtp), clock);
    }

    /// <summary>False where LPSA_SMTP is not set: messages stay in the outbox.</summary>
    public bool IsOn => client is not null;

    /// <summary>
    /// Set when the server let us down before it heard of any message. A thousand messages must not each wait for the
    /// same dead server while every other job waits behind them.
    /// </summary>
    public (DateTime Until, string Reason)? Paused =>
        paused is { } pause && pause.Until > clock.GetUtcNow().UtcDateTime ? pause : null;

    public byte[] Write(OutgoingMail mail)
    {
        var written = writer.Write(mail.Message());
        return signer?.Sign(written) ?? written;
    }

    public async Task<SubmissionOutcome> Submit(
        OutgoingMail mail,
        Func<CancellationToken, Task> beforeFinalDot,
        CancellationToken cancel
    )
    {
        var envelope = new MailEnvelope(MailAddress.Parse(mail.FromAddress), [MailAddress.Parse(mail.ToAddress)]);
        var outcomes = await client!.Submit(envelope, Write(mail), cancel, beforeFinalDot);
        var outcome = outcomes[0].Outcome;
        paused = outcome.IsAboutOurselves ? (clock.GetUtcNow().UtcDateTime + Pause, outcome.Explanation) : null;
        return outcome;
    }

    public async ValueTask DisposeAsync()
    {
        if (client is not null)
            await client.DisposeAsync();
        signer?.Dispose();
    }
}

/// <summary>The value of <c>LPSA_DKIM</c>: <c>selector:domain:file.pem</c>. Unset: messages are not signed here.</summary>
internal static class DkimSetting
{
    public static DkimSigner Read(string value, TimeProvider clock)
    {
        if (value.Split(':', 3) is not [var selector, var domain, var file])
            throw Wrong("expected selector:domain:file.pem, such as mail2026:example.org:/etc/lpsa/dkim.pem");
        try
        {
            return new DkimSigner(domain, selector, File.ReadAllText(file), clock);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw Wrong(wrong.Message);
        }
    }

    private static SettingException Wrong(string reason) => new("LPSA_DKIM", reason);
}
