using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Admin;

/// <summary>The messages of a demonstration, for anybody who tries it. Everywhere else the page is not there.</summary>
public static class ShowDevMailbox
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerOptions.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/dev/mail", Get);
        pages.MapGet("/dev/mail.json", GetJson);
        pages.MapGet("/dev/mail/{id:guid}.eml", GetMessage);
    }

    public sealed record Model(IReadOnlyList<OutgoingMail> Messages, string? To);

    static async Task<IResult> Get(string? to, PlatformDb db, PlatformOptions options, CancellationToken cancel) =>
        await DevMailbox.IsOpen(db, options, cancel)
            ? ShowDevMailboxPage.View(new(await DevMailbox.Messages(db, to, cancel), to))
            : NotFound;

    static async Task<IResult> GetJson(string? to, PlatformDb db, PlatformOptions options, CancellationToken cancel)
    {
        if (!await DevMailbox.IsOpen(db, options, cancel))
            return NotFound;
        var messages = (await DevMailbox.Messages(db, to, cancel)).Select(mail => new
        {
            mail.Id,
            mail.Kind,
            From = mail.FromAddress,
            To = mail.ToAddress,
            mail.ToName,
            mail.Subject,
            mail.Text,
            mail.Html,
            Links = DevMailbox.Links(mail.Text),
            State = mail.State.ToString().ToLowerInvariant(),
            mail.CreatedAt,
        });
        return TextResult.Of(JsonSerializer.Serialize(messages, Json), "application/json; charset=utf-8");
    }

    static async Task<IResult> GetMessage(Guid id, PlatformDb db, PlatformOptions options, CancellationToken cancel)
    {
        if (!await DevMailbox.IsOpen(db, options, cancel))
            return NotFound;
        var mail = await db.Set<OutgoingMail>().AsNoTracking().SingleOrDefaultAsync(m => m.Id == id, cancel);
        return mail is null
            ? NotFound
            : new TextResult(new MimeWriter(new Random(0)).Write(mail.Message()), "message/rfc822").Named(
                $"{id:N}.eml"
            );
    }

    private static PageResult NotFound => ErrorPage.View(ErrorModel.NotFound, StatusCodes.Status404NotFound);
}
