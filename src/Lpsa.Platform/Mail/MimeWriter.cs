using System.Globalization;
using System.Text;

namespace Lpsa.Platform;

/// <summary>
/// Writes a message as it travels (RFC 5322, 2045–2047, 2231): CRLF lines of at most 78 bytes where words allow it and
/// never more than 998, ASCII only unless a local part itself is not.
/// </summary>
/// <param name="chance">Makes the boundaries; a seeded one makes the bytes repeatable.</param>
public sealed class MimeWriter(Random chance)
{
    private const string BoundaryLetters = "abcdefghijklmnopqrstuvwxyz234567";

    public byte[] Write(MailMessage message)
    {
        var written = new StringBuilder();
        Headers(written, message);
        written.Append("MIME-Version: 1.0\r\n").Append(Body(message));
        return Encoding.UTF8.GetBytes(written.ToString());
    }

    private static void Headers(StringBuilder written, MailMessage message)
    {
        var date = message.Date.ToString("ddd, dd MMM yyyy HH:mm:ss ", CultureInfo.InvariantCulture);
        var offset = message.Date.ToString("zzz", CultureInfo.InvariantCulture).Replace(":", "");
        written.Append("Date: ").Append(date).Append(offset).Append("\r\n");
        written.Append(new HeaderLine("From").Mailbox(message.From));
        if (message.ReplyTo is { } replyTo)
            written.Append(new HeaderLine("Reply-To").Mailbox(replyTo));
        var recipients = new HeaderLine("To");
        for (var at = 0; at < message.To.Count; at++)
            recipients.Mailbox(message.To[at], more: at < message.To.Count - 1);
        written.Append(recipients);
        if (message.Subject.Length > 0)
            written.Append(new HeaderLine("Subject").Text(message.Subject));
        written.Append("Message-ID: <").Append(message.MessageId).Append(">\r\n");
        foreach (var header in message.Headers)
        {
            var line = new HeaderLine(header.Name);
            written.Append(header.StaysOnOneLine ? line.Word(header.Value) : line.Text(header.Value));
        }
    }

    private string Body(MailMessage message)
    {
        var body = TextPart("plain", message.Text);
        if (message.Html is { } html)
        {
            var shown = TextPart("html", html);
            var pictures = message.Attachments.Where(a => a.ContentId is not null).Select(FilePart).ToList();
            if (pictures.Count > 0)
                shown = Multipart("related", "; type=\"text/html\"", [shown, .. pictures]);
            body = Multipart("alternative", "", [body, shown]);
        }

        var files = message
            .Attachments.Where(a => a.ContentId is null || message.Html is null)
            .Select(FilePart)
            .ToList();
        return files.Count == 0 ? body : Multipart("mixed", "", [body, .. files]);
    }

    private static string TextPart(string subtype, string text)
    {
        var (encoding, lines) = TransferEncoding.Text(text);
        return $"Content-Type: text/{subtype}; charset=utf-8\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n{lines}";
    }

    private static string FilePart(MailAttachment file)
    {
        var part = new StringBuilder();
        var type = new HeaderLine("Content-Type");
        foreach (var word in file.ContentType.Replace("; ", ";").Replace(";", "; ").Split(' '))
            type.Word(word);
        part.Append(type).Append("Content-Transfer-Encoding: base64\r\n");
        var disposition = new HeaderLine("Content-Disposition");
        disposition.Word(file.ContentId is null ? "attachment;" : "inline;");
        MimeParameter.Write(disposition, "filename", file.FileName);
        part.Append(disposition);
        if (file.ContentId is { } id)
            part.Append($"Content-ID: <{id}>\r\n");
        return part.Append("\r\n").Append(TransferEncoding.Base64(file.Content.Span)).ToString();
    }

    private string Multipart(string subtype, string more, IReadOnlyList<string> parts)
    {
        // "=_" can stand in neither quoted-printable nor base64, so no content can ever look like a boundary.
        var boundary = "=_" + new string(chance.GetItems<char>(BoundaryLetters, 24));
        var written = new StringBuilder();
        written.Append($"Content-Type: multipart/{subtype}{more};\r\n boundary=\"{boundary}\"\r\n\r\n");
        foreach (var part in parts)
            written.Append($"--{boundary}\r\n").Append(part);
        return written.Append($"--{boundary}--\r\n").ToString();
    }
}
