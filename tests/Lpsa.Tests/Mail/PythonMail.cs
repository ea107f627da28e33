using System.Diagnostics;
using System.Text.Json;

namespace Lpsa.Tests;

/// <summary>Python's <c>email</c> package reads what we wrote; one process reads many messages.</summary>
public sealed class PythonMail : IDisposable
{
    private const string Script = """
        import sys, json, base64, email, email.policy, email.utils
        from email.header import decode_header, make_header
        for line in sys.stdin:
            m = email.message_from_bytes(base64.b64decode(line), policy=email.policy.default)
            old = email.message_from_bytes(base64.b64decode(line), policy=email.policy.compat32)
            # The newer header parser of Python 3.11 keeps the space between two encoded words of a name, against
            # RFC 2047 section 6.2; the older one of the same package reads them right.
            def people(name):
                return [[str(make_header(decode_header(n))), a] for n, a in email.utils.getaddresses(old.get_all(name, []))]
            plain, html = m.get_body(('plain',)), m.get_body(('html',))
            files = [p for p in m.walk() if p.get_filename()]
            defects = [type(d).__name__ for p in m.walk() for d in p.defects]
            defects += [n + ': ' + type(d).__name__ for n, v in m.items() for d in v.defects]
            print(json.dumps({
                'subject': m['Subject'], 'from': people('From'), 'to': people('To'), 'replyTo': people('Reply-To'),
                'text': plain.get_content() if plain else None, 'html': html.get_content() if html else None,
                'files': [[p.get_filename(), p.get_content_type(), base64.b64encode(p.get_payload(decode=True)).decode(),
                           p['Content-ID'], p.get_content_disposition()] for p in files],
                'headers': [[n, v] for n, v in m.items()], 'defects': defects,
                'shape': [p.get_content_type() for p in m.walk()],
            }), flush=True)
        """;

    private readonly Process python = MailTools.Start(
        MailTools.Find("python3", "python3"),
        ["-X", "utf8", "-c", Script]
    );

    public Message Read(byte[] message)
    {
        lock (python)
        {
            python.StandardInput.WriteLine(Convert.ToBase64String(message));
            python.StandardInput.Flush();
            var line =
                python.StandardOutput.ReadLine()
                ?? throw new InvalidOperationException(
                    "Python could not read the message: " + python.StandardError.ReadToEnd()
                );
            return JsonSerializer.Deserialize<Message>(line, JsonSerializerOptions.Web)!;
        }
    }

    public void Dispose()
    {
        python.StandardInput.Close();
        python.WaitForExit();
        python.Dispose();
    }

    /// <summary>People are [name, address]; files are [name, type, base64, content id, disposition].</summary>
    public sealed record Message(
        string? Subject,
        string[][] From,
        string[][] To,
        string[][] ReplyTo,
        string? Text,
        string? Html,
        string?[][] Files,
        string[][] Headers,
        string[] Defects,
        string[] Shape
    )
    {
        public string? Header(string name) => Headers.SingleOrDefault(h => h[0] == name)?[1];
    }
}
